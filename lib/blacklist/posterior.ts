import { payoutDoubt } from './evidence.ts';
import type { Campaign } from './placement.ts';

/** Gamma distribution of r = revenue ÷ cost. */
export interface Gamma {
  readonly shape: number;
  readonly rate: number;
}

/** Says nothing: without conversions, 1 − e^−m. */
const FLAT: Gamma = { shape: 1, rate: 0 };

/**
 * What the campaign's other placements say of one: their mean return, with the prior's weight in
 * payouts. The weight fades where they are too few to know their mean.
 */
export function priorFor(campaign: Campaign, spent: number, earned: number): Gamma {
  const othersSpent = campaign.spent - spent;
  const othersEarned = campaign.earned - earned;
  const weight = campaign.priorWeight;
  if (!(weight > 0 && othersSpent > 0 && othersEarned > 0)) return FLAT;
  // Relative variance of a return: between placements, and of the others' mean.
  const between = 1 / weight;
  const othersSquares = Math.max(0, campaign.squares - spent * spent);
  const ofMean = 1 / othersSpent + (between * othersSquares) / (othersSpent * othersSpent);
  const rate = 1 / (between + ofMean);
  return { shape: (rate * othersEarned) / othersSpent, rate };
}

/**
 * What is known of a placement's return, in payouts: `earned` conversions are Poisson(r · spent).
 * Widened by what is not known of payouts, its own and the campaign's.
 *
 * @param count its conversions, for the doubt about its own payouts
 */
export function posteriorOf(
  campaign: Campaign,
  spent: number,
  earned: number,
  count: number,
): Gamma {
  const prior = priorFor(campaign, spent, earned);
  const shape = prior.shape + earned;
  const rate = prior.rate + spent;
  const doubt = payoutDoubt(count, campaign.payoutSpread) + campaign.payoutDoubt;
  if (doubt === 0) return { shape, rate };
  const wider = shape / (1 + doubt * (1 + shape));
  return { shape: wider, rate: (rate * wider) / shape };
}
