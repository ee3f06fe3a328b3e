import { beforeEach, describe, expect, test } from 'vitest';
import { LOCKED, NO_ACCESS, NO_KEY } from '../../../lib/errors.ts';
import { dueAt } from '../../../lib/journal/schedule.ts';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, SECOND, world } from './world.ts';

let { at, storage, worker } = world();
beforeEach(() => {
  ({ at, storage, worker } = world());
});

const LOST = { kind: 'timeout', maybeApplied: true } as const;
const LATER = { settlesWithin: 45 * MINUTE };

describe('a write that goes well', () => {
  test('is planned, sent once, accepted and verified by reading back', async () => {
    const { journal, writer, record, states } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await states()).toEqual(['planned', 'sending', 'accepted', 'verified']);
    expect(at.sent).toEqual(['r1']);
    expect(await record()).toMatchObject({ seen: 120.5, seenClicks: 1000, nextAt: null });
    expect(at.changed).toEqual(['c1']);
  });

  test('is followed at growing intervals, then by alarms, until the tracker shows it', async () => {
    at.takes = 20 * MINUTE;
    const { journal, writer, pass, states } = worker();
    await journal.add(plannedRecord(LATER));
    await writer.run('r1');
    expect(at.reads.map((time) => time - 1_000)).toEqual([
      0, 1_000, 2_000, 3_000, 4_000, 5_333, 7_111, 9_481, 12_641, 16_855, 22_473, 29_964,
    ]);
    await pass(21 * MINUTE);
    expect((await states()).at(-1)).toBe('accepted');
    await pass(10 * MINUTE);
    expect(await states()).toEqual(['planned', 'sending', 'accepted', 'verified']);
    const gaps = at.reads.slice(12).map((time, index) => time - (at.reads[11 + index] ?? 0));
    expect(gaps.every((gap, index) => gap >= (gaps[index - 1] ?? 0))).toBe(true);
    expect(at.reads.length).toBeLessThan(30);
    expect(at.sent).toEqual(['r1']);
  });

  test('has not failed while the tracker tells that updates wait in its queue', async () => {
    at.takes = 3 * HOUR;
    at.queued = true;
    const { journal, writer, pass, states } = worker();
    await journal.add(plannedRecord(LATER));
    await writer.run('r1');
    await pass(2 * HOUR);
    expect((await states()).at(-1)).toBe('accepted');
    await pass(2 * HOUR);
    expect(await states()).toEqual(['planned', 'sending', 'accepted', 'verified']);
  });

  test.each([
    [false, 'mismatch'],
    [true, 'accepted'],
  ])(
    'that does not show, while updates wait in the queue: %s, is %s; a day later it has failed',
    async (queued, state) => {
      Object.assign(at, { takes: null, queued });
      const { journal, writer, pass, states } = worker();
      await journal.add(plannedRecord(LATER));
      await writer.run('r1');
      await pass(2 * HOUR);
      expect((await states()).at(-1)).toBe(state);
      await pass(24 * HOUR);
      expect((await states()).at(-1)).toBe('mismatch');
    },
  );

  test('has an alarm before anything leaves, and none when all is done', async () => {
    const arrival = Promise.withResolvers<void>();
    at.reachable = arrival.promise;
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    const run = writer.run('r1');
    await expect.poll(() => at.sent).toEqual(['r1']);
    expect(at.alarm).toBe(at.clock + 30 * SECOND);
    arrival.resolve();
    await run;
    await writer.settle();
    at.alarm = null;
    await writer.settle();
    expect(at.alarm).toBeNull();
  });
});

