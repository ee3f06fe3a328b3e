import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { restoreSplit, splitOf, type ValueFigures } from '../../../lib/costs/split.ts';

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

  test('keeps a hundred and counts the others', () => {
    const rows = Array.from({ length: 140 }, (_, index) => figures(`v${index}`, index));
    expect(split(rows)).toMatchObject({ values: { length: 100 }, others: 40 });
  });

  test.each<[string, ValueFigures[], { cost: number | null; clicks: number | null }]>([
    ['a cost', [figures('a', null), figures('b', 3)], { cost: 3, clicks: 200 }],
    ['clicks', [figures('a', 4, null), figures('b', 3)], { cost: 7, clicks: 200 }],
    ['the whole cost', [figures('a', 4)], { cost: null, clicks: 100 }],
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
          expect(restored.base ?? 0).toBeLessThanOrEqual(10 * whole.cost);
          if (restored.base !== null) tracker.set(null, restored.base);
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

  test('not where all clicks would cost ten times the total for a while', () => {
    const rows = [figures('a', 1, 1_000), figures('', 9, 1)];
    const dear = splitOf(1, rows, wholeOf(rows), { ...cents, settable });
    const now = [figures('a', 5, 1_000), figures('', 0.005, 1)];
    expect(
      dear && restoreSplit(dear, wholeOf(rows), now, { ...cents, byCost: true, most: 10 }),
    ).toBeNull();
  });
});
