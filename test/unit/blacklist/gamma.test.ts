import { describe, expect, test } from 'vitest';
import { gammaP, gammaQ, gammaQuantile, logGamma } from '../../../lib/blacklist/gamma.ts';

/** mpmath 1.3, 40 digits: a, x, lower and upper tail. */
const TAILS = [
  [0.001, 1e-6, 0.9868481336940766, 0.013151866305923335],
  [0.001, 1, 0.9997803916424144, 0.0002196083575855564],
  [0.05, 0.5, 0.971317371244164, 0.02868262875583602],
  [0.5, 0.01, 0.1124629160182849, 0.8875370839817152],
  [0.5, 12, 0.9999990366429914, 9.633570086430946e-7],
  [1, 3, 0.950212931632136, 0.049787068367863944],
  [1, 60, 1, 8.75651076269652e-27],
  [1.6, 0.2, 0.047157322176863616, 0.9528426778231364],
  [1.6, 4, 0.946387001843218, 0.053612998156782034],
  [2.7, 2.69, 0.5785957392567986, 0.42140426074320136],
  [2.7, 3.71, 0.7734409249616369, 0.22655907503836317],
  [9, 1, 1.125202597969018e-6, 0.999998874797402],
  [9, 9.5, 0.6081765174550605, 0.39182348254493954],
  [9, 40, 0.9999999991430729, 8.569271064141691e-10],
  [40, 20, 5.3202025112462175e-5, 0.9999467979748875],
  [40, 39.9, 0.5147265386913704, 0.48527346130862964],
  [40, 41.1, 0.5889997022110525, 0.41100029778894753],
  [40, 80, 0.9999997191278374, 2.8087216260420957e-7],
  [300, 250, 0.0011623936310546183, 0.9988376063689454],
  [300, 301.5, 0.542088687050644, 0.457911312949356],
  [300, 400, 0.9999999249261916, 7.507380835521614e-8],
  [2000, 1900, 0.011695820381150114, 0.9883041796188499],
  [2000, 2100, 0.9863525323166297, 0.013647467683370378],
] as const;
const LOG_GAMMAS = [
  [0.001, 6.907178885383853],
  [0.2, 1.5240638224307845],
  [0.5, 0.5723649429247001],
  [1, 0],
  [1.5, -0.12078223763524522],
  [2, 0],
  [3.7, 1.428072326665388],
  [10, 12.801827480081469],
  [171.3, 708.1149470389969],
  [100_000, 1051287.7089736569],
] as const;

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

  test('both tails have all their digits, however small they are', () => {
    for (const [a, x, lower, upper] of TAILS) {
      expect(Math.abs(gammaP(a, x) / lower - 1), `P(${a}, ${x})`).toBeLessThan(7e-12);
      expect(Math.abs(gammaQ(a, x) / upper - 1), `Q(${a}, ${x})`).toBeLessThan(7e-12);
    }
  });

  test('shapes that change from call to call do not mix', () => {
    expect(gammaP(1, 3)).toBe(gammaP(1, 3));
    expect(gammaP(9, 9.5)).toBeCloseTo(0.6081765174550605, 12);
    expect(gammaP(1, 3)).toBeCloseTo(0.950212931632136, 12);
  });

  test('the logarithm of the gamma function', () => {
    for (const [x, value] of LOG_GAMMAS) {
      expect(Math.abs(logGamma(x) - value) / Math.max(1, value), `lnΓ(${x})`).toBeLessThan(1e-13);
    }
  });

  test('ends of the scale, and what is no probability', () => {
    for (const [both, at0, atEnd] of [
      [gammaP, 0, 1],
      [gammaQ, 1, 0],
    ] as const) {
      expect(both(2, 0)).toBe(at0);
      expect(both(2, Number.POSITIVE_INFINITY)).toBe(atEnd);
      for (const [a, x] of [
        [0, 1],
        [-1, 1],
        [Number.NaN, 1],
        [1, -1],
        [1, Number.NaN],
      ] as const) {
        expect(both(a, x)).toBeNaN();
      }
    }
  });

  test('a quantile is where the probability is reached', () => {
    for (const a of [0.05, 0.5, 1, 2.7, 9, 40, 300]) {
      for (const probability of [0.001, 0.05, 0.2, 0.5, 0.8, 0.95, 0.999]) {
        const x = gammaQuantile(a, probability);
        expect(gammaP(a, x), `${a}, ${probability}`).toBeCloseTo(probability, 9);
      }
    }
    expect(gammaQuantile(1, 0.95)).toBeCloseTo(-Math.log(0.05), 11);
  });

  test('a rough quantile is too high by no more than was allowed', () => {
    for (const a of [0.3, 1, 7, 120]) {
      for (const probability of [0.05, 0.95]) {
        const exact = gammaQuantile(a, probability);
        const rough = gammaQuantile(a, probability, 1e-3);
        expect(rough).toBeGreaterThanOrEqual(exact * (1 - 1e-11));
        expect(rough).toBeLessThanOrEqual(exact * 1.001);
        expect(rough).not.toBeCloseTo(exact, 9);
      }
    }
  });

  test('a quantile too small for a number is next to nothing', () => {
    expect(gammaQuantile(1e-5, 0.01)).toBeLessThan(1e-290);
  });
});
