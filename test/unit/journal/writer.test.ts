import { beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import { createJournal } from '../../../lib/journal/journal.ts';
import { createWriter } from '../../../lib/journal/writer.ts';
import { testDatabase } from '../test-database.ts';
import { plannedRecord } from './record-fixture.ts';

/** A tracker with one cost; says what it is told to say. */
function fakeTracker() {
  return {
    cost: 80 as number | null,
    sent: 0,
    reads: 0,
    /** Read-backs until an accepted cost shows. */
    appliesAfter: 0,
    refuse: null as Problem | null,
    applyAnyway: false,
    dead: false,
    waiting: null as number | null,
  };
}

let tracker: ReturnType<typeof fakeTracker>;
let clock: number;
let alarms: number[];
let changed: string[];
let dataBase: ReturnType<typeof testDatabase>;

beforeEach(() => {
  tracker = fakeTracker();
  clock = 1_000;
  alarms = [];
  changed = [];
  dataBase = testDatabase();
});

/** A worker as it is after a start; calling it again is a restart on the same storage. */
function worker(database = dataBase.database) {
  const journal = createJournal(database, () => clock);
  const writer = createWriter({
    journal,
    async send(record) {
      tracker.sent += 1;
      if (tracker.refuse) {
        if (tracker.applyAnyway) tracker.cost = record.order.amount;
        throw new CrosstrackError(tracker.refuse);
      }
      if (tracker.appliesAfter === 0) tracker.cost = record.order.amount;
      else tracker.waiting = record.order.amount;
    },
    async readBack() {
      tracker.reads += 1;
      if (tracker.dead) throw new CrosstrackError({ kind: 'network' });
      if (tracker.waiting !== null && tracker.reads > tracker.appliesAfter) {
        tracker.cost = tracker.waiting;
      }
      return { cost: tracker.cost, clicks: 1000 };
    },
    changed: async (connection) => void changed.push(connection),
    now: () => clock,
    sleep: async (ms) => {
      clock += ms;
    },
    wakeAfter: (ms) => alarms.push(ms),
  });
  return { journal, writer };
}

const states = async (journal: ReturnType<typeof worker>['journal'], id = 'r1') =>
  (await journal.get(id))?.history.map(({ state }) => state);

describe('a write that goes well', () => {
  test('is planned, sent once, accepted and verified by reading back', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await states(journal)).toEqual(['planned', 'sending', 'accepted', 'verified']);
    expect(tracker.sent).toBe(1);
    expect((await journal.get('r1'))?.seen).toBe(120.5);
    expect(changed).toEqual(['c1']);
  });

  test('is followed until a tracker that applies later shows it', async () => {
    tracker.appliesAfter = 3;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ appliedLater: true }));
    await writer.run('r1');
    expect(await states(journal)).toEqual(['planned', 'sending', 'accepted', 'verified']);
    expect(tracker.reads).toBe(4);
  });

  test('is handed to an alarm when it takes longer than the worker should wait', async () => {
    tracker.appliesAfter = 8;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ appliedLater: true }));
    await writer.run('r1');
    expect((await journal.get('r1'))?.state).toBe('accepted');
    expect(alarms.at(-1)).toBe(30_000);
    for (let alarm = 0; alarm < 4; alarm++) await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
    expect(tracker.sent).toBe(1);
  });

  test('marks the order that it undoes', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    const undo = plannedRecord({ id: 'r2', undoes: 'r1', expected: 80 });
    await journal.add({ ...undo, order: { ...undo.order, amount: 80 } });
    await writer.run('r2');
    expect((await journal.get('r2'))?.state).toBe('verified');
    expect((await journal.get('r1'))?.state).toBe('undone');
  });
});

describe('a write that is refused', () => {
  test('fails with the reason and is not read back', async () => {
    tracker.refuse = { kind: 'auth', said: 'bad key' };
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    const record = await journal.get('r1');
    expect(record?.state).toBe('failed');
    expect(record?.history.at(-1)?.problem).toMatchObject({ kind: 'auth' });
    expect(tracker.reads).toBe(0);
  });

  test('by the pace waits as long as the tracker asks, then goes out', async () => {
    tracker.refuse = { kind: 'rate', retryAfterMs: 60_000 };
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await journal.get('r1')).toMatchObject({ state: 'planned', notBefore: clock + 60_000 });
    await writer.settle();
    expect(tracker.sent).toBe(1);
    tracker.refuse = null;
    clock += 60_000;
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
    expect(tracker.sent).toBe(2);
  });
});

