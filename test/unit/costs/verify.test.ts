import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthBetween, judgeReadBack } from '../../../lib/costs/verify.ts';

const CENTS = { shown: 0.01, perClick: 0.0001 };
const reading = (cost: number | null, clicks: number | null = 1000) => ({ cost, clicks });

/** Judges a read-back of an order from `before` to `ordered`. */
function judge(
  before: number | null,
  ordered: number,
  seen: number | null,
  of: Partial<Parameters<typeof judgeReadBack>[0]> & { clicks?: number; seenClicks?: number } = {},
) {
  const { clicks = 1000, seenClicks = clicks, ...rest } = of;
  return judgeReadBack({
    ordered: { cost: ordered, clicks },
    untouched: 0,
    formers: [reading(before, clicks)],
    seen: reading(seen, seenClicks),
    growth: null,
    rounding: CENTS,
    summed: 1,
    ...rest,
  });
}

describe('a read-back', () => {
  test.each([
    // before, ordered, seen
    [80, 100, 100, 'verified'],
    [80, 100, 100.005, 'verified'],
    // Half of the fourth decimal for each of 1,000 clicks is 0.05.
    [80, 100, 100.05, 'verified'],
    [80, 100, 99.95, 'verified'],
    [80, 100, 100.06, 'other'],
    [80, 100, 80, 'unchanged'],
    [80, 100, 80.005, 'unchanged'],
    [80, 100, 80.02, 'other'],
    [80, 100, 90, 'other'],
    [80, 100, 91, 'other'],
    [80, 100, 50, 'other'],
    [80, 100, 300, 'other'],
    [80, 100, null, 'unseen'],
    [null, 100, 100, 'verified'],
    [null, 100, 80, 'other'],
    // Unknown is not 0.
    [null, 100, 0, 'other'],
    [null, 0, 0, 'verified'],
    // Less than a percent of the amount is a change all the same.
    [1000, 1004, 1000, 'unchanged'],
    [1000, 1004, 1004, 'verified'],
    [1000, 1004, 1002, 'other'],
    [100, 0, 0, 'verified'],
    [100, 0, 100, 'unchanged'],
    [0, 100, 0, 'unchanged'],
  ] as const)('of an order %s → %s that shows %s is %s', (before, ordered, seen, judged) => {
    expect(judge(before, ordered, seen)).toBe(judged);
  });

  test.each([
    [2, 6, 2, 'unclear'],
    [2, 6, 6, 'verified'],
    [2, 6, 4.5, 'verified'],
    [2, 6, 3.5, 'unclear'],
    [2, 6, 12, 'other'],
    [5, 0, 5, 'unclear'],
    [5, 0, 0, 'verified'],
    [5, 0, 4, 'unclear'],
    [2, 20, 2, 'unchanged'],
    [2, 20, 15.01, 'verified'],
    [2, 20, 14.9, 'other'],
  ] as const)(
    'with 100,000 clicks of an order %s → %s that shows %s is %s: the nearer one counts',
    (before, ordered, seen, judged) => {
      expect(judge(before, ordered, seen, { clicks: 100_000 })).toBe(judged);
    },
  );

  test('says nothing of a change that is less than the tracker shows', () => {
    expect(judge(100, 100.004, 100)).toBe('hidden');
    expect(judge(100, 100, 100)).toBe('hidden');
    expect(judge(100, 100.005, 100.01)).toBe('hidden');
    expect(judge(100, 100.02, 100.02)).toBe('verified');
    // Each of 30 days is rounded by itself.
    expect(judge(100, 100.02, 100.02, { summed: 30 })).toBe('hidden');
    expect(judge(100, 100.0001, 100.0001, { rounding: { shown: 0, perClick: 0 } })).toBe(
      'verified',
    );
    // Both figures are off by half a step: what was shown as 0.74 may be shown as 0.76.
    const steps = { rounding: { shown: 0.02, perClick: 0 } };
    expect(judge(0.74, 0.754, 0.76, steps)).toBe('unclear');
    expect(judge(0.74, 0.754, 0.74, steps)).toBe('unchanged');
    expect(judge(0.74, 0.77, 0.78, steps)).toBe('verified');
    // Shown as 0.78 it would be as ordered; 0.76 is nearer to that than to the former cost.
    expect(judge(0.74, 0.773, 0.76, steps)).toBe('other');
    // Something else is yet to show, from which it could be told.
    const formers = [reading(100), reading(120)];
    expect(judge(100, 100, 100, { formers })).toBe('unclear');
    expect(judge(100, 100, 120, { formers })).toBe('unchanged');
  });

  test('is not taken for what an older order may yet show', () => {
    const formers = [reading(80, 100_000), reading(119.5, 100_000)];
    const of = { formers, clicks: 100_000 };
    expect(judge(80, 120, 119.5, of)).toBe('unclear');
    expect(judge(80, 120, 119.7, of)).toBe('unclear');
    expect(judge(80, 120, 120, of)).toBe('verified');
    expect(judge(80, 120, 80, of)).toBe('unchanged');
  });

  test('may show the former cost of clicks that were left out, or not', () => {
    const of = { untouched: 10 };
    expect(judge(80, 50, 50, of)).toBe('verified');
    expect(judge(80, 50, 60, of)).toBe('verified');
    expect(judge(80, 50, 55, of)).toBe('other');
    expect(judge(80, 50, 80, of)).toBe('unchanged');
  });

  test('knows nothing of clicks: then it compares the costs alone', () => {
    expect(
      judge(80, 100, 100, { formers: [reading(80, null)], ordered: reading(100, null) as never }),
    ).toBe('verified');
    expect(judge(80, 100, 100.02, { ordered: { cost: 100, clicks: null } })).toBe('other');
  });
});

