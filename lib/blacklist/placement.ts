/** One placement of a campaign; money in one currency. Null = the tracker does not say. */
export interface Placement {
  readonly id: string;
  readonly clicks: number;
  readonly landerViews: number | null;
  readonly landerClicks: number | null;
  readonly conversions: number;
  readonly cost: number;
  readonly revenue: number;
}

export interface Verdict {
  readonly kind: 'cut' | 'wait' | 'keep';
  /** Probability that it returns less than the target, 0–1. */
  readonly loser: number;
  /** For `wait`: what more spend without a conversion would settle it; null when more spend cannot. */
  readonly needs: { readonly payouts: number; readonly money: number } | null;
  /** Why it looks like a bot, if it does. */
  readonly bot: 'noLanderClicks' | 'tooManyLanderClicks' | 'tooManyConversions' | null;
  /** Expected loss on what was spent so far at the posterior mean: cost × E[1 + target − r]. */
  readonly atStake: number;
}

export interface ScoredPlacement extends Placement {
  readonly verdict: Verdict;
}
