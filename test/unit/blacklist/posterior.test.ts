import { describe, expect, test } from 'vitest';
import { weighCampaign } from '../../../lib/blacklist/campaign.ts';
import { gammaP, gammaQ } from '../../../lib/blacklist/gamma.ts';
import type { Campaign } from '../../../lib/blacklist/placement.ts';
import { earningConfidence, posteriorOf, priorFor } from '../../../lib/blacklist/posterior.ts';
import { columns, rulesWith } from './world.ts';

/** A campaign whose sums are these. */
const campaign = (change: Partial<Campaign>): Campaign => ({
  ...weighCampaign(columns([]), rulesWith()),
  ...change,
});
/** A million payouts in a million placements: their mean is known. */
const known = (mean: number, change: Partial<Campaign> = {}) =>
  campaign({ spent: 1e6, earned: mean * 1e6, squares: 1e6, ...change });

describe('what the campaign says of a placement', () => {
  test.each([
    [0.5, [95.0, 98.2]],
    [0.8, [87.3, 94.6, 97.8]],
    [1.0, [80.1, 90.8, 96.0]],
    [1.2, [71.6, 85.8, 93.3]],
  ])('others return %f, weight 2, no conversion: sure after 1, 2, 3 payouts', (mean, sure) => {
    for (const [index, percent] of sure.entries()) {
      const { shape, rate } = posteriorOf(known(mean), index + 1, 0, 0);
      expect(100 * gammaP(shape, rate)).toBeCloseTo(percent, 1);
    }
  });

  test('the placement itself is not among the others', () => {
    const of = campaign({ spent: 110, earned: 60, squares: 1100 });
    const { shape, rate } = priorFor(of, 10, 50);
    // Others: 10 of 100, with Σ m² = 1000.
    const weight = 1 / (1 / 2 + 1 / 100 + (1 / 2) * (1000 / 100 ** 2));
    expect(rate).toBeCloseTo(weight, 12);
    expect(shape).toBeCloseTo(weight * 0.1, 12);
  });

  test('the sum of squares is never less than none', () => {
    const { rate } = priorFor(campaign({ spent: 20, earned: 9, squares: 99.9 }), 10, 4);
    expect(rate).toBeCloseTo(1 / (1 / 2 + 1 / 10), 12);
  });

  test.each([
    ['it has no weight', known(0.8, { priorWeight: 0 })],
    ['the others earned nothing', campaign({ spent: 30, earned: 2, squares: 100 })],
    ['there are no others', campaign({ spent: 10, earned: 7, squares: 100 })],
  ])('it says nothing where %s', (_, of) => {
    expect(priorFor(of, 10, 2)).toEqual({ shape: 1, rate: 0 });
  });
});

describe('what is known afterwards', () => {
  test('conversions add to the shape, payouts spent to the rate', () => {
    const of = known(0.8);
    const prior = priorFor(of, 3, 2);
    const { shape, rate } = posteriorOf(of, 3, 2, 2);
    expect(shape).toBeCloseTo(prior.shape + 2, 12);
    expect(rate).toBeCloseTo(prior.rate + 3, 12);
  });

  test('doubt about payouts widens it, and leaves its mean: variances of a product', () => {
    const plain = posteriorOf(known(0.8), 3, 2, 2);
    const payoutSpread = { within: 1.5, between: 0.15 };
    const wide = posteriorOf(known(0.8, { payoutSpread, payoutDoubt: 0.01 }), 3, 2, 2);
    expect(wide.shape / wide.rate).toBeCloseTo(plain.shape / plain.rate, 12);
    // (1 + 1/shape) · (1 + doubt) − 1 for independent factors.
    const doubt = (0.15 * 1.5) / (2 * 0.15 + 1.5) + 0.01;
    expect(1 / wide.shape).toBeCloseTo((1 + 1 / plain.shape) * (1 + doubt) - 1, 12);
  });
});

describe('how sure it is that it earns', () => {
  /** The chance of k conversions after m payouts at a return of r. */
  const poisson = (k: number, m: number, r: number): number => {
    let chance = Math.exp(-r * m);
    for (let at = 1; at <= k; at++) chance *= (r * m) / at;
    return chance;
  };

  test.each([
    [8, 3, 1],
    [12, 6, 1],
    [9, 4, 1.3],
    [2, 0.2, 1],
  ])(
    '%d conversions on %d payouts: against one in ten that return just the target',
    (k, m, target) => {
      const prior = { shape: 1.6, rate: 2 };
      // By brute force: the chance of so many under the prior, and under the target alone.
      const [step, density] = [
        1e-4,
        (r: number) =>
          (prior.rate ** prior.shape * r ** (prior.shape - 1) * Math.exp(-prior.rate * r)) /
          0.8935153492876903,
      ];
      let [all, above] = [0, 0];
      for (let r = step / 2; r < 20; r += step) {
        const part = density(r) * poisson(k, m, r) * step;
        all += part;
        if (r >= target) above += part;
      }
      const posterior = { shape: prior.shape + k, rate: prior.rate + m };
      expect(earningConfidence(prior, posterior, target)).toBeCloseTo(
        (0.9 * above) / (0.9 * all + 0.1 * poisson(k, m, target)),
        6,
      );
    },
  );

  test('a flat prior leaves it at the posterior; no target at all is met by all', () => {
    const posterior = { shape: 9, rate: 3 };
    expect(earningConfidence({ shape: 1, rate: 0 }, posterior, 1)).toBe(gammaQ(9, 3));
    expect(earningConfidence({ shape: 1.6, rate: 2 }, posterior, 0)).toBe(1);
  });
});
