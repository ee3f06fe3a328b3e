import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Link } from '../../../lib/compare/links.ts';
import { countedOnce } from '../../../lib/compare/once.ts';
import { CAMPAIGNS } from '../../simulators/model/campaigns.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { compared, judged, RANGE, reported, rowOf, saidOf } from './books.ts';

/** Campaigns that bear other names elsewhere, or names that others bear. */

/** It is named otherwise in Binom. */
const RENAMED = 2;
/** It is written in another way in each tracker. */
const RESPELT = 1;
/** In Binom, a second campaign bears the name of the first. */
const [REUSED, NAMESAKE] = [0, 3];

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({
    limits: false,
    renamed: { [NAMESAKE]: CAMPAIGNS[REUSED]?.names.binom ?? '' },
  });
});
afterAll(() => simulators.stop());

const booksOf = (id: 'keitaro' | 'binom', campaignIndex: number) =>
  simulators[id].truth({ campaignIndex, ...RANGE });

async function compare(links: readonly Link[] = []) {
  const sides = [await reported(simulators, 'keitaro'), await reported(simulators, 'binom')];
  const comparison = compared(sides, { links });
  return {
    comparison,
    row: (campaign: number) =>
      rowOf(comparison, 'keitaro', simulators.keitaro.campaignId(campaign)),
  };
}

/** A link of a campaign of Keitaro with campaigns of Binom. */
const linkOf = (own: number, ...others: number[]): Link => ({
  id: `l${own}`,
  how: 'hand',
  createdAt: 0,
  members: [
    { connection: 'keitaro', campaignId: simulators.keitaro.campaignId(own), name: '' },
    ...others.map((campaign) => ({
      connection: 'binom',
      campaignId: simulators.binom.campaignId(campaign),
      name: '',
    })),
  ],
});

test('a name that is written in another way joins, and is compared to the click', async () => {
  const { comparison, row } = await compare();
  const [ours, theirs] = [booksOf('keitaro', RESPELT), booksOf('binom', RESPELT)];
  expect(row(RESPELT).by).toBe('folded');
  expect(saidOf(comparison, row(RESPELT), 'clicks')).toMatchObject({
    difference: theirs.clicks - ours.clicks,
    state: judged('clicks', ours.clicks, theirs.clicks),
    causes: [],
  });
});

test('a renamed campaign stands alone on both sides until it is linked', async () => {
  const apart = await compare();
  expect(apart.row(RENAMED)).toMatchObject({ by: 'alone', cells: [{}, null] });
  const joined = await compare([linkOf(RENAMED, RENAMED)]);
  const [ours, theirs] = [booksOf('keitaro', RENAMED), booksOf('binom', RENAMED)];
  expect(saidOf(joined.comparison, joined.row(RENAMED), 'clicks')).toMatchObject({
    difference: theirs.clicks - ours.clicks,
    state: judged('clicks', ours.clicks, theirs.clicks),
    causes: [],
  });
});

test('a name that two campaigns of a tracker bear joins neither; what only one side has is its books’ sum', async () => {
  const { comparison, row } = await compare();
  expect(row(REUSED)).toMatchObject({ by: 'alone', cells: [{}, null] });
  const only = (id: 'keitaro' | 'binom', campaigns: readonly number[]) => ({
    count: campaigns.length,
    clicks: campaigns.reduce((sum, campaign) => sum + booksOf(id, campaign).clicks, 0),
  });
  // The seventh is on Keitaro alone; Binom lists the eighth, which is paused.
  const alone = [REUSED, RENAMED, NAMESAKE];
  const expected = [only('keitaro', [...alone, 7]), only('binom', [...alone, 8])];
  for (const [side, books] of expected.entries()) {
    const { count, metrics } = comparison.onlyIn(side, 1 - side) ?? {};
    expect({ count, clicks: metrics?.clicks }).toEqual(books);
  }
});

test('linked by hand, a reused name is the one campaign that was meant, or the sum of both', async () => {
  const ours = booksOf('keitaro', REUSED);
  const [meant, other] = [booksOf('binom', REUSED), booksOf('binom', NAMESAKE)];
  const one = await compare([linkOf(REUSED, REUSED)]);
  expect(saidOf(one.comparison, one.row(REUSED), 'clicks').difference).toBe(
    meant.clicks - ours.clicks,
  );
  const both = await compare([linkOf(REUSED, REUSED, NAMESAKE)]);
  expect(saidOf(both.comparison, both.row(REUSED), 'clicks').difference).toBe(
    meant.clicks + other.clicks - ours.clicks,
  );
});

/** Another campaign of Keitaro, which a rotator would share its traffic with. */
const HALF = 4;

test('halves of split traffic are judged by the chance of both counts, and both are in the sums', async () => {
  const halves = { ...linkOf(HALF, RENAMED), split: true } as const;
  const { comparison, row } = await compare([halves]);
  const [ours, theirs] = [booksOf('keitaro', HALF), booksOf('binom', RENAMED)];
  for (const metric of ['clicks', 'conversions'] as const) {
    const apart = Math.abs(theirs[metric] - ours[metric]);
    const byChance = apart <= 2 * Math.sqrt(ours[metric] + theirs[metric]);
    const [green, amber] = metric === 'clicks' ? [0.1, 0.15] : [0.02, 0.05];
    const share = apart / ours[metric];
    const beyond = share > amber ? 'red' : 'amber';
    expect(saidOf(comparison, row(HALF), metric)).toMatchObject({
      difference: theirs[metric] - ours[metric],
      state: share <= green ? 'green' : byChance ? 'chance' : beyond,
      causes: [],
    });
  }
  const both = comparison.rows.filter(({ cells }) => cells.every((cell) => cell));
  const own = both.filter((one) => one !== row(HALF));
  const sum = own.reduce((all, { cells }) => all + (cells[0]?.metrics.clicks ?? 0), 0);
  expect(own.length).toBeGreaterThan(0);
  expect(comparison.shared(1).base.clicks).toBe(sum);
  const counted = countedOnce(comparison.rows, 2);
  expect(counted[0]).toContain(simulators.keitaro.campaignId(HALF));
  expect(counted[1]).toContain(simulators.binom.campaignId(RENAMED));
});
