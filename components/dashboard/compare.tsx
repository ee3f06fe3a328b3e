import { useMemo, useState } from 'preact/hooks';
import {
  type ComparedSide,
  type Comparison,
  createComparison,
} from '../../lib/compare/comparison.ts';
import { type JoinedRow, joinSides, sortRows } from '../../lib/compare/join.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { csvText } from '../../lib/report/csv.ts';
import { formatGap, formatMoney, UNKNOWN } from '../../lib/report/format.ts';
import { isPartial, partOf, shownOf, sumMetrics } from '../../lib/report/metrics.ts';
import type { Range } from '../../lib/report/range.ts';
import { useClient } from '../kit/client.ts';
import { blocksQueries } from '../kit/connections.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { type Column, DataTable } from '../kit/data-table.tsx';
import { download } from '../kit/download.ts';
import { Figure, figureText } from '../kit/figure.tsx';
import { GapMark, StateMark } from '../kit/gap-mark.tsx';
import { Name } from '../kit/name.tsx';
import { tn } from '../kit/plural.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { JUDGED, needsLook, type Spec, sortByNeed, specsOf } from './compare-specs.ts';
import { Details } from './details.tsx';
import type { PageState } from './page-state.ts';
import { SideChip } from './side-chip.tsx';

const baseClicks = ({ cells: [base] }: JoinedRow): number | null => base?.metrics.clicks ?? null;

