import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinSides, sortRows } from '../../../lib/compare/join.ts';
import type { Link } from '../../../lib/compare/links.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

type Row = [id: string, name: string, clicks?: number];

const side = (connection: string, rows: readonly Row[]) => ({
  connection,
  currency: 'USD',
  rows: rows.map(([id, name, clicks = 1]) => ({ id, name, metrics: metricsOf({ clicks }) })),
});

const link = (id: string, ...members: [connection: string, campaignId: string][]): Link => ({
  id,
  how: 'hand',
  createdAt: 0,
  members: members.map(([connection, campaignId]) => ({ connection, campaignId, name: '' })),
});

const apart = (...members: [a: [string, string], b: [string, string]]): Rejection => {
  const [a, b] = members.map(([connection, campaignId]) => ({ connection, campaignId, name: '' }));
  if (!a || !b) throw new Error('not a pair');
  return { id: '', members: [a, b], rejectedAt: 0 };
};

const idsOf = (
  sides: ReturnType<typeof side>[],
  links: readonly Link[] = [],
  rejected: readonly Rejection[] = [],
) =>
  joinSides(sides, links, rejected).map(({ cells }) =>
    cells.map((cell) =>
      cell ? [cell.id, ...(cell.also ?? []).map(({ id }) => id)].join('+') : null,
    ),
  );

/** All orders of some sides. */
const ordersOf = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one) =>
        ordersOf(all.filter((other) => other !== one)).map((rest) => [one, ...rest]),
      );

/** Which campaigns each row holds ("b9 k1"), whatever the order of the sides: it must not matter. */
function joinedInAnyOrder(
  sides: ReturnType<typeof side>[],
  links: readonly Link[] = [],
  rejected: readonly Rejection[] = [],
) {
  const found = ordersOf(sides).map((all) =>
    joinSides(all, links, rejected)
      .map(({ cells }) =>
        cells
          .flatMap((cell, at) => (cell ? `${all[at]?.connection}${cell.id}` : []))
          .sort()
          .join(' '),
      )
      .sort(),
  );
  for (const rows of found) expect(rows).toEqual(found[0]);
  return found[0];
}

