import { beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import { createJournal, createPauseJournal } from '../../../lib/journal/journal.ts';
import { type PauseRecord, writeRecordSchema } from '../../../lib/journal/pause-record.ts';
import { createPauseWriter } from '../../../lib/journal/pause-writer.ts';
import { testDatabase } from '../test-database.ts';
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
let alarms: number[];
let storage: ReturnType<typeof testDatabase>;

beforeEach(() => {
  tracker = { active: true, sent: [], refuse: null, applies: true, showsAfter: 0, dead: false };
  clock = 1_000;
  alarms = [];
  storage = testDatabase();
});

/** A worker as it is after a start; calling it again is a restart on the same storage. */
function worker() {
  const journal = createPauseJournal(storage.database, () => clock);
  let shown = tracker.active;
  const writer = createPauseWriter({
    journal,
    async send({ active }) {
      tracker.sent.push(active);
      shown = tracker.active;
      if (tracker.applies) tracker.active = active;
      if (tracker.refuse) throw new CrosstrackError(tracker.refuse);
    },
    async readBack() {
      if (tracker.dead) throw new CrosstrackError({ kind: 'network' });
      return tracker.showsAfter-- > 0 ? shown : tracker.active;
    },
    now: () => clock,
    sleep: async (ms) => {
      clock += ms;
    },
    wakeAfter: (ms) => alarms.push(ms),
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
    expect(record).toMatchObject({
      seen: true,
      history: expect.arrayContaining([
        expect.objectContaining({ problem: { kind: 'conflict', text: 'pause_not_as_ordered' } }),
      ]),
    });
  });

  test('that was refused failed with the reason', async () => {
    tracker.applies = false;
    tracker.refuse = { kind: 'permission', status: 403 };
    const record = await sent();
    expect(states(record)).toEqual(['planned', 'sending', 'failed']);
    expect(record?.history.at(-1)?.problem).toEqual(tracker.refuse);
  });

  test.each([
    ['arrived', true, 'verified'],
    ['did not arrive', false, 'failed'],
  ] as const)(
    'whose answer was lost is read back, never sent again: it %s',
    async (_, applies, end) => {
      tracker.applies = applies;
      tracker.refuse = { kind: 'timeout', maybeApplied: true };
      const record = await sent();
      expect(tracker.sent).toEqual([false]);
      expect(states(record)).toEqual(['planned', 'sending', 'unknown', end]);
    },
  );

  test('of a campaign that is not listed any more cannot be told from one that was not applied', async () => {
    tracker.applies = false;
    tracker.active = null;
    const record = await sent();
    expect(record?.state).toBe('notKnown');
    expect(record?.history.at(-1)?.problem).toMatchObject({ text: 'pause_not_listed' });
  });

  test('that undoes another one marks it as undone', async () => {
    const { journal } = worker();
    await journal.add(pause({ id: 'first', state: 'verified', active: true }));
    await sent(pause({ undoes: 'first' }));
    expect((await journal.get('first'))?.state).toBe('undone');
    // The undo of the undo: the first one holds again.
    await sent(pause({ id: 'p2', active: true, undoes: 'p1' }));
    expect((await journal.get('p1'))?.state).toBe('undone');
    expect((await journal.get('first'))?.state).toBe('verified');
  });
});

describe('after the worker died', () => {
  test.each([
    ['arrived', false, 'verified'],
    ['did not arrive', true, 'failed'],
  ] as const)('a pause under way is read back, never sent again: it %s', async (_, active, end) => {
    const { journal } = worker();
    await journal.add(pause({ state: 'sending' }));
    tracker.active = active;
    for (let alarm = 0; alarm < 5; alarm++) await worker().writer.settle();
    expect(tracker.sent).toEqual([]);
    expect((await journal.get('p1'))?.state).toBe(end);
  });

  test('a pause that was just confirmed is sent; one that is ten minutes old is not', async () => {
    const { journal } = worker();
    await journal.add(pause({ id: 'young', createdAt: clock - 1_000 }));
    await journal.add(pause({ id: 'old', createdAt: clock - 11 * 60_000 }));
    await worker().writer.settle();
    expect(tracker.sent).toEqual([false]);
    expect((await journal.get('young'))?.state).toBe('verified');
    expect((await journal.get('old'))?.history.at(-1)).toMatchObject({
      state: 'notSent',
      problem: { text: 'pause_never_sent' },
    });
  });

  test('a tracker that cannot be reached is asked again at each alarm for ten minutes; then it is not known', async () => {
    const { journal } = worker();
    const { history } = pause();
    await journal.add(
      pause({ state: 'accepted', history: [...history, { at: clock, state: 'accepted' }] }),
    );
    tracker.dead = true;
    for (let alarm = 0; alarm < 9; alarm++) await worker().writer.settle();
    expect((await journal.get('p1'))?.state).toBe('accepted');
    expect(alarms).toEqual(Array.from({ length: 9 }, () => 30_000));
    clock += 11 * 60_000;
    await worker().writer.settle();
    expect((await journal.get('p1'))?.history.at(-1)).toMatchObject({
      state: 'notKnown',
      problem: { kind: 'network' },
    });
    tracker.dead = false;
    tracker.active = false;
    expect((await worker().writer.readAgain('p1'))?.state).toBe('verified');
  });
});

test('checking again shows what the tracker shows later', async () => {
  const { journal, writer } = worker();
  await journal.add(pause({ state: 'mismatch', seen: true }));
  expect(await writer.readAgain('p1')).toMatchObject({ state: 'mismatch', seen: true });
  tracker.active = false;
  expect(await writer.readAgain('p1')).toMatchObject({ state: 'verified', seen: false });
  expect(await writer.readAgain('other')).toBeNull();
});

test('pauses and cost updates lie in one store, and neither journal sees the other’s', async () => {
  const { journal: pauses } = worker();
  const costs = createJournal(storage.database, () => clock);
  await pauses.add(pause());
  await costs.add(plannedRecord());
  expect(await pauses.list()).toEqual([pause()]);
  expect(await costs.list()).toEqual([plannedRecord()]);
  expect(await costs.get('p1')).toBeNull();
  await expect(costs.move('p1', 'sending')).rejects.toMatchObject({
    problem: { text: 'problem_record_gone' },
  });
  for (const record of [pause(), plannedRecord()]) {
    expect(writeRecordSchema.parse(record)).toEqual(record);
  }
});
