import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReportAcross } from '../../../lib/background/campaigns/across.ts';
import { createProposals } from '../../../lib/background/campaigns/proposals.ts';
import type { LinkKind } from '../../../lib/compare/link-kinds.ts';
import type { Link } from '../../../lib/compare/links.ts';
import type { LinkProposals } from '../../../lib/contract/links.ts';
import {
  OFFERS,
  offerIdOf,
  offerUrl,
  SOURCES,
  sourceIdOf,
} from '../../simulators/model/campaigns.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { adapterOf, clientOf, NOW } from './client-of.ts';

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());

/** Campaigns with enough clicks in two days. */
const BUSY = [0, 1, 2, 3];
/** Token that holds the source's campaign id, in each tracker. */
const TOKENS = { keitaro: 2, binom: 1, binom2: 1, redtrack: 2, affise: 0 } as const;
type TrackerId = keyof typeof TOKENS;
/** The third source has no tokens in one of the trackers. */
const TOKEN_SOURCES = SOURCES.slice(0, 2);

/** What is proposed between trackers whose campaigns bear names that tell nothing. */
async function proposalsOf(
  ids: readonly TrackerId[],
  {
    links = [],
    tokens = false,
    kind = 'campaign',
    nameOf = (id, one) => `${id}${one}`,
  }: {
    links?: readonly Link[];
    tokens?: boolean;
    kind?: LinkKind;
    nameOf?: (id: TrackerId, one: string) => string;
  } = {},
): Promise<LinkProposals> {
  const made = ids.map((id) => {
    const { client, adapter } = clientOf(simulators, id);
    const templates = (tokens ? TOKEN_SOURCES : []).map(({ name: sourceName }, at) => ({
      sourceId: id === 'affise' ? '' : sourceIdOf[id](at),
      sourceName,
      campaign: TOKENS[id],
      adSet: null,
      ad: null,
      placement: null,
    }));
    return { id, client, adapter, connection: { ...client.connection, templates } };
  });
  const at = (id: string) => {
    const found = made.find((one) => one.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  const services = {
    connections: { list: async () => made.map(({ connection }) => connection) },
    clients: { adapter: (tracker: string) => adapterOf(tracker as SimulatorId) },
    reports: {
      known: async () => null,
      refresh: (id: string, question: never) => at(id).adapter.report(at(id).client, question),
    },
    now: () => NOW,
  };
  const proposals = createProposals(services as never, {
    links: { all: async () => links, rejections: async () => [] } as never,
    namedOn: async (id) => {
      const { adapter, client } = at(id);
      const named = (one: string) => ({ id: one, name: nameOf(id as TrackerId, one) });
      return kind === 'offer'
        ? ((await adapter.offers?.(client)) ?? []).map((one) => ({
            ...named(one.id),
            source: null,
            url: one.url,
          }))
        : (await adapter.campaigns(client)).map((one) => ({
            ...named(one.id),
            source: one.source?.id ?? null,
          }));
    },
    reportAcross: createReportAcross(services as never),
    clock: { now: () => NOW, sleep: async () => {} },
  });
  return proposals['links.proposals']({ kind, fresh: true }, {
    signal: new AbortController().signal,
  } as never);
}

/** The proposals of a reason as indexes of the campaigns. */
const indexesBy = ({ proposals }: LinkProposals, by: string): Array<[number, number]> =>
  proposals
    .filter(({ reasons }) => reasons.some((reason) => reason.by === by))
    .map(({ a, b }) => [indexOf(a.connection, a.campaignId), indexOf(b.connection, b.campaignId)]);
const indexOf = (id: string, campaignId: string): number =>
  Array.from({ length: 9 }, (_, at) => at).find(
    (at) => simulators[id as SimulatorId].campaignId(at) === campaignId,
  ) ?? -1;

test.each<[TrackerId, TrackerId]>([
  ['keitaro', 'redtrack'],
  ['keitaro', 'binom'],
  ['binom2', 'redtrack'],
  ['binom', 'binom2'],
])('%s and %s: campaigns are found by their hourly clicks, none wrongly', async (one, other) => {
  const answer = await proposalsOf([one, other]);
  expect(answer.unread).toEqual([]);
  const pairs = indexesBy(answer, 'figures');
  expect(pairs.filter(([a, b]) => a !== b)).toEqual([]);
  expect(pairs.map(([a]) => a)).toEqual(expect.arrayContaining(BUSY));
});

test('what is linked is not proposed, and its clicks match nobody else', async () => {
  const members = (['keitaro', 'redtrack'] as const).map((id) => ({
    connection: id,
    campaignId: simulators[id].campaignId(0),
    name: '',
  }));
  const links: Link[] = [{ id: 'l', members, how: 'hand', createdAt: 0 }];
  const pairs = indexesBy(await proposalsOf(['keitaro', 'redtrack'], { links }), 'figures');
  expect(pairs.map(([a]) => a)).not.toContain(0);
  expect(pairs.map(([a]) => a)).toEqual(expect.arrayContaining([1, 2, 3]));
});

test('a tracker that does not answer is named, and the others are compared', async () => {
  simulators.binom.fail({ how: 'html' });
  const answer = await proposalsOf(['keitaro', 'redtrack', 'binom']);
  simulators.binom.clearFaults();
  expect(answer.unread.map(({ connection, what }) => `${connection} ${what}`)).toContain(
    'binom names',
  );
  expect(indexesBy(answer, 'figures').map(([a]) => a)).toEqual(expect.arrayContaining(BUSY));
});

test.each<[TrackerId, TrackerId]>([
  ['keitaro', 'redtrack'],
  ['binom', 'binom2'],
  ['keitaro', 'binom2'],
])('%s and %s: campaigns are found by their ids at the source', async (one, other) => {
  const answer = await proposalsOf([one, other], { tokens: true });
  expect(answer.unread).toEqual([]);
  const pairs = indexesBy(answer, 'id');
  expect(pairs.filter(([a, b]) => a !== b)).toEqual([]);
  expect(pairs.map(([a]) => a)).toEqual(expect.arrayContaining([0, 2, 3, 4, 6]));
});

describe('offers', () => {
  test.each(['keitaro', 'binom', 'binom2', 'redtrack'] as const)(
    '%s: the network’s are found by the addresses that theirs send to',
    async (id) => {
      const { proposals } = await proposalsOf([id, 'affise'], { kind: 'offer' });
      const found = proposals
        .filter(({ reasons }) => reasons[0]?.by === 'address')
        .map(({ a, b, clear }) => [a.campaignId, b.campaignId, clear]);
      expect(found.sort()).toEqual(
        OFFERS.map((_, at) => [offerIdOf[id](at), offerIdOf.affise(at), true]).sort(),
      );
    },
  );

  test('an address wins over a name that is more like another one’s', async () => {
    const names: Record<string, string> = {
      [offerIdOf.binom(0)]: 'Nutra Keto France',
      [offerIdOf.affise(0)]: 'Sweeps',
      [offerIdOf.affise(1)]: 'Nutra Keto FR',
    };
    const { proposals } = await proposalsOf(['binom', 'affise'], {
      kind: 'offer',
      nameOf: (id, one) => names[one] ?? `${id}${one}`,
    });
    const [first] = proposals.filter(({ a }) => a.campaignId === offerIdOf.binom(0));
    expect(first).toMatchObject({
      b: { campaignId: offerIdOf.affise(0) },
      reasons: [{ by: 'address' }],
    });
  });

  test('an old Keitaro names the address otherwise; an administrator’s list has no links', async () => {
    simulators.keitaro.setMode('old', true);
    const { client, adapter } = clientOf(simulators, 'keitaro');
    expect((await adapter.offers?.(client))?.[0]?.url).toBe(offerUrl(0, '{subid}'));
    simulators.reset();
    const admin = clientOf(simulators, 'affise', { key: `${simulators.affise.apiKey}admin` });
    expect((await admin.adapter.offers?.(admin.client))?.[0]?.url).toBeUndefined();
  });
});
