import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals';
import { fulfils, parseFilter } from '../../lib/compare/filter.ts';
import type { Grouping } from '../../lib/compare/groupings.ts';
import { idsIn, type JoinedRow, sortRows } from '../../lib/compare/join.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { csvText } from '../../lib/report/csv.ts';
import { type Metric, metricOf } from '../../lib/report/metrics.ts';
import { dayOf, type Range, rangeBefore } from '../../lib/report/range.ts';
import { type CompareColumns, DEFAULT_COLUMNS } from '../../lib/settings/compare-columns.ts';
import { computedList } from '../kit/computed-list.ts';
import { blocksQueries } from '../kit/connections.ts';
import type { QueryClient } from '../kit/query.ts';
import { createChosenWidths } from './chosen-widths.ts';
import { createLevel, type Level, type LevelSetting } from './compare-level.ts';
import { JUDGED, needsLook, type Spec, sortByNeed, specsOf } from './compare-specs.ts';
import { divisionsOf } from './divisions.ts';
import { filterWords } from './filter-words.ts';
import { createHalves } from './halves.ts';
import { createOpenedRows } from './opened-rows.ts';
import type { PageState } from './page-state.ts';
import { exported } from './table-figures.ts';
import { isInner } from './table-rows.ts';

/** What is compared, and how it is shown. */
export interface ComparePage {
  readonly state: ReadonlySignal<PageState>;
  /** The connections of the table, in the user's order. */
  readonly compared: ReadonlySignal<readonly ConnectionView[]>;
  readonly trackers: ReadonlySignal<readonly TrackerView[] | null>;
  readonly base: ReadonlySignal<ConnectionView | null>;
  readonly range: ReadonlySignal<Range | null>;
}

/**
 * The comparison table: its columns, rows in their order, cells, totals, and all of it as CSV.
 *
 * @param now epoch ms
 */
