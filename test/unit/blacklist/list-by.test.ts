import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VERDICT_KINDS } from '../../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../../lib/blacklist/score.ts';
import { listedBy, standingOf } from '../../../lib/blacklist/standing.ts';
import {
  type Condition,
  LIST_BY,
  type ListBy,
  type ThumbRule,
} from '../../../lib/blacklist/thumb-rule.ts';
import { judgePlacement } from '../../../lib/blacklist/verdict.ts';
import { columns, type Given, rulesWith } from './world.ts';

const SPENT: Condition = { measure: 'spent', is: 'atLeast', value: 2 };
const NONE: Condition = { measure: 'conversions', is: 'atMost', value: 0 };

/** Two that lose, of which one has a conversion; one that waits without any; one that earns. */
const ROWS: readonly Given[] = [
  { id: 'lost', cost: 40, conversions: 0, revenue: 0 },
  { id: 'poor', cost: 40, conversions: 1, revenue: 4 },
  { id: 'open', cost: 8, conversions: 0, revenue: 0 },
  { id: 'good', cost: 60, conversions: 40, revenue: 160 },
  { id: 'untold', cost: 40, conversions: 0, revenue: null },
  { id: '{zone}', cost: 90, conversions: 0, revenue: 0 },
];
function listed(by: ListBy, thumbRule = [[SPENT, NONE]], rows = ROWS) {
  const table = columns(rows);
  const rules = rulesWith({ thumbRule, listBy: by, confidence: 0.99 });
  const scores = scorePlacements(table, rules, 7);
  const standing = Object.fromEntries(
    table.ids.map((id, row) => [id, [standingOf(scores, row), listedBy(scores, row)]]),
  );
  return { ...scores, ids: table.ids.filter((_, row) => scores.listed[row] === 1), standing };
}

describe('the list', () => {
  test('is by the verdicts, by the rule, by both or by either', () => {
    expect(listed('verdict').ids).toEqual(['lost', 'poor']);
    expect(listed('both').ids).toEqual(['lost']);
    expect(listed('either').ids).toEqual(['lost', 'poor', 'open', 'untold']);
    expect(listed('rule').ids).toEqual(['lost', 'open', 'untold']);
  });

  test('is by the verdicts where there is no rule', () => {
    for (const by of LIST_BY) expect(listed(by, []).ids).toEqual(['lost', 'poor']);
  });

  test('says of each row what the rule does to it', () => {
    expect(listed('verdict').standing).toEqual({
      lost: ['picked', 'verdict'],
      poor: [null, 'verdict'],
      open: ['picked', 'hand'],
      good: [null, 'hand'],
      untold: ['picked', 'hand'],
      '{zone}': [null, 'hand'],
    });
    expect(listed('rule').standing).toMatchObject({
      lost: ['picked', 'verdict'],
      poor: ['spared', 'hand'],
      open: ['byRule', 'rule'],
      untold: ['byRule', 'rule'],
    });
  });

  test('of the rule alone leaves all verdicts as they are', () => {
    const rules = LIST_BY.map((by) => [...listed(by).kinds]);
    for (const kinds of rules) expect(kinds).toEqual([...listed('verdict', []).kinds]);
  });
});

test('the head is of what is listed, the rule’s sentence of what it picks: each sums its rows', () => {
  const money = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 60, noNaN: true }));
  const row = fc.record({
    cost: fc.option(money, { nil: null, freq: 9 }),
    conversions: fc.option(fc.integer({ min: 0, max: 8 }), { nil: null, freq: 9 }),
    clicks: fc.integer({ min: 0, max: 400 }),
    id: fc.constantFrom('1', '2', ''),
  });
  const conditions = fc.constantFrom<Condition[][]>(
    [[SPENT, NONE]],
    [[{ measure: 'roi', is: 'below', value: -0.3 }]],
    [[{ measure: 'clicks', is: 'atLeast', value: 200 }]],
    [[SPENT], [NONE]],
  );
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      conditions,
      fc.constantFrom(...LIST_BY),
      fc.constantFrom('one' as const, 'many' as const),
      (given, thumbRule, listBy, looks) => {
        const placements = given.map((one) => ({
          ...one,
          revenue: one.conversions === null ? null : 4 * one.conversions,
        }));
        const rules = rulesWith({ thumbRule, listBy, looks, payout: 4 });
        const table = columns(placements);
        const { campaign, summary, rule, ...scores } = scorePlacements(table, rules, 7);
        const all = placements.map((_, at) => ({
          ...judgePlacement(table, at, campaign, rules, 7),
          isOn: scores.listed[at] === 1,
          isPicked: scores.picked[at] === 1,
        }));
        const sums = (some: typeof all) => {
          const told = some.filter(({ loser }) => loser !== null);
          const loser = told.reduce((sum, one) => sum + (one.loser ?? 0), 0);
          return {
            good: told.length - loser,
            sure: told.length > 0 ? loser / told.length : null,
            saving: some.reduce((sum, one) => sum + (one.savingPerDay ?? 0), 0),
          };
        };
        const on = all.filter(({ isOn }) => isOn);
        const picked = all.filter(({ isPicked }) => isPicked);
        expect(summary.listed).toBe(on.length);
        expect(summary.byRule).toBe(on.filter(({ kind }) => kind !== 'cut').length);
        expect(summary.untold).toBe(on.filter(({ kind }) => kind === 'unknown').length);
        expect(summary.expectedGood).toBeCloseTo(sums(on).good, 9);
        expect(summary.savingPerDay).toBeCloseTo(sums(on).saving, 9);
        expect(rule.picked).toBe(picked.length);
        expect(rule.expectedGood).toBeCloseTo(sums(picked).good, 9);
        expect(rule.savingPerDay).toBeCloseTo(sums(picked).saving, 9);
        const { sure } = sums(picked);
        if (sure === null) expect(rule.sure).toBeNull();
        else expect(rule.sure).toBeCloseTo(sure, 9);
        for (const kind of VERDICT_KINDS) {
          expect(rule.kinds[kind]).toBe(picked.filter((one) => one.kind === kind).length);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('what a rule picks only by clicks that had no time to convert is counted', () => {
  const none = { conversions: 0, revenue: 0 };
  const table = columns([
    { id: 'all today', cost: 20, ripeCost: 0, ...none },
    { id: 'half today', cost: 20, ripeCost: 10, ...none },
    { id: 'enough before', cost: 20, ripeCost: 13, ...none },
    { id: 'as good as ripe', cost: 12, ripeCost: 11.95, ...none },
    { id: 'not told', cost: 20, ripeCost: null, ...none },
    { id: 'of other days too', cost: 12, ripeCost: 15, ...none },
    { id: 'not picked', cost: 2, ripeCost: 0, ...none },
  ]);
  const youngBy = (thumbRule: ThumbRule) =>
    scorePlacements(table, rulesWith({ thumbRule, payout: 4 }), 7).rule.young;
  const NONE = { measure: 'conversions', is: 'atMost', value: 0 } as const;
  expect(youngBy([[{ measure: 'spent', is: 'atLeast', value: 3 }, NONE]])).toBe(2);
  // Clicks are as ripe as what they cost: 100 each.
  expect(youngBy([[{ measure: 'clicks', is: 'atLeast', value: 60 }, NONE]])).toBe(3);
  expect(youngBy([[NONE]])).toBe(0);
  expect(youngBy([])).toBe(0);
});
