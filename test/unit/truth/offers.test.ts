import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfferSide } from '../../../lib/compare/offers.ts';
import { CAMPAIGNS, OFFERS } from '../../simulators/model/campaigns.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { comparedOffers, offersOf } from './books.ts';

const range = { from: '2026-08-01', to: '2026-08-03', zone: 'Europe/Berlin' };
/** It shares its offer with another campaign, which has a lander. */
const DIRECT = 4;

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ direct: [DIRECT], limits: false });
});
afterAll(() => simulators.stop());

const sideOf = (id: SimulatorId) => offersOf(simulators, id, range);

/** The books: what a tracker's campaigns sent to an offer, each by whether it has a lander. */
function sentBy(id: SimulatorId, offer: number, campaigns: readonly number[]) {
  const { from, to, zone } = range;
  const all = campaigns.map((campaignIndex) => ({
    campaignIndex,
    ...simulators[id].truth({ campaignIndex, offer, from, to, zone }),
  }));
  const sum = (of: (one: (typeof all)[number]) => number) =>
    all.reduce((total, one) => total + of(one), 0);
  return {
    clicks: sum(({ campaignIndex, clicks, landerClicks }) =>
      campaignIndex === DIRECT ? clicks : landerClicks,
    ),
    conversions: sum(({ conversions }) => conversions),
    cost: sum(({ cost }) => cost),
    revenue: sum(({ revenue }) => revenue),
  };
}

const running = (offer: number): number[] =>
  CAMPAIGNS.flatMap(({ offers, names, clicksADay }, index) =>
    offers.includes(offer) && names.redtrack !== null && clicksADay > 0 ? [index] : [],
  );

const compare = (sides: readonly OfferSide[]) => comparedOffers(sides, range);

describe.each(['redtrack', 'binom', 'binom2'] as const)('%s against the network', (id) => {
  test('each offer’s sum over its campaigns is what the books say, to the click and the cent', async () => {
    const sides = [await sideOf(id), await sideOf('affise')];
    const comparison = compare(sides);
    for (const [index, { name }] of OFFERS.entries()) {
      const row = comparison.rows.find((one) => one.name === name);
      const campaigns = running(index);
      if (campaigns.length === 0) {
        expect(row?.sent ?? null).toBeNull();
        continue;
      }
      const books = sentBy(id, index, campaigns);
      const network = simulators.affise.truth({ campaignIndex: null, offer: index, ...range });
      expect(row?.senders).toHaveLength(campaigns.length);
      expect(row?.sent?.metrics.conversions).toBe(books.conversions);
      expect(row?.sent?.metrics.cost).toBeCloseTo(books.cost, 2);
      expect(row?.sent?.metrics.revenue).toBeCloseTo(books.revenue, 2);
      expect(row?.cells[1]?.metrics.conversions).toBe(network.conversions);
      expect(row?.cells[1]?.metrics.revenue).toBeCloseTo(network.revenue, 2);
      if (!row) continue;
      const clicks = comparison.gap(row, 1, 'clicks');
      expect(clicks.difference).toBe(network.clicks - books.clicks);
      expect(clicks.gap).toBeCloseTo((network.clicks - books.clicks) / books.clicks, 12);
      expect(clicks.hindrances).toEqual([]);
      const revenue = comparison.gap(row, 1, 'revenue');
      expect(revenue.difference).toBeCloseTo(network.revenue - books.revenue, 2);
    }
  });
});

test('one offer in many campaigns is whole with all of them, and far off with one', async () => {
  const [redtrack, affise] = [await sideOf('redtrack'), await sideOf('affise')];
  const comparison = compare([redtrack, affise]);
  const row = comparison.rows.find(({ name }) => name === 'Dating Match ES');
  if (!row) throw new Error('no row');
  // RedTrack loses 1.5 % of the clicks; the network none.
  expect(comparison.gap(row, 1, 'clicks')).toMatchObject({ state: 'green' });
  const largest = Math.max(...row.senders.map(({ metrics }) => metrics.clicks ?? 0));
  expect(row.sent?.metrics.clicks).toBeGreaterThan(largest * 1.2);
});

test('a second tracker of the same campaigns changes no sum; campaigns of its own are added', async () => {
  const [redtrack, binom2, keitaro, affise] = await Promise.all(
    (['redtrack', 'binom2', 'keitaro', 'affise'] as const).map(sideOf),
  );
  if (!redtrack || !binom2 || !keitaro || !affise) throw new Error('no side');
  const alone = compare([redtrack, affise]);
  const both = compare([redtrack, keitaro, affise]);
  for (const { name, sent } of alone.rows) {
    if (name === 'Casino Royal <b>VIP</b>') continue;
    const row = both.rows.find((one) => one.name === name);
    expect([name, row?.sent?.metrics]).toEqual([name, sent?.metrics]);
  }
  // One campaign is on Keitaro alone.
  const casino = both.rows.find(({ name }) => name === 'Casino Royal <b>VIP</b>');
  expect(casino?.senders.map(({ connection, name }) => [connection, name])).toEqual([
    ['keitaro', 'Казино RU 🎰 пуш'],
  ]);
  // One has another name in Binom, and nothing links the two: they may be one campaign.
  const doubtful = compare([redtrack, binom2, affise]);
  const vpn = doubtful.rows.find(({ name }) => name === 'VPN Pro Worldwide');
  if (!vpn) throw new Error('no row');
  expect(doubtful.gap(vpn, 2, 'conversions')).toMatchObject({
    state: 'unknown',
    hindrances: ['twice'],
  });
});
