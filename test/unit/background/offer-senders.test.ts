import { expect, test } from 'vitest';
import { createOffers } from '../../../lib/background/offers/handlers.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';

const range = { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' };
const NOW = Date.UTC(2026, 7, 2);

type Rows = ReadonlyArray<readonly [offer: string, campaign: string, conversions: number]>;

/** Another network: its offers as they are, and as they were read before. */
interface Elsewhere {
  /** null = it does not answer; 'hangs' = not yet. */
  readonly now: readonly string[] | null | 'hangs';
  /** Absent = never. */
  readonly kept?: { readonly offers: readonly string[]; readonly fetchedAt: number };
  /** Its offers that had traffic; absent = it does not tell. */
  readonly got?: readonly string[];
}

const listOf = (offers: readonly string[], fetchedAt: number) => ({
  campaigns: offers.map((name, at) => ({
    ...{ id: String(701 + at), name },
    ...{ active: true, source: null },
  })),
  fetchedAt,
});

const sendersOf = async (...world: Parameters<typeof createWorld>) => createWorld(...world).ask();

/** What trackers sent to the network's offer “Sweeps”; null = the tracker does not answer. */
function createWorld(
  trackers: Record<string, Rows | null>,
  own: string,
  elsewhere: Record<string, Elsewhere> = {},
) {
  const networks: Record<string, Elsewhere> = { ...elsewhere, n: { now: ['Sweeps'] } };
  const kept = new Map(
    Object.entries(networks).flatMap(([id, one]) =>
      one.kept ? [[id, listOf(one.kept.offers, one.kept.fetchedAt)] as const] : [],
    ),
  );
  const reported = new Set<string>();
  const invalidated: string[] = [];
  const read: string[] = [];
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
          const got = networks[id]?.got?.map((offer) => [offer, '', 1] as const);
          const rows = got ?? trackers[id];
          if (got && fresh) reported.add(id);
          if (got ? !reported.has(id) : !fresh) return { report: null, problem: null };
          if (!rows) return { report: null, problem: { kind: 'network' } };
          const report: Report = {
            rows: rows.map(([offer, campaign, conversions], at) => ({
              values: (got ? [offer] : [offer, campaign]).map((name) => ({ id: name, name })),
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
    {
      async campaignLists(id) {
        const offers = networks[id]?.now;
        read.push(id);
        if (offers === 'hangs') return new Promise(() => {});
        if (!offers) throw new CrosstrackError({ kind: 'network' });
        kept.set(id, listOf(offers, NOW));
        return listOf(offers, NOW);
      },
      keptLists: async (id) => kept.get(id) ?? null,
      readSettings: async () => ({ rates: [] }) as never,
      invalidate: (calls) => void invalidated.push(...calls),
    },
  );
  return {
    invalidated,
    read,
    ask: (fresh = true) =>
      handlers['offer.senders']({ own, network: 'n', offerId: '701', range, fresh }, {
        signal: new AbortController().signal,
      } as never),
  };
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

const HOUR = 60 * 60_000;
const before = (offers: readonly string[], hours = 1) => ({
  kept: { offers, fetchedAt: NOW - hours * HOUR },
});

test('an offer that another network has, too, is not judged against all that was sent', async () => {
  const { all, by } = await sendersOf({ k: K }, 'k', {
    m: { now: null, ...before(['Casino', 'Sweeps']) },
  });
  // The sums stay; which network got which part of them nobody tells.
  expect([all?.metrics.conversions, by.k?.metrics.conversions]).toEqual([30, 30]);
  expect([all?.hindered, by.k?.hindered]).toEqual([['offer'], ['offer']]);
  const apart = await sendersOf({ k: K }, 'k', { m: { now: null, ...before(['Casino']) } });
  expect([apart.all?.hindered, apart.by.k?.hindered]).toEqual([[], []]);
});

test('an offer that another network only lists is judged once its report says that it got nothing', async () => {
  const worldOf = (got: readonly string[]) =>
    createWorld({ k: K }, 'k', { m: { now: null, got, ...before(['Casino', 'Sweeps']) } });
  for (const [got, hindered] of [
    [['Casino'], []],
    [[], []],
    [['Casino', 'Sweeps'], ['offer']],
  ] as const) {
    const { ask, invalidated } = worldOf(got);
    // The report is not waited for.
    expect((await ask()).all?.hindered).toEqual(['offer']);
    await expect.poll(() => invalidated).toEqual(['offer.senders', 'offer.part']);
    const { all, by } = await ask();
    expect([all?.hindered, by.k?.hindered]).toEqual([hindered, hindered]);
    // What is known for minutes is not asked again.
    expect(invalidated).toHaveLength(2);
  }
});

test('a network whose offers were never read may have it, too', async () => {
  const { all, by } = await sendersOf({ k: K }, 'k', {
    l: { now: null },
    m: { now: null, ...before(['Casino']) },
  });
  expect([all?.metrics.conversions, all?.hindered]).toEqual([30, ['networks']]);
  expect(by.k?.hindered).toEqual(['networks']);
});

test('another network is not waited for; its offers are looked at when they have come', async () => {
  const hanging = createWorld({ k: K }, 'k', { m: { now: 'hangs' } });
  expect((await hanging.ask()).all?.hindered).toEqual(['networks']);
  // One reading at a time, however often it is asked.
  await hanging.ask();
  expect(hanging.read.filter((id) => id === 'm')).toEqual(['m']);
  expect(hanging.invalidated).toEqual([]);

  const { ask, invalidated } = createWorld({ k: K }, 'k', { m: { now: ['Sweeps'] } });
  await ask();
  await expect.poll(() => invalidated).toEqual(['offer.senders', 'offer.part']);
  expect((await ask()).all?.hindered).toEqual(['offer']);
});

test('offers of another network are read once a day, and only for a call that asks afresh', async () => {
  const readFor = async (hours: number, fresh: boolean) => {
    const world = createWorld({ k: K }, 'k', { m: { now: null, ...before(['Casino'], hours) } });
    await world.ask(fresh);
    return world.read.includes('m');
  };
  expect(await readFor(23, true)).toBe(false);
  expect(await readFor(25, true)).toBe(true);
  expect(await readFor(25, false)).toBe(false);
});

test('a list that could not be read again is told of to nobody', async () => {
  const { ask, read, invalidated } = createWorld({ k: K }, 'k', {
    m: { now: null, ...before(['Casino'], 25) },
  });
  await ask();
  await ask();
  // The first attempt has ended.
  await expect.poll(() => read.filter((id) => id === 'm').length).toBe(2);
  expect(invalidated).toEqual([]);
});
