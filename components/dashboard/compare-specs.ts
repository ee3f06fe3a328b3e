import type { Comparison } from '../../lib/compare/comparison.ts';
import { type JoinedRow, sortRows } from '../../lib/compare/join.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Metric } from '../../lib/report/metrics.ts';

const METRICS: readonly Metric[] = ['clicks', 'conversions', 'revenue', 'cost', 'profit', 'roi'];
/** Metrics whose gaps are judged. */
export const JUDGED: readonly Metric[] = ['clicks', 'conversions', 'revenue', 'cost'];
/** A network tells nothing of the buyer's costs. */
const OF_COST: readonly Metric[] = ['cost', 'profit', 'roi'];

/** A column: one side's metric, or its gap to the base. */
export interface Spec {
  readonly id: string;
  readonly side: number;
  readonly metric: Metric;
  readonly gap: boolean;
}

/**
 * Columns grouped by metric, each side's value beside the base's and followed by its gap.
 * @param sides the base first
 */
export const specsOf = (
  sides: ReadonlyArray<{ connection: ConnectionView; kind: 'tracker' | 'network' }>,
): Spec[] =>
  METRICS.flatMap((metric) =>
    sides.flatMap(({ connection, kind }, side): Spec[] => {
      if (kind === 'network' && OF_COST.includes(metric)) return [];
      const value = { id: `${connection.id}:${metric}`, side, metric, gap: false };
      const judged = side > 0 && JUDGED.includes(metric) && hasBase(sides, metric);
      return judged
        ? [value, { id: `${connection.id}:gap:${metric}`, side, metric, gap: true }]
        : [value];
    }),
  );

const hasBase = (sides: ReadonlyArray<{ kind: 'tracker' | 'network' }>, metric: Metric): boolean =>
  sides[0]?.kind !== 'network' || !OF_COST.includes(metric);

/** Rows with amber or red gaps, and the revenue that they are apart (base currency). */
export function needsLook(
  comparison: Comparison,
  rows: readonly JoinedRow[],
): { readonly count: number; readonly compared: number; readonly revenue: number } {
  const shared = rows.filter(({ cells }) => cells[0] && cells.some((cell, at) => at > 0 && cell));
  const bad = shared.filter((row) => isBad(comparison, row));
  return {
    count: bad.length,
    compared: shared.length,
    revenue: bad.reduce((sum, row) => sum + revenueApart(comparison, row), 0),
  };
}

const isBad = (comparison: Comparison, row: JoinedRow): boolean =>
  ['amber', 'red'].includes(comparison.worst(row, JUDGED));

const revenueApart = (comparison: Comparison, row: JoinedRow): number =>
  Math.max(
    0,
    ...comparison.sides.map((_, side) => {
      const { difference, state } = comparison.gap(row, side, 'revenue');
      return state === 'amber' || state === 'red' ? Math.abs(difference ?? 0) : 0;
    }),
  );

const STATES = ['unknown', 'green', 'chance', 'amber', 'red'] as const;

/** What needs a look first, then what is furthest apart in money, then the busiest. */
export function sortByNeed(comparison: Comparison, rows: readonly JoinedRow[]): JoinedRow[] {
  const byClicks = sortRows(
    rows,
    ({ cells }) => Math.max(0, ...cells.map((cell) => cell?.metrics.clicks ?? 0)),
    true,
  );
  const byMoney = sortRows(byClicks, (row) => revenueApart(comparison, row), true);
  return sortRows(byMoney, (row) => STATES.indexOf(comparison.worst(row, JUDGED)), true);
}