describe('a read-back with clicks that came in since', () => {
  // 1000 clicks for $100; 10 cents for each further click.
  const later = (seen: number, seenClicks: number, growth: number | null, of = {}) =>
    judge(100, 150, seen, { seenClicks, growth, ...of });

  test('cannot be told before the cost of further clicks is known', () => {
    expect(later(151, 1010, null)).toBe('unclear');
    expect(later(101, 1010, null)).toBe('unclear');
  });

  test('is told before that where the order is below the former cost, which clicks cannot lower', () => {
    const lowered = (seen: number, of = {}) => judge(100, 20, seen, { seenClicks: 1010, ...of });
    expect(lowered(20)).toBe('verified');
    expect(lowered(20.05)).toBe('verified');
    expect(lowered(19.94)).toBe('unclear');
    expect(lowered(21)).toBe('unclear');
    expect(lowered(100)).toBe('unclear');
    // Another update that may be on its way orders less, and its clicks may have cost the rest.
    expect(lowered(20, { formers: [reading(100), reading(10)] })).toBe('unclear');
    expect(lowered(20, { formers: [reading(null)] })).toBe('unclear');
    // As far as the tracker rounds, the former cost may be this one.
    expect(lowered(20, { formers: [reading(20.01)] })).toBe('unclear');
    expect(lowered(20, { formers: [reading(20.02)] })).toBe('verified');
  });

  test.each([
    [150, 'verified'],
    [151, 'verified'],
    [151.5, 'verified'],
    [100, 'unchanged'],
    [101, 'unchanged'],
    [149.5, 'other'],
    [120, 'other'],
    [200, 'other'],
  ] as const)('that shows %s is %s', (seen, judged) => {
    expect(later(seen, 1010, 0.1)).toBe(judged);
  });

  test('cannot be told when they cost as much as the change', () => {
    // 500 more clicks for $50: the former cost has grown to what was ordered.
    expect(later(150, 1500, 0.1)).toBe('unclear');
    expect(later(174, 1500, 0.1)).toBe('unclear');
    // Clicks may well cost twice what few of them showed.
    expect(later(180, 1500, 0.1)).toBe('unclear');
    // More than the former cost can have grown.
    expect(judge(100, 400, 450, { seenClicks: 1500, growth: 0.1 })).toBe('verified');
  });

  test('counts from when the segment was last seen without the order', () => {
    const formers = [reading(149, 1490)];
    expect(later(150, 1500, 0.1, { formers })).toBe('unclear');
    expect(later(199, 1500, 0.1, { formers })).toBe('verified');
  });

  test('is told from a former cost that has grown to what was ordered meanwhile', () => {
    // 1000 clicks for $100 became 1500 for $150; then the order came through, and $50 on top.
    expect(later(200, 1500, 0.1, { formers: [reading(150, 1500)] })).toBe('verified');
    expect(later(150, 1500, 0.1, { formers: [reading(150, 1500)] })).toBe('unclear');
  });

  test('falls to an order below the former cost', () => {
    expect(judge(100, 20, 21, { seenClicks: 1010, growth: 0.1 })).toBe('verified');
    expect(judge(100, 20, 101, { seenClicks: 1010, growth: 0.1 })).toBe('unchanged');
  });

  test('does not wait for clicks where fewer are counted than before', () => {
    expect(later(150, 990, null)).toBe('verified');
  });
});

test('a tracker that applied an order never shows it as unchanged, nor one that did not as verified', () => {
  const money = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100);
  const round = (cost: number) => Math.round(cost * 100) / 100;
  fc.assert(
    fc.property(
      money,
      money,
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 5_000 }),
      fc.integer({ min: 0, max: 500 }).map((tenths) => tenths / 1_000),
      (before, ordered, clicks, more, cpc) => {
        const at = (cost: number) =>
          judge(round(before), ordered, round(cost + more * cpc), {
            clicks,
            seenClicks: clicks + more,
            growth: cpc,
          });
        // What the tracker stores for each click has four decimals.
        const stored = (Math.round((ordered / clicks) * 1e4) / 1e4) * clicks;
        expect(at(stored)).not.toBe('unchanged');
        expect(at(before)).not.toBe('verified');
      },
    ),
  );
});

describe('the cost of further clicks', () => {
  test.each([
    [reading(100, 1000), reading(101, 1010), 0.1],
    [reading(100, 1000), reading(100, 1010), 0],
    [reading(100, 1000), reading(101, 1000), null],
    [reading(100, 1010), reading(101, 1000), null],
    [reading(100, 1000), reading(99, 1010), null],
    [reading(null, 1000), reading(99, 1010), null],
    [reading(100, 1000), reading(null, 1010), null],
    [reading(0, 1000), reading(null, 1010), null],
    [reading(100, 1000), reading(101, null), null],
    [reading(100, null), reading(101, 1010), null],
  ])('from %o to %o is %s', (first, second, growth) => {
    expect(growthBetween(first, second)).toBe(growth);
  });
});

test('further clicks may cost half as much again as those that were measured, and no more', () => {
  const grown = { growth: 0.1, seenClicks: 1100 };
  expect(judge(80, 100, 114.9, grown)).toBe('verified');
  expect(judge(80, 100, 116, grown)).toBe('other');
});

test('what is as near to the former cost as to the ordered one is not verified', () => {
  const rounding = { shown: 0.01, perClick: 0.0102 };
  expect(judge(90, 100, 95, { rounding })).toBe('other');
  expect(judge(90, 100, 95.02, { rounding })).toBe('verified');
});