describe('what a tracker still shows', () => {
  test('is not what was ordered, however near: 1000 is not 1004', async () => {
    at.takes = null;
    at.cost = 1000;
    const { journal, writer, pass, record } = worker();
    const before = { cost: 1000, clicks: 1000 };
    await journal.add(plannedRecord({ before, former: before, expected: 1004 }));
    await writer.run('r1');
    expect((await record()).state).toBe('accepted');
    await pass(11 * MINUTE);
    expect(await record()).toMatchObject({ state: 'mismatch', seen: 1000 });
  });

  test('cannot be told from the ordered cost where the tracker rounds more than the change', async () => {
    at.takes = null;
    at.cost = 2;
    at.clicks = 100_000;
    const { journal, writer, pass, record, reason } = worker();
    const before = { cost: 2, clicks: 100_000 };
    await journal.add(plannedRecord({ before, former: before, expected: 6 }));
    await writer.run('r1');
    expect((await record()).state).toBe('accepted');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('cannotTell');
    expect(await reason()).toBe('problem_cannot_tell');
    // It is looked at further: it may show yet.
    at.cost = 6;
    await pass(HOUR);
    expect((await record()).state).toBe('verified');
  });

  test('says nothing when the change is less than what it shows', async () => {
    const { journal, writer, record } = worker();
    await journal.add(plannedRecord({ expected: 80.004 }));
    at.takes = null;
    await writer.run('r1');
    const { state, history, nextAt } = await record();
    expect([state, nextAt]).toEqual(['cannotTell', null]);
    expect(history.at(-1)?.problem).toEqual({
      kind: 'conflict',
      text: 'problem_change_hidden',
      values: ['0.00 USD'],
    });
  });
});

describe('a write that was accepted and does not show', () => {
  test('is a mismatch after the time that the tracker may take, never failed', async () => {
    at.takes = null;
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord(LATER));
    await writer.run('r1');
    await pass(44 * MINUTE);
    expect((await record()).state).toBe('accepted');
    await pass(MINUTE);
    expect(await record()).toMatchObject({ state: 'mismatch', seen: 80 });
    expect(await reason()).toBe('problem_not_applied');
    // The last look was when the time was over, not some time after.
    expect(at.reads.at(-1)).toBe(1_000 + 45 * MINUTE);
  });

  test('is a mismatch when the tracker shows another cost', async () => {
    at.takes = null;
    at.cost = 99;
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('mismatch');
    expect(await reason()).toBe('problem_not_as_ordered');
  });

  test('cannot be told when the tracker shows no cost', async () => {
    at.takes = null;
    at.cost = null;
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('cannotTell');
    expect(await reason()).toBe('problem_cost_unseen');
  });

  test('cannot be told for unique clicks, whose cost no report shows apart', async () => {
    at.takes = null;
    at.cost = 99;
    const { journal, writer, pass, record } = worker();
    const { order } = plannedRecord();
    await journal.add(plannedRecord({ order: { ...order, uniqueOnly: true } }));
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('cannotTell');
  });

  test('becomes verified by itself when it shows within a day', async () => {
    at.takes = 20 * HOUR;
    const { journal, writer, pass, states } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(20 * HOUR);
    expect((await states()).at(-1)).toBe('mismatch');
    const reads = at.reads.length;
    await pass(2 * HOUR);
    expect((await states()).slice(-2)).toEqual(['mismatch', 'verified']);
    expect(at.reads.length - reads).toBeLessThan(3);
  });

  test('is looked at once an hour and not after a day', async () => {
    at.takes = null;
    const { journal, writer, pass, record } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(26 * HOUR);
    const reads = at.reads.length;
    expect(reads).toBeLessThan(60);
    expect((await record()).nextAt).toBeNull();
    await pass(26 * HOUR);
    expect(at.reads.length).toBe(reads);
  });
});

