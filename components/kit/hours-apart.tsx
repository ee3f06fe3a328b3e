import { useState } from 'preact/hooks';
import type { Comparison } from '../../lib/compare/comparison.ts';
import { cutHours, hoursApart, sumApart, withoutHours } from '../../lib/compare/hours-apart.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import { t } from '../../lib/i18n.ts';
import { UNKNOWN } from '../../lib/report/format.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import type { Range } from '../../lib/report/range.ts';
import { Causes } from './causes.tsx';
import { useClient } from './client.ts';
import { Figure } from './figure.tsx';
import { GapMark } from './gap-mark.tsx';
import { Name } from './name.tsx';
import { problemText } from './notice.tsx';
import type { QueryClient } from './query.ts';
import { unjudgedTexts } from './unjudged-texts.ts';

/** The campaigns whose figures a side's are. */
export interface CountedSide {
  readonly connection: { readonly id: string; readonly name: string };
  readonly campaignIds: readonly string[];
}

interface Props {
  readonly comparison: Comparison;
  readonly row: JoinedRow;
  /** Index of the side that is compared with the base. */
  readonly other: number;
  readonly base: CountedSide;
  readonly side: CountedSide;
  readonly metrics: readonly Metric[];
  readonly range: Range;
  readonly now: () => number;
}

/**
 * How much two sides counted in the hours that only one of them has, because their days begin at
 * different instants. No tracker is asked before it is opened.
 */
export function HoursApart(of: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details
      class="small"
      data-hours-apart
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('zoneHours')}</summary>
      {open && <Sizes {...of} />}
    </details>
  );
}

/** The base comes first. */
const PLACES = ['base', 'side'] as const;

function Sizes(of: Props) {
  const { comparison, row, other, metrics, base, side } = of;
  const client = useClient();
  const sizes = PLACES.map((place) => sizeOf(client, of, place));
  const [left, right] = sizes.map(({ rest }) => rest);
  const rest: JoinedRow = {
    ...row,
    cells: comparison.sides.map((_, at) => (at === 0 ? left : at === other && right) || null),
  };
  const known = metrics.filter((metric) => comparison.gap(row, other, metric).difference !== null);
  const names = { base: base.connection.name, other: side.connection.name };
  const zones = comparison.causes(row, other, 'clicks').filter(({ key }) => key === 'cause_zone');
  return (
    <div class="stack tight" aria-busy={sizes.some(({ busy }) => busy)}>
      <Causes causes={zones} names={names} />
      <table class="hours-apart">
        <caption>{t('zoneHoursOnly')}</caption>
        <thead>
          <tr>
            <td />
            {[base, side].map(({ connection: { id, name } }) => (
              <th key={id} scope="col">
                <Name text={name} maxLength={16} />
              </th>
            ))}
            <th scope="col">{t('zoneHoursRest')}</th>
          </tr>
        </thead>
        <tbody>
          {known.map((metric) => {
            const gap = comparison.gap(rest, other, metric);
            const why = unjudgedTexts({ comparison, ...gap, other, metric, row: rest, names });
            return (
              <tr key={metric} data-metric={metric}>
                <th scope="row">{t(`metric_${metric}`)}</th>
                {sizes.map(({ id, sum, busy, currency }) => (
                  <td key={id} class={busy ? 'dim' : ''}>
                    {sum ? (
                      <Figure metrics={sum} metric={metric} currency={currency} />
                    ) : busy ? (
                      '…'
                    ) : (
                      UNKNOWN
                    )}
                  </td>
                ))}
                <td>
                  <GapMark {...{ metric, gap, why }} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {sizes.flatMap(({ id, notes }) =>
        notes.map((note) => (
          <p key={`${id} ${note}`} class="soft">
            {note}
          </p>
        )),
      )}
    </div>
  );
}

/** What one side counted in the hours that the other has not, and its figures without them. */
function sizeOf(
  client: QueryClient,
  { comparison, row, other, range, now, ...of }: Props,
  place: (typeof PLACES)[number],
) {
  const zoneOf = (at: number) => comparison.sides[at]?.report?.zone ?? range.zone;
  const [own, theirs] = place === 'base' ? [0, other] : [other, 0];
  const { connection, campaignIds } = of[place];
  const parts = hoursApart(range, zoneOf(own), zoneOf(theirs), now());
  const asked = parts.map(({ day }) =>
    client.query('side.series', {
      connection: connection.id,
      campaignIds: [...campaignIds],
      range: day,
      fresh: 'soon',
    }),
  );
  const sum = sumApart(
    parts,
    asked.map(({ value }) => value),
    now(),
  );
  const busy = asked.some((one) => one.busy);
  const failed = asked.map(({ problem, value }) => problem ?? value?.problem ?? null);
  const problem = failed.find((one) => one !== null) ?? null;
  const cell = row.cells[own];
  return {
    id: connection.id,
    sum,
    busy,
    currency: comparison.sides[own]?.currency ?? '',
    rest: cell && sum ? { ...cell, metrics: withoutHours(cell.metrics, sum) } : null,
    notes: [
      ...(problem ? [`${connection.name}: ${problemText(problem)}`] : []),
      ...(cutHours(parts) ? [t('zoneHoursCut', connection.name)] : []),
      ...(sum === null && !busy && !problem ? [t('zoneHoursUnknown', connection.name)] : []),
    ],
  };
}
