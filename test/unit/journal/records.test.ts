import { expect, test } from 'vitest';
import { createJournal } from '../../../lib/journal/journal.ts';
import { createJournalRecords } from '../../../lib/journal/records.ts';
import { type Database, type OpenDatabase, UPGRADES } from '../../../lib/store/database.ts';
import { openSessionDatabase } from '../../../lib/store/session-database.ts';
import { counting } from '../counting-database.ts';
import { fakeSession } from '../store/session-area.ts';
import { testDatabase } from '../test-database.ts';
import { nthRecord, plannedRecord } from './record-fixture.ts';
import { world } from './world.ts';

const SETTLED = { state: 'verified', nextAt: null } as const;

test('a long journal is read once, however many updates follow', async () => {
  const { at, storage, worker } = world();
  const LONG = 200;
  const former = worker();
  for (let turn = 1; turn <= LONG; turn++) {
    await former.journal.add(nthRecord(turn, SETTLED, { campaignId: `old ${turn}` }));
  }
  const { database, given } = counting(storage.reopen(), 'journal');
  const { journal, writer, record } = worker(database);
  const ids = Array.from({ length: 20 }, (_, nth) => `new ${nth}`);
  for (const [nth, id] of ids.entries()) {
    const change = { id, expected: 120, createdAt: at.clock };
    await journal.add(nthRecord(LONG + nth, change, { campaignId: id }));
  }
  await Promise.all(ids.map((id) => writer.run(id)));
  for (const id of ids) expect((await record(id)).state).toBe('verified');
  // Each change checks its own record once more, in its transaction.
  expect(given()).toBeLessThan(LONG + 6 * ids.length);
});

/** Where records lie: in IndexedDB, or where a browser has none. `reopen` is what another worker finds. */
const STORAGES: Readonly<Record<string, () => ReturnType<typeof testDatabase>>> = {
  IndexedDB: testDatabase,
  'a session': () => {
    const area = fakeSession();
    const reopen = (): OpenDatabase => {
      const opened = openSessionDatabase(area, UPGRADES);
      return () => opened;
    };
    return { database: reopen(), reopen };
  },
};

test.each(Object.entries(STORAGES))(
  'what is known is what is stored in %s, whatever was written, refused or failed',
  async (_, open) => {
    const { reopen, database } = open();
    const records = createJournalRecords(database);
    let seed = 7;
    const some = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    const heard: string[] = [];
    records.onChange((changed) =>
      heard.push(...changed.map(({ id, createdAt }) => `${id} ${createdAt}`)),
    );
    const wanted: string[] = [];
    /** When each record that should be there was created. */
    const model = new Map<string, number>();
    const tasks = Array.from({ length: 120 }, (_, nth) => {
      const id = `r${some(12)}`;
      const fails = some(5) === 0;
      const what = (['put', 'put', 'add', 'delete'] as const)[some(4)] ?? 'put';
      // The clock may be set back, and several may be of one time.
      const createdAt = some(6);
      return records
        .write(['previews'], async (changes) => {
          await changes.transaction.objectStore('previews').put({ id: `p${nth}` });
          if (what === 'delete') await changes.delete(id);
          else await changes[what](plannedRecord({ id, createdAt }));
          if (fails) throw new Error('a change of mind');
        })
        .then(
          () => {
            if (what === 'delete') model.delete(id);
            else {
              model.set(id, createdAt);
              wanted.push(`${id} ${createdAt}`);
            }
          },
          () => {},
        );
    });
    await Promise.all(tasks);
    const known = await records.list();
    expect(model.size).toBeGreaterThan(3);
    expect(new Map(known.map((record) => [record.id, record.createdAt]))).toEqual(model);
    // Another worker, which reads anew.
    const stored = await createJournalRecords(reopen()).list();
    expect(known).toEqual(stored);
    const inIndex = (
      await (await database()).getAllFromIndex('journal', 'createdAt', null)
    ).reverse();
    expect(known).toEqual(inIndex);
    for (const record of known) expect(await records.get(record.id)).toEqual(record);
    expect(await records.get('none')).toBeNull();
    expect(heard).toEqual(wanted);
  },
);

test('a task sees what the task before it has written', async () => {
  const records = createJournalRecords(testDatabase().database);
  const seen: string[][] = [];
  const adding = (id: string) =>
    records.write([], async ({ before, add }) => {
      seen.push(before.map((record) => record.id));
      await add(plannedRecord({ id }));
    });
  await Promise.all([adding('a'), adding('b'), records.list(), adding('c')]);
  expect(seen).toEqual([[], ['a'], ['b', 'a']]);
});

test('a database that was closed from outside is read anew', async () => {
  const storage = testDatabase();
  let open = storage.reopen();
  const records = createJournalRecords(() => open());
  await records.write([], ({ add }) => add(plannedRecord({ id: 'a' })));
  const other = createJournalRecords(storage.reopen());
  await other.write([], ({ add }) => add(plannedRecord({ id: 'b' })));
  expect((await records.list()).map(({ id }) => id)).toEqual(['a']);
  open = storage.reopen();
  expect((await records.list()).map(({ id }) => id)).toEqual(['b', 'a']);
});

test('what could not be read is tried again', async () => {
  const { database } = testDatabase();
  const stored = await database();
  let fails = true;
  const failing: Database = Object.create(stored, {
    getAll: {
      value: async (store: 'journal') => {
        if (fails) throw new DOMException('not now', 'UnknownError');
        return stored.getAll(store);
      },
    },
  });
  const records = createJournalRecords(async () => failing);
  await expect(records.list()).rejects.toThrow('not now');
  fails = false;
  expect(await records.list()).toEqual([]);
});

test('changes of a task are told together', async () => {
  const records = createJournalRecords(testDatabase().database);
  const told: string[][] = [];
  const stop = records.onChange((changed) => told.push(changed.map(({ id }) => id)));
  await records.write([], async ({ add }) => {
    await add(plannedRecord({ id: 'a' }));
    await add(plannedRecord({ id: 'b' }));
  });
  await records.write([], (changes) => changes.delete('a'));
  stop();
  await records.write([], ({ put }) => put(plannedRecord({ id: 'b', seen: 1 })));
  expect(told).toEqual([['a', 'b']]);
});

test('a record that another worker could not read is unknown to this one, too', async () => {
  const { database } = testDatabase();
  const records = createJournalRecords(database);
  await records.write([], ({ add }) => add(plannedRecord({ seen: Number.NaN })));
  expect(await records.list()).toEqual([]);
  expect(await records.get('r1')).toBeNull();
  expect(await (await database()).count('journal')).toBe(1);
});

test('records that cannot be read stay where they are, unseen', async () => {
  const { database } = testDatabase();
  await (await database()).put('journal', { id: 'x', kind: 'cost', createdAt: 1 });
  const records = createJournalRecords(database);
  const journal = createJournal(records, () => 1);
  await journal.add(plannedRecord());
  expect((await records.list()).map(({ id }) => id)).toEqual(['r1']);
  await expect(journal.move('x', 'sending')).rejects.toMatchObject({
    problem: { text: 'problem_record_gone' },
  });
  expect(await (await database()).count('journal')).toBe(2);
});
