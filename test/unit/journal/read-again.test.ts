import { beforeEach, describe, expect, test } from 'vitest';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, world } from './world.ts';

let { at, worker } = world();
beforeEach(() => {
  ({ at, worker } = world());
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
