import { beforeEach, expect, test } from 'vitest';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { fakeTracker, KEY, startWorker, type Worker } from './transfer-world.ts';

/** Campaigns by the host of their tracker. */
const CAMPAIGNS: Readonly<Record<string, readonly string[]>> = {
  'a.example': ['Summer push DE', 'Winter FR', 'Same'],
  'b.example': ['Sumer push DE', 'Winter FR native', 'same'],
};
const OFFERS: Readonly<Record<string, readonly string[]>> = {
  'a.example': ['Keto trial FR'],
  'b.example': ['Keto triall FR'],
};
const named = (names: readonly string[] = []) =>
  names.map((name, at) => ({ id: String(at + 1), name, active: true }));
const tracker: TrackerAdapter = {
  ...fakeTracker,
  capabilities: { ...fakeTracker.capabilities, offers: { can: true } },
  campaigns: async ({ connection }) =>
    named(CAMPAIGNS[new URL(connection.api).host]).map((one) => ({ ...one, source: null })),
  offers: async ({ connection }) =>
    named(OFFERS[new URL(connection.api).host]).map((one) => ({
      ...one,
      payout: null,
      network: null,
    })),
};

let database: OpenDatabase;
let worker: Worker;
let a: string;
let b: string;
beforeEach(async () => {
  ({ database } = testDatabase());
  worker = startWorker(database, {}, { trackers: [tracker] });
  a = await worker.connect('https://a.example', KEY, 'A');
  b = await worker.connect('https://b.example', KEY, 'B');
});

const proposals = (kind: 'campaign' | 'offer' = 'campaign') =>
  worker.call('links.proposals', { kind, fresh: true });
const namesOf = async (kind: 'campaign' | 'offer' = 'campaign') =>
  (await proposals(kind)).proposals.map((one) => `${one.a.name} ↔ ${one.b.name}`);

test('similar names are proposed, what is joined by name is not, and what has no counterpart is listed', async () => {
  expect(await namesOf()).toEqual([
    'Summer push DE ↔ Sumer push DE',
    'Winter FR ↔ Winter FR native',
  ]);
  const { unlinked, byName } = await proposals();
  expect(byName.map((members) => members.map(({ connection }) => connection))).toEqual([[a, b]]);
  expect(unlinked.map(({ campaigns }) => campaigns.map(({ name }) => name))).toEqual([
    ['Summer push DE', 'Winter FR'],
    ['Sumer push DE', 'Winter FR native'],
  ]);
});

test('one that is accepted is linked, as it was proposed', async () => {
  const [first] = (await proposals()).proposals;
  if (!first) throw new Error('nothing is proposed');
  const pairs = [{ a: first.a, b: first.b, how: 'name' as const }];
  expect(await worker.call('links.accept', { kind: 'campaign', pairs })).toEqual({ refused: 0 });
  expect(await worker.call('links.list', {})).toMatchObject([
    { how: 'name', members: [{ connection: a }, { connection: b }] },
  ]);
  expect(await namesOf()).toEqual(['Winter FR ↔ Winter FR native']);
  // Meanwhile one of the two has another counterpart.
  const stale = { ...first, b: { ...first.b, campaignId: '2', name: 'Winter FR native' } };
  expect(
    await worker.call('links.accept', {
      kind: 'campaign',
      pairs: [{ a: stale.a, b: stale.b, how: 'name' }],
    }),
  ).toEqual({ refused: 1 });
  expect(await worker.call('links.list', {})).toHaveLength(1);
});

test('one that is rejected stays so after a restart, until it is taken back or linked by hand', async () => {
  const [first, second] = (await proposals()).proposals;
  if (!first || !second) throw new Error('nothing is proposed');
  const reject = (...those: (typeof first)[]) =>
    worker.call('links.reject', {
      kind: 'campaign',
      pairs: those.map((one) => ({ a: one.a, b: one.b })),
    });
  await reject(first, second);
  await reject({ ...first, a: first.b, b: first.a });
  worker = startWorker(database, {}, { trackers: [tracker] });
  expect(await namesOf()).toEqual([]);
  const rejected = await worker.call('links.rejected', { kind: 'campaign' });
  expect(rejected).toHaveLength(2);
  await worker.call('links.restore', { id: rejected[1]?.id ?? '' });
  expect(await namesOf()).toHaveLength(1);
  await worker.call('links.join', { a: first.a, b: first.b });
  await worker.call('links.join', { a: second.a, b: second.b });
  expect(await worker.call('links.rejected', { kind: 'campaign' })).toEqual([]);
  await worker.call('links.part', { connection: a, campaignId: first.a.campaignId });
  expect(await namesOf()).toEqual(['Summer push DE ↔ Sumer push DE']);
});

