import { beforeEach, describe, expect, test } from 'vitest';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, world } from './world.ts';

let { at, storage, worker } = world();
beforeEach(() => {
  ({ at, storage, worker } = world());
});

const LATER = { settlesWithin: 45 * MINUTE };

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
