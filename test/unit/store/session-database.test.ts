import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import {
  type AnyStore,
  type Database,
  openDatabase,
  UPGRADES,
} from '../../../lib/store/database.ts';
import { openSessionDatabase } from '../../../lib/store/session-database.ts';
import { fakeSession } from './session-area.ts';

const STORES = ['connections', 'journal', 'reports', 'settings'] as const;
const open = (area = fakeSession()) => openSessionDatabase(area, UPGRADES);

const contents = async (database: Database) => {
  const all: Record<string, unknown> = {};
  for (const store of STORES) {
    all[store] = [await database.getAllKeys(store), await database.getAll(store)];
  }
  return {
    all,
    bySaved: await database.getAllFromIndex('reports', 'savedAt', null),
    byState: await database.getAllFromIndex('journal', 'state', 'a'),
    byAnyState: await database.getAllFromIndex('journal', 'state', null),
  };
};

const key = fc.constantFrom('a', 'b', 'B', 'a:b', 'é', '');
const step = fc.record({
  does: fc.constantFrom(
    'put',
    'add',
    'delete',
    'clear',
    'get',
    'getKey',
    'count',
    'byIndex',
    'throw',
  ),
  store: fc.constantFrom(...STORES),
  key,
  /** An index's value, or none that an index takes. */
  at: fc.constantFrom(1, 2, 10, 'x', 'y', null, undefined),
});
const transactions = fc.array(
  fc.record({
    stores: fc.subarray([...STORES], { minLength: 1 }),
    steps: fc.array(step, { maxLength: 6 }),
    ends: fc.constantFrom('done', 'abort'),
  }),
  { maxLength: 5 },
);
type Valued<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Step = Valued<typeof step>;

/** What a step answers, or the name of the error with which it is refused. */
async function run(database: Database, all: Valued<typeof transactions>) {
  const answers: unknown[] = [];
  /** A transaction that is over says so in two ways, an index in the other. */
  const refusal = (error: unknown) =>
    String(Object(error).name).replace(/^(?:InvalidState|TransactionInactive)Error$/, 'over');
  const note = async (work: () => Promise<unknown>) => answers.push(await work().catch(refusal));
  const perform = async (transaction: ReturnType<Database['transaction']>, one: Step) => {
    const of = transaction.objectStore(one.store);
    const record =
      one.store === 'settings'
        ? [{ at: one.at }, one.key]
        : [{ id: one.key, key: one.key, state: one.at, savedAt: one.at, createdAt: one.at }];
    const [value, beside] = record as [unknown, string?];
    if (one.does === 'put') return of.put(value, beside);
    if (one.does === 'add') return of.add(value, beside);
    if (one.does === 'delete') return of.delete(one.key);
    if (one.does === 'clear') return of.clear();
    if (one.does === 'get') return of.get(one.key);
    if (one.does === 'getKey') return of.getKey(one.key);
    if (one.does === 'count') return of.count();
    if (one.does === 'throw') return Promise.reject(new RangeError());
    if (one.store !== 'reports') return null;
    const asked = typeof one.at === 'number' ? one.at : null;
    return of.index('savedAt').getAllKeys(asked, 2);
  };
  for (const { stores, steps, ends } of all) {
    const transaction = database.transaction([...stores], 'readwrite');
    const done = transaction.done.then(
      () => 'committed',
      () => 'aborted',
    );
    for (const one of steps) {
      if (stores.includes(one.store)) await note(() => perform(transaction, one));
    }
    if (ends === 'abort' && transaction.error === null) transaction.abort();
    answers.push(await done, String(Object(transaction.error).name));
  }
  return answers;
}