describe('a write whose answer was lost', () => {
  beforeEach(() => {
    at.refuse = LOST;
  });

  test('is read back and found applied; it is never sent again', async () => {
    at.applyAnyway = true;
    const { journal, writer, states } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await states()).toEqual(['planned', 'sending', 'unknown', 'verified']);
    expect(at.sent).toEqual(['r1']);
  });

  test('has not failed before the tracker had its time', async () => {
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord(LATER));
    await writer.run('r1');
    await pass(44 * MINUTE);
    expect((await record()).state).toBe('unknown');
    await pass(2 * MINUTE);
    expect(await record()).toMatchObject({ state: 'failed', seen: 80 });
    expect(await reason()).toBe('problem_not_arrived');
    expect(at.sent).toEqual(['r1']);
  });

  test('and failed is verified when it shows after all', async () => {
    at.applyAnyway = true;
    at.takes = 3 * HOUR;
    const { journal, writer, pass, states } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(2 * HOUR);
    expect((await states()).at(-1)).toBe('failed');
    await pass(3 * HOUR);
    expect((await states()).at(-1)).toBe('verified');
  });

  test('is a mismatch when the cost is neither the old one nor the new one', async () => {
    at.cost = 99;
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('mismatch');
    expect(await reason()).toBe('problem_not_as_ordered');
  });

  test('stays unknown while the tracker cannot be read, for a day; only good reads count', async () => {
    at.dead = { kind: 'network' };
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(23 * HOUR);
    expect((await record()).state).toBe('unknown');
    await pass(3 * HOUR);
    expect((await record()).state).toBe('notKnown');
    expect(await reason()).toBe('problem_given_up');
    expect((await record()).nextAt).toBeNull();
  });

  test('is settled when the tracker can be read again', async () => {
    at.applyAnyway = true;
    at.dead = { kind: 'network' };
    const { journal, writer, pass, record } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(5 * HOUR);
    at.dead = null;
    await pass(2 * HOUR);
    expect((await record()).state).toBe('verified');
  });

  test('is not given up while keys are locked: nothing was tried', async () => {
    at.applyAnyway = true;
    at.dead = LOCKED;
    const { journal, writer, pass, record } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    await pass(50 * HOUR);
    expect((await record()).state).toBe('unknown');
    at.dead = null;
    await writer.settle(true);
    expect((await record()).state).toBe('verified');
  });

  test('is closed as not known when its connection is removed', async () => {
    at.dead = { kind: 'conflict' };
    at.connected = false;
    const { journal, writer, record, reason } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(await record()).toMatchObject({ state: 'notKnown', nextAt: null });
    expect(await reason()).toBe('problem_connection_gone');
  });
});

test('a fault of the browser or of ours may come after the request: it is read back', async () => {
  at.refuse = new Error('The quota has been exceeded.');
  at.applyAnyway = true;
  const { journal, writer, states } = worker();
  await journal.add(plannedRecord());
  await writer.run('r1');
  expect(await states()).toEqual(['planned', 'sending', 'unknown', 'verified']);
});

describe('a write that is refused', () => {
  test('fails with the reason and is not read back', async () => {
    at.refuse = { kind: 'auth', said: 'bad key' };
    const { journal, writer, record } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    const { state, history, nextAt, sentAt } = await record();
    expect([state, nextAt, sentAt]).toEqual(['failed', null, null]);
    expect(history.at(-1)?.problem).toMatchObject({ kind: 'auth', said: 'bad key' });
    expect(at.reads).toEqual([]);
  });

  test.each([LOCKED, NO_KEY, NO_ACCESS])('before it left, by %o, was not sent', async (problem) => {
    at.refuse = problem;
    const { journal, writer, record } = worker();
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect((await record()).state).toBe('notSent');
  });

  test.each([
    [{}, 60_000],
    [{ retryAfterMs: 10 }, 1_000],
    [{ retryAfterMs: 90_000 }, 90_000],
  ])('by the pace with %o waits %i ms, then goes out', async (told, wait) => {
    at.refuse = { kind: 'rate', ...told };
    const { journal, writer, pass, record } = worker(storage.database, {
      sleep: async (ms) => {
        at.refuse = null;
        at.clock += ms;
      },
    });
    const held = at.clock + wait;
    await journal.add(plannedRecord());
    const run = writer.run('r1');
    await expect.poll(async () => (await record()).history.length).toBeGreaterThan(2);
    expect((await record()).history[2]).toMatchObject({
      state: 'planned',
      problem: { kind: 'rate' },
    });
    await run;
    at.refuse = null;
    await pass(2 * MINUTE);
    const { state, history } = await record();
    expect(state).toBe('verified');
    const again = history.filter((moved) => moved.state === 'sending')[1];
    expect(again?.at).toBeGreaterThanOrEqual(held);
    expect(at.sent).toEqual(['r1', 'r1']);
  });

  test('by the pace for too long asks again instead', async () => {
    at.refuse = { kind: 'rate', retryAfterMs: 50 * MINUTE };
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord({ createdAt: at.clock }));
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('notSent');
    expect(await reason()).toBe('problem_never_sent');
    await pass(HOUR);
    expect(at.sent).toEqual(['r1']);
  });
});

