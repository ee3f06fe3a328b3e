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
    /** Resolves when a request may arrive. */
    reachable: Promise.resolve(),
  };
}

let tracker: ReturnType<typeof fakeTracker>;
let clock: number;
let sleeps: number[];
let alarms: number[];
let changed: string[];
let dataBase: ReturnType<typeof testDatabase>;

beforeEach(() => {
  tracker = fakeTracker();
  clock = 1_000;
  sleeps = [];
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
      await tracker.reachable;
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
      sleeps.push(ms);
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
    expect(sleeps).toEqual([1_000, 2_000, 4_000]);
    // The one that is set before anything leaves, in case the worker dies.
    expect(alarms).toEqual([30_000]);
  });

  test('is handed to an alarm when it takes longer than the worker should wait', async () => {
    tracker.appliesAfter = 8;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ appliedLater: true }));
    await writer.run('r1');
    expect((await journal.get('r1'))?.state).toBe('accepted');
    expect(sleeps).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(alarms).toEqual([30_000, 30_000]);
    for (let alarm = 0; alarm < 4; alarm++) await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
    // One for each read-back that did not settle it.
    expect(alarms).toEqual([30_000, 30_000, 30_000, 30_000, 30_000]);
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

  test('leaves the order that it was to undo when it did not', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    tracker.appliesAfter = 99;
    await journal.add(plannedRecord({ id: 'r2', undoes: 'r1', expected: 80 }));
    await writer.run('r2');
    expect((await journal.get('r2'))?.state).toBe('mismatch');
    expect((await journal.get('r1'))?.state).toBe('verified');
  });
});

describe('a write that was accepted and does not show', () => {
  const problem = { kind: 'conflict', text: 'problem_not_as_ordered' };

  test('is a mismatch after three read-backs, never failed: the tracker said yes', async () => {
    tracker.appliesAfter = 99;
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    const record = await journal.get('r1');
    expect(record).toMatchObject({ state: 'mismatch', seen: 80 });
    expect(record?.history.at(-1)?.problem).toEqual(problem);
    expect(tracker.reads).toBe(3);
    expect(changed).toEqual(['c1']);
  });

  test('is read back 25 times where the tracker applies it later', async () => {
    tracker.appliesAfter = 99;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ appliedLater: true }));
    await writer.run('r1');
    for (let alarm = 0; alarm < 30; alarm++) await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('mismatch');
    expect(tracker.reads).toBe(25);
  });

  test('counts read-backs that got no answer, and knows nothing new from them', async () => {
    tracker.dead = true;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ seen: 70 }));
    await writer.run('r1');
    expect(await journal.get('r1')).toMatchObject({ state: 'accepted', readBacks: 5, seen: 70 });
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
    const record = await journal.get('r1');
    expect(record).toMatchObject({ state: 'planned', notBefore: clock + 60_000 });
    expect(record?.history.at(-1)?.problem).toEqual(tracker.refuse);
    expect(alarms).toEqual([30_000, 60_000]);
    clock += 20_000;
    await writer.settle();
    expect(tracker.sent).toBe(1);
    expect(alarms.at(-1)).toBe(40_000);
    tracker.refuse = null;
    clock += 40_000;
    await writer.settle();
    expect(await journal.get('r1')).toMatchObject({ state: 'verified', notBefore: null });
    expect(tracker.sent).toBe(2);
  });

  test.each([
    [{}, 60_000],
    [{ retryAfterMs: 10 }, 1_000],
    [{ retryAfterMs: 90_000 }, 90_000],
  ])('by the pace with %o waits %i ms', async (told, wait) => {
    tracker.refuse = { kind: 'rate', ...told };
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect((await journal.get('r1'))?.notBefore).toBe(clock + wait);
    expect(alarms.at(-1)).toBe(wait);
  });

  test('by the pace goes out however long ago it was ordered: it was to wait', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ notBefore: 3_600_000 }));
    clock = 3_600_000;
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
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
    expect((await journal.get('r1'))?.history[2]?.problem).toEqual(lost);
    expect(tracker.sent).toBe(1);
  });

  test.each([false, true])(
    'is read back and found not applied: failed, so that it can be ordered anew (applied later: %s)',
    async (appliedLater) => {
      tracker.refuse = lost;
      const { journal, writer } = worker();
      await journal.add(plannedRecord({ appliedLater }));
      await writer.run('r1');
      const record = await journal.get('r1');
      expect(record).toMatchObject({ state: 'failed', seen: 80 });
      expect(record?.history.at(-1)?.problem).toEqual({
        kind: 'network',
        text: 'problem_not_arrived',
      });
      expect([tracker.sent, tracker.reads]).toEqual([1, 3]);
    },
  );

  test('is a mismatch when the cost is neither the old one nor the new one', async () => {
    tracker.refuse = lost;
    tracker.cost = 99;
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect((await journal.get('r1'))?.history.at(-1)).toMatchObject({
      state: 'mismatch',
      problem: { kind: 'conflict', text: 'problem_not_as_ordered' },
    });
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

  test('ten minutes after planning: it is still sent', async () => {
    await worker().journal.add(plannedRecord({ createdAt: clock }));
    clock += 10 * 60_000;
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('verified');
  });

  test('longer ago: it is not sent behind the user’s back', async () => {
    await worker().journal.add(plannedRecord({ createdAt: clock }));
    clock += 10 * 60_000 + 1;
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.history.at(-1)).toMatchObject({
      state: 'notSent',
      problem: { kind: 'conflict', text: 'problem_never_sent' },
    });
    expect(tracker.sent).toBe(0);
  });

  test('in what is the future by now, the clock was put back: that may be long ago too', async () => {
    clock = 5_000_000;
    await worker().journal.add(plannedRecord({ createdAt: clock }));
    clock = 1_000;
    const { journal, writer } = worker(dataBase.reopen());
    await writer.settle();
    expect((await journal.get('r1'))?.state).toBe('notSent');
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
    const record = await journal.get('r1');
    expect(record?.state).toBe(state);
    expect(record?.history.find((moved) => moved.state === 'unknown')?.problem).toEqual({
      kind: 'network',
      text: 'problem_interrupted',
    });
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

describe('at the same time', () => {
  test('two runs of one record send it once', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await Promise.all([writer.run('r1'), writer.run('r1'), writer.settle()]);
    expect(tracker.sent).toBe(1);
  });

  test('a record on its way is neither taken up nor read back', async () => {
    const arrival = Promise.withResolvers<void>();
    tracker.reachable = arrival.promise;
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    const run = writer.run('r1');
    await expect.poll(() => tracker.sent).toBe(1);
    await writer.settle();
    expect((await writer.readAgain('r1'))?.state).toBe('sending');
    expect(tracker.reads).toBe(0);
    arrival.resolve();
    await run;
    expect(await states(journal)).toEqual(['planned', 'sending', 'accepted', 'verified']);
  });
});

test.each(['sending', 'accepted', 'unknown', 'verified', 'mismatch', 'failed', 'undone'] as const)(
  'a record that is %s is not run',
  async (state) => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ state }));
    await writer.run('r1');
    expect(await journal.get('r1')).toEqual(plannedRecord({ state }));
    expect([tracker.sent, tracker.reads, alarms.length]).toEqual([0, 0, 0]);
  },
);

