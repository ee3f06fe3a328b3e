import { useModel } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Comparison } from '../../lib/compare/comparison.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { UNKNOWN } from '../../lib/report/format.ts';
import type { Range } from '../../lib/report/range.ts';
import { useClient } from '../kit/client.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { DataTable } from '../kit/data-table.tsx';
import { StateMark } from '../kit/gap-mark.tsx';
import { Name } from '../kit/name.tsx';
import { tn } from '../kit/plural.ts';
import type { Column } from '../kit/table-column.ts';
import type { Tree } from '../kit/table-selection.ts';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { unjudgedTexts } from '../kit/unjudged-texts.ts';
import { useChartChoice } from './chart-choice.tsx';
import { ChartStrip } from './chart-strip.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { CompareModel, type ComparePage } from './compare-model.ts';
import { JUDGED, type Spec } from './compare-specs.ts';
import { CompareToolbar } from './compare-toolbar.tsx';
import { Details, type DetailsTab } from './details.tsx';
import { FilterInput } from './filter-input.tsx';
import { NotLinkedLine } from './not-linked.tsx';
import { type Alone, OnlyIn } from './only-in.tsx';
import { type PageState, writeState } from './page-state.ts';
import { ShownFigure } from './shown-figure.tsx';
import { SideChip } from './side-chip.tsx';
import { TableBar } from './table-bar.tsx';
import { isInner, type Part, type TableRow } from './table-rows.ts';
import { ViewsMenu } from './views-menu.tsx';

/** Heads of the columns that follow a figure. */
const SIGNS = { gap: 'Δ', change: '±' } as const;

