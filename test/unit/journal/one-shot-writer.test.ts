import { beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError, LOCKED, NO_ACCESS, NO_KEY, type Problem } from '../../../lib/errors.ts';
import {
  createJournal,
  createMarksJournal,
  createPauseJournal,
} from '../../../lib/journal/journal.ts';
import {
  createOneShotWriter,
  type OneShotWriterDeps,
} from '../../../lib/journal/one-shot-writer.ts';
import { PAUSES, pauseReading } from '../../../lib/journal/pause-reading.ts';
import type { PauseRecord } from '../../../lib/journal/pause-record.ts';
import { createJournalRecords } from '../../../lib/journal/records.ts';
import { writeRecordSchema } from '../../../lib/journal/write-record.ts';
import { testDatabase } from '../test-database.ts';
import { marksRecord } from './marks-record-fixture.ts';
import { plannedRecord } from './record-fixture.ts';

const pause = (change: Partial<PauseRecord> = {}): PauseRecord => ({
  id: 'p1',
  kind: 'pause',
  connection: 'c1',
  connectionName: 'Main',
  tracker: 'any',
  campaignId: '7',
  campaignName: 'Summer push DE',
  active: false,
  seen: null,
  state: 'planned',
  history: [{ at: 0, state: 'planned' }],
  readBacks: 0,
  undoes: null,
  createdAt: 0,
  ...change,
});

let tracker: {
  active: boolean | null;
  sent: boolean[];
  refuse: Problem | null;
  /** Does what it refuses, or answers too late, all the same. */
  applies: boolean;
  /** Read-backs until it shows what it did. */
  showsAfter: number;
  dead: boolean;
};
let clock: number;
/** The alarm that is set, epoch ms; null = none. */
let alarm: number | null;
/** Times of the read-backs. */
let reads: number[];
let storage: ReturnType<typeof testDatabase>;

beforeEach(() => {
  tracker = { active: true, sent: [], refuse: null, applies: true, showsAfter: 0, dead: false };
  clock = 1_000;
  alarm = null;
  reads = [];
  storage = testDatabase();
});

/** A worker as it is after a start; calling it again is a restart on the same storage. */
function worker(parts: Partial<OneShotWriterDeps<PauseRecord>> = {}) {
  const journal = createPauseJournal(createJournalRecords(storage.database), () => clock);
  let shown = tracker.active;
  const writer = createOneShotWriter({
    journal,
    allow: async () => {},
    async send({ active }) {
      tracker.sent.push(active);
      shown = tracker.active;
      if (tracker.applies) tracker.active = active;
      if (tracker.refuse) throw new CrosstrackError(tracker.refuse);
    },
    async readBack(record) {
      reads.push(clock);
      if (tracker.dead) throw new CrosstrackError({ kind: 'network' });
      return pauseReading(record, tracker.showsAfter-- > 0 ? shown : tracker.active);
    },
    kind: PAUSES,
    now: () => clock,
    sleep: async (ms) => {
      clock += ms;
    },
    wakeAfter: (ms) => {
      alarm = clock + ms;
    },
    ...parts,
  });
  return { journal, writer };
}

async function sent(record = pause()) {
  const { journal, writer } = worker();
  await journal.add(record);
  await writer.run(record.id);
  return journal.get(record.id);
}
const states = (record: PauseRecord | null) => record?.history.map(({ state }) => state);
/** The problem that led to its state. */
const reason = (record: PauseRecord | null) => record?.history.at(-1)?.problem;