describe('nothing is sent behind anybody’s back:', () => {
  test('what was forbidden meanwhile is stopped and says so', async () => {
    at.refuse = { kind: 'rate', retryAfterMs: MINUTE };
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(plannedRecord({ createdAt: at.clock }));
    await writer.run('r1');
    at.refuse = null;
    at.forbidden = { kind: 'unsupported', text: 'problem_forbidden' };
    await pass(2 * MINUTE);
    expect(await record()).toMatchObject({ state: 'notSent', nextAt: null });
    expect(await reason()).toBe('problem_forbidden');
    expect(at.sent).toEqual(['r1']);
  });

  test('what was withdrawn is not sent', async () => {
    at.refuse = { kind: 'rate', retryAfterMs: MINUTE };
    const { journal, writer, pass, record } = worker();
    await journal.add(plannedRecord({ createdAt: at.clock }));
    await writer.run('r1');
    at.refuse = null;
    expect(await writer.cancel('r1')).toMatchObject({ state: 'cancelled', nextAt: null });
    await pass(HOUR);
    expect((await record()).state).toBe('cancelled');
    expect(at.sent).toEqual(['r1']);
  });

  test.each(['sending', 'accepted', 'unknown', 'verified', 'notSent'] as const)(
    'one that is %s cannot be withdrawn',
    async (state) => {
      const { journal, writer, record } = worker();
      await journal.add(plannedRecord({ state }));
      await expect(writer.cancel('r1')).rejects.toMatchObject({
        problem: { kind: 'conflict', text: 'problem_record_moved' },
      });
      expect((await record()).state).toBe(state);
    },
  );
});

describe('a worker that was killed', () => {
  const restarted = () => worker(storage.reopen());

  test('after planning: the restarted one sends it once, within ten minutes', async () => {
    await worker().journal.add(plannedRecord({ createdAt: at.clock }));
    at.clock += 10 * MINUTE;
    const { writer, record } = restarted();
    await writer.settle();
    expect((await record()).state).toBe('verified');
    expect(at.sent).toEqual(['r1']);
  });

  test('longer ago: it is not sent behind the user’s back', async () => {
    await worker().journal.add(plannedRecord({ createdAt: at.clock }));
    at.clock += 10 * MINUTE + 1;
    const { writer, record, reason } = restarted();
    await writer.settle();
    expect((await record()).state).toBe('notSent');
    expect(await reason()).toBe('problem_never_sent');
    expect(at.sent).toEqual([]);
  });

  test('in what is the future by now, the clock was put back: that may be long ago too', async () => {
    at.clock = 5_000_000;
    await worker().journal.add(
      plannedRecord({
        createdAt: at.clock,
        history: [{ at: at.clock, state: 'planned' }],
        nextAt: at.clock + HOUR,
      }),
    );
    at.clock = 1_000;
    const { writer, record } = restarted();
    await writer.settle();
    expect((await record()).state).toBe('notSent');
    expect(at.sent).toEqual([]);
  });

  test.each([
    ['the request arrived', 120.5, 'verified'],
    ['the request did not arrive', 80, 'failed'],
    ['something else happened to the cost', 99, 'mismatch'],
  ])('while sending, and %s', async (_, cost, state) => {
    const before = worker();
    await before.journal.add(plannedRecord());
    await before.journal.move('r1', 'sending', { sentAt: at.clock });
    at.cost = cost;
    const { writer, pass, record } = restarted();
    await writer.settle();
    await pass(11 * MINUTE);
    const { state: end, history } = await record();
    expect(end).toBe(state);
    expect(history.find((moved) => moved.state === 'unknown')?.problem).toEqual({
      kind: 'network',
      text: 'problem_interrupted',
    });
    expect(at.sent).toEqual([]);
  });

  test('while reading back: the restarted one reads back at once', async () => {
    const before = worker();
    await before.journal.add(plannedRecord());
    await before.journal.move('r1', 'sending', { sentAt: at.clock });
    await before.journal.move('r1', 'accepted', { nextAt: at.clock + 20 * MINUTE });
    at.cost = 120.5;
    const { writer, record } = restarted();
    await writer.settle(true);
    expect((await record()).state).toBe('verified');
  });

  test('and the clock was put back: the tracker still has all its time', async () => {
    at.clock = 10 * HOUR;
    const before = worker();
    await before.journal.add(plannedRecord(LATER));
    await before.journal.move('r1', 'sending', { sentAt: at.clock });
    await before.journal.move('r1', 'accepted', { nextAt: at.clock });
    at.clock = HOUR;
    const { writer, pass, record } = restarted();
    await writer.settle();
    expect(await record()).toMatchObject({ state: 'accepted', sentAt: HOUR });
    await pass(44 * MINUTE);
    expect((await record()).state).toBe('accepted');
    await pass(3 * MINUTE);
    expect((await record()).state).toBe('mismatch');
  });
});

