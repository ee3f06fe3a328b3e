import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createJournal, type Journal } from '../../../lib/journal/journal.ts';
import { JOURNAL_STATES, type JournalState } from '../../../lib/journal/record.ts';
import { createJournalRecords } from '../../../lib/journal/records.ts';
import { testDatabase } from '../test-database.ts';
import { plannedRecord } from './record-fixture.ts';

let clock: number;
let storage: ReturnType<typeof testDatabase>;
let journal: Journal;

beforeEach(() => {
  clock = 1_000;
  storage = testDatabase();
  journal = createJournal(createJournalRecords(storage.database), () => clock);
});

/** Every way that a write may go; all others would send twice or hide what happened. */
const ALLOWED: Readonly<Record<JournalState, readonly JournalState[]>> = {
  // Sent, or settled before anything left.
  planned: ['sending', 'notSent', 'superseded', 'cancelled'],
  // Answered yes, not at all, or no; told to wait; or stopped before it left.
  sending: ['accepted', 'unknown', 'failed', 'planned', 'notSent'],
  // It may have been applied, so it is read back, never simply failed and never sent again.
  accepted: ['verified', 'cannotTell', 'mismatch', 'notKnown', 'superseded'],
  unknown: ['verified', 'cannotTell', 'mismatch', 'failed', 'notKnown'],
  verified: ['undone'],
  // The tracker came round after all.
  cannotTell: ['verified', 'undone'],
  mismatch: ['verified', 'undone'],
  failed: ['verified'],
  notKnown: ['verified', 'cannotTell', 'mismatch', 'failed'],
  // Never left: there is nothing that could show later.
  notSent: [],
  superseded: [],
  cancelled: [],
  // Its undo was undone: it is what it was.
  undone: ['verified', 'cannotTell', 'mismatch'],
};

describe.each(JOURNAL_STATES)('a record that is %s', (from) => {
  beforeEach(() => journal.add(plannedRecord({ state: from })));

  test.each(JOURNAL_STATES)('moves to %s if that is allowed', async (to) => {
    const moved = journal.move('r1', to);
    if (ALLOWED[from].includes(to)) {
      expect((await moved).state).toBe(to);
      expect((await journal.get('r1'))?.state).toBe(to);
    } else {
      await expect(moved).rejects.toMatchObject({
        problem: { kind: 'conflict', text: 'problem_record_moved', said: `${from} → ${to}` },
      });
      expect(await journal.get('r1')).toEqual(plannedRecord({ state: from }));
    }
  });
});

describe('a move', () => {
  test('is dated and carries its problem', async () => {
    await journal.add(plannedRecord({ state: 'unknown' }));
    clock = 5_000;
    const problem = { kind: 'timeout' } as const;
    const moved = await journal.move('r1', 'mismatch', { problem, seen: 99 });
    expect(moved).toEqual(
      plannedRecord({
        state: 'mismatch',
        seen: 99,
        history: [
          { at: 0, state: 'planned' },
          { at: 5_000, state: 'mismatch', problem },
        ],
      }),
    );
    expect(await journal.get('r1')).toEqual(moved);
  });

  test('of a record that is gone is refused', async () => {
    const gone = { problem: { kind: 'conflict', text: 'problem_record_gone' } };
    await expect(journal.move('r1', 'sending')).rejects.toMatchObject(gone);
    await expect(journal.note('r1', { seen: 1 })).rejects.toMatchObject(gone);
    expect(await journal.list()).toEqual([]);
  });

  test('lets only one of two movers through', async () => {
    await journal.add(plannedRecord());
    const moves = await Promise.allSettled([
      journal.move('r1', 'sending'),
      journal.move('r1', 'sending'),
    ]);
    expect(moves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

test('a note changes what was seen and no state', async () => {
  await journal.add(plannedRecord({ state: 'accepted' }));
  const noted = await journal.note('r1', { seen: 80, nextAt: 3 });
  expect(noted).toEqual(plannedRecord({ state: 'accepted', seen: 80, nextAt: 3 }));
  expect(await journal.get('r1')).toEqual(noted);
});

test('adding, moving and noting are on the disk before they are told', async () => {
  const transaction = vi.spyOn(await storage.database(), 'transaction');
  await journal.add(plannedRecord());
  await journal.move('r1', 'sending');
  await journal.note('r1', { seen: 1 });
  // By default a browser tells of a write that a power cut can still take back.
  const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
  expect(writes.map(([, , options]) => options)).toEqual(
    Array.from({ length: 3 }, () => ({ durability: 'strict' })),
  );
});

describe('the records', () => {
  test('are listed newest first', async () => {
    await journal.add(plannedRecord({ id: 'b', createdAt: 2, state: 'failed' }));
    await journal.add(plannedRecord({ id: 'c', createdAt: 3 }));
    await journal.add(plannedRecord({ id: 'a', createdAt: 1, state: 'unknown' }));
    const ids = (records: ReadonlyArray<{ id: string }>) => records.map(({ id }) => id);
    expect(ids(await journal.list())).toEqual(['c', 'b', 'a']);
  });

  test('that cannot be read are left out, and the others stay', async () => {
    await journal.add(plannedRecord());
    const broken = { id: 'broken', createdAt: 5, state: 'planned' };
    await (await storage.database()).put('journal', broken);
    expect((await journal.list()).map(({ id }) => id)).toEqual(['r1']);
    expect(await journal.get('broken')).toBeNull();
    expect(await journal.get('none')).toBeNull();
  });

  test('are written once: none takes another’s place', async () => {
    await journal.add(plannedRecord());
    await expect(journal.add(plannedRecord({ expected: 1 }))).rejects.toThrow();
    expect((await journal.get('r1'))?.expected).toBe(120.5);
  });
});

test('a listener hears of every change until it stops listening', async () => {
  const heard: string[] = [];
  const stop = journal.onChange((changed) =>
    heard.push(...changed.map(({ id, state, seen }) => `${id} ${state} ${seen}`)),
  );
  await journal.add(plannedRecord());
  await journal.move('r1', 'sending');
  await journal.note('r1', { seen: 7 });
  await journal.move('r1', 'verified').catch(() => {});
  stop();
  await journal.move('r1', 'accepted');
  expect(heard).toEqual(['r1 planned null', 'r1 sending null', 'r1 sending 7']);
});
