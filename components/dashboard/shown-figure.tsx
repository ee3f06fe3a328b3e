import { UNKNOWN } from '../../lib/report/format.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { Figure } from '../kit/figure.tsx';
import { GapMark } from '../kit/gap-mark.tsx';
import type { Shown } from './table-figures.ts';

/** A figure, or a gap with its mark. */
export function ShownFigure({ shown, metric }: { shown: Shown; metric: Metric }) {
  if (shown === null) return <>{UNKNOWN}</>;
  if ('gap' in shown) return <GapMark metric={metric} {...shown} />;
  const { metrics, currency, lacks } = shown;
  return <Figure metrics={metrics} metric={metric} currency={currency} lacks={lacks} />;
}
