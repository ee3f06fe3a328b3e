import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOffers } from '../../../lib/background/offers/handlers.ts';
import { createComparison } from '../../../lib/compare/comparison.ts';
import type { OfferPart } from '../../../lib/contract/offers.ts';
import { problemOf } from '../../../lib/errors.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import { totalOf } from '../../../lib/report/total.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { adapterOf, clientOf } from '../simulators/client-of.ts';
import { judged, LATER, RANGE } from './books.ts';

/** The part of a network's offer that one campaign sent, told apart by a sub of the network. */

const range = { ...RANGE, zone: 'Europe/Berlin' };
/** Two campaigns run it. */
const OFFER = { index: 3, campaigns: [3, 4] } as const;

let passed: Simulators;
let silent: Simulators;
beforeAll(async () => {
  [passed, silent] = await Promise.all([
    startSimulators({ limits: false, campaignSub: 'binom2' }),
    startSimulators({ limits: false }),
  ]);
});
afterAll(() => Promise.all([passed.stop(), silent.stop()]));

/** What the background answers on a campaign's page of a tracker, and what it asked the network. */
async function partOf(simulators: Simulators, own: SimulatorId, campaign: number) {
  const asked: Question[] = [];
  const kept = new Map<string, Report>();
  const ids: readonly SimulatorId[] = [own, 'affise'];
  const read = (id: string, question: Question): Promise<Report> => {
    const { client, adapter } = clientOf(simulators, id as SimulatorId);
    if (id === 'affise') asked.push(question);
    return adapter.report(client, question);
  };
  const handlers = createOffers(
    {
      connections: {
        list: async () => ids.map((id) => clientOf(simulators, id).client.connection),
        get: async (id: SimulatorId) => clientOf(simulators, id).client.connection,
      },
      clients: { adapter: adapterOf },
      reports: {
        known: async (id: string, question: Question) =>
          kept.get(JSON.stringify([id, question])) ?? null,
        refresh: async (id: string, question: Question) => {
          const report = await read(id, question);
          kept.set(JSON.stringify([id, question]), report);
          return report;
        },
        answer: (id: string, question: Question) =>
          read(id, question).then(
            (report) => ({ report, problem: null }),
            (error) => ({ report: null, problem: problemOf(error) }),
          ),
      },
      now: () => clientOf(simulators, own).client.now(),
    } as never,
    { all: async () => [], rejections: async () => [] },
    {
      async campaignLists() {
        const { client, adapter } = clientOf(simulators, 'affise');
        return { campaigns: await adapter.campaigns(client), fetchedAt: 0 };
      },
      keptLists: async () => null,
      readSettings: async () => ({ rates: [] }) as never,
      invalidate() {},
    },
  );
  const part: OfferPart | null = await handlers['offer.part'](
    {
      own,
      campaignId: simulators[own].campaignId(campaign),
      network: 'affise',
      offerId: simulators.affise.campaignId(campaign),
      range,
      fresh: true,
    },
    { signal: new AbortController().signal } as never,
  );
  return { part, asked };
}

describe.each(OFFER.campaigns)('campaign %i of two that run an offer', (campaign) => {
  test('is held against what the network has with its id, to the click and the cent', async () => {
    const { part } = await partOf(passed, 'binom2', campaign);
    if (!part) throw new Error('no part');
    expect(part.slot).toBe(4);
    const of = { campaignIndex: campaign, offer: OFFER.index, ...range };
    const [ours, theirs] = [passed.binom2.truth(of), passed.affise.truth(of)];
    const metrics = totalOf(part.report);
    expect([metrics.clicks, metrics.conversions]).toEqual([theirs.clicks, theirs.conversions]);
    expect(metrics.revenue).toBeCloseTo(theirs.revenue, 2);
    expect([part.sent.landerClicks, part.sent.conversions]).toEqual([
      ours.landerClicks,
      ours.conversions,
    ]);
    const cells = [part.sent, metrics].map((one) => ({ id: '', name: '', metrics: one }));
    const row = { key: '', name: '', by: 'link', cells } as const;
    const side = { connection: '', currency: 'USD', rows: [] };
    const comparison = createComparison({
      sides: [
        { ...side, kind: 'tracker', report: part.sentFacts },
        { ...side, kind: 'network', ofOffer: false, report: part.report },
      ],
      rows: [row],
      range,
      now: LATER,
    });
    const clicks = comparison.gap(row, 1, 'clicks');
    expect(clicks).toMatchObject({
      difference: theirs.clicks - ours.landerClicks,
      state: judged('clicks', ours.landerClicks, theirs.clicks),
      hindrances: [],
    });
    // The whole offer would have been far off.
    const whole = passed.affise.truth({ ...of, campaignIndex: null });
    expect(whole.clicks).toBeGreaterThan(theirs.clicks);
  });
});

test('the network is asked for totals with an id in a sub, never for all values of a sub', async () => {
  const { asked } = await partOf(passed, 'binom2', OFFER.campaigns[0]);
  expect(asked.every(({ groupBy }) => groupBy.length === 0)).toBe(true);
  expect(asked.length).toBeLessThan(10);
});

test('where no sub carries the campaign’s id, nothing is told', async () => {
  expect((await partOf(silent, 'binom2', OFFER.campaigns[0])).part).toBeNull();
  // Another tracker's ids are passed.
  expect((await partOf(passed, 'redtrack', OFFER.campaigns[0])).part).toBeNull();
});

test('a campaign that runs the offer alone sent all of it: nothing is asked', async () => {
  const { part, asked } = await partOf(passed, 'binom2', 0);
  expect([part, asked]).toEqual([null, []]);
});
