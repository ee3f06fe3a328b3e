import { beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionDraft } from '../../../lib/connections/draft.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import type { CheckFacts, TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { testDatabase } from '../test-database.ts';
import { type Area, fakeTracker, panelOn, startWorker } from './transfer-world.ts';

let database: OpenDatabase;
let area: Area;
beforeEach(() => {
  ({ database } = testDatabase());
  area = {};
});

const draft = (address: string, change: Partial<ConnectionDraft> = {}): ConnectionDraft => ({
  tracker: 'fake',
  name: '',
  address,
  currency: 'USD',
  zone: 'UTC',
  basis: 'visit',
  ...change,
});

describe('a connection that is turned off', () => {
  test('keeps its key and place, is not on its page, and comes back whole', async () => {
    const worker = startWorker(database, area);
    const id = await worker.connect('https://a.example', 'key-of-a-0123456789');
    const other = await worker.connect('https://b.example', 'key-of-b-0123456789');
    const page = new URL('https://a.example/x');
    expect((await worker.background.connections.at(page))?.id).toBe(id);
    expect(await worker.call('connections.turn', { id, off: true })).toMatchObject({
      off: true,
      keyEnd: '6789',
    });
    expect(await worker.background.connections.at(page)).toBeNull();
    expect(await panelOn(worker, 'https://b.example/x', 1).call('connections.list', {})).toEqual([
      expect.objectContaining({ id: other }),
    ]);
    await worker.call('connections.turn', { id, off: false });
    expect((await worker.background.connections.at(page))?.id).toBe(id);
  });

  test('stays so when it is edited', async () => {
    const worker = startWorker(database, area);
    const id = await worker.connect('https://a.example', 'key-of-a-0123456789');
    await worker.call('connections.turn', { id, off: true });
    const edited = draft('https://a.example', { name: 'New name' });
    const { connection } = await worker.call('connections.save', {
      draft: edited,
      credentials: { key: '' },
      id,
    });
    expect(connection).toMatchObject({ name: 'New name', off: true });
  });
});

test('connections stand in the order that the user gave them', async () => {
  const worker = startWorker(database, area);
  const a = await worker.connect('https://a.example', 'key-a');
  const b = await worker.connect('https://b.example', 'key-b');
  const c = await worker.connect('https://c.example', 'key-c');
  const ids = async () => (await worker.call('connections.list', {})).map(({ id }) => id);
  expect(await ids()).toEqual([a, b, c]);
  await worker.call('connections.order', { ids: [c, a, b] });
  expect(await ids()).toEqual([c, a, b]);
  // What is new comes last; ids of nobody change nothing.
  const d = await worker.connect('https://d.example', 'key-d');
  await worker.call('connections.order', { ids: ['nobody', c, a, b] });
  expect((await ids()).at(-1)).toBe(d);
});

describe('plain http', () => {
  test('is refused on other machines unless the user accepts it for that host', async () => {
    const worker = startWorker(database, area);
    const plain = draft('http://tracker.example');
    const save = (of: typeof plain) =>
      worker.call('connections.save', { draft: of, credentials: { key: 'key-a' }, id: null });
    await expect(save(plain)).rejects.toMatchObject({ problem: { text: 'address_plain_http' } });
    const { tested } = await save({ ...plain, plainHttp: true });
    expect(tested.warnings).toEqual([{ key: 'warn_plain_http', values: ['tracker.example'] }]);
  });
});

describe('one address with the accounts of many', () => {
  const facts: CheckFacts = {
    account: null,
    version: null,
    campaigns: 1,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
  };
  const shared = (account: () => string | null): TrackerAdapter => ({
    ...fakeTracker,
    manyAccounts: true,
    check: async () => ({ ...facts, account: account() }),
  });

  test('two keys are two accounts, the same key is the same', async () => {
    const worker = startWorker(database, area, { trackers: [shared(() => null)] });
    await worker.connect('https://api.example', 'key-one', 'One');
    await worker.connect('https://api.example', 'key-two', 'Two');
    const again = {
      draft: draft('https://api.example'),
      credentials: { key: 'key-one' },
      id: null,
    };
    expect((await worker.call('connections.test', again)).warnings).toEqual([
      { key: 'warn_same_account', values: ['One'] },
    ]);
    await expect(worker.call('connections.save', again)).rejects.toMatchObject({
      problem: { kind: 'conflict', text: 'connection_same_account', values: ['One', 'Fake'] },
    });
  });

  test('so is the same name of the account, whatever the key', async () => {
    const worker = startWorker(database, area, { trackers: [shared(() => 'me@example.com')] });
    const id = await worker.connect('https://api.example', 'key-one', 'One');
    const other = {
      draft: draft('https://api.example'),
      credentials: { key: 'key-two' },
      id: null,
    };
    await expect(worker.call('connections.save', other)).rejects.toMatchObject({
      problem: { text: 'connection_same_account' },
    });
    // A new key for the connection itself is no twin.
    const own = { draft: draft('https://api.example'), credentials: { key: 'key-two' }, id };
    expect((await worker.call('connections.save', own)).tested.warnings).toEqual([]);
  });
});