export function CompareView({
  connections,
  trackers,
  base,
  range,
  state,
  now,
  onChange,
}: {
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  base: ConnectionView;
  range: Range;
  state: PageState;
  now: () => number;
  onChange(patch: Partial<PageState>): void;
}) {
  const client = useClient();
  const [opened, setOpened] = useState<string | null>(null);
  const { value: links } = client.query('links.list', {});
  const trackerOf = (connection: ConnectionView) =>
    trackers.find(({ id }) => id === connection.tracker);
  // The base comes first: gaps are measured from it.
  const ordered = [base, ...connections.filter(({ id }) => id !== base.id)];
  const asked = ordered.map((connection) => ({
    connection,
    ...client.query(
      'campaigns.figures',
      blocksQueries(connection.problem)
        ? null
        : { connection: connection.id, range, fresh: 'soon' },
    ),
  }));
  const reports = asked.map(({ value }) => value?.report ?? null);
  // Rows that changed places with each answer would slip away under the pointer.
  const allAnswered = asked.every(
    ({ connection, value, problem, busy }) =>
      blocksQueries(connection.problem) || value?.report || problem || !busy,
  );
  const sides = useMemo(
    () =>
      ordered.map(
        ({ id, currency, tracker }, side): ComparedSide => ({
          connection: id,
          currency: reports[side]?.currency ?? currency,
          kind: trackers.find((each) => each.id === tracker)?.side ?? 'tracker',
          report: reports[side] ?? null,
          rows: (reports[side]?.rows ?? []).map(({ values, metrics }) => ({
            id: values[0]?.id ?? '',
            name: values[0]?.name ?? '',
            metrics,
          })),
        }),
      ),
    [connections, trackers, base.id, ...reports],
  );
  const joined = useMemo(() => joinSides(sides, links ?? []), [sides, links]);
  const comparison = useMemo(
    () => createComparison({ sides, rows: joined, range, now: now() }),
    [sides, joined, range],
  );
  const specs = specsOf(
    ordered.map((connection, side) => ({ connection, kind: sides[side]?.kind ?? 'tracker' })),
  );
  const figureIn = (row: JoinedRow, spec: Spec): number | null => {
    if (spec.gap) return comparison.gap(row, spec.side, spec.metric).gap;
    const cell = row.cells[spec.side];
    return cell ? shownOf(cell.metrics, spec.metric) : null;
  };
  const sorting = specs.find(({ id }) => id === state.sort);
  const rows = useMemo(() => {
    const wanted = state.search.toLowerCase();
    const found = joined.filter(
      (row) =>
        row.cells.some((cell) => cell?.name.toLowerCase().includes(wanted)) &&
        (!state.red ||
          specs.some(
            ({ gap, side, metric }) => gap && comparison.gap(row, side, metric).state === 'red',
          )),
    );
    if (state.sort === 'name') return sortRows(found, ({ name }) => name, state.descending);
    if (sorting) return sortRows(found, (row) => figureIn(row, sorting), state.descending);
    return allAnswered ? sortByNeed(comparison, found) : sortRows(found, baseClicks, true);
  }, [comparison, allAnswered, state.search, state.red, state.sort, state.descending]);

  const textOf = (row: JoinedRow, spec: Spec): string => {
    if (spec.gap) return formatGap(figureIn(row, spec), locale());
    const cell = row.cells[spec.side];
    const currency = sides[spec.side]?.currency ?? '';
    return cell ? figureText(cell.metrics, spec.metric, currency) : UNKNOWN;
  };
  /** Titles of a row's columns that are sums over a part. */
  const partialIn = (row: JoinedRow): string[] =>
    specs.flatMap((spec, at) => {
      const cell = row.cells[spec.side];
      const marked = !spec.gap && cell && isPartial(cell.metrics, spec.metric);
      return marked ? (columns[at + 1]?.label ?? []) : [];
    });
  const contentOf = (row: JoinedRow, spec: Spec) => {
    if (spec.gap) {
      return <GapMark metric={spec.metric} gap={comparison.gap(row, spec.side, spec.metric)} />;
    }
    const cell = row.cells[spec.side];
    const currency = sides[spec.side]?.currency ?? '';
    return cell ? (
      <Figure metrics={cell.metrics} metric={spec.metric} currency={currency} />
    ) : (
      UNKNOWN
    );
  };
  /** A gap is stale if either of its sides is. */
  const isStale = ({ side, gap }: Spec): boolean =>
    [side, ...(gap ? [0] : [])].some((one) => asked[one]?.busy && reports[one] !== null);
  const columns: Column<JoinedRow>[] = [
    {
      id: 'name',
      title: t('campaign'),
      label: t('campaign'),
      sortable: true,
      cell: (row) => (
        <>
          <StateMark state={comparison.worst(row, JUDGED)} />{' '}
          <Name text={row.name || UNKNOWN} maxLength={36} />
        </>
      ),
      text: (row) => row.name,
    },
    ...specs.map((spec, at): Column<JoinedRow> => {
      const connection = ordered[spec.side] ?? base;
      const metric = t(`metric_${spec.metric}`);
      return {
        id: spec.id,
        group: metric,
        label: `${connection.name} ${spec.gap ? t('gapOf', metric) : metric}`,
        title: spec.gap ? (
          'Δ'
        ) : (
          <TrackerBadge
            tracker={trackerOf(connection)}
            label={connection.name}
            index={connections.indexOf(connection)}
          />
        ),
        sortable: true,
        ...(specs[at - 1]?.metric === spec.metric ? {} : { kind: 'edge' }),
        cell: (row) => <span class={isStale(spec) ? 'dim' : ''}>{contentOf(row, spec)}</span>,
        text: (row) => textOf(row, spec),
      };
    }),
  ];
  /** A gap of totals is over the campaigns that both sides have; figures are of all rows. */
  const totalCell = ({ side, metric, gap }: Spec) => {
    if (gap) return <GapMark metric={metric} gap={comparison.shared(side, rows).gap(metric)} />;
    const sum = sumMetrics(rows.flatMap(({ cells }) => cells[side]?.metrics ?? []));
    const metrics = reports[side]?.complete === false ? partOf(sum) : sum;
    return <Figure metrics={metrics} metric={metric} currency={sides[side]?.currency ?? ''} />;
  };
  const look = useMemo(() => needsLook(comparison, rows), [comparison, rows]);
  const shownRow = rows.find(({ key }) => key === opened) ?? null;
  const save = () =>
    download(
      csvText([
        [...columns.map(({ label }) => label), t('partialColumn')],
        ...rows.map((row) => [
          row.name,
          ...specs.map((spec) => figureIn(row, spec)),
          partialIn(row).join('; '),
        ]),
      ]),
      `crosstrack-compare-${range.from}-${range.to}.csv`,
      'csv',
      null,
    );

  return (
    <>
      <DamagedNotice list="links" />
      <ul class="chips">
        {asked.map(({ connection, ...of }, side) => (
          <SideChip
            key={connection.id}
            connection={connection}
            tracker={trackerOf(connection)}
            colour={connections.indexOf(connection)}
            isBase={side === 0}
            hindrances={comparison.hindrances(side, 'revenue')}
            asked={of}
            now={now}
            onBase={() => onChange({ base: connection.id })}
          />
        ))}
      </ul>
      <div class="row">
        <span class="grow soft small" data-count>
          {tn('campaignsOf', rows.length)}
          {look.compared > 0 && (
            <>
              {' · '}
              <button type="button" class="link" name="look" onClick={() => onChange({ sort: '' })}>
                {t('needLook', look.count, look.compared)}
              </button>
            </>
          )}
          {look.revenue > 0 &&
            ` · ${t('revenueApart', formatMoney(look.revenue, sides[0]?.currency ?? '', locale()))}`}
        </span>
        <label class="row small">
          <input
            type="checkbox"
            name="red"
            checked={state.red}
            onChange={({ currentTarget }) => onChange({ red: currentTarget.checked })}
          />
          {t('onlyRed')}
        </label>
        <button
          type="button"
          class="button"
          name="save-csv"
          disabled={rows.length === 0}
          onClick={save}
        >
          {t('saveCsv')}
        </button>
      </div>
      {rows.length === 0 && joined.length > 0 && (
        <p class="soft">
          {t('noneMatch')}{' '}
          <button
            type="button"
            class="link"
            name="show-all"
            onClick={() => onChange({ search: '', red: false })}
          >
            {t('showAll')}
          </button>
        </p>
      )}
      <OnlyIn comparison={comparison} rows={rows} connections={ordered} />
      <div class={shownRow ? 'with-details' : ''}>
        <DataTable
          label={t('view_compare')}
          height="max(280px, calc(100vh - 250px))"
          columns={columns}
          rows={rows}
          keyOf={(row) => row.key}
          total={[t('total'), ...specs.map(totalCell)]}
          sort={{
            column: state.sort === 'name' ? 'name' : (sorting?.id ?? 'look'),
            descending: state.descending,
          }}
          onSort={({ column, descending }) => onChange({ sort: column, descending })}
          onOpen={(row) => setOpened(row.key)}
        />
        {shownRow && (
          <Details
            key={shownRow.key}
            row={shownRow}
            connections={ordered}
            trackers={trackers}
            colourOf={(connection) => connections.indexOf(connection)}
            comparison={comparison}
            range={range}
            now={now}
            onClose={() => setOpened(null)}
          />
        )}
      </div>
    </>
  );
}

/** What only one side has: it is in no gap of the totals. */
function OnlyIn({
  comparison,
  rows,
  connections,
}: {
  comparison: Comparison;
  rows: readonly JoinedRow[];
  connections: readonly ConnectionView[];
}) {
  const lines = connections.flatMap(({ id, name }, side) => {
    const only = connections.length > 1 ? comparison.onlyIn(side, rows) : null;
    if (!only) return [];
    const { kind, currency } = comparison.sides[side] ?? {};
    const money = shownOf(only.metrics, kind === 'network' ? 'revenue' : 'cost');
    return [
      <li key={id} data-only={name}>
        {t(
          'onlyIn',
          name,
          tn('campaignsOf', only.count),
          formatMoney(money, currency ?? '', locale()),
        )}
      </li>,
    ];
  });
  return lines.length > 0 ? <ul class="small soft facts">{lines}</ul> : null;
}
