import { describe, expect, test } from 'vitest';
import type { CompleteRules } from '../../../lib/blacklist/default-rules.ts';
import { completeRules, DEFAULT_RULES } from '../../../lib/blacklist/default-rules.ts';
import { gammaP } from '../../../lib/blacklist/gamma.ts';
import { spendToCut } from '../../../lib/blacklist/looks.ts';
import { type Given, rulesWith, verdictOn } from './world.ts';

/** Placements at break-even, payout 2: what others are judged by. */
const usual: Given[] = Array.from({ length: 200 }, (_, index) => ({
  id: `u${index}`,
  cost: 10,
  conversions: 5,
  revenue: 10,
}));
/** What one placement gets beside them. Its conversions bring 2 each, unless its revenue is said. */
const on = (
  { conversions = 0, ...more }: Omit<Given, 'id'>,
  change: Partial<CompleteRules> = {},
  days = 1,
) => {
  const revenue = conversions === null ? null : 2 * conversions;
  const placement = { id: 'x', conversions, revenue, ...more };
  return verdictOn([...usual, placement], 'x', rulesWith(change), days);
};
/** Nothing but its own figures speaks. */
const ALONE = { priorWeight: 0, payout: 2, ownSpend: 0 } as const;

describe('verdicts', () => {
  test('cut what spent much without a conversion, keep what earns, wait for the rest', () => {
    expect(on({ cost: 12 })).toMatchObject({ kind: 'cut', why: 'loses', needs: null });
    expect(on({ cost: 10, conversions: 14 })).toMatchObject({ kind: 'keep', why: 'earns' });
    expect(on({ cost: 3, conversions: 1 })).toMatchObject({ kind: 'wait', why: 'open' });
  });

  test('at break-even by approval it waits, with its revenue or without', () => {
    for (const revenue of [40, null]) {
      const rules = rulesWith({ approval: 0.3, payout: 4, priorWeight: null });
      const { kind, spent, earned } = verdictOn(
        [{ id: 'x', cost: 12, conversions: 10, revenue }],
        'x',
        rules,
      );
      expect(kind).toBe('wait');
      expect([spent, earned]).toEqual([expect.closeTo(10, 9), expect.closeTo(10, 9)]);
    }
  });

  test('profitable placements are not cut because half of the conversions are approved', () => {
    // Half of twelve conversions of 2 is 12, on a cost of 10.
    const verdict = on({ cost: 10, conversions: 12 }, { approval: 0.5 });
    expect(verdict.kind).not.toBe('cut');
    expect(verdict.returns).toBeGreaterThan(1);
  });

  test('what was rejected earned nothing', () => {
    expect(on({ cost: 14, conversions: 7, revenue: 0 })).toMatchObject({ kind: 'cut', earned: 0 });
    expect(on({ cost: 14, conversions: 7, revenue: -4 })).toMatchObject({ kind: 'cut', earned: 0 });
  });

  test('the probabilities are those of the posterior, and add up to 1', () => {
    const verdict = on({ cost: 6, conversions: 1 }, ALONE);
    expect(verdict.loser).toBeCloseTo(gammaP(2, 3), 12);
    expect(verdict.returns).toBeCloseTo(2 / 3, 12);
    expect(verdict).toMatchObject({ spent: 3, earned: 1, confidence: verdict.loser });
    const winner = on({ cost: 6, conversions: 8 }, ALONE);
    expect(winner.confidence).toBeCloseTo(1 - gammaP(9, 3), 12);
    expect(winner.loser).toBeCloseTo(gammaP(9, 3), 12);
  });

  test('a target is what it has to return', () => {
    const { loser } = on({ cost: 6, conversions: 1 }, { ...ALONE, targetRoi: 0.5 });
    expect(loser).toBeCloseTo(gammaP(2, 4.5), 12);
  });

  test('the confidence asked for is enough, and a hair more is not', () => {
    const { loser } = on({ cost: 6, conversions: 1 }, ALONE);
    const sure = loser ?? 0;
    expect(on({ cost: 6, conversions: 1 }, { ...ALONE, confidence: sure }).kind).toBe('cut');
    expect(on({ cost: 6, conversions: 1 }, { ...ALONE, confidence: sure + 1e-9 }).kind).toBe(
      'wait',
    );
    const { confidence } = on({ cost: 6, conversions: 8 }, ALONE);
    const kept = confidence ?? 0;
    expect(on({ cost: 6, conversions: 8 }, { ...ALONE, confidence: kept }).kind).toBe('keep');
    expect(on({ cost: 6, conversions: 8 }, { ...ALONE, confidence: kept + 1e-9 }).kind).toBe(
      'wait',
    );
  });
});

