import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals';
import {
  type ComparedSide,
  createComparison,
  type JudgedGap,
} from '../../lib/compare/comparison.ts';
import { commonRows, isNamed, joinValues } from '../../lib/compare/groupings.ts';
import { type JoinedRow, joinSides, sortRows } from '../../lib/compare/join.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { csvText } from '../../lib/report/csv.ts';
import { formatGap, UNKNOWN } from '../../lib/report/format.ts';
import { isPartial, type Metrics, partOf, shownOf, sumMetrics } from '../../lib/report/metrics.ts';
import type { Range } from '../../lib/report/range.ts';
import { computedList } from '../kit/computed-list.ts';
import { blocksQueries } from '../kit/connections.ts';
import { figureText } from '../kit/figure.tsx';
import type { QueryClient } from '../kit/query.ts';
import { needsLook, type Spec, sortByNeed, specsOf } from './compare-specs.ts';
import type { PageState } from './page-state.ts';

/** What is compared, and how it is shown. */
export interface ComparePage {
  readonly state: ReadonlySignal<PageState>;
  /** The connections of the table, in the user's order. */
  readonly compared: ReadonlySignal<readonly ConnectionView[]>;
  readonly trackers: ReadonlySignal<readonly TrackerView[] | null>;
  readonly base: ReadonlySignal<ConnectionView | null>;
  readonly range: ReadonlySignal<Range | null>;
}

/** What a cell draws: a side's metrics, or a gap; null = not on that side. */
export type Shown =
  | { readonly metrics: Metrics; readonly currency: string }
  | { readonly gap: JudgedGap }
  | null;

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
    /** The base comes first: gaps are measured from it. */
    const connections = computedList(() => {
      const base = page.base.value;
      return base ? [base, ...page.compared.value.filter(({ id }) => id !== base.id)] : [];
    });
    const rangeText = computed(() => JSON.stringify(page.range.value));
    const range = computed((): Range | null => JSON.parse(rangeText.value));
    const by = computed(() => page.state.value.by);
    const ask = ({ id, problem }: ConnectionView) => {
      if (!range.value || blocksQueries(problem)) return client.query('campaigns.figures', null);
      const question = { connection: id, range: range.value, fresh: 'soon' } as const;
      return by.value === 'campaign'
        ? client.query('campaigns.figures', question)
        : client.query('campaigns.grouped', { ...question, campaignId: null, by: by.value });
    };
    const asked = computed(() =>
      connections.value.map((connection) => ({ connection, ...ask(connection) })),
    );
    /** Rows that changed places with each answer would slip away under the pointer. */
    const allAnswered = computed(() =>
      asked.value.every(
        ({ connection, value, problem, busy }) =>
          blocksQueries(connection.problem) || value?.report || problem || !busy,
      ),
    );
    const links = computed(() =>
      by.value === 'campaign' ? client.query('links.list', {}).value : null,
    );
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
    const joined = computed(() =>
      isNamed(by.value) ? joinSides(sides.value, links.value ?? []) : joinValues(sides.value),
    );
    const comparison = computed(() =>
      createComparison({
        sides: sides.value,
        rows: joined.value,
        range: range.value ?? NO_DAYS,
        now: now(),
      }),
    );
    const specs = computed(() =>
      specsOf(
        connections.value.map((connection) => ({
          connection,
          kind: trackerOf(connection)?.side ?? 'tracker',
        })),
      ),
    );
    const currencyOf = ({ side }: Spec): string => sides.value[side]?.currency ?? '';
    const figureIn = (row: JoinedRow, spec: Spec): number | null => {
      if (spec.gap) return comparison.value.gap(row, spec.side, spec.metric).gap;
      const cell = row.cells[spec.side];
      return cell ? shownOf(cell.metrics, spec.metric) : null;
    };
    const sort = computed(() => page.state.value.sort);
    const descending = computed(() => page.state.value.descending);
    const sorting = computed(() => specs.value.find(({ id }) => id === sort.value));
    const search = computed(() => page.state.value.search.toLowerCase());
    const onlyRed = computed(() => page.state.value.red);
    const found = computed(() => {
      const hasRed = (row: JoinedRow) =>
        specs.value.some(
          ({ gap, side, metric }) => gap && comparison.value.gap(row, side, metric).state === 'red',
        );
      return joined.value.filter(
        (row) =>
          row.cells.some((cell) => cell?.name.toLowerCase().includes(search.value)) &&
          (!onlyRed.value || hasRed(row)),
      );
    });
    const rows = computed(() => {
      const [spec, down] = [sorting.value, descending.value];
      if (sort.value === 'name') return sortRows(found.value, ({ name }) => name, down);
      if (spec) return sortRows(found.value, (row) => figureIn(row, spec), down);
      // Days and hours are in their own order.
      if (by.value === 'day' || by.value === 'hour') {
        return sortRows(found.value, ({ key }) => key, false);
      }
      return allAnswered.value
        ? sortByNeed(comparison.value, found.value)
        : sortRows(found.value, baseClicks, true);
    });
    const labelOf = ({ side, metric, gap }: Spec): string => {
      const name = t(`metric_${metric}`);
      return `${connections.value[side]?.name ?? ''} ${gap ? t('gapOf', name) : name}`;
    };
    /** Labels of a row's columns that are sums over a part. */
    const partialIn = (row: JoinedRow): string[] =>
      specs.value
        .filter(({ side, metric, gap }) => {
          const cell = row.cells[side];
          return !gap && cell && isPartial(cell.metrics, metric);
        })
        .map(labelOf);
    const openedKey = signal<string | null>(null);

    return {
      connections,
      /** What each connection answered, the base first. */
      asked,
      comparison,
      /** The columns besides the name. */
      specs,
      /** Number of rows before the filters. */
      joinedCount: computed(() => joined.value.length),
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
      shownIn(row: JoinedRow, spec: Spec): Shown {
        if (spec.gap) return { gap: comparison.value.gap(row, spec.side, spec.metric) };
        const cell = row.cells[spec.side];
        return cell ? { metrics: cell.metrics, currency: currencyOf(spec) } : null;
      },
      /** A gap of totals is over the campaigns that both sides have; figures are of all rows. */
      totalOf(spec: Spec): Shown {
        const { side, metric, gap } = spec;
        if (gap) return { gap: comparison.value.shared(side, rows.value).gap(metric) };
        const sum = sumMetrics(rows.value.flatMap(({ cells }) => cells[side]?.metrics ?? []));
        const metrics = reports.value[side]?.complete === false ? partOf(sum) : sum;
        return { metrics, currency: currencyOf(spec) };
      },
      textIn(row: JoinedRow, spec: Spec): string {
        if (spec.gap) return formatGap(figureIn(row, spec), locale());
        const cell = row.cells[spec.side];
        return cell ? figureText(cell.metrics, spec.metric, currencyOf(spec)) : UNKNOWN;
      },
      /** Is a newer figure on its way? A gap is stale if either of its sides is. */
      isStale: ({ side, gap }: Spec): boolean =>
        (gap ? [side, 0] : [side]).some(
          (one) => asked.value[one]?.busy && reports.value[one] !== null,
        ),
      /** The rows in their order, with plain figures. */
      csv: (): string =>
        csvText([
          [t(`group_${by.value}`), ...specs.value.map(labelOf), t('partialColumn')],
          ...rows.value.map((row) => [
            row.name,
            ...specs.value.map((spec) => figureIn(row, spec)),
            partialIn(row).join('; '),
          ]),
        ]),
    };
  },
);

const baseClicks = ({ cells: [base] }: JoinedRow): number | null => base?.metrics.clicks ?? null;