describe('campaigns are joined', () => {
  test('by links first, then by name', () => {
    const sides = [
      side('k', [
        ['1', 'Summer'],
        ['2', 'VPN'],
      ]),
      side('b', [
        ['7', 'summer'],
        ['9', 'Pops'],
      ]),
    ];
    expect(idsOf(sides, [link('l', ['k', '2'], ['b', '9'])])).toEqual([
      ['1', '7'],
      ['2', '9'],
    ]);
  });

  test('by name with what a link has joined', () => {
    const sides = [
      side('k', [['1', 'Summer']]),
      side('b', [['9', 'Pops']]),
      side('r', [['5', 'summer']]),
    ];
    expect(idsOf(sides, [link('l', ['k', '1'], ['b', '9'])])).toEqual([['1', '9', '5']]);
  });

  test('never by a name that the user said they only share', () => {
    const k = side('k', [['1', 'Summer']]);
    const b = side('b', [['7', 'Summer']]);
    const folded = side('b', [['7', 'summer']]);
    for (const pair of [apart(['k', '1'], ['b', '7']), apart(['b', '7'], ['k', '1'])]) {
      expect(idsOf([k, b], [], [pair])).toEqual([
        ['1', null],
        [null, '7'],
      ]);
      expect(idsOf([k, folded], [], [pair])).toHaveLength(2);
    }
    expect(idsOf([k, b], [], [apart(['k', '1'], ['b', '8'])])).toEqual([['1', '7']]);
  });

  test('by a name of which two are told apart only where it is clear to which of the two', () => {
    const sides = ['k', 'b', 'r'].map((id) => side(id, [['1', 'Summer']]));
    const kb = apart(['k', '1'], ['b', '1']);
    expect(idsOf(sides, [], [kb])).toHaveLength(3);
    expect(idsOf(sides, [], [kb, apart(['r', '1'], ['k', '1'])])).toEqual([
      ['1', null, null],
      [null, '1', '1'],
    ]);
  });

  test('by a name of which two are told apart not at all where others have it too', () => {
    const sides = ['k', 'b', 'r', 's'].map((id) => side(id, [['1', 'Summer']]));
    const kb = apart(['k', '1'], ['b', '1']);
    expect(joinedInAnyOrder(sides.slice(0, 3), [], [kb])).toEqual(['b1', 'k1', 'r1']);
    expect(joinedInAnyOrder(sides, [], [kb])).toEqual(['b1', 'k1', 'r1', 's1']);
    // Two pairs, each of which was told apart from the other one.
    const pairs = ['k', 'b'].flatMap((one) =>
      ['r', 's'].map((other) => apart([one, '1'], [other, '1'])),
    );
    expect(joinedInAnyOrder(sides, [], pairs)).toEqual(['b1 k1', 'r1 s1']);
  });

  test('by their name although one is told apart from a campaign of another name', () => {
    const sides = [
      side('k', [['1', 'Summer']]),
      side('b', [
        ['7', 'Summer'],
        ['8', 'Winter'],
      ]),
    ];
    expect(joinedInAnyOrder(sides, [], [apart(['k', '1'], ['b', '8'])])).toEqual(['b7 k1', 'b8']);
  });

  test('with a third one by case, once two of the same name are one', () => {
    const sides = [
      side('k', [['1', 'Summer']]),
      side('b', [['2', 'Summer']]),
      side('r', [['3', 'SUMMER']]),
    ];
    expect(joinedInAnyOrder(sides)).toEqual(['b2 k1 r3']);
  });

  test('never by way of links whose further campaigns were told apart', () => {
    const sides = [
      side('k', [['1', 'Summer']]),
      side('b', [['2', 'x']]),
      side('r', [['3', 'Summer']]),
      side('s', [['4', 'y']]),
    ];
    const links = [link('l', ['k', '1'], ['b', '2']), link('m', ['r', '3'], ['s', '4'])];
    expect(joinedInAnyOrder(sides, links)).toEqual(['b2 k1 r3 s4']);
    for (const pair of [
      apart(['b', '2'], ['s', '4']),
      apart(['s', '4'], ['b', '2']),
      apart(['k', '1'], ['r', '3']),
      apart(['b', '2'], ['r', '3']),
      apart(['k', '1'], ['s', '4']),
    ]) {
      expect(joinedInAnyOrder(sides, links, [pair])).toEqual(['b2 k1', 'r3 s4']);
    }
  });

  test('never with a link one of whose campaigns they were told apart from', () => {
    const sides = [
      side('k', [['1', 'Summer']]),
      side('b', [['9', 'Pops']]),
      side('r', [['5', 'summer']]),
    ];
    const linked = [link('l', ['k', '1'], ['b', '9'])];
    expect(idsOf(sides, linked, [apart(['b', '9'], ['r', '5'])])).toEqual([
      ['1', '9', null],
      [null, null, '5'],
    ]);
  });

  test('never against a link: the namesake of a linked campaign stays alone', () => {
    const sides = [
      side('k', [['1', 'Summer']]),
      side('b', [
        ['9', 'Pops'],
        ['7', 'Summer'],
      ]),
      side('r', [['5', 'Summer']]),
    ];
    expect(idsOf(sides, [link('l', ['k', '1'], ['b', '9'])])).toEqual([
      ['1', '9', '5'],
      [null, '7', null],
    ]);
  });

  test('by the same name rather than by one that folds alike', () => {
    const sides = [
      side('k', [
        ['1', 'Summer DE'],
        ['2', 'summer-de'],
      ]),
      side('b', [
        ['8', 'SUMMER DE'],
        ['9', 'summer-de'],
      ]),
    ];
    expect(idsOf(sides)).toEqual([
      ['1', null],
      ['2', '9'],
      [null, '8'],
    ]);
  });

  test('not with a side that has two names that fold alike; the others join', () => {
    const sides = [
      side('k', [
        ['1', 'Summer DE'],
        ['2', 'summer-de'],
      ]),
      side('b', [['9', 'SUMMER DE']]),
      side('r', [['5', 'summer_de']]),
    ];
    expect(idsOf(sides)).toEqual([
      ['1', null, null],
      ['2', null, null],
      [null, '9', '5'],
    ]);
  });

  test('not with two that a row cannot both have: those stay as they are', () => {
    // “summer” of s could be of either pair.
    const sides = [
      side('k', [['1', 'Summer']]),
      side('b', [
        ['2', 'Summer'],
        ['3', 'SUMMER'],
      ]),
      side('r', [['4', 'SUMMER']]),
      side('s', [['5', 'summer']]),
    ];
    expect(idsOf(sides)).toEqual([
      ['1', '2', null, null],
      [null, '3', '4', null],
      [null, null, null, '5'],
    ]);
    // “Pops” of r and s could be of either link: they are joined with each other alone.
    const linked = [
      side('k', [
        ['1', 'Pops'],
        ['2', 'Other'],
      ]),
      side('b', [
        ['3', 'Old'],
        ['4', 'Pops'],
      ]),
      side('r', [['5', 'Pops']]),
      side('s', [['6', 'Pops']]),
    ];
    const links = [link('l', ['k', '1'], ['b', '3']), link('m', ['k', '2'], ['b', '4'])];
    expect(idsOf(linked, links)).toEqual([
      ['1', '3', null, null],
      ['2', '4', null, null],
      [null, null, '5', '6'],
    ]);
  });

  test('with each other by a name that two links bear which a row cannot both have', () => {
    // The links share k. That one of them has r as well does not keep r5 from s6.
    const sides = [
      side('k', [
        ['1', 'Pops'],
        ['2', 'Other'],
      ]),
      side('b', [['3', 'Old']]),
      side('r', [
        ['4', 'Old'],
        ['5', 'Pops'],
      ]),
      side('s', [['6', 'Pops']]),
      side('q', [['7', 'Pops']]),
    ];
    const links = [
      link('l', ['k', '1'], ['b', '3']),
      link('m', ['k', '2'], ['r', '4'], ['q', '7']),
    ];
    expect(joinedInAnyOrder(sides, links)).toEqual(['b3 k1', 'k2 q7 r4', 'r5 s6']);
  });

  test('not where two of a side share a name, and never without one', () => {
    const sides = [
      side('k', [
        ['1', 'Twin'],
        ['2', 'Twin'],
        ['3', ' '],
      ]),
      side('b', [
        ['7', 'Twin'],
        ['8', ''],
      ]),
    ];
    expect(idsOf(sides)).toHaveLength(5);
  });

  test('several of one side by a link, whose figures are summed', () => {
    const sides = [
      side('k', [['1', 'Summer', 10]]),
      side('b', [
        ['7', 'Summer a', 4],
        ['8', 'Summer b', 5],
      ]),
    ];
    const links = [link('l', ['k', '1'], ['b', '7'], ['b', '8'])];
    expect(idsOf(sides, links)).toEqual([['1', '7+8']]);
    expect(joinSides(sides, links)[0]?.cells[1]?.metrics.clicks).toBe(9);
  });

  test('by links that share a campaign, as one', () => {
    const sides = [side('k', [['1', 'a']]), side('b', [['2', 'b']]), side('r', [['3', 'c']])];
    const links = [link('l', ['k', '1'], ['b', '2']), link('m', ['b', '2'], ['r', '3'])];
    expect(idsOf(sides, links)).toEqual([['1', '2', '3']]);
  });

  test('a row says how, and under which key', () => {
    const sides = [
      side('k', [
        ['1', 'Same'],
        ['2', 'Case'],
        ['3', 'Linked'],
        ['4', 'Alone'],
      ]),
      side('b', [
        ['6', 'Same'],
        ['7', 'case'],
        ['8', 'other'],
      ]),
    ];
    const rows = joinSides(sides, [link('l', ['k', '3'], ['b', '8'], ['gone', '1'])]);
    expect(rows.map(({ by, key, name }) => [by, key, name])).toEqual([
      ['exact', 'name:Same', 'Same'],
      ['folded', 'name:case', 'Case'],
      ['link', 'link:l', 'Linked'],
      ['alone', 'one:k\n4', 'Alone'],
    ]);
    expect(joinSides([side('k', []), side('b', [['1', 'Late']])], [])[0]?.name).toBe('Late');
    // A link of which only one campaign is there is nobody's.
    expect(joinSides(sides, [link('x', ['k', '4'], ['gone', '1'])])[3]?.by).toBe('alone');
  });
});

