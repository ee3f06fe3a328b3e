import { expect, test } from 'vitest';
import { createOffers } from '../../../lib/background/offers/handlers.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';

const range = { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' };
const NOW = Date.UTC(2026, 7, 2);

type Rows = ReadonlyArray<readonly [offer: string, campaign: string, conversions: number]>;

/** What trackers sent to the network's offer “Sweeps”; null = the tracker does not answer. */
async function sendersOf(
  trackers: Record<string, Rows | null>,
  own: string,
  /** Offers of other networks; null = the network does not answer. */
  others: Record<string, readonly string[] | null> = {},
) {
  const networks: Record<string, readonly string[] | null> = { ...others, n: ['Sweeps'] };
  const ids = [...Object.keys(trackers), ...Object.keys(networks)];
  const handlers = createOffers(
    {
      connections: {
        list: async () => ids.map((id) => ({ id, tracker: id, currency: 'USD', demo: undefined })),
        get: async (id: string) => ({ id, tracker: id, currency: 'USD', zone: 'UTC' }),
      },
      clients: {
        adapter: (id: string) => ({
          side: id in networks ? 'network' : 'tracker',
          capabilities: { dimensions: ['offer'] },
        }),
      },
      reports: {
        known: async () => null,
        answer: async (id: string, _: Question, fresh: boolean) => {
          const rows = trackers[id];
          if (!fresh) return { report: null, problem: null };
          if (!rows) return { report: null, problem: { kind: 'network' } };
          const report: Report = {
            rows: rows.map(([offer, campaign, conversions], at) => ({
              values: [offer, campaign].map((name) => ({ id: name, name })),
              metrics: metricsOf({ clicks: 100 * 3 ** at, conversions }),
            })),
            ...{ counted: [], zone: 'UTC', currency: 'USD', basis: 'visit', complete: true },
            fetchedAt: NOW,
          };
          return { report, problem: null };
        },
      },
      now: () => NOW,
    } as never,
    { all: async () => [], rejections: async () => [] },
    async (id) => {
      const offers = networks[id];
      if (!offers) throw new CrosstrackError({ kind: 'network' });
      const campaigns = offers.map((name, at) => ({
        ...{ id: String(701 + at), name },
        ...{ active: true, source: null },
      }));
      return { campaigns, fetchedAt: NOW };
    },
    { read: async () => ({ rates: [] }) as never },
  );
  return handlers['offer.senders']({ own, network: 'n', offerId: '701', range, fresh: true }, {
    signal: new AbortController().signal,
  } as never);
}

const K: Rows = [
  ['Sweeps', 'Summer', 10],
  ['Sweeps', 'Winter', 20],
  ['Keto', 'Winter', 7],
];
const B: Rows = [
  ['Sweeps', 'Summer', 9],
  ['Sweeps', 'Own', 5],
];

test('each campaign counts once in all, and on each tracker that has it in its own', async () => {
  const { all, by, untold } = await sendersOf({ k: K, b: B }, 'k');
  expect(untold).toEqual([]);
  expect(all?.metrics.conversions).toBe(35);
  expect(all?.campaigns.map(({ name }) => name)).toEqual(['Winter', 'Own', 'Summer']);
  expect([by.k?.metrics.conversions, by.b?.metrics.conversions]).toEqual([30, 14]);
  // Neither has all that was sent.
  expect([by.k?.hindered, by.b?.hindered]).toEqual([['offer'], ['offer']]);
  const onB = await sendersOf({ k: K, b: B }, 'b');
  expect(onB.all?.metrics.conversions).toBe(34);
});

test('a tracker that has every campaign is held against the whole offer', async () => {
  const { by } = await sendersOf({ k: K, b: [['Sweeps', 'summer', 9]] }, 'n');
  expect(by.k?.hindered).toEqual([]);
  expect(by.b?.hindered).toEqual(['offer']);
});

test('nothing is whole while a tracker does not tell', async () => {
  const { all, by, untold } = await sendersOf({ k: K, b: null }, 'k');
  expect(untold).toEqual([{ connection: 'b', problem: { kind: 'network' } }]);
  expect([all?.hindered, by.k?.hindered]).toEqual([['incomplete'], ['incomplete']]);
});

test('an offer that no campaign runs has no senders', async () => {
  expect(await sendersOf({ k: [['Keto', 'Winter', 7]] }, 'n')).toEqual({
    all: null,
    by: {},
    untold: [],
  });
});

test('an offer that another network has, too, is not judged against all that was sent', async () => {
  const { all, by } = await sendersOf({ k: K }, 'k', { m: ['Casino', 'Sweeps'] });
  // The sums stay; which network got which part of them nobody tells.
  expect([all?.metrics.conversions, by.k?.metrics.conversions]).toEqual([30, 30]);
  expect([all?.hindered, by.k?.hindered]).toEqual([['offer'], ['offer']]);
  const apart = await sendersOf({ k: K }, 'k', { m: ['Casino'] });
  expect([apart.all?.hindered, apart.by.k?.hindered]).toEqual([[], []]);
});

test('another network that does not answer holds nothing up', async () => {
  const { all } = await sendersOf({ k: K }, 'k', { m: null });
  expect([all?.metrics.conversions, all?.hindered]).toEqual([30, []]);
});
