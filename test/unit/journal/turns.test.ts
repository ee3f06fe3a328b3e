import { beforeEach, describe, expect, test } from 'vitest';
import { nextTurn } from '../../../lib/journal/journal.ts';
import {
  JOURNAL_STATES,
  type JournalRecord,
  type JournalState,
} from '../../../lib/journal/record.ts';
import {
  isBlocked,
  isReplaced,
  isUnanswered,
  isUnderNewer,
  overtaken,
  pendingCosts,
  writtenOver,
} from '../../../lib/journal/turns.ts';
import { marksRecord } from './marks-record-fixture.ts';
import { nthRecord as nth, plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, world } from './world.ts';

let { at, storage, worker } = world();
beforeEach(() => {
  ({ at, storage, worker } = world());
});

const { order } = plannedRecord();

test('a turn comes after every other, even if the clock was set back', () => {
  expect(nextTurn([], 5)).toBe(5);
  expect(nextTurn([nth(9), nth(3)], 5)).toBe(10);
  expect(nextTurn([marksRecord(), nth(9)], 5)).toBe(10);
  expect(nextTurn([nth(9)], 50)).toBe(50);
});

describe('of two writes to the same clicks', () => {
  const states = (test: (state: JournalState) => boolean) => JOURNAL_STATES.filter(test);

  test('the newer one waits while the older one has not left, or may still be running', () => {
    const blocking = states((state) => isBlocked(nth(2), [nth(1, { state }), nth(2)]));
    expect(blocking).toEqual(['planned', 'sending', 'unknown']);
    expect(isBlocked(nth(1), [nth(1), nth(2)])).toBe(false);
    expect(isBlocked(nth(2), [nth(1, {}, { campaignId: '8' }), nth(2)])).toBe(false);
  });

  test('the newer one takes the place of the older one while both wait, if it sets all of its clicks', () => {
    const replacing = states((state) => isReplaced(nth(1), [nth(1), nth(2, { state })]));
    expect(replacing).toEqual(['planned']);
    expect(isReplaced(nth(2), [nth(1), nth(2)])).toBe(false);
    const part = { token: { slot: 1, value: 'a' } };
    expect(isReplaced(nth(1), [nth(1), nth(2, {}, part)])).toBe(false);
    expect(isReplaced(nth(1, {}, part), [nth(1, {}, part), nth(2)])).toBe(true);
  });

  test('the newer one could be taken for the older one while it has no answer', () => {
    const mistaken = states((state) => isUnderNewer(nth(1), [nth(1), nth(2, { state })]));
    expect(mistaken).toEqual(['sending', 'unknown']);
    expect(isUnderNewer(nth(2), [nth(1, { state: 'unknown' }), nth(2)])).toBe(false);
  });

  test.each<[JournalState, number | null, ReturnType<typeof overtaken>[number]['to'] | undefined]>([
    ['accepted', 5_000, 'superseded'],
    ['mismatch', 5_000, null],
    ['cannotTell', 5_000, null],
    ['failed', 5_000, null],
    // Nobody looks at it any more, or it may still be running.
    ['mismatch', null, undefined],
    ['verified', null, undefined],
    ['unknown', 5_000, undefined],
    ['planned', 5_000, undefined],
  ])('the older one that is %s, with a look at %s, is overtaken: %s', (state, nextAt, to) => {
    const older = nth(1, { state, nextAt });
    const [move, ...others] = overtaken(nth(2), [older, nth(2), nth(3, { state, nextAt })]);
    expect(others).toEqual([]);
    expect(move?.to).toBe(to);
    if (move) expect(move).toMatchObject({ id: 'r1', patch: { nextAt: null } });
  });
});

