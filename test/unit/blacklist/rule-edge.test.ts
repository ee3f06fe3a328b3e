import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weighCampaign } from '../../../lib/blacklist/campaign.ts';
import type { CompleteRules } from '../../../lib/blacklist/default-rules.ts';
import { edgeOf, groupEdge } from '../../../lib/blacklist/rule-edge.ts';
import {
  COMPARISONS,
  type Comparison,
  type Condition,
  MEASURES,
  type Measure,
} from '../../../lib/blacklist/thumb-rule.ts';
import { columns, rulesWith, verdictOn } from './world.ts';

const is = (measure: Measure, how: Comparison, value: number): Condition => ({
  measure,
  is: how,
  value,
});

/** Ten thousand payouts spent by placements that return as much as this; a click costs 5 cents. */
function campaign(returns = 1, change: Partial<CompleteRules> = {}) {
  const rows = Array.from({ length: 1000 }, (_, at) => ({
    id: `p${at}`,
    clicks: 800,
    cost: 40,
    conversions: 10 * returns,
    revenue: 40 * returns,
  }));
  return weighCampaign(columns(rows), rulesWith({ payout: 4, ...change }));
}
const rules = rulesWith({ payout: 4 });
/** In percent, as published. */
function edges(group: readonly Condition[], of = campaign(), by = rules): [number, number] {
  const edge = groupEdge(group, of, by);
  if (edge.kind !== 'sure') throw new Error(edge.kind);
  return [100 * edge.flat, 100 * edge.own];
}
const flat = (group: readonly Condition[], of = campaign(), by = rules) => edges(group, of, by)[0];

const NONE = is('conversions', 'atMost', 0);

describe('at its edge, without a prior,', () => {
  test.each([
    ['2 × payout without a conversion', 86.5, [is('spent', 'atLeast', 2), NONE]],
    ['3 × payout without a conversion', 95.0, [is('spent', 'atLeast', 3), NONE]],
    ['the same in other words', 95.0, [is('spent', 'above', 3), is('conversions', 'below', 1)]],
    ['the same in money', 95.0, [is('cost', 'atLeast', 12), NONE]],
    ['no revenue', 95.0, [is('spent', 'atLeast', 3), is('revenue', 'below', 4)]],
    [
      '6 × payout, 5 conversions, ROI −15 %',
      55.4,
      [is('spent', 'atLeast', 6), is('conversions', 'atMost', 5), is('roi', 'atMost', -0.15)],
    ],
    [
      '8 × payout, 8 conversions',
      40.7,
      [is('spent', 'atLeast', 8), is('conversions', 'atMost', 8)],
    ],
    // A click costs 0.05, so 80 of them cost a payout: 1 ÷ CR where the campaign breaks even.
    ['clicks = 1 ÷ CR', 63.2, [is('clicks', 'atLeast', 80), NONE]],
    ['the same by a conversion rate', 63.2, [is('clicks', 'atLeast', 80), is('cr', 'atMost', 0)]],
    ['one payout and a total loss', 63.2, [is('spent', 'atLeast', 1), is('roi', 'atMost', -1)]],
  ])('“%s” is %f %% sure', (_, sure, group) => {
    expect(Math.abs(flat(group) - sure)).toBeLessThan(0.06);
  });

  test('payouts of spend needed for a confidence are those of the table', () => {
    const table = [
      [1.61, 2.3, 3, 4.61],
      [2.99, 3.89, 4.74, 6.64],
      [4.28, 5.32, 6.3, 8.41],
      [5.52, 6.68, 7.75, 10.05],
    ];
    table.forEach((row, k) => {
      row.forEach((m, nth) => {
        const sure = flat([is('spent', 'atLeast', m), is('conversions', 'atMost', k)]);
        expect(sure).toBeCloseTo([80, 90, 95, 99][nth] ?? 0, 0);
      });
    });
  });

  test('approval counts once: with half of the conversions paid, spend weighs twice', () => {
    const group = [is('spent', 'atLeast', 1), NONE];
    const half = { approval: 0.5 };
    expect(flat(group, campaign(1, half))).toBeCloseTo(86.5, 0);
    expect(flat(group)).toBeCloseTo(63.2, 1);
  });

  test('a target other than break-even is what it misses', () => {
    const group = [is('spent', 'atLeast', 1), NONE];
    expect(flat(group, campaign(), { ...rules, targetRoi: 1 })).toBeCloseTo(86.5, 0);
  });
});

