import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COMPARISONS,
  type Comparison,
  type Condition,
  isListed,
  LIST_BY,
  MEASURES,
  type Measure,
  pickedBy,
  ruleIn,
  type ThumbRule,
} from '../../../lib/blacklist/thumb-rule.ts';
import { type Metrics, metricOf, metricsOf } from '../../../lib/report/metrics.ts';
import { columns, type Given } from './world.ts';

const PAYOUT = 4;
const condition = (measure: Measure, is: Comparison, value: number): Condition => ({
  measure,
  is,
  value,
});
/** The ids of those that a rule picks. */
function picks(rule: ThumbRule, placements: readonly Given[], payout: number | null = PAYOUT) {
  const table = columns(placements);
  const picked = pickedBy(rule, table, payout);
  return table.ids.filter((_, row) => picked[row] === 1);
}

/** A figure of one placement, as the report's own metrics have it. */
function figureOf(metrics: Metrics, measure: Measure): number | null {
  if (measure !== 'spent') return metricOf(metrics, measure);
  const cost = metricOf(metrics, 'cost');
  return cost === null ? null : cost / PAYOUT;
}
function meets(metrics: Metrics, { measure, is, value }: Condition): boolean {
  const figure = figureOf(metrics, measure);
  if (figure === null) return false;
  if (is === 'atLeast') return figure >= value;
  if (is === 'above') return figure > value;
  return is === 'atMost' ? figure <= value : figure < value;
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 6 });
/** Quarters, which computers add without rounding. */
const money = fc.integer({ min: -8, max: 160 }).map((quarters) => quarters / 4);
const NAMED = ['7', 'x.example'];
const placement = fc.record({
  id: fc.constantFrom(...NAMED, '{zone}', ''),
  clicks: maybe(fc.constantFrom(0, 64, 256)),
  conversions: maybe(fc.integer({ min: 0, max: 6 })),
  cost: maybe(money.map((cost) => Math.max(0, cost))),
  revenue: maybe(money),
  landerViews: maybe(fc.constantFrom(0, 32, 64)),
  landerClicks: maybe(fc.constantFrom(0, 8, 16)),
  partial: fc.subarray(['cost', 'revenue', 'clicks'] as const, { maxLength: 1 }),
});
const some: fc.Arbitrary<Condition> = fc.record({
  measure: fc.constantFrom(...MEASURES),
  is: fc.constantFrom(...COMPARISONS),
  value: fc.constantFrom(-1, -0.5, -0.25, 0, 0.125, 0.25, 0.5, 1, 2, 3, 6, 32, 64),
});
const group = fc.array(some, { minLength: 1, maxLength: 4 });
const rule = fc.array(group, { maxLength: 4 });
const placements = fc.array(placement, { maxLength: 30 });