describe('a pause', () => {
  test('is sent once and verified as soon as the tracker shows it', async () => {
    tracker.showsAfter = 2;
    const record = await sent();
    expect(tracker.sent).toEqual([false]);
    expect(states(record)).toEqual(['planned', 'sending', 'accepted', 'verified']);
    expect(record?.seen).toBe(false);
  });

  test('that the tracker took but does not show is no success', async () => {
    tracker.applies = false;
    const record = await sent();
    expect(states(record)).toEqual(['planned', 'sending', 'accepted', 'mismatch']);
    expect(record?.seen).toBe(true);
    expect(reason(record)).toEqual({ kind: 'conflict', text: 'pause_not_as_ordered' });
    // At growing intervals, for a quarter of a minute.
    expect(reads.map((time) => time - 1_000)).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
  });

  test('has an alarm before it leaves, and another while the tracker cannot be read', async () => {
    let before: number | null = null;
    const { journal, writer } = worker({
      send: async () => {
        before = alarm;
      },
    });
    await journal.add(pause());
    tracker.dead = true;
    await writer.run('p1');
    expect(before).toBe(1_000 + 30_000);
    expect((await journal.get('p1'))?.state).toBe('accepted');
    expect(alarm).toBe(1_000 + 15_000 + 30_000);
    // The same worker takes it up again.
    tracker.dead = false;
    tracker.active = false;
    await writer.settle();
    expect((await journal.get('p1'))?.state).toBe('verified');
  });

  test('that was refused failed with the reason', async () => {
    tracker.applies = false;
    tracker.refuse = { kind: 'permission', status: 403 };
    const record = await sent();
    expect(states(record)).toEqual(['planned', 'sending', 'failed']);
    expect(reason(record)).toEqual(tracker.refuse);
    expect(reads).toEqual([]);
  });

  test('that may not be sent any more is not, and says why', async () => {
    const { journal, writer } = worker({
      allow: async () => {
        throw new CrosstrackError({ kind: 'unsupported', text: 'problem_forbidden' });
      },
    });
    await journal.add(pause());
    await writer.run('p1');
    const record = await journal.get('p1');
    expect(states(record)).toEqual(['planned', 'notSent']);
    expect(reason(record)).toMatchObject({ text: 'problem_forbidden' });
    expect([tracker.sent, reads]).toEqual([[], []]);
  });

  test.each([
    ['keys are locked', LOCKED],
    ['the key is missing', NO_KEY],
    ['access was taken back', NO_ACCESS],
  ])('that could not leave because %s was not sent', async (_, problem) => {
    tracker.applies = false;
    tracker.refuse = problem;
    const record = await sent();
    expect(states(record)).toEqual(['planned', 'sending', 'notSent']);
    expect(reason(record)).toEqual(problem);
  });

  test.each([
    ['arrived', true, 'verified', undefined],
    ['did not arrive', false, 'failed', { kind: 'network', text: 'pause_not_arrived' }],
  ] as const)(
    'whose answer was lost is read back, never sent again: it %s',
    async (_, applies, end, problem) => {
      tracker.applies = applies;
      tracker.refuse = { kind: 'timeout', maybeApplied: true };
      const record = await sent();
      expect(tracker.sent).toEqual([false]);
      expect(states(record)).toEqual(['planned', 'sending', 'unknown', end]);
      expect(reason(record)).toEqual(problem);
    },
  );

  test('of a campaign that is not listed any more cannot be told from one that was not applied', async () => {
    tracker.applies = false;
    tracker.active = null;
    const record = await sent();
    expect(record).toMatchObject({ state: 'notKnown', seen: null });
    expect(reason(record)).toEqual({ kind: 'conflict', text: 'pause_not_listed' });
  });

  test.each(['sending', 'accepted', 'verified', 'failed', 'notSent', 'undone'] as const)(
    'that is %s is not sent by another click',
    async (state) => {
      const record = pause({ state });
      expect(await sent(record)).toEqual(record);
      expect([tracker.sent, reads, alarm]).toEqual([[], [], null]);
    },
  );

  test('after which something else broke may have arrived all the same', async () => {
    const { journal, writer } = worker({
      send: async ({ active }) => {
        tracker.active = active;
        throw new TypeError('a fault of ours');
      },
    });
    await journal.add(pause());
    await writer.run('p1');
    expect(states(await journal.get('p1'))).toEqual(['planned', 'sending', 'unknown', 'verified']);
  });

  test('that the journal could not take note of is taken up at the alarm', async () => {
    const { journal } = worker();
    let full = true;
    const move: typeof journal.move = async (...move) => {
      if (full && move[1] === 'accepted') throw new Error('no room');
      return journal.move(...move);
    };
    const { writer } = worker({ journal: { ...journal, move } });
    await journal.add(pause());
    await writer.run('p1');
    expect([(await journal.get('p1'))?.state, alarm]).toEqual(['sending', clock + 30_000]);
    full = false;
    await writer.settle();
    expect(tracker.sent).toEqual([false]);
    expect(states(await journal.get('p1'))).toEqual(['planned', 'sending', 'unknown', 'verified']);
  });

  test('that is gone is not sent', async () => {
    await worker().writer.run('p1');
    expect(tracker.sent).toEqual([]);
  });
});

