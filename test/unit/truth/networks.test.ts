import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ComparedOffer, OfferComparison } from '../../../lib/compare/offer-comparison.ts';
import type { Metric } from '../../../lib/report/metrics.ts';
import { OFFERS } from '../../simulators/model/campaigns.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import {
  compared,
  comparedOffers,
  judged,
  offersOf,
  RANGE,
  reported,
  rowOf,
  saidOf,
} from './books.ts';

/** What trackers sent to a network's offers, and what the network made of it. */

/** Days of the network. */
const range = { ...RANGE, zone: 'Europe/Berlin' };
/** An offer that one campaign runs; it has a lander. */
const ALONE = { offer: 0, campaign: 0 } as const;
/** An offer that two campaigns run; the second of them without a lander. */
const SHARED = { offer: 3, campaigns: [3, 4], direct: 4 } as const;
const PAYOUT = OFFERS[ALONE.offer]?.payout ?? 0;
/** Postbacks are sent when the network has approved, or when it has refused. */
const APPROVED_ALONE = { hold: null, lead: null } as const;
const NEVER_REFUSED = { rejected: 'sale' } as const;

let usual: Simulators;
let strict: Simulators;
let lossy: Simulators;
beforeAll(async () => {
  [usual, strict, lossy] = await Promise.all([
    startSimulators({ limits: false, direct: [SHARED.direct] }),
    startSimulators({
      limits: false,
      facts: {
        affise: { byConversionDate: false },
        keitaro: { hears: APPROVED_ALONE },
        redtrack: { hears: NEVER_REFUSED },
      },
    }),
    startSimulators({ limits: false, facts: { affise: { lostClicks: 0.3 } } }),
  ]);
});
afterAll(() => Promise.all([usual.stop(), strict.stop(), lossy.stop()]));

/** An offer of a tracker and the network, both with their own basis, and what their books hold. */
async function against(
  simulators: Simulators,
  id: SimulatorId,
  offer: number,
  bases: readonly ['visit' | 'postback', 'visit' | 'postback'],
) {
  const comparison = comparedOffers(
    [
      await offersOf(simulators, id, range, { basis: bases[0] }),
      await offersOf(simulators, 'affise', range, { basis: bases[1] }),
    ],
    range,
  );
  const row = comparison.rows.find(({ name }) => name === OFFERS[offer]?.name);
  if (!row) throw new Error('no row');
  const of = { campaignIndex: null, offer, ...range };
  return {
    said: (metric: Metric) => said(comparison, row, metric),
    ours: simulators[id].truth(of),
    theirs: simulators.affise.truth(of),
  };
}

function said(comparison: OfferComparison, row: ComparedOffer, metric: Metric) {
  const { difference, state, hindrances } = comparison.gap(row, 1, metric);
  return { difference, state, hindrances, causes: comparison.causes(row, 1, metric) };
}

test('direct flows count: the network’s clicks are held against all that were sent to it', async () => {
  const { said, theirs } = await against(usual, 'redtrack', SHARED.offer, ['visit', 'postback']);
  const [withLander, direct] = SHARED.campaigns.map((campaignIndex) =>
    usual.redtrack.truth({ campaignIndex, ...range }),
  );
  const sent = (withLander?.landerClicks ?? 0) + (direct?.clicks ?? 0);
  expect(said('clicks')).toEqual({
    difference: theirs.clicks - sent,
    state: 'green',
    hindrances: [],
    causes: [],
  });
  expect(judged('clicks', sent, theirs.clicks)).toBe('green');
  // Without them it would have been far off.
  expect(judged('clicks', withLander?.landerClicks ?? 0, theirs.clicks)).toBe('red');
});

test('clicks that were lost on the way to the network are red, and neither bots nor unique clicks are named', async () => {
  const { said, ours, theirs } = await against(lossy, 'redtrack', ALONE.offer, [
    'visit',
    'postback',
  ]);
  expect(said('clicks')).toEqual({
    difference: theirs.clicks - ours.landerClicks,
    state: 'red',
    hindrances: [],
    causes: [],
  });
  expect(judged('clicks', ours.landerClicks, theirs.clicks)).toBe('red');
});

