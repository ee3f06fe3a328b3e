import {
  type BaseMetric,
  isPartial,
  type Metrics,
  metricOf,
  sumFigures,
} from '../report/metrics.ts';
import { isUnfilled } from '../sources/token-check.ts';
import {
  FIGURE_COLUMNS,
  type FigureColumn,
  MARK_COLUMNS,
  type MarkColumn,
  type Placement,
  type PlacementColumns,
  type PlacementTable,
} from './placement.ts';

/** A placement's figures as a report has them; null or partial = the tracker does not tell. */
export interface PlacementRow {
  readonly id: string;
  readonly metrics: Metrics;
  /** Cost of clicks that have had time to convert; where missing, all of it. */
  readonly ripeCost?: number | null;
}

const JUDGED_BY = ['cost', 'conversions', 'revenue'] as const;

/** Columns of a report's placements. */
export function columnsOf(rows: readonly PlacementRow[]): PlacementColumns {
  const column = (value: (row: PlacementRow) => number | null): Float64Array =>
    Float64Array.from(rows, (row) => value(row) ?? Number.NaN);
  const count = (metric: BaseMetric) => column(({ metrics }) => metricOf(metrics, metric));
  const statuses = statusesIn(rows);
  return {
    ids: rows.map(({ id }) => id),
    clicks: count('clicks'),
    landerViews: count('landerViews'),
    landerClicks: count('landerClicks'),
    conversions: count('conversions'),
    payable: column(({ metrics }) => {
      const conversions = metricOf(metrics, 'conversions');
      if (conversions === null || !statuses.countsRejected) return conversions;
      const rejected = metricOf(metrics, 'rejected');
      if (rejected !== null) return Math.max(0, conversions - rejected);
      // Not told: none were, if those of the other statuses are all there are.
      const open = (['sales', 'leads', 'hold'] as const).map((status) => metricOf(metrics, status));
      return (sumFigures(open).sum ?? 0) >= conversions ? conversions : null;
    }),
    approved: column(({ metrics }) => (statuses.tellsApproved ? metricOf(metrics, 'sales') : null)),
    hold: count('hold'),
    cost: count('cost'),
    ripeCost: column(({ metrics, ripeCost = metricOf(metrics, 'cost') }) => ripeCost),
    revenue: count('revenue'),
    unnamed: Uint8Array.from(rows, ({ id }) => (isUnfilled(id) ? 1 : 0)),
    partial: Uint8Array.from(rows, ({ metrics }) =>
      JUDGED_BY.some((metric) => isPartial(metrics, metric)) ? 1 : 0,
    ),
  };
}

/**
 * What the campaign's statuses say. Some trackers count rejected conversions among `conversions` and
 * some do not: the sum over the campaign tells. Approved ones are told from others where some are on
 * hold: without that word, a sale is only what the network has not refused yet.
 */
function statusesIn(rows: readonly PlacementRow[]) {
  const sum = (metric: BaseMetric) =>
    rows.reduce((total, { metrics }) => total + (metrics[metric] ?? 0), 0);
  const tells = (metric: BaseMetric) => rows.some(({ metrics }) => metrics[metric] !== null);
  const tellsSales = tells('sales');
  const open = sum('sales') + sum('leads') + sum('hold');
  return {
    countsRejected: tellsSales && tells('rejected') && sum('conversions') >= open + sum('rejected'),
    tellsApproved: tellsSales && sum('hold') > 0,
  };
}

/** One row of the columns. */
export function placementAt(columns: PlacementColumns, row: number): Placement {
  const figure = (value: number | undefined) => (Number.isNaN(value) ? null : (value ?? null));
  return {
    id: columns.ids[row] ?? '',
    clicks: figure(columns.clicks[row]),
    conversions: figure(columns.conversions[row]),
    cost: figure(columns.cost[row]),
    revenue: figure(columns.revenue[row]),
  };
}

/** Columns as a message carries them. */
export function tableOf(columns: PlacementColumns): PlacementTable {
  const figures = FIGURE_COLUMNS.map((name) => [
    name,
    Array.from(columns[name], (value) => (Number.isNaN(value) ? null : value)),
  ]);
  const marks = MARK_COLUMNS.map((name) => [name, Array.from(columns[name])]);
  return {
    ...(Object.fromEntries(figures) as Pick<PlacementTable, FigureColumn>),
    ...(Object.fromEntries(marks) as Pick<PlacementTable, MarkColumn>),
    ids: columns.ids,
  };
}

/** Columns that came in a message. */
export function columnsIn(table: PlacementTable): PlacementColumns {
  const figures = FIGURE_COLUMNS.map((name) => [
    name,
    Float64Array.from(table[name], (value) => value ?? Number.NaN),
  ]);
  const marks = MARK_COLUMNS.map((name) => [name, Uint8Array.from(table[name])]);
  return {
    ...(Object.fromEntries(figures) as Pick<PlacementColumns, FigureColumn>),
    ...(Object.fromEntries(marks) as Pick<PlacementColumns, MarkColumn>),
    ids: table.ids,
  };
}
