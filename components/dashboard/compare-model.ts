import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals';
import { formerFigures } from '../../lib/compare/changes.ts';
import { type ComparedSide, createComparison } from '../../lib/compare/comparison.ts';
import { fulfils, parseFilter } from '../../lib/compare/filter.ts';
import { commonRows, isNamed, joinValues } from '../../lib/compare/groupings.ts';
import { type JoinedRow, joinSides, sortRows } from '../../lib/compare/join.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { csvText } from '../../lib/report/csv.ts';
import { type Metric, metricOf } from '../../lib/report/metrics.ts';
import { dayOf, daysIn, type Range, rangeBefore } from '../../lib/report/range.ts';
import { type CompareColumns, DEFAULT_COLUMNS } from '../../lib/settings/compare-columns.ts';
import { computedList } from '../kit/computed-list.ts';
import { blocksQueries, haveAllAnswered } from '../kit/connections.ts';
import type { QueryClient } from '../kit/query.ts';
import { JUDGED, needsLook, type Spec, sortByNeed, specsOf } from './compare-specs.ts';
import { filterWords } from './filter-words.ts';
import type { PageState } from './page-state.ts';
import { createTableFigures } from './table-figures.ts';

/** What is compared, and how it is shown. */
export interface ComparePage {
  readonly state: ReadonlySignal<PageState>;
  /** The connections of the table, in the user's order. */
  readonly compared: ReadonlySignal<readonly ConnectionView[]>;
  readonly trackers: ReadonlySignal<readonly TrackerView[] | null>;
  readonly base: ReadonlySignal<ConnectionView | null>;
  readonly range: ReadonlySignal<Range | null>;
}

/** Without a base there are no days, nor sides that they could matter to. */
const NO_DAYS: Range = { from: '', to: '', zone: 'UTC' };

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
    const reportsBefore = computedList(() =>
      askedBefore.value.map(({ value }) => value?.report ?? null),
    );
    const allAnswered = computed(() => haveAllAnswered(asked.value));
    const links = computed(() =>
      by.value === 'campaign' || by.value === 'offer'
        ? client.query('links.list', { kind: by.value }).value
        : null,
    );
    const rates = computed(() => client.query('rates.list', {}).value ?? []);
    const reports = computedList(() => asked.value.map(({ value }) => value?.report ?? null));
    const texts = { locale: locale(), unknown: t('valueUnknown') };
    const sides = computed(() =>
      connections.value.map((connection, side): ComparedSide => {
        const report = reports.value[side] ?? null;
        return {
          connection: connection.id,
          currency: report?.currency ?? connection.currency,
          kind: trackerOf(connection)?.side ?? 'tracker',
          report,
          rows: report ? commonRows(by.value, report, texts) : [],
        };
      }),
    );
    /** Of each side: its figures in the days before; null = they are not known, or not all of them. */
    const before = computedList(() => {
      const days = range.value ? daysIn(range.value) : 0;
      return reportsBefore.value.map((report) =>
        report?.complete
          ? formerFigures(by.value, commonRows(by.value, report, texts), days)
          : null,
      );
    });
    const joined = computed(() =>
      isNamed(by.value) ? joinSides(sides.value, links.value ?? []) : joinValues(sides.value),
    );
    const comparison = computed(() =>
      createComparison({
        sides: sides.value,
        rows: joined.value,
        range: range.value ?? NO_DAYS,
        now: now(),
        rates: rates.value,
      }),
    );
    const specs = computed(() =>
      specsOf(
        connections.value.map((connection) => ({
          connection,
          kind: trackerOf(connection)?.side ?? 'tracker',
        })),
        { ...columns.value, changes: daysBefore.value !== null },
      ),
    );
    const figures = computed(() => createTableFigures(comparison.value, before.value));
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
    const rows = computed(() => {
      const [spec, down] = [sorting.value, descending.value];
      if (sort.value === 'name') return sortRows(found.value, ({ name }) => name, down);
      if (spec) return sortRows(found.value, (row) => figures.value.figureIn(row, spec), down);
      // Days and hours are in their own order.
      if (by.value === 'day' || by.value === 'hour') {
        return sortRows(found.value, ({ key }) => key, false);
      }
      return allAnswered.value
        ? sortByNeed(comparison.value, found.value)
        : sortRows(found.value, baseClicks, true);
    });
    const labelOf = ({ side, metric, kind }: Spec): string => {
      const name = t(`metric_${metric}`);
      const what =
        kind === 'value' ? name : kind === 'gap' ? t('gapOf', name) : t('changeOf', name);
      return `${connections.value[side]?.name ?? ''} ${what}`;
    };
    const openedKey = signal<string | null>(null);

    return {
      columns,
      /** Keeps columns for the next time the page is opened. */
      keepColumns: (compareColumns: CompareColumns) =>
        void client.call('settings.write', { compareColumns }).catch(() => {}),
      connections,
      /** What each connection answered, the base first. */
      asked,
      comparison,
      figures,
      /** Of each side: is a newer figure on its way, or one of the days before? */
      stale: computed(() =>
        asked.value.map(({ busy }, side) => ({
          now: busy && reports.value[side] !== null,
          before: askedBefore.value[side]?.busy === true && reportsBefore.value[side] !== null,
        })),
      ),
      /** The columns besides the name. */
      specs,
      /** Number of rows before the filters. */
      joinedCount: computed(() => joined.value.length),
      /** What of the filter is not understood. */
      filterProblems: computed(() => filter.value.problems),
      rows,
      /** The rows that need a look, of those that several sides have. */
      look: computed(() => needsLook(comparison.value, rows.value)),
      sort: computed(() => ({
        column: sort.value === 'name' ? 'name' : (sorting.value?.id ?? 'look'),
        descending: descending.value,
      })),
      /** Name of what the rows are. */
      rowsAre: computed(() => t(`group_${by.value}`)),
      /** The row whose details are open; null = none, or it is filtered out. */
      opened: computed(() => rows.value.find(({ key }) => key === openedKey.value) ?? null),
      open({ key }: JoinedRow): void {
        openedKey.value = key;
      },
      close(): void {
        openedKey.value = null;
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
      /** The rows in their order, with plain figures. */
      csv(): string {
        const { figureIn, isPartialIn } = figures.value;
        return csvText([
          [t(`group_${by.value}`), ...specs.value.map(labelOf), t('partialColumn')],
          ...rows.value.map((row) => [
            row.name,
            ...specs.value.map((spec) => figureIn(row, spec)),
            specs.value
              .filter((spec) => isPartialIn(row, spec))
              .map(labelOf)
              .join('; '),
          ]),
        ]);
      },
    };
  },
);

const baseClicks = ({ cells: [base] }: JoinedRow): number | null => base?.metrics.clicks ?? null;
