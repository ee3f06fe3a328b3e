import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAMPAIGNS, OFFERS } from '../../simulators/model/campaigns.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { compared, judged, RANGE, reported, rowOf, saidOf } from './books.ts';

/** What one of two trackers did not get, or counts in its own way. */

const PAYOUT = OFFERS[0]?.payout ?? 0;
const CPC = CAMPAIGNS[0]?.cpc ?? 0;

let usual: Simulators;
let lossy: Simulators;
beforeAll(async () => {
  [usual, lossy] = await Promise.all([
    startSimulators({ limits: false }),
    startSimulators({
      limits: false,
      facts: {
        binom2: { lostClicks: 0.25 },
        redtrack: { lostPostbacks: 0.3, cpcFactor: 1.4 },
      },
    }),
  ]);
});
afterAll(() => Promise.all([usual.stop(), lossy.stop()]));

/** Campaign 0 of Keitaro beside another tracker: what is said, and what the books of both hold. */
async function beside(simulators: Simulators, id: SimulatorId) {
  const comparison = compared([
    await reported(simulators, 'keitaro'),
    await reported(simulators, id),
  ]);
  const row = rowOf(comparison, 'keitaro', simulators.keitaro.campaignId(0));
  const booksOf = (one: SimulatorId) => simulators[one].truth({ campaignIndex: 0, ...RANGE });
  return { comparison, row, ours: booksOf('keitaro'), theirs: booksOf(id) };
}

describe.each(['binom', 'binom2', 'redtrack'] as const)('usual losses of %s', (id) => {
  test('are their size to the click and the cent, green or chance, and explained by nothing', async () => {
    const { comparison, row, ours, theirs } = await beside(usual, id);
    const units = { clicks: 1, conversions: 1, revenue: PAYOUT } as const;
    for (const metric of ['clicks', 'conversions', 'revenue'] as const) {
      const said = saidOf(comparison, row, metric);
      expect(said.difference).toBeCloseTo(theirs[metric] - ours[metric], 2);
      expect(said.gap).toBeCloseTo(theirs[metric] / ours[metric] - 1, 5);
      // Some tell no statuses: whether they heard of the few that were rejected is not known.
      const causes = said.causes.filter(
        ({ key, values: [of] }) => key !== 'cause_rejected' || Object(of).side !== 'base',
      );
      expect([metric, said.state, said.hindrances, causes]).toEqual([
        metric,
        judged(metric, ours[metric], theirs[metric], units[metric]),
        [],
        [],
      ]);
      expect(['green', 'chance']).toContain(said.state);
    }
  });
});

test('clicks that never reached a tracker are red, and no cause is made up', async () => {
  const { comparison, row, ours, theirs } = await beside(lossy, 'binom2');
  const said = saidOf(comparison, row, 'clicks');
  expect(said).toEqual({
    difference: theirs.clicks - ours.clicks,
    gap: (theirs.clicks - ours.clicks) / ours.clicks,
    state: 'red',
    hindrances: [],
    causes: [],
  });
  expect(judged('clicks', ours.clicks, theirs.clicks)).toBe('red');
  // Both tell bots and unique clicks, and have lost as large a part of them.
  expect(theirs.bots).toBeLessThan(ours.bots);
  expect(theirs.uniqueClicks).toBeLessThan(ours.uniqueClicks);
});

test('postbacks that never reached a tracker are red in conversions and revenue, not in clicks', async () => {
  const { comparison, row, ours, theirs } = await beside(lossy, 'redtrack');
  const conversions = saidOf(comparison, row, 'conversions');
  expect(conversions).toMatchObject({
    difference: theirs.conversions - ours.conversions,
    state: 'red',
    causes: [],
  });
  const revenue = saidOf(comparison, row, 'revenue');
  expect(revenue.difference).toBeCloseTo(theirs.revenue - ours.revenue, 2);
  expect(revenue).toMatchObject({ state: 'red', causes: [] });
  expect(judged('conversions', ours.conversions, theirs.conversions)).toBe('red');
  expect(judged('revenue', ours.revenue, theirs.revenue, PAYOUT)).toBe('red');
  expect(saidOf(comparison, row, 'clicks').state).toBe('green');
});

test('another price of the same clicks is red in cost alone', async () => {
  const { comparison, row, ours, theirs } = await beside(lossy, 'redtrack');
  const cost = saidOf(comparison, row, 'cost');
  expect(cost.difference).toBeCloseTo(theirs.cost - ours.cost, 2);
  expect(cost).toMatchObject({ state: 'red', hindrances: [], causes: [] });
  expect(judged('cost', ours.cost, theirs.cost, CPC)).toBe('red');
});

test('the totals of two trackers are those of their books over what both have', async () => {
  const comparison = compared([
    await reported(usual, 'keitaro'),
    await reported(usual, 'redtrack'),
  ]);
  // One campaign is on Keitaro alone.
  const both = CAMPAIGNS.flatMap(({ names }, index) => (names.redtrack === null ? [] : [index]));
  const sum = (id: SimulatorId, of: 'clicks' | 'revenue') =>
    both.reduce((all, campaignIndex) => {
      return all + usual[id].truth({ campaignIndex, ...RANGE })[of];
    }, 0);
  const { base, other, gap } = comparison.shared(1);
  expect([base.clicks, other.clicks]).toEqual([
    sum('keitaro', 'clicks'),
    sum('redtrack', 'clicks'),
  ]);
  expect(gap('clicks').difference).toBe(sum('redtrack', 'clicks') - sum('keitaro', 'clicks'));
  expect(base.revenue).toBeCloseTo(sum('keitaro', 'revenue'), 2);
  expect(other.revenue).toBeCloseTo(sum('redtrack', 'revenue'), 2);
  const alone = usual.keitaro.truth({ campaignIndex: 7, ...RANGE });
  expect(comparison.onlyIn(0, 1)).toMatchObject({ count: 1, metrics: { clicks: alone.clicks } });
  expect(comparison.onlyIn(1, 0)).toBeNull();
});
