import { gammaP } from '../blacklist/gamma.ts';
import { type Metric, type Metrics, metricOf, RATIOS } from '../report/metrics.ts';

/**
 * `green`: within the threshold. `chance`: beyond it, but by no more than chance explains.
 * `amber` and `red`: beyond the first and the second threshold, and beyond chance. `unknown`: not
 * judged.
 */
export type GapState = 'green' | 'chance' | 'amber' | 'red' | 'unknown';

const WORST_FIRST: readonly GapState[] = ['red', 'amber', 'chance', 'green'];

/** The worst of some states; those that are not judged count only where all are. */
export const worstOf = (states: readonly GapState[]): GapState =>
  WORST_FIRST.find((state) => states.includes(state)) ?? 'unknown';

export interface Gap {
  /** other − base, in the metric's unit (ratios: 0.02 = 2 points); null = unknown on one side. */
  readonly difference: number | null;
  /** (other − base) ÷ |base|: negative when the other side has less. null = unknown, the base is 0, or the metric is a ratio, whose gap is the difference in points. */
  readonly gap: number | null;
  readonly state: GapState;
}

/**
 * The gap to rank by: that of a count or a sum as a ratio, from a base of 0 infinite. null = unknown, or
 * the metric is a ratio.
 */
export function rankedGap(metric: Metric, { difference, gap }: Gap): number | null {
  if (gap !== null || difference === null || RATIOS.has(metric)) return gap;
  return difference > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** Largest gap (ratio) that is green, and largest that is amber. */
export interface Threshold {
  readonly green: number;
  readonly amber: number;
}
export type Thresholds = Readonly<Partial<Record<Metric, Threshold>>>;

/** The advertising industry's usual limits; metrics without one are not judged. */
export const DEFAULT_THRESHOLDS = {
  clicks: { green: 0.1, amber: 0.15 },
  uniqueClicks: { green: 0.1, amber: 0.15 },
  conversions: { green: 0.02, amber: 0.05 },
  revenue: { green: 0.03, amber: 0.1 },
  cost: { green: 0.03, amber: 0.1 },
} as const satisfies Thresholds;

/** How sure it must be that a threshold is exceeded: 97.5 %. */
export const CHANCE = 0.025;
const LOG_CHANCE = Math.log(CHANCE);

/**
 * `same`: two systems count the same events, so they differ only by what one of them lost.
 * `different`: two halves of split traffic, whose counts vary independently.
 */
export type Pairing = 'same' | 'different';

/** What two sides counted, as it is compared. */
export interface Counted {
  readonly base: number;
  readonly other: number;
  /** Value of one event, see `judgeGap`. */
  readonly unit: number | null;
}

/** (other − base) ÷ |base|; null = the base alone is 0. */
export function ratioOf(base: number, other: number): number | null {
  if (base === 0) return other === 0 ? 0 : null;
  return (other - base) / Math.abs(base);
}

const UNKNOWN: Gap = { difference: null, gap: null, state: 'unknown' };

/**
 * The gap of one metric between two sides, and its judgement.
 *
 * The same events counted twice are tested by the loss: with a threshold t, the lost events are at
 * most Poisson(t · max(A, B)). A difference of one event is never flagged, as it may lie on the edge
 * of a day. Different events vary by ±2·√(A+B).
 *
 * @param of.unit value of one event: 1 for counts, the mean payout for revenue, the mean cost of a
 *   click for cost; null = unknown, so that chance cannot be told
 */
export function judgeGap(of: {
  readonly metric: Metric;
  readonly base: number | null;
  readonly other: number | null;
  readonly unit: number | null;
  readonly pairing?: Pairing;
  readonly thresholds?: Thresholds | undefined;
}): Gap {
  const { metric, base, other } = of;
  if (base === null || other === null) return UNKNOWN;
  const difference = other - base;
  if (RATIOS.has(metric)) return { difference, gap: null, state: 'unknown' };
  const gap = ratioOf(base, other);
  const thresholds: Thresholds = of.thresholds ?? DEFAULT_THRESHOLDS;
  const threshold = thresholds[metric];
  return { difference, gap, state: threshold ? stateOf(of, difference, threshold) : 'unknown' };
}

function stateOf(
  { base, other, unit, pairing = 'same' }: Parameters<typeof judgeGap>[0],
  difference: number,
  { green, amber }: Threshold,
): GapState {
  const [a, b] = [Math.abs(base ?? 0), Math.abs(other ?? 0)];
  const size = Math.abs(difference);
  if (size <= green * a) return 'green';
  if (!unit) return 'unknown';
  const lost = size / unit;
  if (lost <= 1 + 1e-9) return 'chance';
  if (pairing === 'different') {
    if (lost <= 2 * Math.sqrt((a + b) / unit)) return 'chance';
    return size <= amber * a ? 'amber' : 'red';
  }
  const events = Math.max(a, b) / unit;
  if (!isBeyondChance(lost, green * events)) return 'chance';
  return isBeyondChance(lost, amber * events) ? 'red' : 'amber';
}

/**
 * Is Pr(X ≥ n) for X ~ Poisson(mean) less than chance? Above 1/2 for n ≤ mean, and at most
 * (mean/n)ⁿ·e^(n − mean) otherwise (Chernoff), which spares the exact tail where gaps are wide.
 */
function isBeyondChance(n: number, mean: number): boolean {
  if (n <= mean) return false;
  if (n - mean + n * Math.log(mean / n) < LOG_CHANCE) return true;
  return poissonTail(n, mean) < CHANCE;
}

/** Pr(X ≥ n) for X ~ Poisson(mean); n need not be whole. */
export const poissonTail = (n: number, mean: number): number => gammaP(n, mean);

/** Value of one event of a metric (see `judgeGap`), from both sides' metrics. */
export function unitOf(metric: Metric, a: Metrics, b: Metrics): number | null {
  if (metric !== 'revenue' && metric !== 'cost') return 1;
  const count = metric === 'revenue' ? 'conversions' : 'clicks';
  const [left, right] = [metricOf(a, count), metricOf(b, count)];
  const [money, more] = [metricOf(a, metric), metricOf(b, metric)];
  if (left === null || right === null || money === null || more === null) return null;
  const events = left + right;
  return events > 0 ? Math.abs(money + more) / events : null;
}
