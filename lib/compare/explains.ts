import { type Metric, type Metrics, metricOf } from '../report/metrics.ts';
import { CHANCE, poissonTail, unitOf } from './gap.ts';

/** Statuses of conversions that a side may leave out of what it counts. */
export type LeftOutStatus = 'hold' | 'rejected';

type Counted = 'conversions' | 'sales' | 'revenue';

/** Which of two sides has less, and how many events it lacks; null = none does, or it is unknown. */
function lack(base: Metrics, other: Metrics, of: Counted | 'clicks') {
  const [a, b] = [metricOf(base, of), metricOf(other, of)];
  if (a === null || b === null || a === b) return null;
  const unit = unitOf(of, base, other);
  // Without the value of an event, any number of them may be missing.
  const missing = unit ? Math.abs(a - b) / unit : Number.POSITIVE_INFINITY;
  return a < b
    ? ({ missing, less: 'base', lower: base, higher: other } as const)
    : ({ missing, less: 'other', lower: other, higher: base } as const);
}

/** Do two sides lie nearer together once so many events are taken out, or added? */
const bringsNearer = (count: number, missing: number): boolean => count > 0 && count < 2 * missing;

/** Least share of what is missing that is explained by what one side tells alone: the other may count it as well. */
const LEAST_SHARE = 1 / 4;

const explainsMuch = (count: number, missing: number): boolean =>
  bringsNearer(count, missing) && count >= LEAST_SHARE * missing;

/**
 * Do bots explain a gap in clicks? A loss of clicks takes bots along like any
 * other click, so fewer bots alone explain nothing: more of them must be missing than by chance.
 *
 * @returns by what `both` sides tell of bots, or only `one`; null = they do not explain it
 */
export function botsExplain(base: Metrics, other: Metrics): 'both' | 'one' | null {
  const gap = lack(base, other, 'clicks');
  if (!gap) return null;
  const { missing, lower, higher } = gap;
  const [less, more] = [metricOf(lower, 'bots'), metricOf(higher, 'bots')];
  if (less === null || more === null) {
    return explainsMuch(less ?? more ?? 0, missing) ? 'one' : null;
  }
  const share = more / (metricOf(higher, 'clicks') ?? 1);
  const surplus = more - less;
  return bringsNearer(surplus, missing) && poissonTail(surplus, missing * share) < CHANCE
    ? 'both'
    : null;
}

/**
 * The side whose clicks seem to be the other's unique clicks: they lie nearer to those than to all. A
 * side that tells unique clicks apart from its clicks counts all.
 */
export function countsUniques(base: Metrics, other: Metrics): 'base' | 'other' | null {
  if (isOthersUniques(other, base)) return 'other';
  return isOthersUniques(base, other) ? 'base' : null;
}

function isOthersUniques(counted: Metrics, of: Metrics): boolean {
  const [all, unique] = [metricOf(of, 'clicks'), metricOf(of, 'uniqueClicks')];
  const [clicks, apart] = [metricOf(counted, 'clicks'), metricOf(counted, 'uniqueClicks')];
  if (all === null || unique === null || clicks === null) return false;
  if (apart !== null && apart < clicks) return false;
  return unique < all && Math.abs(clicks - unique) < Math.abs(clicks - all);
}

/** What each metric counts of conversions. */
const COUNTED: { readonly [M in Metric]?: Counted } = {
  conversions: 'conversions',
  cr: 'conversions',
  cpa: 'conversions',
  sales: 'sales',
  revenue: 'revenue',
  profit: 'revenue',
  roi: 'revenue',
  epc: 'revenue',
};

/**
 * The side whose conversions of a status explain a gap, and their number: those that the lower side
 * leaves out, or those that the higher side counts and the other has not heard of. What both sides
 * count, or leave out, alike explains nothing.
 */
export function statusExplains(
  metric: Metric,
  status: LeftOutStatus,
  base: Metrics,
  other: Metrics,
): { readonly side: 'base' | 'other'; readonly count: number } | null {
  const counted = COUNTED[metric];
  const gap = counted ? lack(base, other, counted) : null;
  if (!counted || !gap) return null;
  const { missing, lower, higher, less } = gap;
  const [fewer, more] = [metricOf(lower, status), metricOf(higher, status)];
  const [lowerLeaves, higherLeaves] = [lower, higher].map((of) => leavesOut(of, counted, status));
  if (fewer !== null && lowerLeaves !== false) {
    const also = higherLeaves === true ? (more ?? 0) : 0;
    const enough = more === null ? explainsMuch : bringsNearer;
    if (enough(fewer - also, missing) && poissonTail(fewer, also) < CHANCE) {
      return { side: less, count: fewer };
    }
  }
  if (more === null || higherLeaves !== false) return null;
  const higherSide = { side: less === 'base' ? 'other' : 'base', count: more } as const;
  // Whether the other side has heard of them is not known.
  if (fewer === null) return explainsMuch(more, missing) ? higherSide : null;
  const surplus = more - fewer;
  // A loss of conversions takes those of every status along.
  const share = more / (metricOf(higher, 'conversions') ?? 1);
  const unheard = poissonTail(surplus, missing * share) < CHANCE;
  return bringsNearer(surplus, missing) && unheard ? higherSide : null;
}

/**
 * Does a side leave conversions of a status out of what it counts? Its conversions hold them where
 * they are no fewer than all statuses together. null = it cannot be told.
 */
function leavesOut(of: Metrics, counted: Counted, status: LeftOutStatus): boolean | null {
  // What is rejected earns nothing anywhere.
  if (counted === 'sales' || (counted === 'revenue' && status === 'rejected')) return true;
  const [all, sales] = [metricOf(of, 'conversions'), metricOf(of, 'sales')];
  if (all === null || sales === null) return null;
  const rest = all - sales - (metricOf(of, 'leads') ?? 0);
  const told = (metricOf(of, 'hold') ?? 0) + (metricOf(of, 'rejected') ?? 0);
  return rest >= told ? false : rest <= 0 ? true : null;
}
