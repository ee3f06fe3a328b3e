import { beforeEach, describe, expect, test } from 'vitest';
import { LOCKED, NO_ACCESS, NO_KEY } from '../../../lib/errors.ts';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, SECOND, world } from './world.ts';

let { at, storage, worker } = world();
beforeEach(() => {
  ({ at, storage, worker } = world());
});

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

  test.each([
    [8_000, ['r1', 'r1']],
    [8_001, ['r1']],
  ])('by the pace for %i ms: the worker stays awake for 8 s, and no longer', async (wait, sent) => {
    at.refuse = { kind: 'rate', retryAfterMs: wait };
    const { journal, writer, pass, record } = worker(storage.database, {
      sleep: async (ms) => {
        at.refuse = null;
        at.clock += ms;
      },
    });
    await journal.add(plannedRecord());
    await writer.run('r1');
    expect(at.sent).toEqual(sent);
    at.refuse = null;
    await pass(MINUTE);
    expect((await record()).state).toBe('verified');
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