export const CompareModel = createModel(
  (client: QueryClient, page: ComparePage, now: () => number) => {
    const trackerOf = ({ tracker }: ConnectionView): TrackerView | undefined =>
      page.trackers.value?.find(({ id }) => id === tracker);
    /** The columns last chosen, as they were when the page was opened, so that Back leads to them. */
    const kept = computed(() => client.query('settings.read', {}).value?.compareColumns);
    const columns = computed(() => page.state.value.columns ?? kept.value ?? DEFAULT_COLUMNS);
    /** The base comes first: gaps are measured from it. */
    const connections = computedList(() => {
      const [base, { without }] = [page.base.value, columns.value];
      const others = page.compared.value.filter(
        ({ id }) => id !== base?.id && !without.includes(id),
      );
      return base ? [base, ...others] : [];
    });
    const rangeText = computed(() => JSON.stringify(page.range.value));
    const range = computed((): Range | null => JSON.parse(rangeText.value));
    const by = computed(() => page.state.value.by);
    const inner = computed(() => {
      const chosen = page.state.value.inner;
      return chosen === by.value ? null : chosen;
    });
    const ask = ({ id, problem }: ConnectionView, days: Range | null) => {
      if (!days || blocksQueries(problem)) return client.query('campaigns.figures', null);
      const question = { connection: id, range: days, fresh: 'soon' } as const;
      return by.value === 'campaign'
        ? client.query('campaigns.figures', question)
        : client.query('campaigns.grouped', { ...question, by: by.value });
    };
    const asked = computed(() =>
      connections.value.map((connection) => ({ connection, ...ask(connection, range.value) })),
    );
    /** The days that changes are since; null = none are shown. */
    const daysBefore = computed(() =>
      page.state.value.versus === 'before' && range.value ? rangeBefore(range.value) : null,
    );
    const askedBefore = computed(() =>
      connections.value.map((connection) => ask(connection, daysBefore.value)),
    );
    const setting: LevelSetting = {
      ...{ client, range, now },
      kindOf: (connection) => trackerOf(connection)?.side ?? 'tracker',
    };
    const halves = createHalves(setting, connections);
    // Only a row of one campaign is without the others.
    const halvesInRows = computed(() => (by.value === 'campaign' ? NO_HALVES : halves.value));
    const outer = createLevel(setting, by, asked, askedBefore, halvesInRows);
    const { comparison, figures } = outer;
    const joined = outer.rows;
    const specs = computed(() =>
      specsOf(
        connections.value.map((connection) => ({
          connection,
          kind: setting.kindOf(connection),
        })),
        { ...columns.value, changes: daysBefore.value !== null },
      ),
    );
    const sort = computed(() => page.state.value.sort);
    const descending = computed(() => page.state.value.descending);
    const sorting = computed(() => specs.value.find(({ id }) => id === sort.value));
    const words = filterWords();
    const search = computed(() => page.state.value.search);
    const filter = computed(() => parseFilter(search.value, words));
    const onlyRed = computed(() => page.state.value.red);
    /** A metric of the first side that tells it. */
    const firstKnown = ({ cells }: JoinedRow, metric: Metric): number | null => {
      for (const cell of cells) {
        const value = cell && metricOf(cell.metrics, metric);
        if (value !== null) return value;
      }
      return null;
    };
    const found = computed(() => {
      const [{ terms }, { worst, largestGap }] = [filter.value, comparison.value];
      return joined.value.filter(
        (row) =>
          fulfils(
            {
              names: row.cells.flatMap((cell) => cell?.name ?? []),
              valueOf: (metric) => firstKnown(row, metric),
              worst: () => worst(row, JUDGED),
              largestGap: () => largestGap(row, JUDGED),
            },
            terms,
          ) &&
          (!onlyRed.value || worst(row, JUDGED) === 'red'),
      );
    });
    /** Rows of a level in the order that the user chose, or in that of what they are. */
    const inOrder = (level: Level, of: Grouping, among: readonly JoinedRow[]) => {
      const [spec, down] = [sorting.value, descending.value];
      if (sort.value === 'name') return sortRows(among, ({ name }) => name, down);
      if (spec) return sortRows(among, (row) => level.figures.value.figureIn(row, spec), down);
      // Days and hours are in their own order.
      if (of === 'day' || of === 'hour') return sortRows(among, ({ key }) => key, false);
      return level.allAnswered.value
        ? sortByNeed(level.comparison.value, among)
        : sortRows(among, baseClicks, true);
    };
    const rows = computed(() => inOrder(outer, by.value, found.value));
    const byKey = computed(() => new Map(joined.value.map((row) => [row.key, row])));
    const openedRows = createOpenedRows(setting, {
      ...{ by, inner, connections, daysBefore, halves: halvesInRows },
      rowOf: (key) => byKey.value.get(key),
      inOrder: (level, of) => inOrder(level, of, level.rows.value),
    });
    const tableRows = computed(() => openedRows.withInner(rows.value));
    const labelOf = ({ side, metric, kind }: Spec): string => {
      const name = t(`metric_${metric}`);
      const what =
        kind === 'value' ? name : kind === 'gap' ? t('gapOf', name) : t('changeOf', name);
      return `${connections.value[side]?.name ?? ''} ${what}`;
    };
    const openedRow = signal<Opened | null>(null);

    return {
      columns,
      /** Keeps columns for the next time the page is opened. */
      keepColumns: (compareColumns: CompareColumns) =>
        void client.call('settings.write', { compareColumns }).catch(() => {}),
      sizing: createChosenWidths(client, ''),
      connections,
      /** What each connection answered, the base first. */
      asked,
      comparison,
      figures,
      /** Of each side: how many split tests between it and the base the figures of all campaigns hold. */
      halves,
      /** Of each side: is a newer figure on its way, or one of the days before? */
      stale: outer.stale,
      /** The columns besides the name. */
      specs,
      /** Number of rows before the filters. */
      joinedCount: computed(() => joined.value.length),
      /** What of the filter is not understood. */
      filterProblems: computed(() => filter.value.problems),
      /** The rows of the first level, which counts and totals are of. */
      rows,
      /** The same, with the rows within those that are opened. */
      tableRows,
      /** What opened rows hold; null = rows are not opened. */
      inner,
      /** Is a row of the first level opened? */
      isOpen: ({ key }: JoinedRow): boolean => openedRows.keys.value.has(key),
      toggle: openedRows.toggle,
      /** What rows can be divided by, and which sides cannot do it, with the reason. */
      divisions: computed(() => divisionsOf(by.value, connections.value, trackerOf)),
      /** The rows that need a look, of those that several sides have. */
      look: computed(() => needsLook(comparison.value, rows.value)),
      sort: computed(() => ({
        column: sort.value === 'name' ? 'name' : (sorting.value?.id ?? 'look'),
        descending: descending.value,
      })),
      /** Name of what the rows are. */
      rowsAre: computed(() => t(`group_${by.value}`)),
      /** The row whose details are open; null = none, or it is filtered out. */
      opened: computed(() =>
        openedRow.value?.by === by.value
          ? findOpened(openedRow.value, connections.value, rows.value)
          : null,
      ),
      /** The same for as long as these details are open. */
      openedAs: computed(() => openedRow.value?.key),
      open({ key, cells }: JoinedRow): void {
        const side = cells.findIndex((cell) => cell !== null);
        const connection = connections.value[side]?.id ?? '';
        openedRow.value = { by: by.value, key, connection, id: cells[side]?.id ?? '' };
      },
      close(): void {
        openedRow.value = null;
      },
      trackerOf,
      /** Place of a connection in the user's order, which gives it its colour. */
      colourOf: (connection: ConnectionView) => page.compared.value.indexOf(connection),
      labelOf,
      /** The days that changes are since, and whether the last of those that are shown still runs. */
      versus: computed(() => {
        const [days, before] = [range.value, daysBefore.value];
        return days && before ? { ...before, runs: days.to >= dayOf(now(), days.zone) } : null;
      }),
      /** The rows in their order, the opened ones with what is within them, with plain figures. */
      csv(): string {
        const groupings = inner.value ? [by.value, inner.value] : [by.value];
        const lines = tableRows.value.flatMap((each) => {
          const row = isInner(each) ? each.row : each;
          // What is missing within an opened row stands beside its figures.
          const notes = isInner(each) ? each.part.notes : [];
          const { figureIn, isPartialIn } = isInner(each) ? each.part.figures : figures.value;
          if (!row) return [];
          const names = isInner(each) ? [each.within.name, row.name] : [row.name, ''];
          const partial = specs.value.filter((spec) => isPartialIn(row, spec)).map(labelOf);
          return [
            [
              ...names.slice(0, groupings.length),
              ...specs.value.map((spec) => exported(figureIn(row, spec))),
              [...partial, ...notes].join('; '),
            ],
          ];
        });
        return csvText([
          [
            ...groupings.map((one) => t(`group_${one}`)),
            ...specs.value.map(labelOf),
            t('partialColumn'),
          ],
          ...lines,
        ]);
      },
    };
  },
);

const NO_HALVES: readonly number[] = [];

const baseClicks = ({ cells: [base] }: JoinedRow): number | null => base?.metrics.clicks ?? null;

/** A row whose details are open, by its key and by what its first side has. */
interface Opened {
  readonly by: Grouping;
  readonly key: string;
  readonly connection: string;
  readonly id: string;
}

/** The row, which has another key once it is linked or parted. */
function findOpened(
  opened: Opened,
  connections: readonly ConnectionView[],
  rows: readonly JoinedRow[],
): JoinedRow | null {
  const side = connections.findIndex(({ id }) => id === opened.connection);
  const holds = ({ cells }: JoinedRow): boolean => {
    const cell = cells[side];
    return cell ? idsIn(cell).includes(opened.id) : false;
  };
  return rows.find(({ key }) => key === opened.key) ?? rows.find(holds) ?? null;
}
