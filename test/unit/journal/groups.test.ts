import { beforeEach, describe, expect, test } from 'vitest';
import type { JournalRecord, JournalState } from '../../../lib/journal/record.ts';
import {
  isIncomplete,
  isLeftAlone,
  overtaken,
  undoneBy,
  writtenOver,
} from '../../../lib/journal/turns.ts';
import { nthRecord as nth, plannedRecord } from './record-fixture.ts';
import { HOUR, MINUTE, world } from './world.ts';

let { at, worker } = world();
beforeEach(() => {
  ({ at, worker } = world());
});

const { order } = plannedRecord();

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

  test('fails as a whole with its whole alone, not with a value that databases take for another', () => {
    const [whole, a] = members('failed', 'planned') as [JournalRecord, JournalRecord];
    expect(isLeftAlone(a, [whole, a])).toBe(true);
    const former = nth(1, { state: 'failed' });
    expect(isLeftAlone(a, [former, { ...whole, state: 'accepted' }, a])).toBe(false);
    const upper = nth(3, { state: 'failed', group }, token('CAFÉ'));
    const lower = nth(4, { group }, token('cafe'));
    expect(isLeftAlone(lower, [upper, lower])).toBe(false);
  });

  test('is incomplete for its whole while a value is on its way, and for no value', () => {
    const [whole, a] = members('accepted', 'accepted') as [JournalRecord, JournalRecord];
    expect(isIncomplete(whole, [whole, a])).toBe(true);
    expect(isIncomplete(a, [whole, a])).toBe(false);
    expect(isIncomplete(whole, [whole, { ...a, state: 'verified' }])).toBe(false);
    // Another group, or a write of its own, is another matter.
    const other = nth(9, { state: 'accepted', group: { ...group, id: 'h' } }, token('v1'));
    expect(isIncomplete(whole, [whole, other, nth(8, { state: 'accepted' })])).toBe(false);
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