test('two of one name that are told apart are apart after a restart, and proposed no more, until it is taken back', async () => {
  const [[one, other] = []] = (await proposals()).byName;
  if (!one || !other) throw new Error('nothing is joined by name');
  await worker.call('links.tellApart', { a: other, b: one });
  worker = startWorker(database, {}, { trackers: [tracker] });
  const after = await proposals();
  expect(after.byName).toEqual([]);
  expect(after.unlinked.map(({ campaigns }) => campaigns.map(({ id }) => id))).toEqual([
    expect.arrayContaining([one.campaignId]),
    expect.arrayContaining([other.campaignId]),
  ]);
  expect(await namesOf()).not.toContain(`${one.name} ↔ ${other.name}`);
  const match = () =>
    worker.call('side.match', {
      from: one,
      target: b,
      range: { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' },
    });
  expect((await match()).member).toBeNull();
  const [rejected] = await worker.call('links.rejected', {});
  await worker.call('links.restore', { id: rejected?.id ?? '' });
  expect((await proposals()).byName).toHaveLength(1);
  expect((await match()).member).toMatchObject({ campaignId: other.campaignId, how: 'name' });
});

test('campaigns that share the traffic are said to, and said not to again', async () => {
  const [one, other] = (await proposals()).byName[0] ?? [];
  if (!one || !other) throw new Error('no name is shared');
  const say = (split: boolean) => worker.call('links.split', { members: [one, other], split });
  const [made, ...more] = await say(true);
  expect(made).toMatchObject({ how: 'hand', members: [one, other], split: true });
  expect(more).toEqual([]);
  expect(await worker.call('links.list', {})).toEqual([made]);
  await say(false);
  const [link] = await worker.call('links.list', {});
  expect(link).not.toHaveProperty('split');
  expect(link?.id).toBe(made?.id);
});

test('links of offers are beside those of campaigns, though their ids are the same', async () => {
  expect(await namesOf('offer')).toEqual(['Keto trial FR ↔ Keto triall FR']);
  const [found] = (await proposals('offer')).proposals;
  if (!found) throw new Error('nothing is proposed');
  await worker.call('links.join', { a: found.a, b: found.b, kind: 'offer' });
  expect(await worker.call('links.list', { kind: 'campaign' })).toEqual([]);
  expect(await worker.call('links.list', { kind: 'offer' })).toHaveLength(1);
  expect(await namesOf('offer')).toEqual([]);
  expect(await namesOf()).toHaveLength(2);
  await worker.call('links.part', { connection: a, campaignId: '1' });
  expect(await worker.call('links.list', { kind: 'offer' })).toHaveLength(1);
  await worker.call('links.part', { connection: a, campaignId: '1', kind: 'offer' });
  expect(await worker.call('links.list', { kind: 'offer' })).toEqual([]);
});

test('two that link at the same time lose nothing', async () => {
  const member = (connection: string, campaignId: string) => ({
    connection,
    campaignId,
    name: campaignId,
  });
  await Promise.all(
    ['1', '2', '3'].map((id) => worker.call('links.join', { a: member(a, id), b: member(b, id) })),
  );
  expect(await worker.call('links.list', {})).toHaveLength(3);
});

test('a search finds a part of a name, an id, and first what is most like', async () => {
  const search = async (text: string, like = '') =>
    (await worker.call('links.search', { kind: 'campaign', connection: b, text, like })).found.map(
      ({ name }) => name,
    );
  expect(await search('fr-NATIVE')).toEqual(['Winter FR native']);
  expect(await search('3')).toEqual(['same']);
  expect(await search('', 'Winter FR')).toEqual(['Winter FR native', 'Sumer push DE', 'same']);
  expect(await search('nothing like it')).toEqual([]);
});