test.each([
  [0.5, [95.0, 98.2]],
  [0.8, [87.3, 94.6, 97.8]],
  [1.0, [80.1, 90.8, 96.0]],
  [1.2, [71.6, 85.8, 93.3]],
])(
  'with the prior of a campaign that returns %f, it is as sure as the table says',
  (returns, sure) => {
    sure.forEach((expected, at) => {
      const [, own] = edges([is('spent', 'atLeast', at + 1), NONE], campaign(returns));
      // The table knows the mean exactly, the campaign by ten thousand payouts.
      expect(Math.abs(own - expected)).toBeLessThan(0.15);
    });
  },
);

test('it is the least sure of all that the rule may pick, found by trying them all', () => {
  const spends = fc.constantFrom(0.5, 1, 2.5, 4, 6);
  const group = fc
    .record({
      spent: spends,
      least: fc.constantFrom('spent', 'cost', 'clicks'),
      conversions: fc.option(fc.integer({ min: 0, max: 5 })),
      roi: fc.option(fc.constantFrom(-1, -0.75, -0.5, -0.25)),
      profit: fc.option(fc.constantFrom(-1, -4, -12)),
      cr: fc.option(fc.constantFrom(0, 0.005, 0.0075)),
      epc: fc.option(fc.constantFrom(0, 0.0125, 0.03)),
      some: fc.option(fc.constantFrom('atLeast', 'above')),
    })
    .filter(({ conversions, roi, cr, epc }) =>
      [conversions, roi, cr, epc].some((one) => one !== null),
    );
  fc.assert(
    fc.property(group, ({ spent, least, conversions, roi, profit, cr, epc, some }) => {
      const all: Condition[] = [
        least === 'spent'
          ? is('spent', 'atLeast', spent)
          : least === 'cost'
            ? is('cost', 'atLeast', 4 * spent)
            : is('clicks', 'atLeast', 80 * spent),
      ];
      if (conversions !== null) all.push(is('conversions', 'atMost', conversions));
      if (roi !== null) all.push(is('roi', 'atMost', roi));
      if (profit !== null) all.push(is('profit', 'atMost', profit));
      if (cr !== null) all.push(is('cr', 'atMost', cr));
      if (epc !== null) all.push(is('epc', 'atMost', epc));
      // At least one conversion, in two ways.
      if (some !== null) all.push(is('conversions', some, some === 'above' ? 0 : 1));
      let [worst, found] = [1, false];
      for (let k = 0; k <= 60; k++) {
        for (let v = spent; v <= 150; v += 0.05) {
          const isMet =
            (conversions === null || k <= conversions) &&
            (roi === null || k / v - 1 <= roi + 1e-9) &&
            (profit === null || 4 * (k - v) <= profit + 1e-9) &&
            (cr === null || k / (80 * v) <= cr + 1e-12) &&
            (epc === null || (4 * k) / (80 * v) <= epc + 1e-12) &&
            (some === null || k >= 1);
          if (!isMet) continue;
          found = true;
          worst = Math.min(worst, 1 - poissonBelow(k, v));
          // More spend with as many conversions is surer.
          break;
        }
      }
      const edge = groupEdge(all, campaign(), rules);
      if (!found) expect(edge.kind).toBe('never');
      else if (edge.kind !== 'sure') throw new Error(edge.kind);
      // Steps of a twentieth payout are coarser; beyond 60 conversions it may be less sure by a little.
      else {
        expect(edge.flat).toBeLessThanOrEqual(worst + 1e-9);
        expect(edge.flat).toBeGreaterThan(worst - 0.05);
      }
    }),
    { numRuns: 60 },
  );
});

