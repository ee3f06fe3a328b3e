import { gammaP, gammaQ, logGamma } from './gamma.ts';

/**
 * Logarithm of the evidence that a placement returns less than the target, which holds however often
 * one looks: the mixture over returns r of the likelihood ratio against the target,
 * ∫₀¹ rᵏ e^(−(r−1)m) dr = e^m · Γ(k+1) · P(k+1, m) ÷ m^(k+1).
 *
 * For every placement that returns the target or more it is a supermartingale in time, so by Ville's
 * inequality it exceeds 1 ÷ (1 − confidence) at *any* look in at most 1 − confidence of lives. Both
 * counts run from the same start at all looks. Ville 1939; Robbins 1970; Howard, Ramdas et al. 2021.
 *
 * @param k whole number of conversions
 * @param m conversions expected at the target by now, 0 or more
 */
export function loserEvidence(k: number, m: number): number {
  if (m === 0) return -Math.log(k + 1);
  return m + logGamma(k + 1) + Math.log(gammaP(k + 1, m)) - (k + 1) * Math.log(m);
}

/**
 * Logarithm of the evidence that it returns more than the target, likewise: the mixture over r ≥ 1
 * with weights e^(1−r), e^(m+1) · Γ(k+1) · Q(k+1, m+1) ÷ (m+1)^(k+1).
 */
export function winnerEvidence(k: number, m: number): number {
  return m + 1 + logGamma(k + 1) + Math.log(gammaQ(k + 1, m + 1)) - (k + 1) * Math.log(m + 1);
}

/** The confidence (0–1) that evidence amounts to. */
export const lastingConfidence = (evidence: number): number => Math.max(0, 1 - Math.exp(-evidence));

/** m at which `loserEvidence` reaches a confidence with k conversions. */
export function spendToCut(k: number, confidence: number): number {
  const wanted = -Math.log(1 - confidence);
  let low = 0;
  let high = k + 1;
  while (loserEvidence(k, high) < wanted) {
    low = high;
    high *= 2;
  }
  while (high - low > 1e-10 * high) {
    const middle = (low + high) / 2;
    if (loserEvidence(k, middle) < wanted) low = middle;
    else high = middle;
  }
  return high;
}