describe('evidence of its own', () => {
  const losers: Given[] = usual.map((one, at) => ({
    ...one,
    conversions: at % 100 === 0 ? 1 : 0,
    revenue: at % 100 === 0 ? 2 : 0,
  }));
  const among = (others: readonly Given[], placement: Given, change: Partial<CompleteRules> = {}) =>
    verdictOn([...others, placement], placement.id, rulesWith(change));

  test('one click in a losing campaign is no reason to cut', () => {
    const verdict = among(losers, { id: 'x', cost: 0.01, conversions: 0, revenue: 0 });
    expect(verdict).toMatchObject({ kind: 'wait', why: 'ownSpend' });
    expect(verdict.loser).toBeGreaterThan(0.95);
    // It needs a payout of spend of its own.
    expect(verdict.needs?.payouts).toBeCloseTo(1 - 0.005, 9);
    expect(verdict.needs?.money).toBeCloseTo(2 - 0.01, 9);
  });

  test('from one payout on it is cut; how many can be set', () => {
    const spent = (payouts: number, ownSpend: number) =>
      among(losers, { id: 'x', cost: 2 * payouts, conversions: 0, revenue: 0 }, { ownSpend }).kind;
    expect(spent(0.999, 1)).toBe('wait');
    expect(spent(1, 1)).toBe('cut');
    expect(spent(1, 1.5)).toBe('wait');
    expect(spent(0.001, 0)).toBe('cut');
  });

  test('a campaign that earns is no reason to keep what has no conversion', () => {
    const winners = usual.map((one) => ({ ...one, conversions: 20, revenue: 40 }));
    const verdict = among(winners, { id: 'x', cost: 0.1, conversions: 0, revenue: 0 });
    expect(verdict).toMatchObject({ kind: 'wait', why: 'ownConversions' });
    // At break-even nothing speaks for it, with or without a conversion.
    const open = { kind: 'wait', why: 'open' };
    expect(among(usual, { id: 'x', cost: 0.1, conversions: 0, revenue: 0 })).toMatchObject(open);
    // It does earn, but too many that just miss the target would look like it.
    const earning = among(winners, { id: 'x', cost: 4, conversions: 1, revenue: 2 });
    expect(earning.loser).toBeLessThan(0.05);
    expect(earning).toMatchObject(open);
    expect(among(winners, { id: 'x', cost: 0.1, conversions: 1, revenue: 2 }).kind).toBe('keep');
  });
});

