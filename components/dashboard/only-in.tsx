import { t } from '../../lib/i18n.ts';
import type { Metric, Metrics } from '../../lib/report/metrics.ts';
import { figureText } from '../kit/figure.tsx';

/** What one side has alone. */
export interface Alone {
  readonly name: string;
  /** The side that has not got it, where there are several; null or absent = no other has. */
  readonly without?: string | null;
  /** null = nothing, or not known. */
  readonly only: { readonly count: number; readonly metrics: Metrics } | null;
  readonly currency: string;
  /** The money that is named. */
  readonly metric: Extract<Metric, 'cost' | 'revenue'>;
}

/** What only one side has: it is in no gap of the totals. */
export function OnlyIn({
  sides,
  countText,
}: {
  sides: readonly Alone[];
  countText(count: number): string;
}) {
  const lines = sides.flatMap(({ name, without = null, only, currency, metric }) => {
    if (!only) return [];
    const what = [countText(only.count), figureText(only.metrics, metric, currency)] as const;
    return (
      <li key={`${name} ${without}`} data-only={name} data-without={without}>
        {without === null ? t('onlyIn', name, ...what) : t('notIn', name, without, ...what)}
      </li>
    );
  });
  return lines.length > 0 ? <ul class="small soft only-in">{lines}</ul> : null;
}