describe('a write whose answer was lost', () => {
  const lost: Problem = { kind: 'timeout', maybeApplied: true };

  test('is read back and found applied; it is never sent again', async () => {
    tracker.refuse = lost;
    tracker.applyAnyway = true;
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await states(journal)).toEqual(['planned', 'sending', 'unknown', 'verified']);
    expect(tracker.sent).toBe(1);
  });

  test('is read back and found not applied: failed, so that it can be ordered anew', async () => {
    tracker.refuse = lost;
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect((await journal.get('r1'))?.state).toBe('failed');
    expect(tracker.sent).toBe(1);
  });

  test('stays unknown while the tracker cannot be asked, and is settled later', async () => {
    tracker.refuse = lost;
    tracker.applyAnyway = true;
    tracker.dead = true;
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect((await journal.get('r1'))?.state).toBe('unknown');
    tracker.dead = false;
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
    expect(tracker.sent).toBe(1);
  });
});

describe('a worker that was killed', () => {
  test('after planning: the restarted one sends it once', async () => {
    await worker().journal.add(plannedRecord());
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
    expect(tracker.sent).toBe(1);
  });

  test('long ago after planning: it is not sent behind the user’s back', async () => {
    await worker().journal.add(plannedRecord());
    clock += 11 * 60_000;
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('failed');
    expect(tracker.sent).toBe(0);
  });

  test('in what is the future by now, the clock was put back: that may be long ago too', async () => {
    clock = 5_000_000;
    await worker().journal.add(plannedRecord({ createdAt: clock }));
    clock = 1_000;
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('failed');
    expect(tracker.sent).toBe(0);
  });

  test('and held by the tracker before the clock was put back: it is not held for hours', async () => {
    clock = 5_000_000;
    tracker.refuse = { kind: 'rate', retryAfterMs: 60_000 };
    const first = worker();
    await first.journal.add(plannedRecord({ createdAt: clock }));
    await first.writer.run('r1');
    tracker.refuse = null;
    clock = 1_000;
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
  });

  test.each([
    ['the request arrived', 120.5, 'verified'],
    ['the request did not arrive', 80, 'failed'],
    ['something else happened to the cost', 99, 'mismatch'],
  ])('while sending, and %s', async (_, cost, state) => {
    const before = worker();
    await before.journal.add(plannedRecord());
    await before.journal.move('r1', 'sending');
    tracker.cost = cost;
    const { journal, writer } = worker(dataBase.reopen());
    for (let start = 0; start < 3; start++) await writer.settle();
    expect((await journal.get('r1'))?.state).toBe(state);
    expect(tracker.sent).toBe(0);
  });

  test('while reading back: the restarted one reads back', async () => {
    const before = worker();
    await before.journal.add(plannedRecord());
    await before.journal.move('r1', 'sending');
    await before.journal.move('r1', 'accepted');
    tracker.cost = 120.5;
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
  });
});

describe('the journal', () => {
  test('refuses moves that are not in the table', async () => {
    const { journal } = worker();
    await journal.add(plannedRecord());
    await expect(journal.move('r1', 'verified')).rejects.toMatchObject({
      problem: { kind: 'conflict' },
    });
    expect((await journal.get('r1'))?.state).toBe('planned');
  });

  test('lets only one of two movers through', async () => {
    const { journal } = worker();
    await journal.add(plannedRecord());
    const moves = await Promise.allSettled([
      journal.move('r1', 'sending'),
      journal.move('r1', 'sending'),
    ]);
    expect(moves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('two runs of one record send it once', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await Promise.all([writer.run('r1'), writer.run('r1'), writer.settle()]);
    expect(tracker.sent).toBe(1);
  });

  test('leaves out records that cannot be read, and keeps the others', async () => {
    const { journal } = worker();
    await journal.add(plannedRecord());
    await (await dataBase.database()).put('journal', {
      id: 'broken',
      createdAt: 5,
      state: 'planned',
    });
    expect((await journal.list()).map(({ id }) => id)).toEqual(['r1']);
  });
});
