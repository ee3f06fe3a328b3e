import type { Answer } from '../../lib/cache/report-cache.ts';
import type { Hindrance } from '../../lib/compare/comparable.ts';
import type { Rate } from '../../lib/compare/rates.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { Age } from '../kit/age.tsx';
import { Name } from '../kit/name.tsx';
import type { Asked } from '../kit/query.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { rateText } from '../rates/rate-text.ts';

/** One side of the comparison: the age of its figures, or its problem. */
export function SideChip({
  connection,
  tracker,
  colour,
  isBase,
  hindrances,
  rate,
  asked: { value, problem: failed, busy },
  now,
  onBase,
}: {
  connection: ConnectionView;
  tracker: TrackerView | undefined;
  colour: number;
  isBase: boolean;
  /** Why its gaps to the base are not judged. */
  hindrances: ReadonlyArray<{ readonly hindrance: Hindrance; readonly text: string }>;
  /** By which its money is compared, if it is of another currency than the base's. */
  rate: Rate | null;
  asked: Asked<Answer>;
  now: () => number;
  /** Absent: it cannot be the base. */
  onBase: (() => void) | undefined;
}) {
  const report = value?.report ?? null;
  const problem = connection.problem ?? failed ?? value?.problem ?? null;
  const stale = busy && report !== null;
  return (
    <li
      class={`card chip ${stale ? 'dim' : ''}`}
      data-connection={connection.name}
      aria-busy={stale}
    >
      <div class="row">
        <TrackerBadge tracker={tracker} label={connection.name} index={colour} />
        <b class="grow">
          <Name text={connection.name} maxLength={28} />
        </b>
        {isBase ? (
          <span class="small soft">{t('base')}</span>
        ) : (
          onBase && (
            <button type="button" class="link small" name="base" onClick={onBase}>
              {t('makeBase')}
            </button>
          )
        )}
      </div>
      <p class="small soft facts-line">
        {report ? (
          <>
            {report.currency} · {report.zone} · {t(`basis_${report.basis}`)} ·{' '}
            <Age at={report.fetchedAt} now={now} />
            {report.complete ? '' : ` · ${t('incomplete')}`}
          </>
        ) : (
          !problem && t('loading')
        )}
      </p>
      {rate && (
        <p class="small" data-rate>
          {rateText(rate)}
        </p>
      )}
      {hindrances.map(({ hindrance, text }) => (
        <p key={hindrance} class="small" data-hindrance={hindrance}>
          {text}
        </p>
      ))}
      {problem && <ConnectionProblem connection={connection} problem={problem} />}
    </li>
  );
}
