import { describe, expect, test } from 'vitest';
import {
  lastingConfidence,
  loserEvidence,
  spendToCut,
  winnerEvidence,
} from '../../../lib/blacklist/looks.ts';

describe('a confidence that holds over looks', () => {
  test.each([
    [0, [2.66, 3.61, 4.51, 6.47]],
    [1, [4.79, 5.86, 6.85, 9.0]],
    [2, [6.63, 7.78, 8.85, 11.15]],
    [3, [8.33, 9.55, 10.69, 13.11]],
    [5, [11.51, 12.84, 14.08, 16.72]],
  ])('%i conversions: payouts needed for 80, 90, 95, 99 %%', (k, needed) => {
    const found = [0.8, 0.9, 0.95, 0.99].map((confidence) => spendToCut(k, confidence));
    for (const [index, value] of needed.entries()) {
      expect(Math.abs((found[index] ?? 0) - value)).toBeLessThanOrEqual(0.0051);
    }
  });

  // The integrals of both mixtures by mpmath 1.3: k, m, ln of the loser's, ln of the winner's.
  test.each([
    [0, 0.5, 0.2603950509927567, -0.4054651081081644],
    [0, 4.51, 2.992643456075426, -1.706564623164823],
    [1, 2, 0.09281983121576502, -0.8109302162163288],
    [2, 8.85, 2.99484267748809, -2.0856255284031553],
    [5, 1, -1.640828403503895, 2.6119063405493077],
    [5, 14.08, 2.993704403592708, -2.3490846836321166],
    [12, 30, 5.771480822341492, -2.972855749192353],
  ])('%i conversions of %f expected: the integrals', (k, m, loser, winner) => {
    expect(loserEvidence(k, m)).toBeCloseTo(loser, 9);
    expect(winnerEvidence(k, m)).toBeCloseTo(winner, 9);
  });

  test('nothing spent: ∫ rᵏ dr from 0 to 1', () => {
    expect(loserEvidence(3, 0)).toBeCloseTo(Math.log(1 / 4), 12);
    expect(loserEvidence(3, 1e-9)).toBeCloseTo(Math.log(1 / 4), 6);
  });

  test('evidence of 20 to 1 is a confidence of 95 %; evidence against is none', () => {
    expect(lastingConfidence(Math.log(20))).toBeCloseTo(0.95, 12);
    expect(lastingConfidence(0)).toBe(0);
    expect(lastingConfidence(-3)).toBe(0);
    expect(lastingConfidence(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  test('the spend to a cut is where the confidence is reached', () => {
    for (const k of [0, 4, 90]) {
      expect(lastingConfidence(loserEvidence(k, spendToCut(k, 0.9)))).toBeCloseTo(0.9, 8);
    }
  });
});
