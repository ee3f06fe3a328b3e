import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CHANCE,
  poissonTail as exactTail,
  judgeGap,
  rankedGap,
  unitOf,
} from '../../../lib/compare/gap.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

const judge = (
  metric: 'clicks' | 'uniqueClicks' | 'conversions' | 'revenue' | 'cost',
  base: number,
  other: number,
  unit = 1,
) => judgeGap({ metric, base, other, unit });

/** Pr(X ≥ n) for X ~ Poisson(mean), summed term by term. */
function poissonTail(n: number, mean: number): number {
  let below = 0;
  let term = Math.exp(-mean);
  for (let k = 0; k < n; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  return 1 - below;
}

describe('a gap', () => {
  test('is negative when the other side has less', () => {
    expect(judge('clicks', 12_480, 12_102)).toEqual({
      difference: -378,
      gap: -378 / 12_480,
      state: 'green',
    });
  });

  // The published examples of the rule, and its edges.
  test.each([
    ['conversions', 3, 0, 'red'],
    ['conversions', 10, 4, 'red'],
    ['conversions', 79, 71, 'amber'],
    ['clicks', 5_000, 4_980, 'green'],
    ['conversions', 1, 0, 'chance'],
    ['conversions', 0, 1, 'chance'],
    ['conversions', 20, 19, 'chance'],
    ['conversions', 0, 0, 'green'],
    ['conversions', 0, 3, 'red'],
    ['clicks', 0, 400, 'red'],
    ['clicks', 10_000, 9_000, 'green'],
    ['clicks', 10_000, 8_980, 'chance'],
    ['clicks', 10_000, 8_700, 'amber'],
    ['clicks', 10_000, 8_000, 'red'],
    ['conversions', 100_000, 97_000, 'amber'],
    ['conversions', 100_000, 90_000, 'red'],
    // The gap is measured by the base: 2 of 98 are more than 2 %.
    ['conversions', 98, 100, 'chance'],
    ['uniqueClicks', 10_000, 9_000, 'green'],
    ['uniqueClicks', 10_000, 8_700, 'amber'],
    ['uniqueClicks', 10_000, 8_000, 'red'],
    ['cost', 10_000, 9_700, 'green'],
    ['cost', 10_000, 9_000, 'amber'],
    ['cost', 10_000, 8_000, 'red'],
  ] as const)('of %s, %i against %i, is %s', (metric, base, other, state) => {
    expect(judge(metric, base, other).state).toBe(state);
  });

  test('beyond a threshold is coloured exactly where losing at that rate is improbable', () => {
    const count = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(count, count, (base, other) => {
        const lost = Math.abs(base - other);
        const most = Math.max(base, other);
        const beyond = (threshold: number) =>
          lost > threshold * (base || most) &&
          lost > 1 &&
          poissonTail(lost, threshold * most) < 0.025;
        const within = lost <= 0.02 * (base || most);
        const state = within ? 'green' : !beyond(0.02) ? 'chance' : beyond(0.05) ? 'red' : 'amber';
        expect(judge('conversions', base, other).state).toBe(state);
      }),
    );
  });

  test('of money is one of the events behind it', () => {
    // Three payouts of 20 against none; one payout apart is within chance.
    expect(judge('revenue', 60, 0, 20).state).toBe('red');
    expect(judge('revenue', 60, 40, 20).state).toBe('chance');
    expect(judge('revenue', 60_000, 58_900, 20).state).toBe('green');
    expect(judge('revenue', 60_000, 56_000, 20).state).toBe('amber');
    expect(judge('revenue', 60_000, 50_000, 20).state).toBe('red');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        fc.double({ min: 0.01, max: 500, noNaN: true }),
        (a, b, payout) => {
          const money = judgeGap({ metric: 'cost', base: a, other: b, unit: 1 });
          const scaled = judgeGap({
            metric: 'cost',
            base: a * payout,
            other: b * payout,
            unit: payout,
          });
          // At the very edge of a threshold rounding decides.
          fc.pre(![0.03, 0.1].some((edge) => Math.abs(Math.abs(a - b) - edge * (a || b)) < 1e-6));
          expect(scaled.state).toBe(money.state);
        },
      ),
    );
  });

  test('of money whose events nobody counts is judged only within the threshold', () => {
    expect(judgeGap({ metric: 'revenue', base: 100, other: 99, unit: null }).state).toBe('green');
    expect(judgeGap({ metric: 'revenue', base: 100, other: 50, unit: null }).state).toBe('unknown');
    expect(judgeGap({ metric: 'revenue', base: 100, other: 50, unit: 0 }).state).toBe('unknown');
  });

  test('of different events leaves room for both sides’ variation', () => {
    const halves = { metric: 'conversions', unit: 1, pairing: 'different' } as const;
    // 2·√200 = 28.3
    expect(judgeGap({ ...halves, base: 100, other: 75 }).state).toBe('chance');
    expect(judgeGap({ ...halves, base: 115, other: 85 }).state).toBe('red');
    expect(judgeGap({ ...halves, base: 10_000, other: 9_600 }).state).toBe('amber');
    // Just 2·√100.
    expect(judgeGap({ ...halves, base: 60, other: 40 }).state).toBe('chance');
    expect(judgeGap({ ...halves, base: 61, other: 39 }).state).toBe('red');
    // Payouts of 20.
    const money = { ...halves, metric: 'revenue', unit: 20 } as const;
    expect(judgeGap({ ...money, base: 100 * 20, other: 75 * 20 }).state).toBe('chance');
    expect(judgeGap({ ...money, base: 115 * 20, other: 85 * 20 }).state).toBe('red');
  });

  test('with an unknown side is unknown; a metric without thresholds is not judged', () => {
    const unknown = { difference: null, gap: null, state: 'unknown' };
    expect(judgeGap({ metric: 'clicks', base: null, other: 5, unit: 1 })).toEqual(unknown);
    expect(judgeGap({ metric: 'clicks', base: 5, other: null, unit: 1 })).toEqual(unknown);
    expect(judgeGap({ metric: 'bots', base: 5, other: 10, unit: 1 })).toEqual({
      difference: 5,
      gap: 1,
      state: 'unknown',
    });
  });

  test('of a ratio is a difference in points', () => {
    expect(judgeGap({ metric: 'roi', base: 0.5, other: -0.1, unit: 1 })).toEqual({
      difference: -0.6,
      gap: null,
      state: 'unknown',
    });
  });

  test('from nothing has no ratio, from a loss is measured by its size', () => {
    expect(judgeGap({ metric: 'profit', base: 0, other: 4, unit: 1 }).gap).toBeNull();
    expect(judgeGap({ metric: 'profit', base: -10, other: -15, unit: 1 }).gap).toBe(-0.5);
  });

  test('follows the user’s thresholds', () => {
    const thresholds = { clicks: { green: 0, amber: 0.001 } };
    expect(
      judgeGap({ metric: 'clicks', base: 10_000, other: 9_900, unit: 1, thresholds }).state,
    ).toBe('red');
  });
});

