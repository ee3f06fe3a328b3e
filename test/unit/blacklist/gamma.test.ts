import { describe, expect, test } from 'vitest';
import { gammaP } from '../../../lib/blacklist/gamma.ts';

/** Payouts of spend at which P(loser) reaches a confidence, by bisection. */
function spendFor(shape: number, confidence: number): number {
  let [low, high] = [0, 100];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (gammaP(shape, middle) < confidence) low = middle;
    else high = middle;
  }
  return high;
}

describe('the gamma function', () => {
  test.each([
    [0, [1.61, 2.3, 3.0, 4.61]],
    [1, [2.99, 3.89, 4.74, 6.64]],
    [2, [4.28, 5.32, 6.3, 8.41]],
    [3, [5.52, 6.68, 7.75, 10.05]],
  ])('flat prior, %i conversions: payouts needed for 80, 90, 95, 99 %%', (k, needed) => {
    const found = [0.8, 0.9, 0.95, 0.99].map((confidence) => spendFor(1 + k, confidence));
    for (const [index, value] of needed.entries()) expect(found[index]).toBeCloseTo(value, 1);
  });

  test.each([
    [0, [0.82, 1.35, 1.92, 3.32]],
    [1, [2.32, 3.13, 3.91, 5.67]],
    [2, [3.64, 4.62, 5.54, 7.54]],
    [3, [4.9, 6.01, 7.03, 9.24]],
  ])('Jeffreys prior, %i conversions', (k, needed) => {
    const found = [0.8, 0.9, 0.95, 0.99].map((confidence) => spendFor(0.5 + k, confidence));
    for (const [index, value] of needed.entries()) expect(found[index]).toBeCloseTo(value, 1);
  });

  test.each([
    [0.5, [95.0, 98.2]],
    [0.8, [87.3, 94.6, 97.8]],
    [1.0, [80.1, 90.8, 96.0]],
    [1.2, [71.6, 85.8, 93.3]],
  ])('a prior of weight 2 at %f, no conversion, 1, 2, 3 payouts spent', (mean, sure) => {
    for (const [index, percent] of sure.entries()) {
      expect(gammaP(2 * mean, 2 + index + 1) * 100).toBeCloseTo(percent, 1);
    }
  });

  test('agrees with numeric integration', () => {
    for (const a of [0.5, 1, 2.7, 9, 40]) {
      for (const x of [0.01, 0.5, 3, 12, 60]) {
        // Substituting t = u² takes the pole at 0 out of the integrand.
        const steps = 40_000;
        const width = Math.sqrt(x) / steps;
        let [part, whole] = [0, 0];
        const at = (u: number) => 2 * u ** (2 * a - 1) * Math.exp(-u * u);
        for (let step = 0; step < steps; step++) part += at((step + 0.5) * width) * width;
        const far = Math.sqrt(a + 60 + 12 * Math.sqrt(a)) / steps;
        for (let step = 0; step < steps; step++) whole += at((step + 0.5) * far) * far;
        expect(gammaP(a, x), `P(${a}, ${x})`).toBeCloseTo(part / whole, 6);
      }
    }
  });
});
