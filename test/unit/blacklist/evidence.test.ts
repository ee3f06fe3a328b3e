import { describe, expect, test } from 'vitest';
import { weighCampaign } from '../../../lib/blacklist/campaign.ts';
import type { CompleteRules } from '../../../lib/blacklist/default-rules.ts';
import { earnedBy, payoutDoubt, spentBy, worthOf } from '../../../lib/blacklist/evidence.ts';
import { columns, type Given, rulesWith } from './world.ts';

/** What each of some placements spent and earned in payouts. */
function evidence(placements: readonly Given[], change: Partial<CompleteRules> = {}) {
  const table = columns(placements);
  const rules = rulesWith(change);
  const worth = worthOf(table, rules);
  return {
    worth,
    spent: placements.map((_, row) => spentBy(table, row, worth)),
    earned: placements.map((_, row) => earnedBy(table, row, worth, rules.approval)),
  };
}

describe('money becomes payouts', () => {
  test('approval is discounted once: 10 conversions of 4 at 30 % on a cost of 12 are break-even', () => {
    for (const revenue of [40, null]) {
      const { spent, earned } = evidence([{ id: 'x', cost: 12, conversions: 10, revenue }], {
        approval: 0.3,
        payout: 4,
      });
      expect(spent[0]).toBeCloseTo(10, 12);
      expect(earned[0]).toBeCloseTo(10, 12);
    }
  });

  test('the payout is the campaign’s mean where none is given', () => {
    const { worth, spent } = evidence([
      { id: '1', cost: 6, conversions: 2, revenue: 4 },
      { id: '2', cost: 3, conversions: 2, revenue: 8 },
      { id: '3', cost: 9, conversions: 0, revenue: 0 },
    ]);
    expect(worth).toMatchObject({ payout: 3, meanPayout: 3, worth: 3, revenueOnly: false });
    expect(spent).toEqual([2, 1, 3]);
  });

  test('only what has had time to convert is spent', () => {
    const { spent } = evidence([{ id: '1', cost: 6, ripeCost: 3 }], { payout: 3 });
    expect(spent).toEqual([1]);
  });

  test('where the campaign tells revenue, none is none, less than none is none, and not told is unknown', () => {
    const { earned } = evidence([
      { id: '1', cost: 6, conversions: 5, revenue: 15 },
      { id: 'rejected', cost: 6, conversions: 4, revenue: 0 },
      { id: 'charged back', cost: 6, conversions: 4, revenue: -3 },
      { id: 'not told', cost: 6, conversions: 4, revenue: null },
    ]);
    expect(earned.slice(1)).toEqual([0, 0, Number.NaN]);
  });

  test('negative revenue takes nothing off the payout', () => {
    const { worth } = evidence([
      { id: '1', conversions: 5, revenue: 15 },
      { id: '2', conversions: 0, revenue: -100 },
    ]);
    expect(worth.payout).toBe(3);
  });

  test('where it tells none at all, conversions count, at the payout that is given', () => {
    for (const revenue of [0, null]) {
      const { worth, earned } = evidence([{ id: '1', cost: 6, conversions: 4, revenue }], {
        payout: 3,
      });
      expect(earned).toEqual([4]);
      expect(worth.meanPayout).toBeNull();
    }
  });

  test('without a payout nothing is known', () => {
    const { worth, spent } = evidence([{ id: '1', cost: 6, conversions: 4 }]);
    expect(worth).toMatchObject({ worth: null, payout: null });
    expect(spent).toEqual([Number.NaN]);
  });

  test('revenue without conversions is revenue: in the campaign’s payouts', () => {
    const { earned } = evidence([
      { id: '1', cost: 6, conversions: 5, revenue: 15 },
      { id: '2', cost: 6, conversions: 0, revenue: 6 },
    ]);
    // The mean payout of the campaign is 21 ÷ 5.
    expect(earned[1]).toBeCloseTo(6 / 4.2, 12);
  });

  test('only revenue is told: counted in payouts that are given, and said to be rougher', () => {
    const { worth, earned } = evidence(
      [
        { id: '1', cost: 6, revenue: 15 },
        { id: '2', cost: 6, revenue: -15 },
        { id: '3', cost: 6 },
      ],
      { payout: 3 },
    );
    expect(worth.revenueOnly).toBe(true);
    expect(earned).toEqual([5, 0, Number.NaN]);
    expect(evidence([{ id: '1', cost: 6, revenue: 15 }]).earned).toEqual([Number.NaN]);
  });

  test('revenue without a conversion anywhere is revenue: in the payout that is given', () => {
    const { worth, earned } = evidence(
      [
        { id: '1', cost: 100, conversions: 0, revenue: 500 },
        { id: '2', cost: 100, conversions: 0, revenue: 0 },
      ],
      { payout: 10 },
    );
    expect(worth.meanPayout).toBeNull();
    expect(earned).toEqual([50, 0]);
  });

  test('a payout that is given is what a conversion is worth, whatever revenue the tracker tells', () => {
    const { spent, earned } = evidence([{ id: '1', cost: 8, conversions: 5, revenue: 15 }], {
      payout: 4,
    });
    expect(spent).toEqual([2]);
    expect(earned).toEqual([5]);
  });
});