describe('whatever the names', () => {
  const names = fc.array(
    fc.oneof(
      fc.constantFrom('a', 'A', 'a ', 'a-', 'b', 'B', 'b+', ''),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  );
  const sidesOf = (...lists: string[][]) =>
    lists.map((list, at) =>
      side(
        String(at),
        list.map((name, index): Row => [`${at}-${index}`, name]),
      ),
    );

  test('no campaign is lost or doubled', () => {
    fc.assert(
      fc.property(names, names, names, (...lists) => {
        const sides = sidesOf(...lists);
        const ids = joinSides(sides, []).flatMap(({ cells }) =>
          cells.flatMap((cell) => cell?.id ?? []),
        );
        expect(ids.sort()).toEqual(sides.flatMap(({ rows }) => rows.map(({ id }) => id)).sort());
      }),
    );
  });

  /** Links of campaigns by their places, each campaign in one of them at most. */
  const pairs = fc.uniqueArray(
    fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 5 }), fc.nat({ max: 3 }), fc.nat({ max: 5 })),
    { maxLength: 3 },
  );
  const linksOf = (all: ReadonlyArray<[number, number, number, number]>): Link[] => {
    const taken = new Set<string>();
    return all.flatMap(([a, row, b, other], at) => {
      const places = [`${a}-${row}`, `${b}-${other}`];
      if (a === b || places.some((place) => taken.has(place))) return [];
      for (const place of places) taken.add(place);
      return [link(`l${at}`, [String(a), places[0] ?? ''], [String(b), places[1] ?? ''])];
    });
  };

  test('the order of the sides changes neither what is joined nor the keys', () => {
    const joinedIn = (sides: ReturnType<typeof sidesOf>, links: readonly Link[]) =>
      joinSides(sides, links)
        .map(
          ({ cells, key, by }) => `${by} ${key} ${cells.flatMap((cell) => cell?.id ?? []).sort()}`,
        )
        .sort();
    fc.assert(
      fc.property(names, names, names, names, pairs, (a, b, c, d, linked) => {
        const [sides, links] = [sidesOf(a, b, c, d), linksOf(linked)];
        const all = joinedIn(sides, links);
        expect(joinedIn(sides.toReversed(), links)).toEqual(all);
        expect(joinedIn([...sides.slice(1), ...sides.slice(0, 1)], links)).toEqual(all);
      }),
      { numRuns: 500 },
    );
  });
});