describe('a rule of thumb over columns', () => {
  test('picks what it picks row by row, by the figures of the report', () => {
    fc.assert(
      fc.property(rule, placements, (conditions, rows) => {
        const found = pickedBy(conditions, columns(rows), PAYOUT);
        const expected = rows.map(
          ({ id, ...known }) =>
            NAMED.includes(id) &&
            conditions.some((all) => all.every((one) => meets(metricsOf(known), one))),
        );
        expect(Array.from(found, (one) => one === 1)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('picks no more with a further condition, and no less with a further group', () => {
    fc.assert(
      fc.property(group, some, rule, placements, (conditions, more, others, rows) => {
        const table = columns(rows);
        const of = (all: ThumbRule) => pickedBy(all, table, PAYOUT);
        const [wide, narrow, both] = [
          of([conditions]),
          of([[...conditions, more]]),
          of([...others, conditions]),
        ];
        rows.forEach((_, row) => {
          expect(narrow[row]).toBeLessThanOrEqual(wide[row] ?? 0);
          expect(both[row]).toBe(Math.max(wide[row] ?? 0, of(others)[row] ?? 0));
        });
      }),
      { numRuns: 100 },
    );
  });

  test('picks the same whatever the order of rows, conditions and groups', () => {
    fc.assert(
      fc.property(rule, placements, (conditions, rows) => {
        const found = [...pickedBy(conditions, columns(rows), PAYOUT)];
        const turned = conditions.toReversed().map((all) => all.toReversed());
        const other = [...pickedBy(turned, columns(rows.toReversed()), PAYOUT)];
        expect(other.toReversed()).toEqual(found);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what nobody knows', () => {
  const unknown = {
    clicks: null,
    conversions: null,
    cost: null,
    revenue: null,
    landerViews: null,
    landerClicks: null,
  };

  test.each(MEASURES)('meets no condition: %s', (measure) => {
    for (const is of COMPARISONS) {
      for (const value of [-1e9, 0, 1e9]) {
        expect(picks([[condition(measure, is, value)]], [{ id: '7', ...unknown }])).toEqual([]);
      }
    }
  });

  test('as a payout, lets none meet a condition in payouts, and others as before', () => {
    const rows = [{ id: '7', cost: 40, conversions: 0 }];
    const spent = [condition('spent', 'atLeast', 2)];
    expect(picks([spent], rows)).toEqual(['7']);
    expect(picks([spent], rows, null)).toEqual([]);
    expect(picks([[condition('spent', 'atMost', 1e6)]], rows, null)).toEqual([]);
    expect(picks([spent, [condition('cost', 'atLeast', 10)]], rows, null)).toEqual(['7']);
  });

  test('as a ratio of nothing, is no ratio', () => {
    const rows = [
      { id: '7', clicks: 0, conversions: 1, cost: 0, revenue: 4, landerViews: 0, landerClicks: 0 },
    ];
    for (const measure of ['roi', 'cr', 'epc', 'landerCtr'] as const) {
      for (const is of COMPARISONS) expect(picks([[condition(measure, is, 1)]], rows)).toEqual([]);
    }
  });
});

test('clicks without a placement are never picked, and a rule without conditions picks none', () => {
  const rows = ['', '{zoneid}', 'Unknown', '7'].map((id) => ({ id, cost: 90, conversions: 0 }));
  expect(picks([[condition('cost', 'atLeast', 1)]], rows)).toEqual(['7']);
  expect(picks([], rows)).toEqual([]);
  expect(picks([[]], rows)).toEqual([]);
});

test.each([
  ['three times 0.1 is 0.3', 'spent', 'atLeast', 3, { cost: 0.1 + 0.1 + 0.1 }, 0.1],
  ['and not more', 'spent', 'above', 3, { cost: 0.1 + 0.1 + 0.1 }, 0.1],
  ['0.3 less 0.1 is 0.2', 'profit', 'atLeast', 0.2, { revenue: 0.3, cost: 0.1 }, 1],
  ['7 for 10 is −30 %', 'roi', 'below', -0.3, { revenue: 7, cost: 10 }, 1],
] as const)('rounding makes no difference: %s', (_, measure, is, value, figures, payout) => {
  const isPicked = picks([[condition(measure, is, value)]], [{ id: '7', ...figures }], payout);
  expect(isPicked).toEqual(is === 'atLeast' ? ['7'] : []);
});

test('money of another currency is met by none, and nothing else changes', () => {
  const dollars = { ...condition('cost', 'atLeast', 10), currency: 'USD' };
  const rows = [{ id: '7', cost: 40, conversions: 0 }];
  const of = (all: ThumbRule, currency: string) => picks(ruleIn(all, currency), rows);
  expect(of([[dollars]], 'USD')).toEqual(['7']);
  expect(of([[dollars]], 'EUR')).toEqual([]);
  expect(of([[condition('cost', 'atLeast', 10)]], 'USD')).toEqual([]);
  expect(of([[dollars], [condition('spent', 'atLeast', 2)]], 'EUR')).toEqual(['7']);
});

test('the list is by the verdict, by the rule, by both together or by either', () => {
  const table = LIST_BY.map((by) =>
    [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ].map(([isCut = false, isPicked = false]) => isListed(by, isCut, isPicked)),
  );
  expect(table).toEqual([
    [false, false, true, true],
    [false, false, false, true],
    [false, true, true, true],
    [false, true, false, true],
  ]);
});