describe('conversions whose fate is told', () => {
  test('approved ones count 1, those on hold the approval rate', () => {
    const { worth, spent, earned } = evidence(
      [{ id: '1', cost: 8, conversions: 10, sales: 4, hold: 6, revenue: 40 }],
      { approval: 0.5, payout: 4 },
    );
    expect(worth).toMatchObject({ tellsApproved: true, worth: 4 });
    expect(spent).toEqual([2]);
    expect(earned[0]).toBeCloseTo(4 + 0.5 * 6, 12);
  });

  test('the same where revenue is not told, and where one placement has no conversion', () => {
    const { earned } = evidence(
      [
        { id: '1', cost: 8, conversions: 10, sales: 4, hold: 6 },
        { id: '2', cost: 8, conversions: 0, sales: 0, hold: 0 },
        { id: '3', cost: 8, conversions: 2, sales: null, hold: 0 },
        { id: '4', cost: 8, conversions: 2, sales: 5, hold: 0 },
      ],
      { approval: 0.5, payout: 4 },
    );
    expect(earned).toEqual([7, 0, 1, 2]);
  });

  test('rejected ones are gone, and the approval rate is of all: it is not discounted twice', () => {
    // Of 10, 4 were rejected so far; 3 of 10 will be paid, so half of the 6 that are left.
    const { worth, earned } = evidence(
      [{ id: '1', cost: 8, conversions: 10, sales: 6, rejected: 4, revenue: 24 }],
      { approval: 0.3 },
    );
    expect(worth.payout).toBe(4);
    expect(worth.worth).toBeCloseTo(4 * 0.5, 12);
    expect(earned).toEqual([6]);
  });

  test('no more than all of what is left is paid', () => {
    const { worth } = evidence(
      [{ id: '1', cost: 8, conversions: 10, sales: 6, rejected: 4, revenue: 24 }],
      { approval: 0.9 },
    );
    expect(worth.worth).toBe(4);
  });
});

