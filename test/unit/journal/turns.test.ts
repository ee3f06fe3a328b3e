import { beforeEach, describe, expect, test } from 'vitest';
import { nextTurn } from '../../../lib/journal/journal.ts';
import type { JournalRecord, JournalState } from '../../../lib/journal/record.ts';
import { covers, overlaps, sameSegment } from '../../../lib/journal/segments.ts';
import {
  isUnanswered,
  overtaken,
  pendingCosts,
  undoneBy,
  writtenOver,
} from '../../../lib/journal/turns.ts';
import { plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, world } from './world.ts';

let { at, storage, worker } = world();
beforeEach(() => {
  ({ at, storage, worker } = world());
});

type Order = JournalRecord['order'];
const { order } = plannedRecord();
const days = (from: string, to: string, zone = 'Europe/Madrid') => ({ from, to, zone });

/** The nth confirmed write, of other clicks if so said. */
const nth = (turn: number, change: Partial<JournalRecord> = {}, of: Partial<Order> = {}) =>
  plannedRecord({
    id: `r${turn}`,
    turn,
    expected: 100 + 10 * turn,
    createdAt: 1_000,
    order: { ...order, ...of },
    ...change,
  });

describe('two updates', () => {
  test.each<[string, Partial<Order>, boolean]>([
    ['of one day', {}, true],
    ['that share a day', { range: days('2026-07-20', '2026-08-01') }, true],
    ['of the days around', { range: days('2026-07-20', '2026-08-20') }, true],
    ['of the day before', { range: days('2026-07-31', '2026-07-31') }, false],
    ['of the day after', { range: days('2026-08-02', '2026-08-02') }, false],
    [
      'of the next day by date, the same hours by zone',
      { range: days('2026-08-02', '2026-08-02', 'Asia/Tokyo') },
      true,
    ],
    ['of a token’s value', { token: { slot: 1, value: 'a' } }, true],
    ['of another campaign', { campaignId: '8' }, false],
    ['of another connection', { connection: 'c2' }, false],
  ])('%s: may they meet in a click?', (_, of, meet) => {
    expect(overlaps(order, { ...order, ...of })).toBe(meet);
    expect(overlaps({ ...order, ...of }, order)).toBe(meet);
  });

  test.each<[string, [number, string], boolean]>([
    ['the same value', [1, 'Café'], true],
    ['one that differs in case alone', [1, 'CAFÉ'], true],
    ['one that differs in an accent alone', [1, 'Cafe'], true],
    ['one with a space after it', [1, 'Café '], true],
    ['another value', [1, 'tea'], false],
    ['another token’s value', [2, 'tea'], true],
  ])('of a token’s value and of %s: may they meet in a click?', (_, [slot, value], meet) => {
    const first = { ...order, token: { slot: 1, value: 'Café' } };
    const second = { ...order, token: { slot, value } };
    expect(overlaps(first, second)).toBe(meet);
    expect(overlaps(second, first)).toBe(meet);
  });

  test.each<[string, Partial<Order>, Partial<Order>, boolean, boolean]>([
    ['the same', {}, {}, true, true],
    ['more days', { range: days('2026-07-31', '2026-08-01') }, {}, true, false],
    ['later days', { range: days('2026-08-01', '2026-08-02') }, {}, true, false],
    ['all values against one', {}, { token: { slot: 1, value: 'a' } }, true, false],
    [
      'the same value',
      { token: { slot: 1, value: 'a' } },
      { token: { slot: 1, value: 'a' } },
      true,
      true,
    ],
    [
      'two values',
      { token: { slot: 1, value: 'a' } },
      { token: { slot: 1, value: 'b' } },
      false,
      false,
    ],
    [
      'two tokens',
      { token: { slot: 1, value: 'a' } },
      { token: { slot: 2, value: 'a' } },
      false,
      false,
    ],
    ['a day until two instants', { until: 5_000 }, { until: 4_000 }, true, false],
    ['a whole day against one until an instant', {}, { until: 4_000 }, true, false],
    ['all clicks against unique ones', {}, { uniqueOnly: true }, true, false],
    ['unique clicks, both', { uniqueOnly: true }, { uniqueOnly: true }, true, true],
    ['other campaigns', {}, { campaignId: '8' }, false, false],
  ])('%s: which sets every click of the other?', (_, first, second, there, back) => {
    const [a, b] = [
      { ...order, ...first },
      { ...order, ...second },
    ];
    expect([covers(a, b), covers(b, a)]).toEqual([there, back]);
    // Where a day that is not over ends is no matter.
    const isCut = a.until !== undefined || b.until !== undefined;
    expect(sameSegment(a, b)).toBe((there && back) || isCut);
  });
});