test('whatever figures the settings may hold, it comes to a probability, or says that there is none', () => {
  const figure = fc.constantFrom(-1e9, -1, -1e-9, 0, 1e-9, 0.5, 3, 1e6, 1e9);
  const condition = fc.record({
    measure: fc.constantFrom(...MEASURES),
    is: fc.constantFrom(...COMPARISONS),
    value: figure,
  });
  const payout = fc.constantFrom(null, 1e-9, 4, 1e12);
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), payout, (group, paid) => {
      const by = rulesWith({ payout: paid });
      const edge = groupEdge(group, campaign(1, { payout: paid }), by);
      if (edge.kind !== 'sure') return;
      for (const sure of [edge.flat, edge.own]) {
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});

test('the same loss says the less, the more was spent; a limit to spend bounds that', () => {
  const lost = is('profit', 'atMost', -20);
  expect(flat([lost])).toBeCloseTo(50, 0);
  // 5 payouts lost of 20: 15 conversions.
  const bound = flat([lost, is('spent', 'atMost', 20)]);
  expect(bound).toBeCloseTo(100 * (1 - poissonBelow(15, 20)), 6);
});

/** Chance of at most k where v are expected, summed term by term. */
function poissonBelow(k: number, v: number): number {
  let [term, sum] = [Math.exp(-v), 0];
  for (let at = 0; at <= k; at++) {
    sum += term;
    term *= v / (at + 1);
  }
  return sum;
}

test.each([
  ['the most that it may return', [is('spent', 'atLeast', 600), is('roi', 'atMost', -0.03)], 582],
  [
    'a loss that it has to reach',
    [is('spent', 'atLeast', 600), is('spent', 'atMost', 600.5), is('profit', 'atMost', -40)],
    590,
  ],
  ['its conversions', [is('spent', 'atLeast', 600), is('conversions', 'atMost', 571)], 571],
  ['a share of its clicks', [is('clicks', 'atLeast', 48_000), is('cr', 'atMost', 0.012)], 576],
])('with hundreds of conversions the edge is exact, too: %s', (_, group, k) => {
  // The least sure spends just 600 payouts, and has the most conversions that are left to it.
  expect(flat(group)).toBeCloseTo(100 * (1 - poissonBelow(k, 600)), 6);
});

describe('with the campaign', () => {
  const few = [
    { id: 'a', cost: 24, conversions: 3, revenue: 12 },
    { id: 'b', cost: 8, conversions: 4, revenue: 16 },
    { id: 'c', cost: 20, conversions: 2, revenue: 8 },
  ];
  test.each([
    ['no conversion', 3, 0, {}],
    ['a conversion', 5, 1, {}],
    ['more than the others together', 40, 6, {}],
    ['a target to reach', 5, 1, { targetRoi: 0.5 }],
  ])('it is as sure as the verdict on a placement that just meets it: %s', (_, m, k, change) => {
    const by = rulesWith({ payout: 4, ...change });
    const group = [is('spent', 'atLeast', m), is('conversions', 'atMost', k)];
    const [, own] = edges(group, weighCampaign(columns(few), by), by);
    const met = { id: 'met', cost: 4 * m, conversions: k, revenue: 4 * k };
    expect(own / 100).toBeCloseTo(verdictOn([...few, met], 'met', by).loser ?? Number.NaN, 12);
  });

  test('a rule is as sure as the least sure of its groups, which need not be that without it', () => {
    const groups = [
      [is('spent', 'atLeast', 3), NONE],
      [is('spent', 'atLeast', 2), NONE],
    ];
    const edge = edgeOf(groups, campaign(1.2), rules);
    const [sure, less] = groups.map((group) => edges(group, campaign(1.2)));
    expect(edge).toEqual({
      kind: 'sure',
      flat: (less?.[0] ?? 0) / 100,
      own: (less?.[1] ?? 0) / 100,
    });
    expect(less?.[1]).toBeLessThan(sure?.[1] ?? 0);
  });
});

test('what is certain is a certainty, no impossibility', () => {
  expect(flat([is('spent', 'atLeast', 1_000_000), NONE])).toBe(100);
});

test('where nothing tells what a click costs, a limit to clicks limits no spend', () => {
  const group = [is('spent', 'atLeast', 3), is('clicks', 'atMost', 1), NONE];
  for (const costPerClick of [null, 0]) {
    expect(flat(group, { ...campaign(), costPerClick })).toBeCloseTo(95, 1);
  }
  // At 0.05 a click, one click does not cost three payouts.
  expect(groupEdge(group, campaign(), rules).kind).toBe('never');
});

describe('nothing is said of losing', () => {
  const lander = [is('landerViews', 'atLeast', 50), is('landerCtr', 'atMost', 0)];
  test.each([
    ['by a lander', lander],
    ['by spend alone', [is('spent', 'atLeast', 5)]],
    ['by a limit to spend', [is('spent', 'atMost', 5)]],
    ['by what it earns at least', [is('spent', 'atLeast', 5), is('roi', 'atLeast', 0.2)]],
  ])('%s', (_, group) => {
    expect(groupEdge(group, campaign(), rules)).toEqual({ kind: 'silent', isAll: true });
  });

  test('by a part of a rule, whatever the other says', () => {
    const other = [is('spent', 'atLeast', 2), NONE];
    expect(edgeOf([lander, other], campaign(), rules)).toEqual({ kind: 'silent', isAll: false });
    expect(edgeOf([lander], campaign(), rules)).toEqual({ kind: 'silent', isAll: true });
  });

  test.each(['cr', 'epc'] as const)('by %s, where nothing tells what a click costs', (measure) => {
    for (const costPerClick of [null, 0]) {
      const free = { ...campaign(), costPerClick };
      expect(groupEdge([is(measure, 'atMost', 0.01)], free, rules).kind).toBe('silent');
    }
  });
});

test('of groups, the least sure is that of the rule; one that none can meet is none', () => {
  const [two, three] = [2, 3].map((spent) => [is('spent', 'atLeast', spent), NONE]);
  if (!two || !three) throw new Error('There are two.');
  const never = [NONE, is('conversions', 'atLeast', 1)];
  const sure = { kind: 'sure', flat: expect.closeTo(0.8647, 4) };
  expect(edgeOf([three, two], campaign(), rules)).toMatchObject(sure);
  expect(edgeOf([never, two], campaign(), rules)).toMatchObject(sure);
  expect(edgeOf([never], campaign(), rules)).toEqual({ kind: 'never' });
  expect(edgeOf([], campaign(), rules)).toEqual({ kind: 'never' });
  const foreign = [{ ...is('cost', 'atLeast', Number.NaN) }, NONE];
  expect(edgeOf([foreign], campaign(), rules)).toEqual({ kind: 'never' });
});

test('nothing is sure without a payout, or without any spend', () => {
  const unknown = weighCampaign(columns([{ id: '1', cost: 4, conversions: 0 }]), rulesWith());
  const spent = [is('spent', 'atLeast', 2), NONE];
  const lander = [is('landerCtr', 'atMost', 0)];
  expect(edgeOf([spent], unknown, rulesWith()).kind).toBe('noPayout');
  expect(edgeOf([lander, spent], unknown, rulesWith()).kind).toBe('noPayout');
  expect(edgeOf([lander], unknown, rulesWith()).kind).toBe('silent');
  for (const missing of [{ payout: null }, { worth: null }]) {
    expect(groupEdge(spent, { ...campaign(), ...missing }, rules).kind).toBe('noPayout');
  }
  expect(flat([NONE])).toBe(0);
  expect(flat([is('spent', 'atLeast', 3), is('roi', 'atMost', 5)])).toBeLessThan(0.001);
});