/** All connections side by side, and what is apart. */
export function CompareView({
  page,
  trackers,
  range,
  now,
  onDays,
  onSearch,
  onRefresh,
  onChange,
}: {
  page: ComparePage;
  trackers: readonly TrackerView[];
  range: Range;
  now: () => number;
  onDays(range: Range): void;
  onSearch(text: string): void;
  onRefresh(): void;
  onChange(patch: Partial<PageState>): void;
}) {
  const client = useClient();
  const model = useModel(() => new CompareModel(client, page, now));
  const connections = model.connections.value;
  const [base] = connections;
  const comparison = model.comparison.value;
  const figures = model.figures.value;
  const specs = model.specs.value;
  const outer: Part = { comparison, figures, stale: model.stale.value, notes: [] };
  const rows = model.rows.value;
  const look = model.look.value;
  const opened = model.opened.value;
  // Kept here, so that it outlives the drawer while figures of other days come.
  const [tab, setTab] = useState<DetailsTab>('figures');
  const chart = useChartChoice();
  const columns: Column<TableRow>[] = [
    {
      id: 'name',
      title: model.rowsAre.value,
      label: model.rowsAre.value,
      sortable: true,
      cell: (each) => {
        const { row, part } = drawnBy(each, outer);
        return (
          row && (
            <>
              <StateMark state={part.comparison.worst(row, JUDGED)} />{' '}
              <Name text={row.name || UNKNOWN} maxLength={36} />
            </>
          )
        );
      },
      text: (row) =>
        isInner(row)
          ? `${row.within.name} › ${row.row?.name ?? row.part.notes.join(' · ')}`
          : row.name,
    },
    ...specs.flatMap((spec, at): Column<TableRow>[] => {
      const connection = connections[spec.side];
      if (!connection) return [];
      const metric = t(`metric_${spec.metric}`);
      const byMetric = model.columns.value.layout === 'metric';
      const badge = (
        <TrackerBadge
          tracker={model.trackerOf(connection)}
          label={connection.name}
          index={model.colourOf(connection)}
        />
      );
      const before = specs[at - 1];
      const starts = byMetric ? before?.metric !== spec.metric : before?.side !== spec.side;
      const column: Column<TableRow> = {
        id: spec.id,
        group: byMetric ? metric : connection.name,
        label: model.labelOf(spec),
        title: spec.kind === 'value' ? (byMetric ? badge : metric) : SIGNS[spec.kind],
        sortable: true,
        ...(starts ? { kind: 'edge' } : {}),
        cell: (each) => {
          const { row, part } = drawnBy(each, outer);
          if (!row) return null;
          const figure = (
            <ShownFigure shown={part.figures.shownIn(row, spec)} metric={spec.metric} />
          );
          return isStale(part, spec) ? <span class="dim">{figure}</span> : figure;
        },
        text: (each) => {
          const { row, part } = drawnBy(each, outer);
          return row ? part.figures.textIn(row, spec) : '';
        },
      };
      return [column];
    }),
  ];
  const byCampaign = page.state.value.by === 'campaign';
  const inner = model.inner.value;
  const divisions = model.divisions.value;
  const tree: Tree<TableRow> = {
    level: (row) => (isInner(row) ? 2 : 1),
    isOpen: (row) => (isInner(row) ? null : model.isOpen(row)),
    onToggle: (row) => {
      if (!isInner(row)) model.toggle(row);
    },
    nameOf: (row) => (isInner(row) ? '' : row.name),
    lineOf: (row) => (isInner(row) && !row.row ? row.part.notes.join(' · ') : null),
  };
  const openDetails = (row: TableRow) => {
    if (!isInner(row)) model.open(row);
  };
  /** Why nothing of a side is judged; of split tests also how many. */
  const hindrancesOf = (side: number) => {
    const [base = '', other = ''] = [0, side].map((at) => connections[at]?.name ?? '');
    const hindrances = comparison.hindrances(side, 'revenue');
    const of = { comparison, hindrances, other: side, metric: 'revenue' } as const;
    const texts = unjudgedTexts({ ...of, names: { base, other } });
    return hindrances.map((hindrance, at) => ({
      hindrance,
      text:
        hindrance === 'split'
          ? tn('halvesIn', model.halves.value[side] ?? 0, base, other)
          : (texts[at] ?? ''),
    }));
  };
  const countText = (count: number) => tn(byCampaign ? 'campaignsOf' : 'rowsOf', count);

  return (
    <>
      <CompareToolbar
        state={page.state.value}
        range={range}
        now={now}
        divisions={divisions}
        onDays={onDays}
        onChange={onChange}
        onRefresh={onRefresh}
      />
      <DamagedNotice list="links" />
      <ul class="chips">
        {model.asked.value.map(({ connection, ...asked }, side) => (
          <SideChip
            key={connection.id}
            connection={connection}
            tracker={model.trackerOf(connection)}
            colour={model.colourOf(connection)}
            isBase={side === 0}
            hindrances={hindrancesOf(side)}
            rate={comparison.rate(side)}
            asked={asked}
            now={now}
            onBase={() => onChange({ base: connection.id })}
          />
        ))}
      </ul>
      <TableBar
        count={countText(rows.length)}
        rows={rows.length}
        look={look}
        missing={
          look.missing && {
            count: look.missing.count,
            name: connections[look.missing.side]?.name ?? '',
          }
        }
        currency={comparison.sides[0]?.currency ?? ''}
        red={page.state.value.red}
        onRed={(red) => onChange({ red })}
        onLook={() => onChange({ sort: '' })}
        csv={model.csv}
        fileName={`crosstrack-compare-${range.from}-${range.to}.csv`}
        filter={
          <FilterInput
            value={page.state.value.search}
            problems={model.filterProblems.value}
            onValue={onSearch}
          />
        }
      >
        <ViewsMenu hash={writeState({ ...page.state.value, columns: model.columns.value })} />
        {base && (
          <ColumnsMenu
            columns={model.columns.value}
            connections={page.compared.value}
            base={base}
            onChange={(columns) => {
              onChange({ columns });
              model.keepColumns(columns);
            }}
          />
        )}
      </TableBar>
      {rows.length === 0 && model.joinedCount.value > 0 && (
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
      {model.versus.value && (
        <p class="small soft" data-versus>
          {t('versusDays', model.versus.value.from, model.versus.value.to)}
          {model.versus.value.runs && ` ${t('versusRuns')}`}
        </p>
      )}
      {!byCampaign && <p class="small soft">{t('groupWhole')}</p>}
      {divisions
        .find((one) => one.by === inner)
        ?.missing.map(({ name, reason }) => (
          <p key={name} class="small soft" data-then-missing={name}>
            {t('thenUntold', name, t(reason))}
          </p>
        ))}
      <div class="row apart">
        <OnlyIn sides={aloneIn(comparison, rows, connections, byCampaign)} countText={countText} />
        {byCampaign && (
          <NotLinkedLine
            sides={comparison.sides}
            href={writeState({ ...page.state.value, view: 'links' })}
          />
        )}
      </div>
      <ChartStrip
        connections={connections}
        choice={chart}
        trackers={trackers}
        colourOf={model.colourOf}
        range={range}
        now={now}
        halves={model.halves.value}
      />
      <div class={`table-area ${opened ? 'with-details' : ''}`}>
        <DataTable
          label={t('view_compare')}
          height="100%"
          columns={columns}
          rows={model.tableRows.value}
          keyOf={(row) => row.key}
          total={[
            t('total'),
            ...specs.map((spec) => (
              <ShownFigure key={spec.id} shown={figures.totalOf(spec, rows)} metric={spec.metric} />
            )),
          ]}
          sort={model.sort.value}
          sizing={model.sizing.value}
          onSort={({ column, descending }) => onChange({ sort: column, descending })}
          {...(inner ? { tree } : {})}
          {...(byCampaign ? { onOpen: openDetails } : inner ? { onOpen: tree.onToggle } : {})}
        />
        {opened && (
          <Details
            key={model.openedAs.value}
            row={opened}
            connections={connections}
            trackers={trackers}
            colourOf={model.colourOf}
            comparison={comparison}
            range={range}
            now={now}
            tab={tab}
            chart={chart}
            onTab={setTab}
            onClose={() => model.close()}
          />
        )}
      </div>
      <p class="small soft">
        {t('tableKeys')}
        {inner && ` · ${t('tableKeysOpen')}`}
      </p>
    </>
  );
}

/** A row with what draws it; no row = a line of what is missing. */
const drawnBy = (row: TableRow, outer: Part): { row: JoinedRow | null; part: Part } =>
  isInner(row) ? row : { row, part: outer };

/** Is a newer figure on its way? A gap is as old as the older of its sides. */
const isStale = ({ stale }: Part, { side, kind }: Spec) =>
  stale[side]?.now ||
  (kind === 'gap' && stale[0]?.now) ||
  (kind === 'change' && stale[side]?.before);

/**
 * What the base has and another side has not, and the other way round: of a tracker's the cost, of a
 * network's the revenue. A network's offers are no campaigns.
 */
function aloneIn(
  { sides, onlyIn }: Comparison,
  rows: readonly JoinedRow[],
  connections: readonly ConnectionView[],
  byCampaign: boolean,
): Alone[] {
  const others = sides.flatMap(({ kind }, at) =>
    at === 0 || (byCampaign && kind !== sides[0]?.kind) ? [] : [at],
  );
  return others.flatMap((other) =>
    [
      { side: 0, without: other },
      { side: other, without: 0 },
    ].map(({ side, without }): Alone => {
      const { kind, currency = '' } = sides[side] ?? {};
      return {
        name: connections[side]?.name ?? '',
        without: others.length > 1 ? (connections[without]?.name ?? '') : null,
        only: onlyIn(side, without, rows),
        currency,
        metric: kind === 'network' ? 'revenue' : 'cost',
      };
    }),
  );
}
