import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  costSplitSchema,
  restoreSplit,
  splitOf,
  type ValueFigures,
} from '../../../lib/costs/split.ts';

const exact = { rounding: { shown: 0, perClick: 0 }, summed: 1 };
const cents = { rounding: { shown: 0.01, perClick: 0.0001 }, summed: 1 };
const settable = (value: string) => value !== '';

/** A tracker's clicks by value; it spreads a cost evenly over those that are no bots. */
function trackerOf(rows: readonly { value: string; clicks: number; bots: number; cost: number }[]) {
  const costs = new Map(rows.map(({ value, cost }) => [value, cost]));
  const paid = ({ clicks, bots }: { clicks: number; bots: number }) => clicks - bots;
  const all = rows.reduce((sum, row) => sum + paid(row), 0);
  return {
    set(value: string | null, cost: number) {
      for (const row of rows) {
        if (value === null) costs.set(row.value, (cost * paid(row)) / all);
        else if (row.value === value && paid(row) > 0) costs.set(value, cost);
      }
    },
    costOf: (value: string) => costs.get(value) ?? 0,
    total: () => [...costs.values()].reduce((sum, cost) => sum + cost, 0),
    figures: (): ValueFigures[] =>
      rows.map(({ value, clicks, bots }) => ({ value, clicks, bots, cost: costs.get(value) ?? 0 })),
  };
}

const wholeOf = (rows: readonly ValueFigures[]): { cost: number; clicks: number } => ({
  cost: rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
  clicks: rows.reduce((sum, { clicks }) => sum + (clicks ?? 0), 0),
});

const figures = (
  value: string,
  cost: number | null,
  clicks: number | null = 100,
  bots = 0,
): ValueFigures => ({ value, cost, clicks, bots });

describe('the split of a cost', () => {
  const split = (
    rows: readonly ValueFigures[],
    whole: { cost: number | null; clicks: number | null } = wholeOf(rows),
  ) => splitOf(3, rows, whole, { ...cents, settable });

  test('has the values whose cost of a click is not the common one first', () => {
    const rows = [figures('b', 10), figures('', 8), figures('a', 30), figures('c', 10)];
    expect(split(rows)).toEqual({
      slot: 3,
      values: [
        { value: 'a', cost: 30, clicks: 100, settable: true },
        { value: '', cost: 8, clicks: 100, settable: false },
        { value: 'b', cost: 10, clicks: 100, settable: true },
        { value: 'c', cost: 10, clicks: 100, settable: true },
      ],
      others: 0,
    });
  });

  test('takes bots for free or for clicks, as the costs have it', () => {
    const bots = [figures('a', 10), figures('b', 5, 100, 50), figures('c', 11)];
    expect(split(bots)?.values[0]?.value).toBe('c');
    const paid = [figures('a', 10), figures('b', 10, 100, 50), figures('c', 11)];
    expect(split(paid)?.values[0]?.value).toBe('c');
  });

  test('asks no value that has bots alone for what a click costs', () => {
    const rows = [
      figures('a', 60, 200),
      figures('bots', 0, 50, 50),
      figures('b', 10),
      figures('c', 10),
    ];
    expect(split(rows)?.values[0]?.value).toBe('a');
  });

  test('is stored as it is', () => {
    const stored = split([figures('b', 10), figures('', 8)]);
    expect(costSplitSchema.parse(structuredClone(stored))).toEqual(stored);
  });

  test('is known where each of its costs is rounded: 30 days to a cent, for a value and the whole', () => {
    const rows = [figures('a', 10)];
    const of = { ...cents, summed: 30, settable };
    expect(splitOf(1, rows, { cost: 10.5, clicks: 100 }, of)).not.toBeNull();
    expect(splitOf(1, rows, { cost: 10.7, clicks: 100 }, of)).toBeNull();
  });

  test('keeps a hundred and counts the others', () => {
    const rows = Array.from({ length: 140 }, (_, index) => figures(`v${index}`, index));
    expect(split(rows)).toMatchObject({ values: { length: 100 }, others: 40 });
  });

  test.each<[string, ValueFigures[], { cost: number | null; clicks: number | null }]>([
    ['a cost', [figures('a', null), figures('b', 3)], { cost: 3, clicks: 200 }],
    [
      'a cost, whatever the others',
      [figures('a', null), figures('b', 3)],
      { cost: 3, clicks: 100 },
    ],
    ['clicks', [figures('a', 4, null), figures('b', 3)], { cost: 7, clicks: 200 }],
    [
      'clicks, whatever the others',
      [figures('a', 4, null), figures('b', 3)],
      { cost: 7, clicks: 100 },
    ],
    ['the whole cost', [figures('a', 4)], { cost: null, clicks: 100 }],
    ['the whole cost, be the others 0', [figures('a', 0)], { cost: null, clicks: 100 }],
    ['what the rows lack of the clicks', [figures('a', 4)], { cost: 4, clicks: 101 }],
    ['what the rows lack of the cost', [figures('a', 4)], { cost: 4.03, clicks: 100 }],
  ])('is not known without %s', (_, rows, whole) => {
    expect(split(rows, whole)).toBeNull();
  });
});