describe('a placement that is paid more per conversion than the others', () => {
  /** Placements with 20 to 48 conversions of 2, at a ROI of −17 %. */
  const poor: Given[] = Array.from({ length: 29 }, (_, at) => ({
    id: `p${at}`,
    cost: 2.4 * (20 + at),
    conversions: 20 + at,
    revenue: 2 * (20 + at),
  }));
  const rich = (
    cost: number,
    conversions = 10,
    change: Partial<CompleteRules> = {},
    more: Partial<Given> = {},
  ) =>
    verdictOn(
      [...poor, { id: 'x', cost, conversions, revenue: 6 * conversions, ...more }],
      'x',
      rulesWith({ priorWeight: null, ...change }),
    );

  test('is not cut while it earns', () => {
    const earns = { kind: 'wait', why: 'ownRevenue' };
    expect(rich(46)).toMatchObject(earns);
    expect(rich(46).loser).toBeGreaterThan(0.99);
    expect(rich(100, 20)).toMatchObject(earns);
    // At exactly its cost, too, and over many looks, which need more against it.
    expect(rich(60)).toMatchObject(earns);
    expect(rich(120, 20, { looks: 'many' })).toMatchObject(earns);
  });

  test('nor while chance may be all that it lacks, and is where it is not', () => {
    // Ten conversions of 6 on 63: 10.5 are expected at break-even.
    expect(rich(63)).toMatchObject({ kind: 'wait', why: 'ownRevenue' });
    // On 180 it is 30: Poisson(30) is 10 or less in 22 of a million.
    expect(rich(180)).toMatchObject({ kind: 'cut', why: 'loses' });
  });

  test('the target, the approval rate and the age of its clicks count', () => {
    expect(rich(46, 10, { targetRoi: 0.3 })).toMatchObject({ kind: 'wait', why: 'ownRevenue' });
    expect(rich(46, 10, { targetRoi: 1 }).kind).toBe('cut');
    expect(rich(46, 10, { approval: 0.77 })).toMatchObject({ kind: 'wait', why: 'ownRevenue' });
    expect(rich(46, 10, { approval: 0.3 }).kind).toBe('cut');
    // Of 200, a quarter has had time to convert.
    expect(rich(200, 10, {}, { ripeCost: 50 })).toMatchObject({ kind: 'wait', why: 'ownRevenue' });
    expect(rich(200).kind).toBe('cut');
  });

  test('is cut once the spend that it is said to need has brought nothing', () => {
    for (const looks of ['one', 'many'] as const) {
      // At the flat prior, so that nothing else moves with its cost.
      const rules = { looks, priorWeight: 0, payout: 2 } as const;
      const { needs } = rich(63, 10, rules);
      const more = needs?.money ?? Number.NaN;
      expect(rich(63 + more * 1.001, 10, rules).kind, looks).toBe('cut');
      expect(rich(63 + more * 0.999, 10, rules).kind, looks).toBe('wait');
    }
  });

  test('earns its break-even against any prior', () => {
    // Others return a tenth, and all alike: one conversion of its own hardly counts.
    const losers: Given[] = Array.from({ length: 200 }, (_, at) => ({
      id: `l${at}`,
      cost: 40,
      conversions: 2,
      revenue: 4,
    }));
    const one = (cost: number) =>
      verdictOn(
        [...losers, { id: 'x', cost, conversions: 1, revenue: 2 }],
        'x',
        rulesWith({ priorWeight: 10, ownSpend: 0 }),
      );
    expect(one(2).loser).toBeGreaterThan(0.95);
    expect(one(2)).toMatchObject({ kind: 'wait', why: 'ownRevenue' });
    expect(one(2.01).kind).toBe('cut');
  });
});

describe('what a wait still needs', () => {
  test('is spend without a conversion after which it is cut, and not before', () => {
    for (const conversions of [0, 1, 4]) {
      const { needs } = on({ cost: 2, conversions });
      const more = needs?.money ?? Number.NaN;
      expect(more).toBeCloseTo(2 * (needs?.payouts ?? 0), 9);
      expect(on({ cost: 2 + more * 1.0001, conversions }).kind).toBe('cut');
      expect(on({ cost: 2 + more * 0.999, conversions }).kind).toBe('wait');
    }
  });

  test('by the flat prior: three payouts at 95 %, also against a target', () => {
    expect(on({ cost: 1 }, ALONE).needs?.payouts).toBeCloseTo(-Math.log(0.05) - 0.5, 9);
    expect(on({ cost: 1 }, { ...ALONE, targetRoi: 1 }).needs?.payouts).toBeCloseTo(
      -Math.log(0.05) / 2 - 0.5,
      9,
    );
  });

  test('against a target of nothing, no spend decides it', () => {
    const verdict = on({ cost: 1 }, { targetRoi: -1 });
    expect(verdict).toMatchObject({ kind: 'wait', needs: null, loser: 0 });
  });

  test('over many looks: as much as evidence asks for', () => {
    const rules = { ...ALONE, looks: 'many' } as const;
    expect(on({ cost: 2 }, rules).needs?.payouts).toBeCloseTo(spendToCut(0, 0.95) - 1, 9);
    expect(on({ cost: 2, conversions: 2 }, { ...rules, targetRoi: 1 }).needs?.payouts).toBeCloseTo(
      spendToCut(2, 0.95) / 2 - 1,
      9,
    );
  });
});

