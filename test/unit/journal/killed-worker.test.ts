import { beforeEach, describe, expect, test } from 'vitest';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, world } from './world.ts';

let { at, storage, worker } = world();
beforeEach(() => {
  ({ at, storage, worker } = world());
});

const LATER = { settlesWithin: 45 * MINUTE };

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
