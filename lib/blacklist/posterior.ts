import { type OwnView, payoutDoubt } from './evidence.ts';
import { gammaQ, logGamma } from './gamma.ts';
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

/** What is known of its return if its conversions go on paying what they have paid. */
export const atOwnPayout = (prior: Gamma, spent: number, own: OwnView): Gamma => ({
  shape: prior.shape + own.earned,
  rate: prior.rate + spent / own.times,
});

/** Share of placements that are taken to return just the target, beside those that the prior sees. */
const AT_TARGET = 0.1;

/**
 * How sure (0–1) it is that a placement returns the target or more. What speaks against that is not
 * only the posterior's lower part: a campaign may have many placements that just miss the target, which
 * a smooth prior does not see. So one in ten is taken to return the target itself, the return below it
 * that explains many conversions best, and not to earn. That share is weighed by the Bayes factor: the
 * posterior's density at the target ÷ the prior's (Dickey 1971). A flat prior has no density, and
 * leaves it at the posterior.
 */
export function earningConfidence(prior: Gamma, posterior: Gamma, target: number): number {
  const above = gammaQ(posterior.shape, posterior.rate * target);
  if (!(prior.rate > 0 && target > 0)) return above;
  const factor = Math.exp(logDensity(posterior, target) - logDensity(prior, target));
  return above / (1 + (AT_TARGET / (1 - AT_TARGET)) * factor);
}

const logDensity = ({ shape, rate }: Gamma, at: number): number =>
  shape * Math.log(rate) + (shape - 1) * Math.log(at) - rate * at - logGamma(shape);