describe('a confidence that holds over all looks', () => {
  const many = { looks: 'many', payout: 2 } as const;

  test('needs 4.51 payouts without a conversion where one look needs 3', () => {
    expect(on({ cost: 9.01 }, many).kind).toBe('wait');
    expect(on({ cost: 9.03 }, many)).toMatchObject({ kind: 'cut', why: 'loses' });
    expect(on({ cost: 9.03 }, many).confidence).toBeCloseTo(0.95, 3);
    // The target counts: 4.51 at twice the return are 2.26.
    expect(on({ cost: 4.52 }, { ...many, targetRoi: 1 }).kind).toBe('cut');
    expect(on({ cost: 4.5 }, { ...many, targetRoi: 1 }).kind).toBe('wait');
  });

  test('keeps by evidence too, and never without a conversion', () => {
    // ∫ r⁹ e^(−(r−1)·1.5) e^(−(r−1)) dr from 1 on, by mpmath: 48.8.
    const kept = on({ cost: 3, conversions: 9 }, many);
    expect(kept).toMatchObject({ kind: 'keep', why: 'earns' });
    expect(on({ cost: 3, conversions: 4 }, many).kind).toBe('wait');
  });

  test('its loss probability is still that of the one look', () => {
    expect(on({ cost: 6 }, many).loser).toBe(on({ cost: 6 }, { payout: 2 }).loser);
    expect(on({ cost: 2, conversions: 1 }, many).confidence).toBe(0);
  });

  test('counts are whole: a part of a conversion counts against a cut, and not for a keep', () => {
    const rules = { looks: 'many', payout: 2, approval: 0.5 } as const;
    // One on hold at 50 %: half a conversion.
    const half = { conversions: 1, sales: 0, hold: 1, revenue: 2 };
    expect(on({ cost: 13.6, ...half }, rules).earned).toBe(0.5);
    expect(on({ cost: 13.6, ...half }, rules).kind).toBe('wait');
    expect(on({ cost: 13.8, ...half }, rules).kind).toBe('cut');
    const nineAndHalf = { conversions: 10, sales: 9, hold: 1, revenue: 20 };
    const nine = { conversions: 9, sales: 9, hold: 0, revenue: 18 };
    const withOthers = (of: typeof nine) =>
      verdictOn(
        [
          ...usual,
          { id: 'h', cost: 2, conversions: 2, sales: 1, hold: 1, revenue: 4 },
          { id: 'x', cost: 3, ...of },
        ],
        'x',
        rulesWith(rules),
      ).confidence;
    expect(withOthers(nineAndHalf)).toBe(withOthers(nine));
  });
});

