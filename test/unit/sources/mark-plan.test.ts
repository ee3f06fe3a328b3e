import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../lib/sources/formats.ts';
import type { JudgedRow } from '../../../lib/sources/judged.ts';
import { isAsOrdered, planMarks, valuesToMark } from '../../../lib/sources/mark-plan.ts';
import type { SeenMark } from '../../../lib/trackers/adapter.ts';

const value = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '12', '__proto__', '<b>', '=1+1', '\u202Eba', ''),
  fc.string({ maxLength: 3 }),
);
const book = fc
  .array(fc.tuple(value, fc.constantFrom<SeenMark>('blacklist', 'whitelist', 'other')))
  .map((entries) => new Map(entries));
const values = fc.uniqueArray(value, { maxLength: 12 });

describe('a plan', () => {
  test('changes only values without a mark, or those with ours; everything else stays, and all are counted', () => {
    fc.assert(
      fc.property(values, book, fc.boolean(), (list, present, on) => {
        const plan = planMarks(list, present, on, null);
        const after = new Map(present);
        for (const one of plan.changes) {
          if (on) after.set(one, 'blacklist');
          else after.delete(one);
        }
        // Value by value, as the words have it.
        for (const one of new Set([...list, ...present.keys()])) {
          const [was, is] = [present.get(one), after.get(one)];
          const mayChange = list.includes(one) && was === (on ? undefined : 'blacklist');
          expect(is).toBe(mayChange ? (on ? 'blacklist' : undefined) : was);
        }
        expect(plan.changes.length + plan.already + plan.kept.length).toBe(list.length);
        expect(plan.kept.every(({ value: one, mark }) => present.get(one) === mark)).toBe(true);
        expect(plan.rest).toBe([...present.keys()].filter((one) => !list.includes(one)).length);
        // What is done shows as ordered, and what is shown as ordered needs nothing.
        expect(plan.changes.every((one) => isAsOrdered(after.get(one), on))).toBe(true);
        expect(planMarks(plan.changes, after, on, null).changes).toEqual([]);
        // And its undo is the way back.
        const back = planMarks(plan.changes, after, !on, null);
        expect(back.changes).toEqual(plan.changes);
      }),
    );
  });

  test('names the marks that stay, and counts what is as wanted', () => {
    const present = new Map<string, SeenMark>([
      ['cut', 'blacklist'],
      ['white', 'whitelist'],
      ['red', 'other'],
      ['elsewhere', 'whitelist'],
    ]);
    const asked = ['cut', 'white', 'red', 'new'];
    const kept = [
      { value: 'white', mark: 'whitelist' },
      { value: 'red', mark: 'other' },
    ];
    expect(planMarks(asked, present, true, null)).toEqual({
      changes: ['new'],
      already: 1,
      kept,
      rest: 1,
      beyond: 0,
    });
    expect(planMarks(asked, present, false, null)).toEqual({
      changes: ['cut'],
      already: 1,
      kept,
      rest: 1,
      beyond: 0,
    });
  });

  test('leaves room as the tracker has it: the dearest first', () => {
    fc.assert(
      fc.property(values, book, fc.nat({ max: 20 }), (list, present, most) => {
        const [all, some] = [
          planMarks(list, present, true, null),
          planMarks(list, present, true, most),
        ];
        expect(some.changes).toEqual(all.changes.slice(0, Math.max(0, most - present.size)));
        expect(some.beyond).toBe(all.changes.length - some.changes.length);
        // Taking marks away needs no room.
        expect(planMarks(list, present, false, most)).toEqual(
          planMarks(list, present, false, null),
        );
      }),
    );
  });
});

describe('values to mark', () => {
  const row = (id: string, cut = true): JudgedRow => ({ id, row: 0, cut, keep: !cut });
  const ads = formats.find(({ id }) => id === 'googleads');
  const list = (
    rows: readonly JudgedRow[],
    {
      members = {},
      protectedIds = [],
    }: { members?: Record<string, string[]>; protectedIds?: string[] } = {},
  ) => {
    if (!ads) throw new Error('There is no such format.');
    return valuesToMark(rows, new Map(Object.entries(members)), ads, {
      protectedIds: new Set(protectedIds),
    });
  };

  test('are those of rows that are cut, as they are written, in their order', () => {
    const hostile = [
      '<img src=x>',
      '=HYPERLINK("x")',
      '\u202Egnp.exe',
      'a,b',
      ' x ',
      'ZONE-1',
      'zone-1',
    ];
    expect(list([row('keep', false), ...hostile.map((id) => row(id))])).toEqual(hostile);
  });

  test('are all of a row’s placements, or none where one of them is protected', () => {
    const members = {
      'x.example': ['x.example', 'www.x.example'],
      'y.example': ['y.example', 'www.y.example'],
    };
    const rows = [row('x.example'), row('y.example')];
    expect(list(rows, { members })).toEqual(Object.values(members).flat());
    for (const id of ['www.x.example', 'X.example', 'https://x.example/']) {
      expect(list(rows, { members, protectedIds: [id] }), id).toEqual(members['y.example']);
    }
  });

  test('are not those next to a protected one: a mark is on its own value only', () => {
    expect(list([row('x.example'), row('12')], { protectedIds: ['sub.x.example', '120'] })).toEqual(
      ['x.example', '12'],
    );
  });
});
