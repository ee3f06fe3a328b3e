import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompleteRules } from '../../../lib/blacklist/default-rules.ts';
import { VERDICT_KINDS } from '../../../lib/blacklist/placement.ts';
import { scorePlacements } from '../../../lib/blacklist/score.ts';
import { judgePlacement } from '../../../lib/blacklist/verdict.ts';
import { columns, type Given, rulesWith } from './world.ts';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 9 });
const count = (max: number) => fc.oneof(fc.constant(0), fc.integer({ min: 0, max }));
const money = fc.oneof(
  fc.constant(0),
  fc.double({ min: 0.001, max: 60, noNaN: true }),
  fc.double({ min: -5, max: 0, noNaN: true }),
);
const placement: fc.Arbitrary<Given> = fc
  .record({
    id: fc.constantFrom('1', '2', '{zone}'),
    clicks: maybe(count(500)),
    conversions: maybe(count(12)),
    rejected: maybe(count(3)),
    sales: maybe(count(6)),
    hold: maybe(count(6)),
    cost: maybe(money),
    revenue: maybe(money),
    arrived: fc.constantFrom(1, 1, 0.5, 0),
  })
  .map(({ arrived, ...given }) => ({
    ...given,
    ripeCost: given.cost === null ? null : given.cost * arrived,
  }));
const rules: fc.Arbitrary<CompleteRules> = fc.record({
  targetRoi: fc.constantFrom(-1, 0, 0.3, 2),
  confidence: fc.constantFrom(0.5, 0.8, 0.95, 0.999),
  payout: fc.constantFrom(null, null, 3),
  approval: fc.constantFrom(1, 0.4),
  priorWeight: fc.constantFrom(null, 0, 2),
  ownSpend: fc.constantFrom(0, 1, 3),
  delayHours: fc.constant(24),
  looks: fc.constantFrom('one' as const, 'many' as const),
  thumbRule: fc.constant([]),
  listBy: fc.constant('verdict' as const),
});

