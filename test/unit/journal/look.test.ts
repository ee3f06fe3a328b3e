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

describe('clicks that come in while a write is looked for', () => {
  const before = { cost: 100, clicks: 1000 };
  const order = { before, former: before, expected: 150 };
  /** A tracker that shows these in turn, the last one for ever. */
  const shows = (...reads: Array<{ cost: number | null; clicks: number | null }>) =>
    worker(storage.database, {
      readBack: async () => (reads.length > 1 ? reads.shift() : reads[0]) ?? before,
    });

  test('once, are the measure for all looks that follow', async () => {
    at.takes = null;
    const { journal, writer, pass, record, reason } = shows({ cost: 101, clicks: 1010 });
    await journal.add(plannedRecord(order));
    await writer.run('r1');
    expect((await record()).growth).toBeCloseTo(0.1, 10);
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('mismatch');
    expect(await reason()).toBe('problem_not_applied');
  });

  test('are measured from before it where no cost was shown meanwhile', async () => {
    const { journal, writer, record } = shows(
      { cost: null, clicks: 1010 },
      { cost: 152, clicks: 1020 },
    );
    await journal.add(plannedRecord(order));
    await writer.run('r1');
    // $52 for 20 clicks; they may be all of the change.
    expect((await record()).growth).toBeCloseTo(2.6, 10);
    expect((await record()).state).toBe('accepted');
  });

  test('are measured where there were none before it', async () => {
    const none = { cost: 0, clicks: 0 };
    const { journal, writer, pass, reason } = shows({ cost: 1, clicks: 10 });
    await journal.add(plannedRecord({ before: none, former: none }));
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect(await reason()).toBe('problem_not_applied');
  });

  test('at a cost that fell cannot be told from it', async () => {
    const { journal, writer, pass, record, reason } = shows({ cost: 99.5, clicks: 1010 });
    await journal.add(plannedRecord(order));
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('cannotTell');
    expect(await reason()).toBe('problem_cannot_tell');
  });

  test('are counted from the last look that did not show it', async () => {
    // 490 clicks for $49 came first; then the write, and twice ten clicks on top.
    const { journal, writer, states } = shows(
      { cost: 149, clicks: 1490 },
      { cost: 226, clicks: 1500 },
      { cost: 227, clicks: 1510 },
    );
    // All 510 clicks since the order could have cost as much as the change.
    await journal.add(plannedRecord({ ...order, expected: 225 }));
    await writer.run('r1');
    expect((await states()).at(-1)).toBe('verified');
  });

  test('on top of a cost that somebody else has set are not taken for it', async () => {
    const many = { cost: 80, clicks: 100_000 };
    const { journal, writer, pass, record } = shows(
      { cost: 114, clicks: 100_000 },
      { cost: 115.2, clicks: 100_600 },
    );
    await journal.add(plannedRecord({ before: many, former: many, expected: 120 }));
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('cannotTell');
  });
});

test.each([
  ['too small to be seen', 80.004, false],
  ['of unique clicks alone', 120.5, true],
])(
  'a change %s cannot be told, even while updates wait in the queue',
  async (_, expected, uniqueOnly) => {
    Object.assign(at, { takes: null, queued: true, cost: uniqueOnly ? 99 : 80 });
    const { journal, writer, pass, record } = worker();
    const { order } = plannedRecord();
    await journal.add(plannedRecord({ expected, order: { ...order, uniqueOnly } }));
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record()).state).toBe('cannotTell');
  },
);

test.each([
  ['accepted', 'mismatch'],
  ['unknown', 'failed'],
] as const)(
  'one that was %s, then not known, and does not show, is %s; so is one of unique clicks',
  async (before, end) => {
    const { journal, writer, record } = worker();
    const history = (['planned', 'sending', before, 'notKnown'] as const).map((state) => ({
      at: 0,
      state,
    }));
    const { order } = plannedRecord();
    for (const uniqueOnly of [false, true]) {
      const id = `unique ${uniqueOnly}`;
      const of = { ...order, campaignId: id, uniqueOnly };
      await journal.add(plannedRecord({ id, order: of, state: 'notKnown', sentAt: 0, history }));
    }
    at.clock = HOUR;
    for (const id of ['unique false', 'unique true']) {
      await writer.readAgain(id);
      expect((await record(id)).state).toBe(end);
    }
  },
);

test('the watch over a mismatch ends after a day, even if the tracker cannot be read', async () => {
  at.takes = null;
  const { journal, writer, pass, record } = worker();
  await journal.add(plannedRecord());
  await writer.run('r1');
  await pass(23 * HOUR);
  at.dead = { kind: 'network' };
  await pass(3 * HOUR);
  expect(await record()).toMatchObject({ state: 'mismatch', nextAt: null });
});