test('what a link joins keeps the link’s key when names add to it, whichever side comes first', () => {
  const sides = [
    side('k', [['1', 'a']]),
    side('b', [['2', 'b']]),
    side('r', [['3', 'A']]),
    side('s', [['4', 'B']]),
  ];
  const links = [link('m', ['k', '1'], ['b', '2'])];
  for (const all of [sides, sides.toReversed()]) {
    expect(joinSides(all, links).map(({ by, key }) => [by, key])).toEqual([['link', 'link:m']]);
  }
  // Two links of one campaign each, joined by its name: the first key in the alphabet.
  const two = [link('m', ['k', '1'], ['b', '2']), link('l', ['r', '3'], ['s', '4'])];
  for (const all of [sides, sides.toReversed()]) {
    expect(joinSides(all, two).map(({ by, key }) => [by, key])).toEqual([['link', 'link:l']]);
  }
});

test('unknown values sort last both ways', () => {
  const values = [3, null, 1, 2];
  expect(sortRows(values, (value) => value, true)).toEqual([3, 2, 1, null]);
  expect(sortRows(values, (value) => value, false)).toEqual([1, 2, 3, null]);
});

test('of the names that two links bear, the first in the alphabet joins first, in any order of sides', () => {
  // “b” would join the two links, and then “A” could not have its namesake.
  const sides = [
    side('k', [['1', 'A']]),
    side('b', [['2', 'b']]),
    side('r', [['3', 'b']]),
    side('s', [
      ['4', 'x'],
      ['5', 'A'],
    ]),
  ];
  const links = [link('l', ['r', '3'], ['k', '1']), link('m', ['s', '4'], ['b', '2'])];
  expect(joinedInAnyOrder(sides, links)).toEqual(['b2 s4', 'k1 r3 s5']);
});

test('what is joined by the same name keeps that key, however many join it by case', () => {
  const sides = [
    side('k', [['1', 'Summer-DE']]),
    side('b', [['2', 'SUMMER DE']]),
    side('r', [['3', 'summer_de']]),
    side('s', [['4', 'summer_de']]),
  ];
  for (const all of ordersOf(sides)) {
    expect(joinSides(all, []).map(({ by, key }) => [by, key])).toEqual([
      ['exact', 'name:summer_de'],
    ]);
  }
});

test('a row has the name of its first side, and of the first campaign that a link has there', () => {
  const b = side('b', [
    ['7', 'Summer a'],
    ['8', 'Summer b'],
  ]);
  const k = side('k', [['1', 'Summer']]);
  const links = [link('l', ['k', '1'], ['b', '7'], ['b', '8'])];
  expect(joinSides([k, b], links).map(({ name }) => name)).toEqual(['Summer']);
  expect(joinSides([b, k], links).map(({ name }) => name)).toEqual(['Summer a']);
});

test('numbers sort as numbers, text as people read it, and equal ones stay in order', () => {
  const sorted = <T extends number | string | null>(values: readonly T[], descending = false) =>
    sortRows(values, (value) => value, descending);
  expect(sorted([0.5, -10, 0.25, -1, 10])).toEqual([-10, -1, 0.25, 0.5, 10]);
  expect(sorted([0.5, -10, 0.25, -1, 10], true)).toEqual([10, 0.5, 0.25, -1, -10]);
  const names = ['Push 10', 'push 9', null, 'Nutra', 'Push 9 b'];
  expect(sorted(names)).toEqual(['Nutra', 'push 9', 'Push 9 b', 'Push 10', null]);
  expect(sorted(names, true)).toEqual(['Push 10', 'Push 9 b', 'push 9', 'Nutra', null]);
  const rows = [3, 1, 2].flatMap((value) => ['a', 'b'].map((id) => ({ id, value })));
  const orderBy = (keyOf: (row: (typeof rows)[number]) => number | string) =>
    sortRows(rows, keyOf, true)
      .map(({ id }) => id)
      .join('');
  expect(orderBy(({ value }) => value)).toBe('ababab');
  expect(orderBy(({ value }) => `Push ${value}`)).toBe('ababab');
});
