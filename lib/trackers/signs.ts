import type { PageEvidence } from './page-recogniser.ts';

/** One thing that speaks for a page being a tracker's, or rules it out. */
export interface Sign {
  readonly sign: (evidence: PageEvidence) => boolean;
  /** Out of `ENOUGH`: 10 proves it alone, 5 wants a second sign; `VETO` rules it out. */
  readonly weight: number;
}

/** The score from which a page counts as recognised. */
export const ENOUGH = 10;
export const VETO = Number.NEGATIVE_INFINITY;

/**
 * Adds up the signs of a table. Rows are read in order: those that look at the
 * address come first, and what is no longer needed is not looked at, because
 * this runs on pages with large tables.
 */
export function recognised(signs: readonly Sign[], evidence: PageEvidence): boolean {
  let score = 0;
  for (const { sign, weight } of signs) {
    if (weight > 0 && score >= ENOUGH) continue;
    if (sign(evidence)) score += weight;
    if (score === VETO) return false;
  }
  return score >= ENOUGH;
}

/** The page has an element that matches. */
export const has =
  (...selectors: readonly string[]): Sign['sign'] =>
  ({ document }) =>
    selectors.some((selector) => document.querySelector(selector) !== null);

/** A form that asks for a password is a sign-in, whatever the address says. */
export const SIGN_IN: Sign = { sign: has('input[type="password"]'), weight: VETO };

/** The user said that this origin is this tracker's; never enough, other things live there too. */
export const connected = (weight: number): Sign => ({
  sign: (evidence) => evidence.connected === true,
  weight,
});