test('a tracker that does not tell views of landers cannot tell what it sent: clicks are not judged', async () => {
  const { said } = await against(usual, 'keitaro', SHARED.offer, ['visit', 'postback']);
  expect(said('clicks')).toEqual({
    difference: null,
    state: 'unknown',
    hindrances: ['sent'],
    causes: [],
  });
});

describe('conversions that are dated by their click here and by themselves there', () => {
  test.each(['conversions', 'revenue'] as const)(
    'are shown and not judged in %s, and the dates are named',
    async (metric) => {
      const { said, ours, theirs } = await against(usual, 'keitaro', ALONE.offer, [
        'visit',
        'postback',
      ]);
      const { difference, ...rest } = said(metric);
      expect(difference).toBeCloseTo(theirs[metric] - ours[metric], 2);
      expect(rest).toEqual({
        state: 'unknown',
        hindrances: ['basis'],
        causes: [{ key: 'cause_basis', values: [{ side: 'base' }, { side: 'other' }] }],
      });
    },
  );

  test('clicks have one date, and are judged', async () => {
    const { said } = await against(usual, 'redtrack', ALONE.offer, ['visit', 'postback']);
    expect(said('clicks')).toMatchObject({ state: 'green', hindrances: [], causes: [] });
  });
});

describe('conversions that the network holds, and of which the tracker hears when they are approved', () => {
  test.each(['conversions', 'revenue'] as const)(
    'are a gap beyond chance in %s, and their number is named',
    async (metric) => {
      const { said, ours, theirs } = await against(strict, 'keitaro', ALONE.offer, [
        'visit',
        'visit',
      ]);
      // The network's pending and held ones.
      const held = theirs.hold + theirs.leads;
      expect([ours.hold + ours.leads, held > 0]).toEqual([0, true]);
      const { difference, ...rest } = said(metric);
      expect(difference).toBeCloseTo(theirs[metric] - ours[metric], 2);
      const state = metric === 'revenue' ? 'amber' : 'red';
      expect(rest).toEqual({
        state,
        hindrances: [],
        causes: [{ key: 'cause_hold', values: [{ side: 'other' }, held] }],
      });
      const unit = metric === 'revenue' ? PAYOUT : 1;
      expect(judged(metric, ours[metric], theirs[metric], unit)).toBe(state);
    },
  );
});

test('conversions that the network refused and the tracker still counts are named in revenue alone', async () => {
  const { said, ours, theirs } = await against(strict, 'redtrack', ALONE.offer, ['visit', 'visit']);
  expect([ours.rejected, theirs.rejected > 0]).toEqual([0, true]);
  const { difference, ...revenue } = said('revenue');
  expect(difference).toBeCloseTo(theirs.revenue - ours.revenue, 2);
  expect(revenue).toEqual({
    state: judged('revenue', ours.revenue, theirs.revenue, PAYOUT),
    hindrances: [],
    causes: [{ key: 'cause_rejected', values: [{ side: 'other' }, theirs.rejected] }],
  });
  // Both count them as conversions.
  expect(said('conversions')).toEqual({
    difference: theirs.conversions - ours.conversions,
    state: judged('conversions', ours.conversions, theirs.conversions),
    hindrances: [],
    causes: [],
  });
});

test('one campaign is never held against the whole offer', async () => {
  const sides = [await reported(usual, 'redtrack'), await reported(usual, 'affise')];
  const [campaign = 0] = SHARED.campaigns;
  const [own, offer] = [usual.redtrack.campaignId(campaign), usual.affise.campaignId(campaign)];
  const members = [
    { connection: 'redtrack', campaignId: own, name: '' },
    { connection: 'affise', campaignId: offer, name: '' },
  ];
  const comparison = compared(sides, {
    links: [{ id: 'l', members, how: 'offer', createdAt: 0 }],
  });
  const row = rowOf(comparison, 'redtrack', own);
  const theirs = usual.affise.truth({ campaignIndex: null, offer: SHARED.offer, ...RANGE });
  expect(row.cells[1]?.metrics.conversions).toBe(theirs.conversions);
  for (const metric of ['clicks', 'conversions', 'revenue'] as const) {
    expect(saidOf(comparison, row, metric)).toMatchObject({
      state: 'unknown',
      hindrances: ['offer'],
    });
  }
});
