/** One placement of a campaign; money in one currency. null = the tracker does not report it. */
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
  /** Probability (0–1) that it returns less than the target. */
  readonly loser: number;
  /** For `wait`: further spend without a conversion after which it would be cut; null = no spend decides it. */
  readonly needs: { readonly payouts: number; readonly money: number } | null;
  /** Why it looks like bot traffic, if it does. */
  readonly bot: 'noLanderClicks' | 'tooManyLanderClicks' | 'tooManyConversions' | null;
  /** Expected loss on what was spent so far at the posterior mean: cost × E[1 + target − r]. */
  readonly atStake: number;
}

export interface ScoredPlacement extends Placement {
  readonly verdict: Verdict;
}