describe('at the same time', () => {
  test('two runs of one record send it once', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord());
    await Promise.all([writer.run('r1'), writer.run('r1'), writer.settle()]);
    expect(at.sent).toEqual(['r1']);
  });

  test('a record on its way is neither taken up nor read back', async () => {
    const arrival = Promise.withResolvers<void>();
    at.reachable = arrival.promise;
    const { journal, writer, states } = worker();
    await journal.add(plannedRecord());
    const run = writer.run('r1');
    await expect.poll(() => at.sent).toEqual(['r1']);
    await writer.settle();
    expect((await writer.readAgain('r1'))?.state).toBe('sending');
    expect(at.reads).toEqual([]);
    arrival.resolve();
    await run;
    expect(await states()).toEqual(['planned', 'sending', 'accepted', 'verified']);
  });
});

describe('one alarm for all', () => {
  test('comes for the earliest: nobody is delayed by another’s Retry-After', async () => {
    const { journal, writer } = worker();
    await journal.add(
      plannedRecord({ id: 'a', state: 'accepted', sentAt: 1_000, nextAt: 5 * MINUTE }),
    );
    const held = plannedRecord({ id: 'b', nextAt: 9 * MINUTE, createdAt: 1_000 });
    await journal.add({ ...held, order: { ...held.order, campaignId: '8' } });
    await writer.settle();
    expect(at.alarm).toBe(5 * MINUTE);
  });

  test('comes when a waiting one is too old to be sent', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ nextAt: 20 * MINUTE, createdAt: 1_000 }));
    await writer.settle();
    expect(at.alarm).toBe(1_000 + 10 * MINUTE + 1);
  });

  test('a record that storage does not take stops no other, and is tried again', async () => {
    let full = true;
    const { journal, writer, record, pass } = worker();
    const { move } = journal;
    journal.move = async (id, ...rest) => {
      if (id === 'r1' && full) throw new DOMException('full', 'QuotaExceededError');
      return move(id, ...rest);
    };
    await journal.add(plannedRecord());
    const other = plannedRecord({ id: 'r2', turn: 1 });
    await journal.add({ ...other, order: { ...other.order, campaignId: '8' } });
    await writer.settle();
    expect([(await record('r1')).state, (await record('r2')).state]).toEqual([
      'planned',
      'verified',
    ]);
    expect(at.alarm).not.toBeNull();
    full = false;
    at.cost = 80;
    await pass(MINUTE);
    expect((await record('r1')).state).toBe('verified');
    expect(at.sent).toEqual(['r2', 'r1']);
  });
});

test.each([
  'sending',
  'accepted',
  'unknown',
  'verified',
  'cannotTell',
  'mismatch',
  'failed',
  'notKnown',
  'notSent',
  'superseded',
  'cancelled',
  'undone',
] as const)('a record that is %s is not run', async (state) => {
  const { journal, writer, record } = worker();
  await journal.add(plannedRecord({ state }));
  await writer.run('r1');
  expect(await record()).toEqual(plannedRecord({ state }));
  expect([at.sent, at.reads, at.alarm]).toEqual([[], [], null]);
});