describe('payouts that vary', () => {
  const spread = (placements: readonly Given[]) => evidence(placements).worth.payoutSpread;

  test('payouts alike do not vary', () => {
    expect(
      spread([
        { id: '1', conversions: 5, revenue: 15 },
        { id: '2', conversions: 1, revenue: 3 },
      ]),
    ).toEqual({ within: 0, between: 0 });
    expect(spread([{ id: '1', conversions: 5 }])).toEqual({ within: 0, between: 0 });
  });

  test('one conversion each tells nothing of how placements differ: ten times less than payouts do', () => {
    const { within, between } = spread([
      { id: '1', conversions: 1, revenue: 1 },
      { id: '2', conversions: 1, revenue: 2 },
      { id: '3', conversions: 1, revenue: 3 },
    ]);
    // Mean squared deviation from the mean payout of 2: (1 + 0 + 1) ÷ 3 ÷ 2² = within + between.
    expect(within + between).toBeCloseTo(1 / 6, 12);
    expect(within).toBeCloseTo(10 * between, 12);
  });

  /** Placements with 1 to 12 conversions whose squared deviations lie on a line by their number. */
  const line = (within: number, between: number): Given[] =>
    Array.from({ length: 240 }, (_, at) => {
      const n = 1 + ((at >> 1) % 12);
      const off = Math.sqrt((within + n * between) / n) * (at % 2 === 0 ? 1 : -1);
      return { id: `p${at}`, conversions: n, revenue: 4 * n * (1 + off) };
    });

  test('where squared deviations lie on a line, its ends are found', () => {
    const found = spread(line(0.25, 0.06));
    expect(found.within).toBeCloseTo(0.25, 6);
    expect(found.between).toBeCloseTo(0.06, 6);
    // No difference between placements: the count alone.
    const alike = spread(line(0.25, 0));
    expect(alike.within).toBeCloseTo(0.25, 6);
    expect(alike.between).toBeCloseTo(0, 6);
  });

  test('a line that falls is no difference; within is never less than twice what is between', () => {
    expect(spread(line(0.5, -0.02)).between).toBe(0);
    const { within, between } = spread(line(0.001, 0.09));
    expect(within).toBeCloseTo(2 * between, 12);
    expect(between).toBeGreaterThan(0.04);
  });

  const ROWS: ReadonlyArray<readonly [n: number, mean: number]> = [
    [1, 1],
    [1, 6],
    [2, 3],
    [4, 5],
    [8, 4.4],
    [3, 3.1],
  ];

  test.each([
    ['six placements', ROWS],
    ['three, the fewest that have an error', ROWS.slice(3)],
  ])('an uncertain slope is weighed against the usual ratio by its error: %s', (_, rows) => {
    // The same by the textbook's matrices, in another order.
    const total = rows.reduce((sum, [n]) => sum + n, 0);
    const payout = rows.reduce((sum, [n, mean]) => sum + n * mean, 0) / total;
    const points = rows.map(([n, mean]) => ({
      n,
      y: n * (mean / payout - 1) ** 2,
      weight: 1 / (10 + n) ** 2,
    }));
    const sum = (of: (point: (typeof points)[number]) => number) =>
      points.reduce((all, point) => all + of(point), 0);
    const weights = sum(({ weight }) => weight);
    const meanN = sum(({ weight, n }) => weight * n) / weights;
    const meanY = sum(({ weight, y }) => weight * y) / weights;
    const spreadN = sum(({ weight, n }) => weight * (n - meanN) ** 2);
    const slope = sum(({ weight, n, y }) => weight * (n - meanN) * (y - meanY)) / spreadN;
    const residual =
      sum(({ weight, n, y }) => weight * (y - meanY - slope * (n - meanN)) ** 2) /
      (points.length - 2);
    const error = residual / spreadN;
    const usual = meanY / (10 + meanN);
    const between = (slope / error + usual / usual ** 2) / (1 / error + 1 / usual ** 2);
    const found = spread(
      rows.map(([n, mean], at) => ({ id: `p${at}`, conversions: n, revenue: n * mean })),
    );
    expect(found.between).toBeCloseTo(between, 10);
    expect(found.within).toBeCloseTo(Math.max(meanY - between * meanN, 2 * between), 10);
  });

  test('placements without conversions or revenue tell nothing of payouts', () => {
    const some = line(0.25, 0.06);
    const more = [
      { id: 'a', conversions: 0, revenue: 0 },
      { id: 'b', conversions: null, revenue: 9 },
    ];
    expect(spread([...some, ...more])).toEqual(spread(some));
  });

  test('a lucky payout is drawn to the mean: K·(R ÷ P + κ) ÷ (K + κ)', () => {
    const table = columns([{ id: '1', conversions: 3, revenue: 24 }]);
    const worth = {
      worth: 4,
      payout: 4,
      meanPayout: 4,
      tellsApproved: false,
      revenueOnly: false,
      payoutSpread: { within: 1.5, between: 0.15 },
    };
    expect(earnedBy(table, 0, worth, 1)).toBeCloseTo((3 * (24 / 4 + 10)) / (3 + 10), 12);
    const alone = { ...worth, payoutSpread: { within: 1.5, between: 0 } };
    expect(earnedBy(table, 0, alone, 1)).toBeCloseTo(3, 12);
    const whole = { ...worth, payoutSpread: { within: 0, between: 1 } };
    expect(earnedBy(table, 0, whole, 1)).toBeCloseTo(6, 12);
    const none = { ...worth, payoutSpread: { within: 0, between: 0 } };
    expect(earnedBy(table, 0, none, 1)).toBeCloseTo(6, 12);
  });

  test('doubt about a placement’s payouts shrinks with its conversions', () => {
    const of = { within: 1.5, between: 0.15 };
    expect(payoutDoubt(0, of)).toBeCloseTo(0.15, 12);
    expect(payoutDoubt(10, of)).toBeCloseTo(0.075, 12);
    expect(payoutDoubt(7, { within: 1, between: 0 })).toBe(0);
    expect(payoutDoubt(7, { within: 0, between: 0 })).toBe(0);
  });
});

