import type { PageEvidence } from './page-recogniser.ts';

/** One piece of evidence for or against a page being a tracker's. */
export interface Sign {
  readonly sign: (evidence: PageEvidence) => boolean;
  /** Weight towards `ENOUGH`: 10 suffices alone, 5 needs a second sign; `VETO` rules the page out. */
  readonly weight: number;
}

/** The score at which a page counts as recognised. */
export const ENOUGH = 10;
export const VETO = Number.NEGATIVE_INFINITY;

/**
 * Adds up a table's signs in order. Signs in the address come first, and evaluation stops as soon as
 * the result is clear, because this runs on pages with large tables.
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

/** Does the page have a matching element? */
export const has =
  (...selectors: readonly string[]): Sign['sign'] =>
  ({ document }) =>
    selectors.some((selector) => document.querySelector(selector) !== null);

/**
 * A password field means a sign-in page, whatever the address. Without the element's name Firefox finds
 * in no time that a large page has none.
 */
export const SIGN_IN: Sign = { sign: has('[type="password"]'), weight: VETO };

/** The user connected this origin to this tracker; never enough alone, as the host may serve other pages. */
export const connected = (weight: number): Sign => ({
  sign: (evidence) => evidence.connected === true,
  weight,
});