describe('all placements at once', () => {
  test('get the verdicts that each gets by itself, in the order of money saved', () => {
    fc.assert(
      fc.property(fc.array(placement, { maxLength: 40 }), rules, (placements, settings) => {
        const table = columns(placements);
        const { campaign, kinds, savingPerDay, order, summary } = scorePlacements(
          table,
          settings,
          7,
        );
        const verdicts = placements.map((_, row) =>
          judgePlacement(table, row, campaign, settings, 7),
        );
        expect(Array.from(kinds, (kind) => VERDICT_KINDS[kind])).toEqual(
          verdicts.map(({ kind }) => kind),
        );
        expect(Array.from(savingPerDay, (saved) => (Number.isNaN(saved) ? null : saved))).toEqual(
          verdicts.map((verdict) => verdict.savingPerDay),
        );
        const stake = (row: number) => verdicts[row]?.savingPerDay ?? Number.NEGATIVE_INFINITY;
        expect([...order]).toEqual(
          placements.map((_, row) => row).sort((a, b) => stake(b) - stake(a) || 0),
        );
        const cut = verdicts.filter(({ kind }) => kind === 'cut');
        const number = (wanted: string) => verdicts.filter(({ kind }) => kind === wanted).length;
        expect(summary).toEqual({
          cut: cut.length,
          keep: number('keep'),
          wait: number('wait'),
          unknown: number('unknown'),
          listed: cut.length,
          byRule: 0,
          untold: 0,
          expectedGood: expect.closeTo(
            cut.reduce((sum, { loser }) => sum + 1 - (loser ?? 0), 0),
            9,
          ),
          savingPerDay: expect.closeTo(
            cut.reduce((sum, verdict) => sum + (verdict.savingPerDay ?? 0), 0),
            9,
          ),
          unnamedClicks: summary.unnamedClicks,
        });
      }),
      { numRuns: 120 },
    );
  });

  test('among payouts of two kinds, each gets the verdict that it gets by itself', () => {
    // Every tenth is paid five times as much; what it returns lies around the target.
    const some = fc.record({
      cost: fc.double({ min: 1, max: 300, noNaN: true }),
      conversions: fc.integer({ min: 0, max: 30 }),
    });
    const all = fc.array(some, { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(all, rules, (given, settings) => {
        const placements = given.map((one, at) => ({
          ...one,
          id: `p${at}`,
          clicks: 400,
          revenue: one.conversions * (at % 10 === 0 ? 20 : 4),
        }));
        const table = columns(placements);
        const { campaign, kinds } = scorePlacements(table, settings, 7);
        expect(Array.from(kinds, (kind) => VERDICT_KINDS[kind])).toEqual(
          placements.map((_, row) => judgePlacement(table, row, campaign, settings, 7).kind),
        );
      }),
      { numRuns: 120 },
    );
  });

  test('cut none whose own revenue, as far as it will be paid, is what it has to return', () => {
    fc.assert(
      fc.property(fc.array(placement, { maxLength: 40 }), rules, (placements, settings) => {
        const { kinds } = scorePlacements(columns(placements), settings, 7);
        placements.forEach(({ cost, revenue, ripeCost, sales, hold, rejected }, row) => {
          // In money, and only where no status changes what is paid.
          if ([sales, hold, rejected].some((status) => typeof status === 'number')) return;
          if (typeof cost !== 'number' || typeof revenue !== 'number') return;
          const paid = settings.approval * revenue;
          if (paid < 1.000001 * (ripeCost ?? cost) * (1 + settings.targetRoi)) return;
          expect(VERDICT_KINDS[kinds[row] ?? 0]).not.toBe('cut');
        });
      }),
      { numRuns: 200 },
    );
  });

  test.each(['one', 'many'] as const)('with halves of conversions too, looked at %s', (looks) => {
    // Of each, one conversion is on hold: half a conversion.
    const placements = Array.from({ length: 60 * 16 }, (_, at) => {
      const [cost, sales] = [(1 + (at % 60)) / 5, Math.floor(at / 60)];
      return { id: `p${at}`, cost, conversions: sales + 1, sales, hold: 1 };
    });
    const rules = rulesWith({ looks, approval: 0.5, payout: 1, ownSpend: 0 });
    const table = columns(placements);
    const { campaign, kinds } = scorePlacements(table, rules, 1);
    const found = Array.from(kinds, (kind) => VERDICT_KINDS[kind]);
    expect(found).toEqual(
      placements.map((_, row) => judgePlacement(table, row, campaign, rules, 1).kind),
    );
    expect(new Set(found)).toEqual(new Set(['cut', 'keep', 'wait']));
  });

  test('say which share of the clicks came without a placement', () => {
    const share = (placements: readonly Given[]) =>
      scorePlacements(columns(placements), rulesWith(), 1).summary.unnamedClicks;
    expect(
      share([
        { id: '1', clicks: 60 },
        { id: '', clicks: 30 },
        { id: 'Unknown', clicks: 10 },
        { id: 'null', clicks: null },
      ]),
    ).toBe(0.4);
    expect(share([{ id: '1', clicks: 60 }])).toBe(0);
    expect(share([{ id: '', clicks: null }])).toBeNull();
    expect(share([])).toBeNull();
  });

  test('a list says how many good ones it is expected to hold, and what it saves a day', () => {
    const usual = Array.from({ length: 20 }, (_, at) => ({
      id: `u${at}`,
      cost: 10,
      conversions: 5,
      revenue: 10,
    }));
    const table = columns([...usual, { id: 'x', cost: 14, conversions: 0, revenue: 0 }]);
    const { campaign, summary } = scorePlacements(table, rulesWith(), 7);
    const { loser, savingPerDay, kind } = judgePlacement(table, 20, campaign, rulesWith(), 7);
    expect(kind).toBe('cut');
    expect(summary).toMatchObject({ cut: 1, wait: 20, keep: 0, unknown: 0 });
    expect(summary.expectedGood).toBeCloseTo(1 - (loser ?? 0), 10);
    expect(summary.savingPerDay).toBeCloseTo(savingPerDay ?? 0, 10);
  });
});
