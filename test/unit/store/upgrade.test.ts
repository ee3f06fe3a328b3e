import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AnyStore,
  type Database,
  openDatabase,
  UPGRADES,
} from '../../../lib/store/database.ts';
import { openSessionDatabase } from '../../../lib/store/session-database.ts';
import { startWorker } from '../background/transfer-world.ts';
import { type FakeSession, fakeSession } from './session-area.ts';
import { makeVersion1 } from './version-1.ts';

const CAMPAIGNS = {
  fetchedAt: Date.UTC(2026, 7, 1),
  campaigns: [{ id: '7', name: 'Summer', active: true, source: null }],
};
const LOCK = {
  salt: 'c2FsdHNhbHRzYWx0c2FsdA==',
  rounds: 600000,
  iv: 'aXZpdml2aXZpdml2',
  data: 'ZGF0YWRhdGE=',
};
const CONNECTION = {
  id: 'c:1',
  tracker: 'fake',
  name: 'Main',
  api: 'https://a.example',
  pages: ['https://a.example'],
  currency: 'USD',
  zone: 'Europe/Madrid',
  basis: 'visit',
  templates: [],
  order: 1,
  createdAt: 5,
};
const CHANGE = { committed: true, keys: [], removed: 'gone', left: ['https://b.example/*'] };

/** What version 1 kept, as it lay there: [key, record] for stores whose records do not say their key. */
const SETTINGS: ReadonlyArray<readonly [string, unknown]> = [
  ['settings', { format: 'mgid', panelDock: 'left' }],
  ['keys', { id: 'ring-2', lock: LOCK }],
  ['keys-tries', { failures: 2, notBefore: 0 }],
  ['keys-idle', 15],
  ['change', CHANGE],
  ['policy', { raw: { forbidden: ['costs'] }, accounts: ['["fake","https://a.example"]'] }],
  ['campaigns:c:1', CAMPAIGNS],
  ['memory:c:1', [['speaks', 'yes']]],
  ['twins:c:1', { asked: '[]', campaigns: [] }],
];
const REPORT = { key: 'q', connection: 'c:1', savedAt: 3, report: { rows: [] } };
const JOURNAL = { id: 'j', state: 'verified', createdAt: 4 };
const EXPORT = { id: 'e', at: 5, campaignId: '7' };

/** The same, where it lies now. */
const AFTER: Partial<Record<AnyStore, Record<string, unknown>>> = {
  settings: { settings: SETTINGS[0]?.[1] },
  vault: { ring: SETTINGS[1]?.[1], tries: SETTINGS[2]?.[1], idle: 15 },
  pending: { change: CHANGE },
  policy: { last: SETTINGS[5]?.[1] },
  connectionData: {
    'campaigns:c:1': { key: 'campaigns:c:1', connection: 'c:1', value: CAMPAIGNS },
    'memory:c:1': { key: 'memory:c:1', connection: 'c:1', value: [['speaks', 'yes']] },
    'twins:c:1': { key: 'twins:c:1', connection: 'c:1', value: { asked: '[]', campaigns: [] } },
  },
  connections: { 'c:1': CONNECTION },
  journal: { j: JOURNAL },
  exports: { e: EXPORT },
  reports: { q: REPORT },
};

const EMPTY = Object.fromEntries(Object.keys(AFTER).map((store) => [store, {}]));

async function contents(database: Database) {
  const found: typeof AFTER = {};
  for (const store of Object.keys(AFTER) as AnyStore[]) {
    const keys = await database.getAllKeys(store);
    const records = await database.getAll(store);
    found[store] = Object.fromEntries(keys.map((key, at) => [key, records[at]]));
  }
  return found;
}

const VERSION_1 = {
  settings: SETTINGS,
  connections: [[undefined, CONNECTION]],
  reports: [[undefined, REPORT]],
  journal: [[undefined, JOURNAL]],
  exports: [[undefined, EXPORT]],
} as const;

/** The session of version 1. */
function sessionOfVersion1(): FakeSession {
  const session = fakeSession();
  const put = (store: string, key: string, record: unknown) => {
    session.items[`db:${store}:${key}`] = JSON.stringify(record);
  };
  session.items.db = true;
  for (const [key, record] of SETTINGS) put('settings', key, record);
  put('connections', 'c:1', CONNECTION);
  put('reports', 'q', REPORT);
  put('journal', 'j', JOURNAL);
  put('exports', 'e', EXPORT);
  return session;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('a new database is empty', async () => {
  expect(await contents(await openDatabase())).toEqual(EMPTY);
  expect(await contents(await openSessionDatabase(fakeSession(), UPGRADES))).toEqual(EMPTY);
});

describe('a database of version 1', () => {
  test('has each record in the store of its kind', async () => {
    await makeVersion1(VERSION_1);
    expect(await contents(await openDatabase())).toEqual(AFTER);
  });

  test('finds what was in a store by an index that is newer', async () => {
    await makeVersion1(VERSION_1);
    for (const database of [
      await openDatabase(),
      await openSessionDatabase(sessionOfVersion1(), UPGRADES),
    ]) {
      expect(await database.getAllFromIndex('exports', 'campaignId', '7')).toEqual([EXPORT]);
      expect(await database.getAllFromIndex('exports', 'campaignId', '8')).toEqual([]);
    }
  });

  test('is as it was when the upgrade fails, and upgraded by the next opening', async () => {
    await makeVersion1(VERSION_1);
    const put = IDBObjectStore.prototype.put;
    const failing = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...record
    ) {
      if (this.name === 'policy') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, record);
    });
    await expect(openDatabase()).rejects.toMatchObject({ name: 'QuotaExceededError' });
    failing.mockRestore();
    expect(await contents(await openDatabase())).toEqual(AFTER);
  });

  test('is what the worker goes on with', async () => {
    await makeVersion1(VERSION_1);
    const database = openDatabase();
    const worker = startWorker(() => database, {});
    expect(await worker.call('keys.state', {})).toMatchObject({
      passphrase: true,
      locked: true,
      idleMinutes: 15,
    });
    expect(await worker.call('settings.read', {})).toMatchObject({ format: 'mgid' });
    const asked = { connection: 'c:1', fresh: false };
    expect(await worker.call('campaigns.list', asked)).toEqual(CAMPAIGNS);
  });
});

describe('a session of version 1', () => {
  test('has each record in the store of its kind, and nothing where it was', async () => {
    const session = sessionOfVersion1();
    expect(await contents(await openSessionDatabase(session, UPGRADES))).toEqual(AFTER);
    const left = Object.keys(session.items).filter((name) => name.startsWith('db:settings:'));
    expect(left).toEqual(['db:settings:settings']);
    expect(session.items.db).toBe(UPGRADES.length);
    expect(await contents(await openSessionDatabase(session, UPGRADES))).toEqual(AFTER);
  });

  test('goes through with it after a worker that was killed at any write', async () => {
    for (let writes = 0; ; writes++) {
      const session = sessionOfVersion1();
      let left = writes;
      const { set, remove } = session;
      const step = () => {
        if (left-- <= 0) throw new Error('killed');
      };
      session.set = async (items) => {
        step();
        return set(items);
      };
      session.remove = async (keys) => {
        step();
        return remove(keys);
      };
      const done = await openSessionDatabase(session, UPGRADES).then(
        () => true,
        () => false,
      );
      Object.assign(session, { set, remove });
      const found = await contents(await openSessionDatabase(session, UPGRADES));
      // Figures make room for what cannot be asked for again.
      expect({ ...found, reports: AFTER.reports }, `after ${writes} writes`).toEqual(AFTER);
      if (done && left > 0) break;
    }
  });
});