describe('an undo', () => {
  const stateOf = async (...ids: string[]) => {
    const { journal } = worker();
    return Promise.all(ids.map(async (id) => (await journal.get(id))?.state));
  };

  test('that is seen marks what it undoes, and each undo of an undo turns the chain over', async () => {
    await sent(pause({ id: 'a' }));
    await sent(pause({ id: 'b', active: true, undoes: 'a' }));
    expect(await stateOf('a', 'b')).toEqual(['undone', 'verified']);
    await sent(pause({ id: 'c', undoes: 'b' }));
    expect(await stateOf('a', 'b', 'c')).toEqual(['verified', 'undone', 'verified']);
    await sent(pause({ id: 'd', active: true, undoes: 'c' }));
    expect(await stateOf('a', 'b', 'c', 'd')).toEqual(['undone', 'verified', 'undone', 'verified']);
  });

  test('that is not seen leaves what it would undo as it was', async () => {
    await sent(pause({ id: 'a' }));
    tracker.applies = false;
    await sent(pause({ id: 'b', active: true, undoes: 'a' }));
    expect(await stateOf('a', 'b')).toEqual(['verified', 'mismatch']);
  });

  test('of what was undone already changes nothing else', async () => {
    await sent(pause({ id: 'a' }));
    await sent(pause({ id: 'b', active: true, undoes: 'a' }));
    await sent(pause({ id: 'c', active: true, undoes: 'a' }));
    expect(await stateOf('a', 'b', 'c')).toEqual(['undone', 'verified', 'verified']);
  });

  test('of what is gone is verified all the same', async () => {
    await sent(pause({ id: 'b', undoes: 'a' }));
    expect(await stateOf('b')).toEqual(['verified']);
  });
});

describe('at the same time', () => {
  test('two clicks on one pause send it once', async () => {
    const { journal, writer } = worker();
    await journal.add(pause());
    await Promise.all([writer.run('p1'), writer.run('p1'), writer.settle()]);
    expect(tracker.sent).toEqual([false]);
    expect((await journal.get('p1'))?.state).toBe('verified');
  });

  test('a pause under way is neither taken up nor read back, whatever its age', async () => {
    const arrival = Promise.withResolvers<void>();
    const { journal, writer } = worker({
      send: async () => {
        await arrival.promise;
        tracker.active = false;
      },
    });
    await journal.add(pause());
    const run = writer.run('p1');
    await expect.poll(async () => (await journal.get('p1'))?.state).toBe('sending');
    await writer.settle();
    expect((await writer.readAgain('p1'))?.state).toBe('sending');
    expect(reads).toEqual([]);
    arrival.resolve();
    await run;
    expect(states(await journal.get('p1'))).toEqual(['planned', 'sending', 'accepted', 'verified']);
  });

  test('one that ended while another was read back is left alone', async () => {
    const asked: string[] = [];
    const { journal, writer } = worker({
      readBack: async (record) => {
        asked.push(record.id);
        await journal.move('a', 'verified', { seen: false });
        return pauseReading(record, false);
      },
    });
    await journal.add(pause({ id: 'a', state: 'accepted', createdAt: 1 }));
    await journal.add(pause({ id: 'b', state: 'accepted', createdAt: 2 }));
    await writer.settle();
    expect(asked).toEqual(['b']);
    for (const id of ['a', 'b']) expect((await journal.get(id))?.state).toBe('verified');
  });
});

describe('after the worker died', () => {
  test.each([
    ['arrived', false, 'verified'],
    ['did not arrive', true, 'failed'],
  ] as const)('a pause under way is read back, never sent again: it %s', async (_, active, end) => {
    await worker().journal.add(pause({ state: 'sending' }));
    tracker.active = active;
    for (let start = 0; start < 5; start++) await worker().writer.settle();
    expect(tracker.sent).toEqual([]);
    const record = await worker().journal.get('p1');
    expect(states(record)).toEqual(['planned', 'unknown', end]);
    expect(record?.history[1]?.problem).toEqual({ kind: 'network', text: 'problem_interrupted' });
  });

  test('a pause that was just confirmed is sent; one that is ten minutes old is not', async () => {
    const before = worker();
    await before.journal.add(pause({ id: 'young', createdAt: clock - 1_000 }));
    await before.journal.add(pause({ id: 'old', createdAt: clock - 11 * 60_000 }));
    const { journal, writer } = worker();
    await writer.settle();
    expect(tracker.sent).toEqual([false]);
    expect((await journal.get('young'))?.state).toBe('verified');
    const old = await journal.get('old');
    expect(old?.state).toBe('notSent');
    expect(reason(old)).toEqual({ kind: 'conflict', text: 'pause_never_sent' });
  });

  test('a tracker that cannot be reached is asked again at each alarm for ten minutes from the answer; then it is not known', async () => {
    const stored = () => worker().journal.get('p1');
    // It was sent nine minutes after it was confirmed, and the answer took its time.
    const left = clock + 9 * 60_000;
    const answered = left + 30_000;
    await worker().journal.add(
      pause({
        state: 'unknown',
        history: [
          { at: clock, state: 'planned' },
          { at: left, state: 'sending' },
          { at: answered, state: 'unknown' },
        ],
      }),
    );
    tracker.dead = true;
    for (clock = answered; clock <= answered + 10 * 60_000; clock += 60_000) {
      alarm = null;
      await worker().writer.settle();
      expect(alarm).toBe(clock + 30_000);
    }
    expect((await stored())?.state).toBe('unknown');
    await worker().writer.settle();
    const record = await stored();
    expect(record?.state).toBe('notKnown');
    expect(reason(record)).toMatchObject({ kind: 'network' });
    tracker.dead = false;
    tracker.active = false;
    expect((await worker().writer.readAgain('p1'))?.state).toBe('verified');
  });
});

