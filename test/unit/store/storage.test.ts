import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import type { JournalRecord } from '../../../lib/journal/record.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { openStorage, type Storage } from '../../../lib/store/storage.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import {
  areaOver,
  costTracker,
  fakeReport,
  fakeTracker,
  startWorker,
  type Worker,
} from '../background/transfer-world.ts';
import { type FakeSession, fakeSession } from './session-area.ts';

const KEY = 'canary-key-0001';

let local: Record<string, unknown>;
let session: FakeSession;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  local = {};
  session = fakeSession();
});

const storage = (isPrivate = true): Storage =>
  openStorage({ local: areaOver(local), session }, isPrivate);

/** A browser that opens no database, as Firefox in private browsing. */
function refuse(name: string): { opened: number } {
  const seen = { opened: 0 };
  const factory = new IDBFactory();
  factory.open = () => {
    seen.opened += 1;
    throw new DOMException('did not allow mutations', name);
  };
  globalThis.indexedDB = factory;
  return seen;
}

describe('where it is kept', () => {
  test('in the profile, if the browser opens a database', async () => {
    const { database, area, retention } = storage(false);
    await (await database()).put('settings', 1, 'n');
    await area.set({ sealed: 1 });
    expect(await retention()).toBe('profile');
    expect(local).toEqual({ sealed: 1 });
    expect(session.items).toEqual({});
    expect(await (await storage(false).database()).get('settings', 'n')).toBe(1);
  });

  test.each([
    ['InvalidStateError', true, 'private'],
    ['UnknownError', true, 'private'],
    ['InvalidStateError', false, 'session'],
    ['SecurityError', false, 'session'],
  ])('in the session, if it says %s (private: %s)', async (name, isPrivate, expected) => {
    refuse(name);
    local.sealed = 'of the profile';
    const { database, area, retention } = storage(isPrivate);
    expect(await retention()).toBe(expected);
    await (await database()).put('settings', 1, 'n');
    await area.set({ sealed: 1 });
    await area.remove('other');
    expect(local).toEqual({ sealed: 'of the profile' });
    const next = storage(isPrivate);
    expect(await (await next.database()).get('settings', 'n')).toBe(1);
    expect(await next.area.get('sealed')).toEqual({ sealed: 1 });
  });

  test('in the session, if there is no IndexedDB at all', async () => {
    Reflect.set(globalThis, 'indexedDB', undefined);
    expect(await storage(false).retention()).toBe('session');
  });

  test.each(['VersionError', 'AbortError', 'UnknownError', 'QuotaExceededError'])(
    'nowhere for now, if it says %s: the next that asks finds the database',
    async (name) => {
      refuse(name);
      const { database, retention } = storage(false);
      await expect(database()).rejects.toMatchObject({ name });
      globalThis.indexedDB = new IDBFactory();
      await (await database()).put('settings', 1, 'n');
      expect(await retention()).toBe('profile');
      expect(session.items).toEqual({});
    },
  );

  test('in the session until the browser closes, once it began there', async () => {
    refuse('InvalidStateError');
    await (await storage(false).database()).put('journal', { id: 'j' });
    globalThis.indexedDB = new IDBFactory();
    const { database, retention } = storage(false);
    expect(await (await database()).getAll('journal')).toEqual([{ id: 'j' }]);
    expect(await retention()).toBe('session');
  });

  test('nowhere, if the session takes nothing either, and that is said in every answer', async () => {
    refuse('InvalidStateError');
    session.most = 0;
    const worker = startWorker(async () => Promise.reject(), {}, storage());
    const problem = { kind: 'unsupported', text: 'problem_no_storage' };
    for (const call of [
      'connections.list',
      'storage.read',
      'managed.read',
      'keys.state',
    ] as const) {
      await expect(worker.call(call, {})).rejects.toMatchObject({ problem });
    }
    session.most = 1_000_000;
    expect(await worker.call('connections.list', {})).toEqual([]);
    expect(await worker.call('storage.read', {})).toEqual({ retention: 'private' });
  });
});

describe('a database that is closed under the worker', () => {
  test('for a newer version of it, is opened anew by the next use', async () => {
    const { database } = storage(false);
    await (await database()).put('settings', 1, 'n');
    // Deleting asks all connections to close, as a newer version does.
    const deleting = indexedDB.deleteDatabase('crosstrack');
    await new Promise((done) => deleting.addEventListener('success', done));
    await (await database()).put('settings', 2, 'm');
    expect(await (await database()).getAllKeys('settings')).toEqual(['m']);
  });

  test('by the browser, is opened anew by the next use, and never in the session', async () => {
    const opened: IDBOpenDBRequest[] = [];
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...asked) => {
      const request = open(...asked);
      opened.push(request);
      return request;
    };
    const terminate = async (request: IDBOpenDBRequest | undefined) => {
      const closed = new Promise((done) => request?.result.addEventListener('close', done));
      forceCloseDatabase(Object(request?.result));
      await closed;
    };
    const { database, retention } = storage(false);
    await (await database()).put('settings', 1, 'n');
    await terminate(opened[0]);
    expect(await (await database()).get('settings', 'n')).toBe(1);
    expect(opened).toHaveLength(2);
    await terminate(opened[1]);
    refuse('InvalidStateError');
    await expect(database()).rejects.toMatchObject({ name: 'InvalidStateError' });
    expect(await retention().catch(({ name }) => name)).toBe('InvalidStateError');
  });
});