describe('a split is restored', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 100);
  const row = fc.record({
    clicks: fc.integer({ min: 1, max: 5_000 }),
    free: fc.double({ min: 0, max: 0.9, noNaN: true }),
    cost: amount,
  });

  test('to what every value cost before, whatever was set for all clicks', () => {
    let restorations = 0;
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        amount.filter((cost) => cost > 0),
        (drawn, hasUnset, set) => {
          const rows = drawn.map(({ clicks, free, cost }, index) => ({
            value: index === 0 && hasUnset ? '' : `v${index}`,
            clicks,
            bots: Math.floor(clicks * free),
            cost,
          }));
          const tracker = trackerOf(rows);
          const before = tracker.figures();
          const whole = wholeOf(before);
          const split = splitOf(1, before, whole, { ...exact, settable });
          if (!split) throw new Error('all is known');
          tracker.set(null, set);
          const restored = restoreSplit(split, whole, tracker.figures(), {
            ...exact,
            byCost: true,
            most: 50,
          });
          if (!restored) return;
          expect(restored.total).toBeCloseTo(whole.cost, 4);
          expect(restored.base).toBeLessThanOrEqual(10 * whole.cost);
          tracker.set(null, restored.base);
          for (const { value, cost } of restored.values) tracker.set(value, cost);
          expect(tracker.total()).toBeCloseTo(whole.cost, 4);
          // Rarely, what exactly restores all would cost too much for a while.
          if (restored.lost > 0) return;
          restorations += 1;
          for (const { value, cost } of before)
            expect(tracker.costOf(value)).toBeCloseTo(cost ?? 0, 4);
        },
      ),
    );
    expect(restorations).toBeGreaterThan(20);
  });

  const former = [figures('a', 30), figures('b', 12), figures('', 8), figures('c', 10)];
  const even = (each: number) => ['a', 'b', '', 'c'].map((value) => figures(value, each));
  const split = splitOf(1, former, wholeOf(former), { ...cents, settable });
  const restore = (
    now: readonly ValueFigures[],
    change: { byCost?: boolean; most?: number } = {},
  ) =>
    split &&
    restoreSplit(split, { cost: 60, clicks: 400 }, now, {
      ...cents,
      byCost: true,
      most: 10,
      ...change,
    });

  test('by all clicks first, of which those without a value keep their cost', () => {
    expect(restore(even(25))).toEqual({
      base: 32,
      values: [
        { value: 'a', cost: 30 },
        { value: 'b', cost: 12 },
        { value: 'c', cost: 10 },
      ],
      total: 60,
      lost: 0,
    });
  });

  test('by as many values as can be set; the others share what is left', () => {
    expect(restore(even(25), { most: 1 })).toEqual({
      base: 40,
      values: [{ value: 'a', cost: 30 }],
      total: 60,
      lost: 2,
    });
  });

  test('by no value that all clicks set right, and by none at all where it was even', () => {
    const rows = ['a', 'b', 'c', 'd', ''].map((value) => figures(value, value === 'a' ? 70 : 10));
    const now = rows.map((row) => ({ ...row, cost: 20 }));
    const one = splitOf(1, rows, wholeOf(rows), { ...cents, settable });
    const options = { ...cents, byCost: true, most: 10 };
    expect(one && restoreSplit(one, wholeOf(rows), now, options)).toEqual({
      base: 50,
      values: [{ value: 'a', cost: 70 }],
      total: 110,
      lost: 0,
    });
    const flat = splitOf(1, now, wholeOf(now), { ...cents, settable });
    expect(flat && restoreSplit(flat, wholeOf(now), rows, { ...options, byCost: false })).toEqual({
      base: 100,
      values: [],
      total: 100,
      lost: 0,
    });
  });

  test('by the costs that differ where there are more values than are kept', () => {
    const rows = Array.from({ length: 300 }, (_, index) =>
      figures(`v${index}`, index < 3 ? 90 : 5),
    );
    const now = rows.map((row) => ({ ...row, cost: 1 }));
    const many = splitOf(1, rows, wholeOf(rows), { ...cents, settable });
    const restored = (most: number) =>
      many && restoreSplit(many, wholeOf(rows), now, { ...cents, byCost: true, most });
    expect(restored(10)).toMatchObject({ base: 1500, values: [{}, {}, {}], total: 1755, lost: 0 });
    // The third spoils the share of all.
    expect(restored(2)).toMatchObject({ values: [{}, {}], total: 1755, lost: 298 });
  });

  describe('with the values that are not kept', () => {
    /** Three dear values among so many; clicks of those from the 200th on may have grown since. */
    const among = (count: number, { cheap = 5, whole = 0, growth = 1 } = {}) => {
      const rows = Array.from({ length: count }, (_, index) =>
        figures(`v${index}`, index < 3 ? 90 : cheap),
      );
      const before = wholeOf(rows);
      const shown = { ...before, cost: before.cost + whole };
      const of = { rounding: { shown: 0.01, perClick: 0 }, summed: 1 };
      const many = splitOf(1, rows, shown, { ...of, settable });
      const now = rows.map((row, index) => ({
        ...row,
        clicks: (row.clicks ?? 0) * (index < 200 ? 1 : growth),
      }));
      return many && restoreSplit(many, shown, now, { ...of, byCost: false, most: 10 });
    };

    test('having the former cost of a click for each that came in since', () => {
      // A hundred of them have twice as many clicks: $500 more, at 5 cents a click.
      expect(among(300, { growth: 2 })).toMatchObject({
        values: [{ cost: 90 }, { cost: 90 }, { cost: 90 }],
        base: expect.closeTo(0.05 * 40_000, 6),
        total: expect.closeTo(3 * 90 + 297 * 5 + 500, 6),
        lost: 0,
      });
    });

    test.each([
      // One of them, or each of 200, may have been shown some part of a cent too low.
      [101, 0.015, 0],
      [300, 0.8, 0],
      [300, 2.9, 0],
      // The one costs $4.50.
      [101, -0.5, 1],
    ])('of %i values that cost $%f more together, %i is lost', (count, whole, lost) => {
      expect(among(count, { whole })?.lost).toBe(lost);
    });
  });

  test('by those first that differ most from what cannot be set', () => {
    const rows = [
      figures('a', 30),
      figures('z', 0),
      figures('m', 10),
      figures('n', 10),
      figures('', 29),
    ];
    const before = wholeOf(rows);
    const odd = splitOf(1, rows, before, { ...cents, settable });
    const now = rows.map((row) => ({ ...row, cost: 20 }));
    const plan = odd && restoreSplit(odd, before, now, { ...cents, byCost: true, most: 3 });
    // "a" and the clicks without a value share $59: nobody is off by more than 50 cents.
    expect(plan).toMatchObject({ base: 147.5, lost: 2 });
    expect(plan?.values.map(({ value }) => value).sort()).toEqual(['m', 'n', 'z']);
  });

  test('with as few writes as rounding allows', () => {
    // Two cents may be hidden: $9.985 and $10.01 can be one cost.
    const rows = [
      figures('a', 70),
      ...['b', 'c', 'd'].map((value) => figures(value, 9.985)),
      figures('', 10.01),
    ];
    const before = wholeOf(rows);
    const near = splitOf(1, rows, before, { ...cents, settable });
    const now = rows.map((row) => ({ ...row, cost: 20 }));
    expect(
      near && restoreSplit(near, before, now, { ...cents, byCost: true, most: 9 }),
    ).toMatchObject({ values: [{ value: 'a' }], lost: 0 });
  });

  test.each([
    // Half a cent of each day, or of the fourth decimal of each click, on either side.
    [1, 100, 0.2, 1],
    [30, 100, 0.2, 0],
    [1, 10_000, 0.9, 0],
    [1, 10_000, 1.2, 1],
  ])(
    'with nothing that rounding hides: of %i days and %i clicks, $%f more',
    (summed, clicks, more, apart) => {
      const rows = [
        figures('a', 10, clicks),
        figures('b', 10, clicks),
        figures('c', 10 + more, clicks),
      ];
      const of = { ...cents, summed };
      const before = wholeOf(rows);
      const near = splitOf(1, rows, before, { ...of, settable });
      const now = rows.map((row) => ({ ...row, cost: 20 }));
      const plan = near && restoreSplit(near, before, now, { ...of, byCost: true, most: 9 });
      expect(plan?.values).toHaveLength(apart);
    },
  );

  test('by the clicks where the costs tell nothing', () => {
    expect(restore(even(0))).toBeNull();
    expect(restore(even(0), { byCost: false })?.base).toBe(32);
  });

  test('with the former cost of a click for those that came in since', () => {
    const grown = even(25).map((one) => (one.value === 'a' ? { ...one, clicks: 150 } : one));
    expect(restore(grown, { byCost: false })).toMatchObject({
      values: [{ value: 'a', cost: 45 }, {}, {}],
      total: 75,
      base: 36,
    });
  });

  test('not where a value is gone, or unknown', () => {
    expect(restore(even(25).slice(1))).toBeNull();
    expect(restore([...even(25), figures('d', null)])).toBeNull();
  });

  test.each([
    // 990 clicks for $9 and 10 without a value for $1: all clicks at the price of those are $100.
    [9, 100],
    [8.9, null],
  ])(
    'not where all clicks would cost more than ten times the total for a while: $1 + $%f',
    (cost, base) => {
      const rows = [figures('a', cost, 990), figures('', 1, 10)];
      const dear = splitOf(1, rows, wholeOf(rows), { ...cents, settable });
      const plan =
        dear && restoreSplit(dear, wholeOf(rows), rows, { ...cents, byCost: false, most: 10 });
      expect(plan?.base ?? null).toBe(base);
    },
  );
});