test('the states of large counts are those of the exact tail', () => {
  const count = fc.integer({ min: 0, max: 200_000 });
  const share = fc.double({ min: 0, max: 0.2, noNaN: true });
  // Near the limits, where a bound that is too wide would show.
  const near = fc
    .tuple(count, fc.double({ min: 0.7, max: 1.3, noNaN: true }))
    .map(([base, times]) => [base, Math.round(base * times)] as const);
  fc.assert(
    fc.property(near, share, share, ([base, other], one, two) => {
      const [green, amber] = [Math.min(one, two), Math.max(one, two)];
      const lost = Math.abs(other - base);
      const exceeds = (limit: number) => exactTail(lost, limit * Math.max(base, other)) < CHANCE;
      const expected =
        lost <= green * base
          ? 'green'
          : lost <= 1 || !exceeds(green)
            ? 'chance'
            : exceeds(amber)
              ? 'red'
              : 'amber';
      const thresholds = { clicks: { green, amber } };
      expect(judgeGap({ metric: 'clicks', base, other, unit: 1, thresholds }).state).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

test('one event is a count, a mean payout, or the mean cost of a click', () => {
  const a = metricsOf({ clicks: 100, conversions: 2, revenue: 30, cost: 10 });
  const b = metricsOf({ clicks: 100, conversions: 4, revenue: 60, cost: 12 });
  expect(unitOf('clicks', a, b)).toBe(1);
  expect(unitOf('revenue', a, b)).toBe(15);
  expect(unitOf('cost', a, b)).toBe(0.11);
  for (const part of [metricsOf({ revenue: 5 }), metricsOf({ conversions: 5 })]) {
    expect(unitOf('revenue', a, part)).toBeNull();
    expect(unitOf('revenue', part, a)).toBeNull();
  }
  expect(unitOf('revenue', a, { ...b, partial: ['conversions'] })).toBeNull();
  expect(
    unitOf(
      'revenue',
      metricsOf({ revenue: 5, conversions: 0 }),
      metricsOf({ revenue: 0, conversions: 0 }),
    ),
  ).toBeNull();
});

test('a gap from 0 is beyond all others, on its side; an unknown one has no place', () => {
  const ranked = (metric: 'profit' | 'roi', base: number | null, other: number) =>
    rankedGap(metric, judgeGap({ metric, base, other, unit: 1 }));
  expect(ranked('profit', 0, 5)).toBe(Number.POSITIVE_INFINITY);
  expect(ranked('profit', 0, -5)).toBe(Number.NEGATIVE_INFINITY);
  expect(ranked('profit', 0, 0)).toBe(0);
  expect(ranked('profit', 10, 5)).toBe(-0.5);
  expect(ranked('profit', null, 5)).toBeNull();
});