describe('what cannot be told', () => {
  const NONE = { conversions: 0 } as const;
  const PART = { id: 'x', cost: 50, landerViews: 4 } as const;
  test.each([
    ['clicks without a placement', 'unnamed', { id: '{zoneid}', cost: 50, conversions: 0 }],
    ['an unknown cost', 'noCost', { id: 'x', conversions: 0, revenue: 0 }],
    ['a part of its cost', 'partial', { ...PART, conversions: 0, partial: ['cost'] }],
    ['a part of its conversions', 'partial', { ...PART, conversions: 0, partial: ['conversions'] }],
    ['a part of its revenue', 'partial', { ...PART, ...NONE, revenue: 0, partial: ['revenue'] }],
    ['no word on its revenue', 'partial', { ...PART, ...NONE, revenue: null }],
    ['a part of its lander views', 'noConversions', { ...PART, partial: ['landerViews'] }],
    ['a cost of nothing', 'free', { id: 'x', cost: 0, conversions: 3, revenue: 6 }],
    ['a refund', 'free', { id: 'x', cost: -1, conversions: 3, revenue: 6 }],
    ['no click old enough', 'unripe', { id: 'x', cost: 9, ripeCost: 0, conversions: 0 }],
    ['an unknown age', 'noCost', { id: 'x', cost: 9, ripeCost: null, conversions: 0 }],
    ['neither conversions nor revenue', 'noConversions', { id: 'x', cost: 9 }],
  ] as const)('%s', (_, why, placement) => {
    expect(verdictOn([...usual, placement], placement.id, rulesWith({ payout: 2 }))).toEqual({
      kind: 'unknown',
      why,
      loser: null,
      confidence: null,
      spent: null,
      earned: null,
      returns: null,
      needs: null,
      savingPerDay: null,
      onHold: null,
      bot: null,
    });
  });

  test('of what the campaign tells of nobody, nothing is missing', () => {
    const counted = usual.map(({ revenue, ...one }) => one);
    const partly = { id: 'x', cost: 50, conversions: 0, revenue: 0, partial: ['revenue'] } as const;
    expect(verdictOn([...counted, partly], 'x', rulesWith({ payout: 2 })).kind).toBe('cut');
  });

  test('no payout, and no revenue that tells one', () => {
    expect(verdictOn([{ id: 'x', cost: 9, conversions: 0 }], 'x')).toMatchObject({
      kind: 'unknown',
      why: 'noPayout',
    });
  });

  test('the signs of bots and what is on hold are told all the same', () => {
    const dark = { id: 'x', conversions: 4, hold: 1, landerViews: 60, landerClicks: 0 };
    const seen = usual.map((one) => ({ ...one, landerViews: 100, landerClicks: 30 }));
    expect(verdictOn([...seen, dark], 'x')).toMatchObject({
      kind: 'unknown',
      bot: 'noLanderClicks',
      onHold: 0.25,
    });
  });
});

describe('money', () => {
  test('saved per day is cost × (1 − return), whatever the target', () => {
    for (const targetRoi of [0, 0.5]) {
      const verdict = on({ cost: 12, conversions: 2 }, { targetRoi }, 3);
      expect(verdict.savingPerDay).toBeCloseTo(4 * (1 - (verdict.returns ?? 0)), 12);
    }
    expect(on({ cost: 10, conversions: 14 }).savingPerDay).toBeLessThan(0);
  });

  test('all of the cost is saved, not only what has had time to convert', () => {
    const verdict = on({ cost: 12, ripeCost: 8 }, {}, 2);
    expect(verdict.spent).toBeCloseTo(4, 9);
    expect(verdict.savingPerDay).toBeCloseTo(6 * (1 - (verdict.returns ?? 0)), 12);
  });
});

describe('the share on hold', () => {
  test.each([
    [{ conversions: 4, hold: 3 }, 0.75],
    [{ conversions: 4, hold: 0 }, 0],
    [{ conversions: 4, hold: 9 }, 1],
    [{ conversions: 0, hold: 0 }, null],
    [{ conversions: 4 }, null],
    [{ conversions: null, hold: 1 }, null],
  ])('%j: %f', (placement, share) => {
    expect(on({ cost: 4, ...placement }).onHold).toBe(share);
  });
});

describe('rules', () => {
  test('those that older settings lack have their defaults', () => {
    const { ownSpend, delayHours, looks, thumbRule, listBy, ...old } = DEFAULT_RULES;
    expect(completeRules(old)).toEqual(DEFAULT_RULES);
    expect(
      completeRules({ ...old, ownSpend: undefined, delayHours: undefined, looks: undefined }),
    ).toEqual(DEFAULT_RULES);
    const rule = [[{ measure: 'clicks', is: 'atLeast', value: 9 }]] as const;
    const own = {
      ...old,
      ownSpend: 0,
      delayHours: 0,
      looks: 'many',
      thumbRule: rule,
      listBy: 'both',
    } as const;
    expect(completeRules(own)).toEqual(own);
    expect([ownSpend, delayHours, looks, thumbRule, listBy]).toEqual([1, 24, 'one', [], 'verdict']);
    expect(completeRules({ ...own, listBy: undefined }).listBy).toBe('verdict');
    // Where there is no rule of thumb, it makes no list.
    expect(completeRules({ ...own, thumbRule: [] }).listBy).toBe('verdict');
    expect(old).toEqual({
      targetRoi: 0,
      confidence: 0.95,
      payout: null,
      approval: 1,
      priorWeight: null,
    });
  });
});
