import type { Campaign, PlacementColumns } from './placement.ts';
import type { RuleSettings } from './rule-settings.ts';

/** The part of `Campaign` that says how money becomes payouts. */
export type Worth = Pick<
  Campaign,
  'worth' | 'payout' | 'meanPayout' | 'tellsApproved' | 'revenueOnly' | 'payoutSpread'
>;

/** Payouts that a placement has spent; NaN = its cost or a payout's worth is unknown. */
export function spentBy(columns: PlacementColumns, row: number, { worth }: Worth): number {
  return worth === null ? Number.NaN : (columns.ripeCost[row] ?? Number.NaN) / worth;
}

/**
 * Conversions that count for a placement, in the unit of `spentBy`; NaN = unknown.
 *
 * Where the campaign tells revenue, 0 is 0, a negative sum is nothing earned, and one that is not told,
 * or only in part, is unknown, however many conversions there are. Lucky payouts are not
 * taken for skill: the mean payout of a placement is shrunk towards the campaign's, the more so the
 * less placements differ.
 */
export function earnedBy(
  columns: PlacementColumns,
  row: number,
  worth: Worth,
  approval: number,
): number {
  const count = columns.payable[row] ?? Number.NaN;
  const revenue = columns.revenue[row] ?? Number.NaN;
  if (Number.isNaN(count)) {
    return worth.payout === null ? Number.NaN : Math.max(0, revenue) / worth.payout;
  }
  const { meanPayout, payout } = worth;
  if (meanPayout === null) {
    // Nowhere a conversion: what is earned is in the revenue.
    if (count === 0 && revenue > 0 && payout !== null) return revenue / payout;
    return approvedShare(columns, row, worth, approval) * count;
  }
  if (Number.isNaN(revenue)) return Number.NaN;
  if (revenue <= 0) return 0;
  if (count === 0) return revenue / meanPayout;
  return (
    approvedShare(columns, row, worth, approval) *
    count *
    shrunkPayout(revenue / meanPayout / count, count, worth.payoutSpread)
  );
}

/** A placement as its own revenue shows it, for what the others' payout may hide. */
export interface OwnView {
  /** Payouts of the campaign that its revenue is worth, not drawn to any mean; NaN = not told. */
  readonly revenue: number;
  /** Its mean payout ÷ the campaign's, 1 or more. */
  readonly times: number;
  /** Conversions that count, of `times` payouts each; NaN = not told. */
  readonly earned: number;
}

/** Differences of rounding are none. */
const SAME_PAYOUT = 1 + 1e-9;

/** What a placement's own revenue says of it. */
export function ownViewOf(
  columns: PlacementColumns,
  row: number,
  worth: Worth,
  approval: number,
): OwnView {
  const count = columns.payable[row] ?? Number.NaN;
  const share = approvedShare(columns, row, worth, approval);
  const money = Math.max(0, columns.revenue[row] ?? Number.NaN);
  const revenue = (share * money) / (worth.payout ?? Number.NaN);
  const earned = share * count;
  const times = revenue / earned;
  return { revenue, earned, times: count > 0 && times > SAME_PAYOUT ? times : 1 };
}

/** A placement's mean payout relative to the campaign's, shrunk by κ = within ÷ between. */
function shrunkPayout(
  relative: number,
  count: number,
  { within, between }: Campaign['payoutSpread'],
): number {
  if (within + between === 0) return relative;
  // (count·x + κ) ÷ (count + κ), with both sides times `between`, which may be 0.
  return (count * between * relative + within) / (count * between + within);
}

/** Squared variation that is left in a placement's mean payout after `count` conversions. */
export function payoutDoubt(count: number, { within, between }: Campaign['payoutSpread']): number {
  return between === 0 ? 0 : (between * within) / (count * between + within);
}

/** Where approved conversions are told, each counts 1 and each other one the approval rate. */
function approvedShare(
  columns: PlacementColumns,
  row: number,
  { tellsApproved }: Worth,
  approval: number,
): number {
  if (!tellsApproved) return 1;
  const count = columns.payable[row] ?? 0;
  const approved = Math.min(columns.approved[row] || 0, count);
  return count > 0 ? (approved + (count - approved) * approval) / count : 1;
}

/** What a conversion of the campaign is worth, and how payouts vary. */
export function worthOf(columns: PlacementColumns, rules: RuleSettings): Worth {
  let count = 0;
  let revenue = 0;
  let approved = 0;
  let all = 0;
  let left = 0;
  let counted = false;
  for (let row = 0; row < columns.cost.length; row++) {
    const conversions = columns.payable[row] ?? Number.NaN;
    const earned = columns.revenue[row] ?? Number.NaN;
    if (!Number.isNaN(columns.approved[row])) approved += 1;
    if (Number.isNaN(conversions)) continue;
    counted = true;
    all += columns.conversions[row] || 0;
    left += conversions;
    if (Number.isNaN(earned)) continue;
    count += conversions;
    revenue += Math.max(0, earned);
  }
  const meanPayout = count > 0 && revenue > 0 ? revenue / count : null;
  const payout = rules.payout ?? meanPayout;
  const tellsApproved = approved > 0;
  // Conversions that were rejected are not counted, so they are not to be discounted once more.
  const toCome = all > left ? Math.min(1, (rules.approval * all) / left) : rules.approval;
  return {
    payout,
    meanPayout,
    tellsApproved,
    worth: payout === null ? null : tellsApproved ? payout : payout * toCome,
    revenueOnly: !counted,
    payoutSpread: meanPayout === null ? NO_SPREAD : payoutSpreadOf(columns, meanPayout),
  };
}

const NO_SPREAD = { within: 0, between: 0 } as const;
/** κ where nothing tells it, and its least: one lucky payout moves a placement's mean far. */
const USUAL_RATIO = 10;
const LEAST_RATIO = 2;

/**
 * How payouts vary, in units of the squared mean, from placements' mean payouts alone: the squared
 * deviation of the mean of n conversions is expected to be within ÷ n + between, so n times it is a
 * line in n, fitted by least squares with weights for κ = 10. Its slope is uncertain, as large payouts
 * are rare, so it is weighed against κ = 10 by its own error.
 */
function payoutSpreadOf(columns: PlacementColumns, meanPayout: number): Campaign['payoutSpread'] {
  let [w, wn, wnn, wy, wny, wyy, placements] = [0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < columns.cost.length; row++) {
    const n = columns.payable[row] ?? 0;
    const revenue = columns.revenue[row] ?? 0;
    if (!(n > 0) || !(revenue > 0)) continue;
    const deviation = revenue / n / meanPayout - 1;
    const y = n * deviation * deviation;
    const weight = 1 / (USUAL_RATIO + n) ** 2;
    placements += 1;
    w += weight;
    wn += weight * n;
    wnn += weight * n * n;
    wy += weight * y;
    wny += weight * n * y;
    wyy += weight * y * y;
  }
  if (wy === 0) return NO_SPREAD;
  const usual = wy / (USUAL_RATIO * w + wn);
  const determinant = w * wnn - wn * wn;
  let between = usual;
  if (placements > 2 && determinant > 1e-9 * w * wnn) {
    const slope = (w * wny - wn * wy) / determinant;
    const start = (wy - slope * wn) / w;
    const residual = Math.max(0, wyy - start * wy - slope * wny) / (placements - 2);
    const error = (residual * w) / determinant;
    const belief = usual ** 2;
    between = Math.max(0, (slope * belief + usual * error) / (belief + error));
  }
  const within = Math.max((wy - between * wn) / w, LEAST_RATIO * between);
  return { within, between };
}
