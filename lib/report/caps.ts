import type { Conversion, ConversionStatus } from './log.ts';

/** A limit on what a network pays for an offer. */
export interface Cap {
  readonly period: 'day' | 'month' | 'all';
  /** `conversions`: a number of them; `budget`: money. */
  readonly of: 'conversions' | 'budget';
  readonly value: number;
  /** Do the conversions of all goals count together? If not, ours cannot be counted. */
  readonly allGoals: boolean;
  /** Statuses that count; null = not told. */
  readonly statuses: readonly ConversionStatus[] | null;
}

/** What is known of a cap's use. */
export interface CapUse {
  readonly cap: Cap;
  /**
   * What the buyer's own conversions took of it, at least: others may take of it too. null = it
   * cannot be counted.
   */
  readonly used: number | null;
  /** Epoch ms at which they had taken all of it; null = they have not, or the time is unknown. */
  readonly reachedAt: number | null;
}

/** Every network counts at least these. */
const SURELY_COUNTED: readonly ConversionStatus[] = ['sale'];

/**
 * Counts a buyer's conversions of a cap's period against it. The count is a lower bound, so a cap
 * that it reaches is reached.
 */
export function useOfCap(cap: Cap, conversions: readonly Conversion[]): CapUse {
  if (!cap.allGoals) return { cap, used: null, reachedAt: null };
  const statuses: ReadonlyArray<ConversionStatus | null> = cap.statuses ?? SURELY_COUNTED;
  const counted = conversions
    .filter(({ status }) => statuses.includes(status))
    .sort((a, b) => (a.convertedAt ?? Infinity) - (b.convertedAt ?? Infinity));
  let used = 0;
  let reachedAt: number | null = null;
  for (const { payout, convertedAt } of counted) {
    const before = used;
    used += cap.of === 'conversions' ? 1 : (payout ?? 0);
    if (before < cap.value && used >= cap.value) reachedAt = convertedAt;
  }
  return { cap, used, reachedAt };
}

export const isReached = ({ cap, used }: CapUse): boolean => used !== null && used >= cap.value;