describe('a database in the session', () => {
  test('answers as IndexedDB does, and the next worker finds what this one left', async () => {
    await fc.assert(
      fc.asyncProperty(transactions, async (all) => {
        globalThis.indexedDB = new IDBFactory();
        const area = fakeSession();
        const [real, ours] = [await openDatabase(), await open(area)];
        expect(await run(ours, all)).toEqual(await run(real, all));
        expect(await contents(ours)).toEqual(await contents(real));
        expect(await contents(await open(area))).toEqual(await contents(real));
      }),
      { numRuns: 150 },
    );
  });

  test('two that read and write the same go one after the other', async () => {
    const database = await open();
    const increment = async () => {
      const { store, done } = database.transaction('settings', 'readwrite');
      await store.put(Number((await store.get('n')) ?? 0) + 1, 'n');
      await done;
    };
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(await database.get('settings', 'n')).toBe(20);
  });

  test('nothing counts, for anybody, before it is in the session', async () => {
    const area = fakeSession();
    const database = await open(area);
    const release = Promise.withResolvers<void>();
    area.held = release.promise;
    const order: string[] = [];
    const writing = database.put('settings', 1, 'n').then(() => order.push('written'));
    const reading = database.get('settings', 'n').then((n) => order.push(`read ${n}`));
    await new Promise((done) => setTimeout(done));
    expect(order).toEqual([]);
    expect(area.items).not.toHaveProperty('db:settings:n');
    release.resolve();
    await Promise.all([writing, reading]);
    expect(order).toEqual(['written', 'read 1']);
    expect(area.items).toHaveProperty('db:settings:n');
  });

  test('what is read or put is a copy', async () => {
    const database = await open();
    const record = { id: 'a', tags: ['x'] };
    const putting = database.put('links', record);
    record.tags.push('y');
    await putting;
    const read = Object(await database.get('links', 'a'));
    expect(read.tags).toEqual(['x']);
    read.tags.push('z');
    expect(await database.get('links', 'a')).toEqual({ id: 'a', tags: ['x'] });
  });

  test('a transaction over several stores arrives at once', async () => {
    const area = fakeSession();
    const database = await open(area);
    await database.put('previews', { id: 'p' });
    const set = area.set;
    const sets: string[][] = [];
    area.set = (items) => {
      sets.push(Object.keys(items));
      return set(items);
    };
    const transaction = database.transaction(['previews', 'journal'], 'readwrite');
    await transaction.objectStore('previews').delete('p');
    await transaction.objectStore('journal').add({ id: 'j' });
    await transaction.done;
    expect(sets).toEqual([['db:previews:p', 'db:journal:j']]);
    expect(Object.keys(area.items)).toEqual(['db', 'db:journal:j']);
  });

  test('a CryptoKey comes back as one that works and cannot be exported', async () => {
    const area = fakeSession();
    const cipher = { name: 'AES-GCM', length: 256 };
    const made = await crypto.subtle.generateKey(cipher, true, ['encrypt', 'decrypt']);
    await (await open(area)).put('cryptoKeys', made, 'main');
    const back = await (await open(area)).get('cryptoKeys', 'main');
    if (!(back instanceof CryptoKey)) throw new Error('no key came back');
    expect(back.extractable).toBe(false);
    const iv = new Uint8Array(12);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, made, iv);
    expect(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, back, sealed)).toEqual(iv.buffer);
  });
});

describe('where room is short', () => {
  const report = (key: string, savedAt: number, length: number) => ({
    key,
    connection: 'c',
    savedAt,
    report: 'x'.repeat(length),
  });
  const kept = ({ items }: { items: Record<string, unknown> }, store: AnyStore) =>
    Object.keys(items).filter((name) => name.startsWith(`db:${store}:`));

  test('the oldest reports go first', async () => {
    const area = fakeSession();
    const database = await open(area);
    for (const at of [3, 1, 2, 4]) await database.put('reports', report(`r${at}`, at, 800_000));
    expect(await database.getAllKeys('reports')).toEqual(['r2', 'r3', 'r4']);
    expect(kept(area, 'reports').sort()).toEqual([
      'db:reports:r2',
      'db:reports:r3',
      'db:reports:r4',
    ]);
  });

  test('a report that is too long alone is known to this worker', async () => {
    const area = fakeSession();
    const database = await open(area);
    await database.put('reports', report('small', 1, 10));
    await database.put('reports', report('big', 2, 3_000_000));
    expect(await database.getAllKeys('reports')).toEqual(['big', 'small']);
    expect(await (await open(area)).getAllKeys('reports')).toEqual(['small']);
  });

  test('reports make room for everything else', async () => {
    const area = fakeSession();
    const database = await open(area);
    await database.put('reports', report('r', 1, 5_000));
    area.most = 6_000;
    await database.put('journal', { id: 'j', text: 'x'.repeat(3_000) });
    expect(kept(area, 'reports')).toEqual([]);
    expect(kept(area, 'journal')).toEqual(['db:journal:j']);
  });

  test('what does not fit even then never was, and says so', async () => {
    const area = fakeSession();
    const database = await open(area);
    area.most = 1_000;
    const refused = database.put('journal', { id: 'j', text: 'x'.repeat(3_000) });
    const error = await refused.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ problem: { kind: 'conflict', reason: 'session-full' } });
    expect(await database.getAll('journal')).toEqual([]);
    await database.put('journal', { id: 'k' });
    expect(await (await open(area)).getAllKeys('journal')).toEqual(['k']);
  });

  test('a report that does not fit is not refused', async () => {
    const area = fakeSession();
    const database = await open(area);
    area.most = 1_000;
    await database.put('reports', report('r', 1, 5_000));
    expect(await database.getAllKeys('reports')).toEqual(['r']);
    expect(kept(area, 'reports')).toEqual([]);
  });
});