describe('writes to the same clicks', () => {
  const busy = { kind: 'rate', retryAfterMs: MINUTE } as const;

  test('go out in the order of their confirmation; the newest of those that wait takes their place', async () => {
    at.refuse = busy;
    const { journal, writer, pass, record, reason, states } = worker();
    await journal.add(nth(1));
    await writer.run('r1');
    await journal.add(nth(2));
    await writer.run('r2');
    await journal.add(nth(3));
    await writer.run('r3');
    expect((await record('r1')).state).toBe('superseded');
    expect((await record('r2')).state).toBe('superseded');
    expect(await reason('r2')).toBe('problem_superseded');
    expect((await record('r2')).nextAt).toBeNull();
    at.refuse = null;
    await pass(2 * MINUTE);
    expect((await states('r3')).at(-1)).toBe('verified');
    expect(at.cost).toBe(130);
    expect(at.sent.at(-1)).toBe('r3');
  });

  test('one of other clicks in common waits for the older one and does not take its place', async () => {
    at.refuse = busy;
    const { journal, writer, pass, record } = worker();
    await journal.add(nth(1, {}, { token: { slot: 1, value: 'a' } }));
    await writer.run('r1');
    await journal.add(nth(2, {}, { token: { slot: 2, value: 'b' } }));
    await writer.run('r2');
    expect((await record('r1')).state).toBe('planned');
    expect(at.sent).toEqual(['r1']);
    at.refuse = null;
    await pass(2 * MINUTE);
    expect(at.sent).toEqual(['r1', 'r1', 'r2']);
    expect((await record('r1')).state).toBe('verified');
    expect((await record('r2')).state).toBe('verified');
  });

  test('go out as soon as the older one is taken, even if it does not show', async () => {
    const times: number[] = [];
    const { journal, writer } = worker(storage.database, {
      send: async () => void times.push(at.clock),
    });
    await journal.add(nth(1));
    await journal.add(nth(2, {}, { token: { slot: 1, value: 'a' } }));
    await writer.run('r1');
    expect(times).toHaveLength(2);
    expect(times[1]).toBeLessThan(3_000);
  });

  test('of another campaign do not wait', async () => {
    at.refuse = busy;
    const { journal, writer, record } = worker();
    await journal.add(nth(1));
    await writer.run('r1');
    at.refuse = null;
    await journal.add(nth(2, {}, { campaignId: '8' }));
    await writer.run('r2');
    expect((await record('r1')).state).toBe('planned');
    expect((await record('r2')).state).toBe('verified');
  });

  test('wait for one without an answer, which may still be running, and go when it is settled', async () => {
    at.refuse = { kind: 'timeout', maybeApplied: true };
    at.applyAnyway = true;
    at.takes = 5 * MINUTE;
    const { journal, writer, pass, record } = worker();
    await journal.add(nth(1));
    await writer.run('r1');
    at.refuse = null;
    await journal.add(nth(2));
    await writer.run('r2');
    expect((await record('r2')).state).toBe('planned');
    expect(at.sent).toEqual(['r1']);
    expect(at.alarm).not.toBeNull();
    at.takes = 5 * MINUTE;
    await pass(8 * MINUTE);
    expect((await record('r1')).state).toBe('verified');
    expect(at.sent).toEqual(['r1', 'r2']);
    await pass(10 * MINUTE);
    expect((await record('r2')).state).toBe('verified');
    expect(at.cost).toBe(120);
  });

  test('that waited ten minutes for such a one ask again', async () => {
    at.refuse = { kind: 'timeout', maybeApplied: true };
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(nth(1, { settlesWithin: 45 * MINUTE }));
    await writer.run('r1');
    await journal.add(nth(2));
    await writer.run('r2');
    await pass(11 * MINUTE);
    expect((await record('r2')).state).toBe('notSent');
    expect(await reason('r2')).toBe('problem_still_waiting');
    expect(at.sent).toEqual(['r1']);
  });

  test('make one that was taken and did not show superseded: nobody can see it apart', async () => {
    at.takes = 5 * MINUTE;
    const { journal, writer, pass, record, reason } = worker();
    await journal.add(nth(1));
    await writer.run('r1');
    await journal.add(nth(2));
    await writer.run('r2');
    expect((await record('r1')).state).toBe('superseded');
    expect(await reason('r1')).toBe('problem_overtaken');
    // What the tracker shows of the older one is not taken for the newer one's.
    await pass(10 * MINUTE);
    expect((await record('r2')).state).toBe('verified');
    expect(at.cost).toBe(120);
  });

  test('stop the watch over one that did not show in its time, and leave what is known of it', async () => {
    at.takes = null;
    const { journal, writer, pass, record } = worker();
    await journal.add(nth(1));
    await writer.run('r1');
    await pass(11 * MINUTE);
    expect((await record('r1')).state).toBe('mismatch');
    at.takes = 0;
    await journal.add(nth(2, { createdAt: at.clock }));
    await writer.run('r2');
    expect(await record('r1')).toMatchObject({ state: 'mismatch', nextAt: null });
  });

  test('keep an older one open while a newer one has no answer: what shows may be that one’s', async () => {
    at.takes = null;
    const { journal, writer, pass, record } = worker();
    await journal.add(nth(1));
    await writer.run('r1');
    at.refuse = { kind: 'timeout', maybeApplied: true };
    await journal.add(nth(2, { settlesWithin: 45 * MINUTE }));
    await writer.run('r2');
    await pass(20 * MINUTE);
    expect((await record('r1')).state).toBe('accepted');
    await pass(30 * MINUTE);
    expect((await record('r2')).state).toBe('failed');
    expect((await record('r1')).state).toBe('accepted');
    await pass(30 * MINUTE);
    expect((await record('r1')).state).toBe('mismatch');
  });

  test('close to what an older one may yet show are not taken for it', async () => {
    at.takes = 5 * MINUTE;
    at.clicks = 100_000;
    const before = { cost: 80, clicks: 100_000 };
    const { journal, writer, pass, record } = worker();
    await journal.add(nth(1, { before, former: before, expected: 119.5 }));
    await writer.run('r1');
    at.takes = 9 * MINUTE;
    await journal.add(nth(2, { before, former: before, expected: 120 }));
    await writer.run('r2');
    await pass(7 * MINUTE);
    expect(at.cost).toBe(119.5);
    expect((await record('r2')).state).toBe('accepted');
    await pass(5 * MINUTE);
    expect((await record('r2')).state).toBe('verified');
  });

  test('of the same cost twice end as the one that shows', async () => {
    at.takes = 5 * MINUTE;
    const { journal, writer, pass, record } = worker();
    await journal.add(nth(1, { expected: 120 }));
    await writer.run('r1');
    await journal.add(nth(2, { expected: 120 }));
    await writer.run('r2');
    await pass(7 * MINUTE);
    expect((await record('r1')).state).toBe('superseded');
    expect((await record('r2')).state).toBe('verified');
  });

  test('are in order after a restart, too', async () => {
    const { journal } = worker();
    await journal.add(nth(2, { createdAt: 999 }));
    await journal.add(nth(1));
    const { writer, record } = worker(storage.reopen());
    await writer.settle();
    expect((await record('r1')).state).toBe('superseded');
    expect(at.sent).toEqual(['r2']);
  });

  test('withdrawn, let the next one go', async () => {
    at.refuse = busy;
    const { journal, writer, record } = worker();
    await journal.add(nth(1, {}, { token: { slot: 1, value: 'a' } }));
    await writer.run('r1');
    await journal.add(nth(2, {}, { token: { slot: 2, value: 'b' } }));
    await writer.run('r2');
    at.refuse = null;
    await writer.cancel('r1');
    await expect.poll(async () => (await record('r2')).state).toBe('verified');
  });
});

