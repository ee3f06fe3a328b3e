import { describe, expect, test } from 'vitest';
import type { Delayed } from '../../../lib/blacklist/arrivals.ts';
import { meanDelay } from '../../../lib/blacklist/mean-delay.ts';
import { randomFrom } from '../../simulators/model/random.ts';

/** Log-likelihood of a rate: each delay exponential, given that it is at most its watch. */
const likelihood = (seen: readonly Delayed[], rate: number): number =>
  seen.reduce(
    (sum, { delay, watched }) =>
      sum + Math.log(rate) - rate * delay - Math.log(1 - Math.exp(-rate * watched)),
    0,
  );

const logOf = (mean: number, longest: number, seed: number): Delayed[] => {
  const random = randomFrom(seed);
  return Array.from({ length: 400 }, () => ({
    delay: -Math.log(1 - random()) * mean,
    watched: random() * longest,
  })).filter(({ delay, watched }) => delay <= watched);
};

describe('the mean delay of a log', () => {
  test.each([
    [1, 20, 1],
    [1, 3, 2],
    [2, 3, 3],
    [5, 100, 4],
  ])('mean %d, watched for up to %d: the likeliest of a fine grid', (mean, longest, seed) => {
    const seen = logOf(mean, longest, seed);
    const found = meanDelay(seen);
    const rates = Array.from({ length: 4000 }, (_, step) => (step + 1) / 1000 / mean);
    const best = rates.reduce((a, b) => (likelihood(seen, b) > likelihood(seen, a) ? b : a));
    expect(1 / found.mean).toBeGreaterThan(best - 0.0015 / mean);
    expect(1 / found.mean).toBeLessThan(best + 0.0015 / mean);
    // Its error, from the curvature of the likelihood.
    const [rate, step] = [1 / found.mean, 0.01 / mean];
    const curvature =
      (likelihood(seen, rate + step) + likelihood(seen, rate - step) - 2 * likelihood(seen, rate)) /
      step ** 2;
    expect(1 / found.most).toBeCloseTo(rate - 2.326 / Math.sqrt(-curvature), 2);
  });

  test('without a truncation is the plain mean', () => {
    const seen = [1, 2, 3, 6].map((delay) => ({ delay, watched: 1e6 }));
    expect(meanDelay(seen).mean).toBeCloseTo(3, 2);
  });

  test('of delays as even over the time as can be, or later, is without end', () => {
    for (const delays of [
      [1, 2, 3],
      [3, 3, 4],
    ]) {
      const seen = delays.map((delay) => ({ delay, watched: 4 }));
      expect(meanDelay(seen)).toEqual({ mean: Infinity, most: Infinity });
    }
    // A little earlier than even: it may well be without end.
    const seen = [1, 1.5, 3].map((delay) => ({ delay, watched: 4 }));
    expect(meanDelay(seen).mean).toBeLessThan(Infinity);
    expect(meanDelay(seen).most).toBe(Infinity);
  });

  test('of none is none', () => {
    expect(meanDelay([{ delay: 0, watched: 3 }])).toEqual({ mean: 0, most: 0 });
  });
});