test('a record that is gone is not run', async () => {
  const { writer } = worker();
  await writer.run('r1');
  expect(tracker.sent).toBe(0);
});

describe('reading back on the user’s word', () => {
  test.each(['planned', 'sending', 'verified', 'failed', 'undone'] as const)(
    'asks nothing about a record that is %s',
    async (state) => {
      const { journal, writer } = worker();
      await journal.add(plannedRecord({ state }));
      expect(await writer.readAgain('r1')).toEqual(plannedRecord({ state }));
      expect(tracker.reads).toBe(0);
    },
  );

  test('knows of no record that is gone', async () => {
    expect(await worker().writer.readAgain('r1')).toBeNull();
  });

  test.each([
    ['accepted', 120.5, 'verified'],
    ['accepted', 80, 'accepted'],
    ['unknown', 120.5, 'verified'],
    ['unknown', 80, 'unknown'],
    ['mismatch', 120.5, 'verified'],
    ['mismatch', 80, 'mismatch'],
    ['mismatch', null, 'mismatch'],
  ] as const)('takes one that is %s, with a cost of %s, to %s', async (from, cost, to) => {
    tracker.cost = cost;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ state: from, seen: 1 }));
    const read = await writer.readAgain('r1');
    expect(read).toMatchObject({ state: to, seen: cost });
    expect(await journal.get('r1')).toEqual(read);
    expect(tracker.reads).toBe(1);
    // Another cost than was seen last: figures on the screen are not those of the tracker.
    expect(changed).toEqual(['c1']);
  });

  test.each(['accepted', 'unknown', 'mismatch'] as const)(
    'tells nobody of a cost that was seen before, of one that is %s',
    async (state) => {
      tracker.cost = 99;
      const { journal, writer } = worker();
      await journal.add(plannedRecord({ state, seen: 99, before: { cost: 80, clicks: 1000 } }));
      expect(await writer.readAgain('r1')).toMatchObject({ state, seen: 99 });
      expect(changed).toEqual([]);
    },
  );

  test('takes a cost within rounding of its clicks as the one that was ordered', async () => {
    // Half of the fourth decimal for each of 100,000 clicks is 5.
    const before = { cost: 80, clicks: 100_000 };
    tracker.cost = 125.4;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ state: 'mismatch', before }));
    expect((await writer.readAgain('r1'))?.state).toBe('verified');
  });
});