describe('an undo', () => {
  test('that is seen makes its order undone, and its own undo brings that back', async () => {
    const { journal, writer, record } = worker();
    await journal.add(nth(1, { expected: 120 }));
    await writer.run('r1');
    const back = { before: { cost: 120, clicks: 1000 }, former: { cost: 120, clicks: 1000 } };
    await journal.add(nth(2, { ...back, expected: 80, undoes: 'r1' }));
    await writer.run('r2');
    expect([(await record('r1')).state, (await record('r2')).state]).toEqual([
      'undone',
      'verified',
    ]);
    await journal.add(nth(3, { expected: 120, undoes: 'r2' }));
    await writer.run('r3');
    expect((await record('r1')).state).toBe('verified');
    expect((await record('r2')).state).toBe('undone');
    await journal.add(nth(4, { ...back, expected: 80, undoes: 'r3' }));
    await writer.run('r4');
    const ends = await Promise.all(
      ['r1', 'r2', 'r3', 'r4'].map(async (id) => (await record(id)).state),
    );
    expect(ends).toEqual(['undone', 'verified', 'undone', 'verified']);
  });

  test('brings back what its order was: a mismatch', async () => {
    const { journal, writer, record } = worker();
    const history = [
      { at: 0, state: 'mismatch' as const },
      { at: 0, state: 'undone' as const },
    ];
    await journal.add(nth(1, { state: 'undone', history }));
    await journal.add(nth(2, { state: 'verified', expected: 80, undoes: 'r1' }));
    await journal.add(nth(3, { undoes: 'r2' }));
    await writer.run('r3');
    expect((await record('r1')).state).toBe('mismatch');
  });

  test('ends the watch over its order', async () => {
    const { journal, writer, record } = worker();
    await journal.add(nth(1, { state: 'mismatch', sentAt: 1_000, nextAt: HOUR }));
    await journal.add(nth(2, { undoes: 'r1' }));
    // Seen before the answer came, as after a lost one.
    await journal.move('r2', 'sending', { sentAt: at.clock });
    await journal.move('r2', 'unknown', { nextAt: at.clock });
    at.cost = 120;
    await writer.settle();
    expect(await record('r1')).toMatchObject({ state: 'undone', nextAt: null });
  });

  test('of what was undone meanwhile is verified all the same, and changes nothing else', async () => {
    const { journal, writer, record } = worker();
    await journal.add(nth(1, { state: 'verified', expected: 120 }));
    const undo = { expected: 80, before: { cost: 120, clicks: 1000 }, undoes: 'r1' };
    at.cost = 120;
    await journal.add(nth(2, { ...undo, former: undo.before }));
    await writer.run('r2');
    // Its preview was open in another window.
    await journal.add(nth(3, { ...undo, former: undo.before }));
    await writer.run('r3');
    const ends = await Promise.all(['r1', 'r2', 'r3'].map(async (id) => (await record(id)).state));
    expect(ends).toEqual(['undone', 'verified', 'verified']);
  });

  test('that does not show leaves its order as it was', async () => {
    at.takes = null;
    const { journal, writer, pass, record } = worker();
    await journal.add(nth(1, { state: 'verified' }));
    await journal.add(nth(2, { undoes: 'r1' }));
    await writer.run('r2');
    await pass(11 * MINUTE);
    expect([(await record('r1')).state, (await record('r2')).state]).toEqual([
      'verified',
      'mismatch',
    ]);
  });
});