describe('checking again', () => {
  test.each([
    'planned',
    'sending',
    'verified',
    'cannotTell',
    'notSent',
    'superseded',
    'cancelled',
    'undone',
  ] as const)('asks nothing about a pause that is %s', async (state) => {
    const { journal, writer } = worker();
    await journal.add(pause({ state }));
    expect(await writer.readAgain('p1')).toEqual(pause({ state }));
    expect(reads).toEqual([]);
  });

  test('does not take for its own what somebody else did after it was refused', async () => {
    tracker.applies = false;
    tracker.refuse = { kind: 'permission', status: 403 };
    await sent();
    tracker.active = false;
    const record = await worker().writer.readAgain('p1');
    expect(record).toMatchObject({ state: 'failed', seen: false });
    expect(reason(record)).toEqual(tracker.refuse);
  });

  test.each(['accepted', 'unknown', 'mismatch', 'failed', 'notKnown'] as const)(
    'shows that one that is %s shows by now, and what the tracker shows instead until then',
    async (state) => {
      const { journal, writer } = worker();
      await journal.add(pause({ state }));
      expect(await writer.readAgain('p1')).toMatchObject({ state, seen: true });
      tracker.active = false;
      expect(await writer.readAgain('p1')).toMatchObject({ state: 'verified', seen: false });
    },
  );

  test('as often as one likes settles nothing anew', async () => {
    const { journal, writer } = worker();
    const record = pause({ state: 'mismatch', readBacks: 4 });
    await journal.add(record);
    for (let click = 0; click < 6; click++) await writer.readAgain('p1');
    expect(await journal.get('p1')).toEqual({ ...record, seen: true });
  });

  test('says why the tracker cannot be read', async () => {
    const { journal, writer } = worker();
    await journal.add(pause({ state: 'notKnown' }));
    tracker.dead = true;
    await expect(writer.readAgain('p1')).rejects.toMatchObject({ problem: { kind: 'network' } });
  });

  test('knows of no pause that is gone', async () => {
    expect(await worker().writer.readAgain('other')).toBeNull();
  });
});

test('writes of each kind lie in one store, and no journal sees or hears the others’', async () => {
  const records = createJournalRecords(storage.database);
  const pauses = createPauseJournal(records, () => clock);
  const costs = createJournal(records, () => clock);
  const marks = createMarksJournal(records, () => clock);
  const heard: string[] = [];
  for (const journal of [pauses, costs, marks]) {
    journal.onChange((changed) => heard.push(changed.map(({ kind }) => kind).join()));
  }
  await pauses.add(pause());
  await costs.add(plannedRecord());
  await marks.add(marksRecord());
  expect(heard).toEqual(['pause', 'cost', 'marks']);
  expect(await pauses.list()).toEqual([pause()]);
  expect(await costs.list()).toEqual([plannedRecord()]);
  expect(await marks.list()).toEqual([marksRecord()]);
  await costs.moveAll((all) => {
    expect(all).toEqual([plannedRecord()]);
    return [];
  });
  expect(heard).toHaveLength(3);
  expect(await costs.get('p1')).toBeNull();
  await expect(costs.move('p1', 'sending')).rejects.toMatchObject({
    problem: { text: 'problem_record_gone' },
  });
  for (const record of [pause(), plannedRecord()]) {
    expect(writeRecordSchema.parse(record)).toEqual(record);
  }
});