/** A tracker whose cost can be read and set; `setCost` answers when the test says so. */
function trackerWithCost() {
  const seen = { cost: 10, sent: [] as CostUpdate[], answer: Promise.resolve() };
  const tracker: TrackerAdapter = {
    ...costTracker,
    report: async (client) =>
      fakeReport(client, [{ values: [], metrics: metricsOf({ clicks: 100, cost: seen.cost }) }]),
    async setCost(_, update) {
      seen.sent.push(update);
      seen.cost = update.amount;
      await seen.answer;
    },
  };
  return { seen, tracker };
}

describe('a browser that never remembers', () => {
  const work = (tracker: TrackerAdapter = fakeTracker): Worker =>
    startWorker(() => Promise.reject(), {}, { trackers: [tracker], ...storage() });

  beforeEach(() => {
    refuse('InvalidStateError');
  });

  test('says so', async () => {
    expect(await work().call('storage.read', {})).toEqual({ retention: 'private' });
  });

  test('keeps connections and keys from worker to worker, and nothing in the profile', async () => {
    const id = await work().connect('https://a.example', KEY, 'A');
    const next = work();
    await next.background.start();
    const [connection] = await next.call('connections.list', {});
    expect(connection).toMatchObject({ id, name: 'A', problem: null, keyEnd: '0001' });
    expect(local).toEqual({});
    expect(JSON.stringify(session.items)).not.toContain(KEY);
  });

  test('keeps keys under a passphrase, and unlocked for the next worker', async () => {
    const worker = work();
    await worker.connect('https://a.example', KEY, 'A');
    await worker.call('keys.setPassphrase', { passphrase: 'correct horse' });
    expect(Object.keys(session.items).filter((name) => name.startsWith('db:cryptoKeys'))).toEqual(
      [],
    );
    const next = work();
    expect(await next.call('keys.state', {})).toMatchObject({ passphrase: true, locked: false });
    expect((await next.call('connections.list', {}))[0]?.keyEnd).toBe('0001');
    await next.call('keys.removePassphrase', { passphrase: 'correct horse' });
    expect((await work().call('connections.list', {}))[0]?.keyEnd).toBe('0001');
  });

  test('forgets all when it closes: the next start finds nothing and misses nothing', async () => {
    await work().connect('https://a.example', KEY, 'A');
    session = fakeSession();
    const next = work();
    await next.background.start();
    expect(await next.call('connections.list', {})).toEqual([]);
    await next.connect('https://a.example', KEY, 'A');
    expect((await next.call('connections.list', {}))[0]?.problem).toBeNull();
  });

  test('exports a file that the next session imports', async () => {
    const passphrase = 'correct horse';
    const worker = work();
    await worker.connect('https://a.example', KEY, 'A');
    const { text } = await worker.call('transfer.export', { passphrase });
    session = fakeSession();
    const next = work();
    const { plan } = await next.call('transfer.preview', { text, passphrase });
    await next.call('transfer.apply', { text, passphrase, plan });
    expect((await work().call('connections.list', {}))[0]).toMatchObject({
      name: 'A',
      keyEnd: '0001',
    });
  });

  test('journals a write before it leaves; the next worker settles it and sends nothing', async () => {
    const { seen, tracker } = trackerWithCost();
    const worker = work(tracker);
    const connection = await worker.connect('https://a.example', KEY, 'A');
    const update: CostUpdate = {
      connection,
      campaignId: '7',
      campaignName: 'Summer',
      range: { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' },
      mode: 'total',
      amount: 12,
      currency: 'USD',
      rate: null,
      token: null,
      uniqueOnly: false,
    };
    const { id: preview } = await worker.call('costs.preview', { order: update });
    // The tracker has it, and the worker never hears of that.
    seen.answer = new Promise(() => {});
    const { id } = await worker.call('costs.send', { preview, at: null });
    await expect.poll(() => seen.sent).toHaveLength(1);
    const stored: JournalRecord = JSON.parse(String(session.items[`db:journal:${id}`]));
    expect(stored.state).toBe('sending');
    const next = work(tracker);
    await next.background.start();
    const record = await next.call('journal.read', { record: id });
    expect(record.history.map(({ state }) => state)).toEqual([
      'planned',
      'sending',
      'unknown',
      'verified',
    ]);
    expect(seen.sent).toHaveLength(1);
  });

  test('sends nothing that it has no room to journal', async () => {
    const { seen, tracker } = trackerWithCost();
    const worker = work(tracker);
    const connection = await worker.connect('https://a.example', KEY, 'A');
    const order = {
      connection,
      campaignId: '7',
      campaignName: 'x'.repeat(2_000),
      range: { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' },
      mode: 'total',
      amount: 12,
      currency: 'USD',
      rate: null,
      token: null,
      uniqueOnly: false,
    } as const;
    const { id: preview } = await worker.call('costs.preview', { order });
    session.most = JSON.stringify(session.items).length - 2_000;
    await expect(worker.call('costs.send', { preview, at: null })).rejects.toMatchObject({
      problem: { text: 'problem_session_full' },
    });
    expect(seen.sent).toEqual([]);
    expect(
      await work(tracker).call('journal.list', { connection: null, campaignId: null }),
    ).toEqual([]);
  });

  test('shows a good answer though there is no room to keep it', async () => {
    const { tracker } = trackerWithCost();
    const worker = work(tracker);
    const connection = await worker.connect('https://a.example', KEY, 'A');
    session.most = JSON.stringify(session.items).length;
    const range = { from: '2026-07-01', to: '2026-07-02', zone: 'Europe/Madrid' };
    const asked = { connection, range, fresh: true };
    expect(await worker.call('campaigns.figures', asked)).toMatchObject({ problem: null });
    const campaigns = await worker.call('campaigns.list', { connection, fresh: true });
    expect(campaigns.campaigns).toEqual([]);
  });
});
