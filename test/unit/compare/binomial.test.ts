import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialTail } from '../../../lib/compare/binomial.ts';

/** Pr(X ≥ k), summed term by term. */
function summed(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let below = 0;
  for (let x = 0; x < k; x++) {
    below += term;
    term *= ((n - x) / (x + 1)) * (p / (1 - p));
  }
  return 1 - below;
}

test('the tail of a binomial is the sum of its terms', () => {
  expect(binomialTail(8, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
  expect(binomialTail(3, 3, 1 / 15)).toBeCloseTo(1 / 3375, 12);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.integer({ min: 0, max: 80 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, k, p) => {
        fc.pre(k <= n);
        expect(binomialTail(k, n, p)).toBeCloseTo(summed(k, n, p), 9);
      },
    ),
  );
});

test('everything is at least 0, nothing is more than there is', () => {
  expect(binomialTail(0, 10, 0.3)).toBe(1);
  expect(binomialTail(-1, 10, 0.3)).toBe(1);
  expect(binomialTail(11, 10, 0.3)).toBe(0);
  expect(binomialTail(1, 10, 0)).toBe(0);
  expect(binomialTail(1, 10, 1)).toBe(1);
});

test('between whole numbers it falls, and far beyond them it is the normal’s', () => {
  const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 30, noNaN: true }), share, (k, p) => {
      expect(binomialTail(k + 0.3, 40, p)).toBeLessThanOrEqual(binomialTail(k, 40, p));
    }),
  );
  // Two standard deviations above a mean of a billion: 2.275 %.
  expect(binomialTail(1e9 + 2 * Math.sqrt(5e8), 2e9, 0.5)).toBeCloseTo(0.02275, 4);
});