describe('costs that an older write may yet show', () => {
  const waiting = (expected: number, change: Partial<JournalRecord> = {}) =>
    nth(1, { state: 'accepted', sentAt: 0, expected, ...change });
  const costs = (older: JournalRecord, at = 1_000) =>
    pendingCosts(nth(2, { expected: 120 }), [older], at).map(({ cost }) => cost);

  test('are those that the tracker shows apart from this one’s', () => {
    expect(costs(waiting(120.02))).toEqual([120.02]);
    expect(costs(waiting(120.005))).toEqual([]);
  });

  test('are none once it had its time, or before it was sent', () => {
    expect(costs(waiting(150), 10 * MINUTE - 1)).toEqual([150]);
    expect(costs(waiting(150), 10 * MINUTE)).toEqual([]);
    expect(costs(waiting(150, { sentAt: null }))).toEqual([]);
    expect(costs(waiting(150, { state: 'verified' }))).toEqual([]);
    // It left and was overtaken, but may show before what overtook it.
    expect(costs(waiting(150, { state: 'superseded' }))).toEqual([150]);
  });

  test('are those of the same clicks, with the clicks that were counted then', () => {
    const part = { order: { ...order, token: { slot: 1, value: 'a' } } };
    expect(costs(waiting(150, part))).toEqual([]);
    const older = waiting(150, { before: { cost: 80, clicks: 700 } });
    expect(pendingCosts(nth(2), [older], 1_000)).toEqual([{ cost: 150, clicks: 700 }]);
    expect(pendingCosts(nth(0), [older], 1_000)).toEqual([]);
  });
});

describe('what lies over a write', () => {
  test.each<[JournalState, boolean]>([
    ['planned', true],
    ['sending', true],
    ['accepted', true],
    ['unknown', true],
    ['verified', true],
    ['cannotTell', true],
    ['mismatch', true],
    ['notKnown', true],
    ['failed', false],
    ['notSent', false],
    ['superseded', false],
    ['cancelled', false],
    ['undone', false],
  ])('is a newer one that is %s: %s', (state, over) => {
    const first = nth(1, { state: 'verified' });
    expect(writtenOver(first, [first, nth(2, { state })])?.id).toBe(over ? 'r2' : undefined);
  });

  test('is the newest of them, and never an older one or one of other clicks', () => {
    const all = [4, 2, 3].map((turn) => nth(turn, { state: 'verified' }));
    const [last] = all;
    expect(writtenOver(nth(1), all)).toBe(last);
    expect(writtenOver(nth(4), all)).toBeNull();
    const other = nth(5, { state: 'verified' }, { campaignId: '8' });
    expect(writtenOver(nth(4), [...all, other])).toBeNull();
  });

  test('is not what was undone again, nor its undo', () => {
    const first = nth(1, { state: 'verified' });
    const second = nth(2, { state: 'undone' });
    const undo = nth(3, { state: 'verified', undoes: 'r2' });
    expect(writtenOver(first, [first, second, undo])).toBeNull();
    const all = [
      first,
      { ...second, state: 'verified' as const },
      { ...undo, state: 'undone' as const },
    ];
    expect(writtenOver(first, all)?.id).toBe('r2');
  });
});

test.each<[JournalState, boolean]>([
  ['sending', true],
  ['unknown', true],
  ['planned', false],
  ['accepted', false],
  ['verified', false],
])('an order of clicks with a write that is %s has to wait: %s', (state, waits) => {
  expect(isUnanswered(order, [nth(1, { state })])).toBe(waits);
  expect(isUnanswered(order, [nth(1, { state }), nth(2, { state: 'verified' })])).toBe(waits);
  expect(isUnanswered({ ...order, campaignId: '8' }, [nth(1, { state })])).toBe(false);
});
