import { beforeEach, describe, expect, test } from 'vitest';
import { dueAt } from '../../../lib/journal/schedule.ts';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, world } from './world.ts';

let { at, worker } = world();
beforeEach(() => {
  ({ at, worker } = world());
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

test('a look that is more than an hour away dates from before the clock was set back', () => {
  const due = (nextAt: number) => dueAt(plannedRecord({ state: 'accepted', nextAt }), 1_000);
  expect(due(1_000 + HOUR)).toBe(1_000 + HOUR);
  expect(due(1_001 + HOUR)).toBe(1_000);
});