describe('a campaign', () => {
  test('sums what can be judged, and what bots are measured by', () => {
    const table = columns([
      { id: '1', clicks: 10, landerViews: 8, landerClicks: 3, conversions: 2, cost: 4, revenue: 8 },
      { id: '2', clicks: 20, landerViews: 9, landerClicks: 4, conversions: 0, cost: 8, revenue: 0 },
      {
        id: 'free',
        clicks: 5,
        landerViews: 1,
        landerClicks: 1,
        conversions: 1,
        cost: 0,
        revenue: 4,
      },
      { id: 'no cost', clicks: null, conversions: 1, revenue: 4 },
      { id: 'no figures', clicks: 1, cost: 4 },
    ]);
    expect(weighCampaign(table, rulesWith())).toMatchObject({
      payout: 4,
      spent: 3,
      earned: 2,
      squares: 5,
      clicks: 36,
      landerViews: 18,
      landerClicks: 8,
      conversions: 4,
      priorWeight: 2,
      payoutDoubt: 0,
    });
  });

  test('loses as a whole where that is sure enough', () => {
    const of = (conversions: number, change: Partial<CompleteRules> = {}) =>
      weighCampaign(
        columns([{ id: '1', cost: 40, conversions, revenue: 4 * conversions }]),
        rulesWith({ payout: 4, ...change }),
      );
    // Ten payouts spent. Poisson: P(more than k) at 10.
    expect(of(4).loser).toBeCloseTo(1 - 0.0292526881, 8);
    expect(of(4).loses).toBe(true);
    expect(of(4, { confidence: of(4).loser ?? 1 }).loses).toBe(true);
    expect(of(4, { confidence: 0.98 }).loses).toBe(false);
    expect(of(6).loses).toBe(false);
    expect(of(6, { targetRoi: 1 }).loses).toBe(true);
    expect(weighCampaign(columns([]), rulesWith())).toMatchObject({ loser: null, loses: false });
  });

  test('payouts’ doubt is that of their mean, unless it is given', () => {
    const table = columns([
      { id: '1', cost: 4, conversions: 1, revenue: 1 },
      { id: '2', cost: 4, conversions: 1, revenue: 2 },
      { id: '3', cost: 8, conversions: 1, revenue: 3 },
    ]);
    const campaign = weighCampaign(table, rulesWith());
    const { within, between } = campaign.payoutSpread;
    expect(campaign.payoutDoubt).toBeCloseTo(within / campaign.earned + between * (6 / 16), 12);
    expect(weighCampaign(table, rulesWith({ payout: 2 })).payoutDoubt).toBe(0);
    expect(weighCampaign(columns([{ id: '1' }]), rulesWith()).payoutDoubt).toBe(0);
  });

  /** Mean ÷ variance of returns as a sum over placements, in plain words. */
  function weightOf(rows: ReadonlyArray<readonly [spent: number, conversions: number]>): number {
    const mean =
      rows.reduce((sum, [, k]) => sum + k, 0) / rows.reduce((sum, [spent]) => sum + spent, 0);
    const belief = { variance: mean / 2, weight: 5 / (mean / 2) ** 2 };
    const told = rows.map(([m, k]) => ({
      variance: (k / m - mean) ** 2 - k / m / m,
      weight: 1 / (mean / m + mean / 2) ** 2,
    }));
    const all = [belief, ...told];
    const weights = all.reduce((sum, { weight }) => sum + weight, 0);
    const variance = all.reduce((sum, one) => sum + one.weight * one.variance, 0) / weights;
    return mean / variance;
  }
  const learnt = (rows: ReadonlyArray<readonly [spent: number, conversions: number]>) =>
    weighCampaign(
      columns(rows.map(([m, k], at) => ({ id: `p${at}`, cost: 4 * m, conversions: k }))),
      rulesWith({ priorWeight: null, payout: 4 }),
    ).priorWeight;

  test('the weight of its prior is learnt from how much its placements differ', () => {
    const differ = [
      [5, 1],
      [6, 9],
      [4, 2],
      [8, 3],
      [3, 3],
      [7, 12],
    ] as const;
    expect(learnt(differ)).toBeCloseTo(weightOf(differ), 10);
    expect(learnt(differ)).toBeGreaterThan(0.5);
    expect(learnt(differ)).toBeLessThan(10);
  });

  test('alike placements weigh ten payouts at most, unlike ones half a payout at least', () => {
    expect(learnt(Array.from({ length: 400 }, () => [20, 16]))).toBe(10);
    expect(learnt(Array.from({ length: 400 }, (_, at) => [20, at % 10 === 0 ? 160 : 0]))).toBe(0.5);
  });

  test('where the campaign says nothing, two payouts; what cannot be judged says nothing', () => {
    expect(learnt([])).toBe(2);
    expect(learnt([[5, 0]])).toBe(2);
    const some = [
      [5, 1],
      [6, 9],
      [4, 2],
    ] as const;
    const table = (more: readonly Given[]) =>
      weighCampaign(
        columns([
          ...some.map(([m, k], at) => ({ id: `p${at}`, cost: 4 * m, conversions: k })),
          ...more,
        ]),
        rulesWith({ priorWeight: null, payout: 4 }),
      ).priorWeight;
    expect(
      table([
        { id: 'free', cost: 0, conversions: 0 },
        { id: 'dark', cost: 50 },
      ]),
    ).toBe(learnt(some));
  });

  test('how payouts differ between placements is no difference in their counts', () => {
    const rows = [
      [5, 2],
      [6, 5],
      [4, 2],
      [8, 4],
      [3, 3],
      [7, 6],
    ] as const;
    const weight = (level: (at: number) => number) =>
      weighCampaign(
        columns(
          rows.map(([m, k], at) => ({
            id: `p${at}`,
            cost: 4 * m,
            conversions: k,
            revenue: 4 * k * level(at),
          })),
        ),
        rulesWith({ priorWeight: null, payout: 4 }),
      ).priorWeight;
    const [alike, unlike] = [weight(() => 1), weight((at) => (at % 2 === 0 ? 0.4 : 1.6))];
    expect(Math.abs(unlike / alike - 1)).toBeLessThan(0.06);
  });
});
