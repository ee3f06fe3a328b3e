import type { Comparison, JudgedGap } from '../../lib/compare/comparison.ts';
import { DEFAULT_THRESHOLDS, type GapState } from '../../lib/compare/gap.ts';
import { type JoinedRow, sortRows } from '../../lib/compare/join.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import type { CompareColumns } from '../../lib/settings/compare-columns.ts';

/** Metrics whose gaps are judged. */
export const JUDGED: readonly Metric[] = ['clicks', 'conversions', 'revenue', 'cost'];
/** A network tells nothing of the buyer's costs. */
const OF_COST: readonly Metric[] = ['cost', 'cpc', 'cpa', 'profit', 'roi'];

/** A column: one side's metric, its change since the days before, or its gap to the base. */
export interface Spec {
  readonly id: string;
  readonly side: number;
  readonly metric: Metric;
  readonly kind: 'value' | 'change' | 'gap';
}

/** One side as its columns need it. */
interface SpecSide {
  readonly connection: Pick<ConnectionView, 'id'>;
  readonly kind: 'tracker' | 'network';
}

/**
 * The columns in their order: by metric, each side's value beside the base's, or by tracker; a value
 * is followed by its change and its gap.
 * @param sides the base first
 * @param of.changes is each value followed by its change?
 */
export function specsOf(
  sides: readonly SpecSide[],
  { metrics, layout, changes }: Omit<CompareColumns, 'without'> & { readonly changes: boolean },
): Spec[] {
  const of = (metric: Metric, side: number): Spec[] => columnsOf(sides, metric, side, changes);
  return layout === 'metric'
    ? metrics.flatMap((metric) => sides.flatMap((_, side) => of(metric, side)))
    : sides.flatMap((_, side) => metrics.flatMap((metric) => of(metric, side)));
}

function columnsOf(
  sides: readonly SpecSide[],
  metric: Metric,
  side: number,
  changes: boolean,
): Spec[] {
  const id = sides[side]?.connection.id ?? '';
  if (!tells(sides[side], metric)) return [];
  const hasGap = side > 0 && metric in DEFAULT_THRESHOLDS && tells(sides[0], metric);
  return [
    { id: `${id}:${metric}`, side, metric, kind: 'value' },
    ...(changes ? [{ id: `${id}:change:${metric}`, side, metric, kind: 'change' } as const] : []),
    ...(hasGap ? [{ id: `${id}:gap:${metric}`, side, metric, kind: 'gap' } as const] : []),
  ];
}

const tells = (side: SpecSide | undefined, metric: Metric): boolean =>
  side?.kind !== 'network' || !OF_COST.includes(metric);

/** Conversions that a side lacks beyond chance. */
export interface Missing {
  readonly side: number;
  readonly count: number;
}

/** What needs a look among rows. */
export interface Look {
  /** Rows with amber or red gaps, of those that are compared. */
  readonly count: number;
  readonly compared: number;
  /** What they are apart, in the base's currency. */
  readonly revenue: number;
  /** Of the side that lacks the most, over the rows that both have; null = none lacks any. */
  readonly missing: Missing | null;
}

export function needsLook(comparison: Comparison, rows: readonly JoinedRow[]): Look {
  const shared = rows.filter(({ cells }) => cells[0] && cells.some((cell, at) => at > 0 && cell));
  const bad = shared.filter((row) => isBad(comparison, row));
  return {
    count: bad.length,
    compared: shared.length,
    revenue: bad.reduce((sum, row) => sum + revenueApart(comparison, row), 0),
    missing: mostMissing(
      comparison.sides.slice(1).map((_, at) => ({
        side: at + 1,
        gap: comparison.shared(at + 1, rows).gap('conversions'),
      })),
      0,
    ),
  };
}

/**
 * The side that lacks the most conversions, by totals whose gap needs a look.
 * @param base the side that lacks what another has more
 */
export function mostMissing(
  totals: ReadonlyArray<{ readonly side: number; readonly gap: JudgedGap }>,
  base: number,
): Missing | null {
  const lacking = totals.flatMap(({ side, gap: { difference, state } }): Missing[] => {
    if (difference === null || needOf(state) < needOf('amber')) return [];
    return [{ side: difference < 0 ? side : base, count: Math.round(Math.abs(difference)) }];
  });
  return lacking.sort((a, b) => b.count - a.count)[0] ?? null;
}

const isBad = (comparison: Comparison, row: JoinedRow): boolean =>
  needOf(comparison.worst(row, JUDGED)) >= needOf('amber');

/** Halves of split traffic are left out: neither is short of what the other earned. */
const revenueApart = (comparison: Comparison, row: JoinedRow): number =>
  mostApart(
    comparison.sides.flatMap((_, side) =>
      comparison.pairing(row, side) === 'same' ? comparison.gap(row, side, 'revenue') : [],
    ),
  );

/** The largest difference of those gaps that need a look; 0 = none does. */
export const mostApart = (gaps: readonly JudgedGap[]): number =>
  Math.max(
    0,
    ...gaps.map(({ difference, state }) =>
      needOf(state) >= needOf('amber') ? Math.abs(difference ?? 0) : 0,
    ),
  );

const STATES: readonly GapState[] = ['unknown', 'green', 'chance', 'amber', 'red'];

/** How much a state needs a look: the more, the sooner. */
export const needOf = (state: GapState): number => STATES.indexOf(state);

/** What needs a look first, then what is furthest apart in money, then the busiest. */
export function sortByNeed(comparison: Comparison, rows: readonly JoinedRow[]): JoinedRow[] {
  const byClicks = sortRows(
    rows,
    ({ cells }) => Math.max(0, ...cells.map((cell) => cell?.metrics.clicks ?? 0)),
    true,
  );
  const byMoney = sortRows(byClicks, (row) => revenueApart(comparison, row), true);
  return sortRows(byMoney, (row) => needOf(comparison.worst(row, JUDGED)), true);
}