test('a turn comes after every other, even if the clock was set back', () => {
  expect(nextTurn([], 5)).toBe(5);
  expect(nextTurn([nth(9), { broken: true }, nth(3)], 5)).toBe(10);
  expect(nextTurn([nth(9)], 50)).toBe(50);
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
  });
});

describe('a group of writes, which restores a split', () => {
  const token = (value: string) => ({ token: { slot: 1, value } });
  const group = { id: 'g', size: 3, order, before: { cost: 200, clicks: 1000 } };
  const first = nth(1, { state: 'verified' });
  /** The whole and two values of a token; in these states. */
  const members = (...states: JournalState[]) =>
    states.map((state, index) =>
      nth(2 + index, { state, group, undoes: 'r1' }, index === 0 ? {} : token(`v${index}`)),
    );

  test('has undone its order when each of its segments shows', () => {
    const [whole, a, b] = members('accepted', 'verified', 'accepted') as [
      JournalRecord,
      JournalRecord,
      JournalRecord,
    ];
    expect(undoneBy(whole, [first, whole, a, b])).toEqual([]);
    const shown = { ...b, state: 'verified' as const };
    expect(undoneBy(whole, [first, whole, a, shown])).toMatchObject([{ id: 'r1', to: 'undone' }]);
    // A value that was sent once more counts once.
    const twice = nth(5, { state: 'verified', group, undoes: 'r1' }, token('v1'));
    expect(undoneBy(whole, [first, whole, a, twice])).toEqual([]);
    const failed = { ...a, state: 'failed' as const };
    expect(undoneBy(b, [first, whole, failed, b, twice])).toEqual([]);
    const seen = { ...whole, state: 'verified' as const };
    expect(undoneBy(b, [first, seen, failed, b, twice])).toMatchObject([{ id: 'r1' }]);
  });

  test('is undone as a whole, which brings its order back', () => {
    const all = members('verified', 'mismatch', 'failed');
    const history = [
      { at: 0, state: 'verified' as const },
      { at: 0, state: 'undone' as const },
    ];
    const undone = { ...first, state: 'undone' as const, history };
    const back = nth(9, { undoes: 'r3' });
    const moves = undoneBy(back, [undone, ...all, back]);
    expect(moves.map(({ id, to }) => [id, to])).toEqual([
      ['r3', 'undone'],
      ['r2', 'undone'],
      ['r1', 'verified'],
    ]);
  });

  test('lies over its order, and no part of it over another', () => {
    const all = [first, ...members('verified', 'verified', 'verified')];
    expect(writtenOver(first, all)?.id).toBe('r4');
    for (const member of all.slice(1)) expect(writtenOver(member, all)).toBeNull();
    const later = nth(9, { state: 'verified' }, token('v1'));
    // Over one of them is over all.
    for (const member of all.slice(1)) {
      expect(writtenOver(member, [...all, later])?.id).toBe('r9');
    }
  });

  test('does not overtake its own whole, which shows when all of it does', () => {
    const [whole, a] = members('accepted', 'accepted') as [JournalRecord, JournalRecord];
    expect(overtaken(a, [first, whole, a])).toEqual([]);
    const other = nth(9, {}, token('v1'));
    expect(overtaken(other, [whole, other])).toMatchObject([{ id: 'r2', to: 'superseded' }]);
  });

  test('is not judged before all of it has arrived', async () => {
    at.takes = null;
    const { journal, writer, pass, record } = worker();
    const [whole, a] = members('planned', 'planned') as [JournalRecord, JournalRecord];
    await journal.add({ ...whole, expected: 120 });
    await journal.add({ ...a, expected: 130, settlesWithin: 30 * MINUTE });
    await writer.run('r2');
    await pass(15 * MINUTE);
    expect([(await record('r2')).state, (await record('r3')).state]).toEqual([
      'accepted',
      'accepted',
    ]);
    await pass(HOUR);
    expect([(await record('r2')).state, (await record('r3')).state]).toEqual([
      'mismatch',
      'mismatch',
    ]);
  });

  test.each<[JournalState, string]>([
    ['failed', 'notSent'],
    ['cancelled', 'notSent'],
    ['mismatch', 'accepted'],
  ])('whose whole is %s: its values are then %s', async (state, then) => {
    at.takes = null;
    const { journal, writer, record, reason } = worker();
    const [whole, a] = members(state, 'planned') as [JournalRecord, JournalRecord];
    await journal.add(whole);
    await journal.add(a);
    await writer.run('r3');
    expect((await record('r3')).state).toBe(then);
    expect(at.sent).toEqual(then === 'accepted' ? ['r3'] : []);
    if (then === 'notSent') expect(await reason('r3')).toBe('problem_left_alone');
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
  expect(isUnanswered({ ...order, campaignId: '8' }, [nth(1, { state })])).toBe(false);
});
