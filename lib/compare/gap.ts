import type { Metric, Metrics } from '../report/metrics.ts';

export type GapState = 'green' | 'amber' | 'red' | 'unknown';

export interface Gap {
  /** other − base, in the metric's unit; null = unknown on one side. */
  readonly difference: number | null;
  /** (other − base) ÷ base: negative when the other side has less. null = the base is 0 or unknown. */
  readonly gap: number | null;
  /** Counting noise as a ratio of the base: ±2·√(A+B)/A; null = nothing was counted. */
  readonly noise: number | null;
  readonly state: GapState;
}

/** Largest gap (ratio) that is green, and largest that is amber. */
export interface Threshold {
  readonly green: number;
  readonly amber: number;
}
export type Thresholds = Readonly<Partial<Record<Metric, Threshold>>>;

/** The advertising industry's usual limits; metrics without one are not judged. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  clicks: { green: 0.1, amber: 0.15 },
  uniqueClicks: { green: 0.1, amber: 0.15 },
  conversions: { green: 0.02, amber: 0.05 },
  revenue: { green: 0.03, amber: 0.1 },
  cost: { green: 0.03, amber: 0.1 },
};

/** The count whose noise drives a money metric's noise. */
const COUNTED_BY: Partial<Record<Metric, 'conversions' | 'clicks'>> = {
  revenue: 'conversions',
  cost: 'clicks',
};

/**
 * The gap of one metric between two sides, and its judgement. Red and amber require a gap beyond the
 * threshold *and* beyond the counting noise: a small difference of small numbers is never red.
 */
export function judgeGap(of: {
  readonly metric: Metric;
  readonly base: number | null;
  readonly other: number | null;
  /** All metrics of both sides, for the noise of money metrics. */
  readonly baseMetrics?: Metrics;
  readonly otherMetrics?: Metrics;
  readonly thresholds?: Thresholds;
}): Gap {
  const { metric, base, other } = of;
  if (base === null || other === null) {
    return { difference: null, gap: null, noise: null, state: 'unknown' };
  }
  const difference = other - base;
  const gap = base === 0 ? (other === 0 ? 0 : null) : difference / Math.abs(base);
  const noise = noiseOf(of);
  const threshold = (of.thresholds ?? DEFAULT_THRESHOLDS)[metric];
  if (!threshold) return { difference, gap, noise, state: 'unknown' };
  return { difference, gap, noise, state: stateOf(difference, gap, noise, base, other, threshold) };
}

function stateOf(
  difference: number,
  gap: number | null,
  noise: number | null,
  base: number,
  other: number,
  { green, amber }: Threshold,
): GapState {
  if (gap === null) {
    // Zero against something: only counting noise can explain it.
    return Math.abs(difference) > 2 * Math.sqrt(Math.abs(base + other)) ? 'red' : 'green';
  }
  const size = Math.abs(gap);
  if (size <= green || (noise !== null && size <= noise)) return 'green';
  return size <= amber ? 'amber' : 'red';
}

function noiseOf(of: Parameters<typeof judgeGap>[0]): number | null {
  const counted = COUNTED_BY[of.metric];
  const a = counted ? of.baseMetrics?.[counted] : of.base;
  const b = counted ? of.otherMetrics?.[counted] : of.other;
  if (a === null || a === undefined || b === null || b === undefined || a <= 0) return null;
  return (2 * Math.sqrt(a + b)) / a;
}