test('a record that is gone is not run', async () => {
  await worker().writer.run('r1');
  expect(at.sent).toEqual([]);
});

describe('reading back on the user’s word', () => {
  test.each([
    'planned',
    'sending',
    'verified',
    'failed',
    'notSent',
    'superseded',
    'cancelled',
    'undone',
  ] as const)('asks nothing about a record that is %s', async (state) => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ state }));
    expect(await writer.readAgain('r1')).toEqual(plannedRecord({ state }));
    expect(at.reads).toEqual([]);
  });

  test('knows of no record that is gone', async () => {
    expect(await worker().writer.readAgain('r1')).toBeNull();
  });

  const unanswered = [
    { at: 0, state: 'planned' },
    { at: 0, state: 'unknown' },
  ] as const;
  test.each([
    ['accepted', 120.5, 'verified'],
    ['accepted', 80, 'accepted'],
    ['unknown', 120.5, 'verified'],
    ['unknown', 80, 'unknown'],
    ['mismatch', 120.5, 'verified'],
    ['mismatch', 80, 'mismatch'],
    ['mismatch', null, 'mismatch'],
    ['cannotTell', 120.5, 'verified'],
    ['cannotTell', 80, 'cannotTell'],
    ['failed', 120.5, 'verified'],
    ['failed', 80, 'failed'],
    ['notKnown', 120.5, 'verified'],
  ] as const)('takes one that is %s, with a cost of %s, to %s', async (from, cost, to) => {
    at.cost = cost;
    const { journal, writer, record } = worker();
    await journal.add(
      plannedRecord({ state: from, seen: 1, sentAt: at.clock, history: [...unanswered] }),
    );
    const read = await writer.readAgain('r1');
    expect(read).toMatchObject({ state: to, seen: cost });
    expect(await record()).toEqual(read);
    expect(at.reads.length).toBe(1);
    // Another cost than was seen last: figures on the screen are not those of the tracker.
    expect(at.changed).toEqual(['c1']);
  });

  test('settles one that is not known as what it is', async () => {
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ state: 'notKnown', sentAt: 0, history: [...unanswered] }));
    at.clock = HOUR;
    expect((await writer.readAgain('r1'))?.state).toBe('failed');
  });

  test('says why the tracker cannot be read, and changes nothing', async () => {
    at.dead = { kind: 'network' };
    const { journal, writer, record } = worker();
    await journal.add(plannedRecord({ state: 'mismatch', sentAt: 0 }));
    await expect(writer.readAgain('r1')).rejects.toMatchObject({ problem: { kind: 'network' } });
    expect(await record()).toEqual(plannedRecord({ state: 'mismatch', sentAt: 0 }));
  });

  test('tells nobody of a cost that was seen before', async () => {
    at.cost = 99;
    const { journal, writer } = worker();
    await journal.add(plannedRecord({ state: 'accepted', seen: 99, sentAt: at.clock }));
    expect(await writer.readAgain('r1')).toMatchObject({ state: 'accepted', seen: 99 });
    expect(at.changed).toEqual([]);
  });
});

test('few clicks that were cheap by chance are not the measure of those that follow', async () => {
  // The first read shows the jump as growth; the second one clicks that cost nothing.
  const reads = [
    { cost: 2005, clicks: 1005 },
    { cost: 2005, clicks: 1010 },
  ];
  const before = { cost: 1000, clicks: 1000 };
  const { journal, writer, record } = worker(storage.database, {
    readBack: async () => (reads.length > 1 ? reads.shift() : reads[0]) ?? before,
  });
  await journal.add(plannedRecord({ before, former: before, expected: 2000 }));
  await writer.run('r1');
  expect(await record()).toMatchObject({ state: 'verified', seenClicks: 1010 });
});

test('a look that is more than an hour away dates from before the clock was set back', () => {
  const due = (nextAt: number) => dueAt(plannedRecord({ state: 'accepted', nextAt }), 1_000);
  expect(due(1_000 + HOUR)).toBe(1_000 + HOUR);
  expect(due(1_001 + HOUR)).toBe(1_000);
});
