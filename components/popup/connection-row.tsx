import { useLayoutEffect } from 'preact/hooks';
import type { Stats } from '../../lib/contract/figures.ts';
import { isLocked } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { UNKNOWN } from '../../lib/report/format.ts';
import { metricOf } from '../../lib/report/metrics.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { Figure } from '../kit/figure.tsx';
import { Name } from '../kit/name.tsx';
import { markPainted } from '../kit/paint.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import type { Row } from './model.ts';

/** One connection with its figures or its problem. */
export function ConnectionRow({ row, index }: { row: Row; index: number }) {
  const { connection, tracker, stats, problem, busy } = row;
  const figures = stats?.now ?? null;
  useLayoutEffect(() => {
    if (figures) markPainted('figures');
  }, [figures]);
  const network = tracker?.side === 'network';
  const metric = network ? 'revenue' : 'profit';
  const stale = busy && figures !== null;
  return (
    <li data-connection={connection.name} class={stale ? 'dim' : ''} aria-busy={stale}>
      <TrackerBadge tracker={tracker} label={tracker?.name ?? ''} index={index} />
      <span class="grow">
        <Name text={connection.name} maxLength={30} />
      </span>
      {figures ? (
        <>
          <span class="num" data-metric={metric}>
            <Figure metrics={figures} metric={metric} currency={stats?.currency ?? ''} />
          </span>
          <span class="num roi">
            {network ? (
              <span class="soft">{t('metric_revenue')}</span>
            ) : (
              <Figure metrics={figures} metric="roi" currency={stats?.currency ?? ''} />
            )}
          </span>
          <span class="arrow" aria-hidden="true">
            {arrowOf(stats)}
          </span>
        </>
      ) : (
        !problem && <span class="skeleton cell" />
      )}
      {problem && !(figures && isLocked(problem)) && (
        <ConnectionProblem connection={connection} problem={problem} />
      )}
      {!problem && stats && !figures && !busy && <span class="soft">{UNKNOWN}</span>}
    </li>
  );
}

function arrowOf(stats: Stats | null): string {
  const current = stats?.nowUntilHour ?? stats?.now;
  const [now, before] = [
    current ? metricOf(current, 'profit') : null,
    stats?.before ? metricOf(stats.before, 'profit') : null,
  ];
  if (now === null || before === null || now === before) return '';
  return now > before ? '▲' : '▼';
}
