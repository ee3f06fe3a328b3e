import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeLinks, similarity } from '../../../lib/compare/proposals.ts';

const named = (...names: string[]) => names.map((name, at) => ({ id: String(at), name }));
const proposed = (from: string[], to: string[]) =>
  proposeLinks(named(...from), named(...to)).map(
    ({ from: one, to: other, how }) => `${one.name} → ${other.name}: ${how}`,
  );

const many = (word: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${word} q${at}`);

describe('proposals', () => {
  test('name the only namesake, exactly or folded', () => {
    expect(proposed(['Summer DE'], ['Summer DE', 'Other'])).toEqual([
      'Summer DE → Summer DE: exact',
    ]);
    expect(proposed(['Summer DE'], ['summer-de', 'Other'])).toEqual([
      'Summer DE → summer-de: folded',
    ]);
  });

  test('put the same name before one that folds alike', () => {
    expect(proposed(['Summer DE'], ['SUMMER DE', 'Summer DE'])).toEqual([
      'Summer DE → Summer DE: exact',
      'Summer DE → SUMMER DE: similar',
    ]);
  });

  test('leave namesakes to the user', () => {
    expect(proposed(['Summer DE'], ['summer de', 'SUMMER DE'])).toEqual([
      'Summer DE → summer de: similar',
      'Summer DE → SUMMER DE: similar',
    ]);
    expect(proposed(['summer', 'Summer'], ['SUMMER'])).toEqual([
      'summer → SUMMER: similar',
      'Summer → SUMMER: similar',
    ]);
  });

  test('leave names that two have to the user, the same ones first', () => {
    expect(proposed(['Summer', 'Summer'], ['Summer'])).toEqual([
      'Summer → Summer: similar',
      'Summer → Summer: similar',
    ]);
    expect(proposed(['Summer'], ['SUMMER', 'Summer', 'Summer'])).toEqual([
      'Summer → Summer: similar',
      'Summer → Summer: similar',
      'Summer → SUMMER: similar',
    ]);
  });

  test('are five at most, the most alike ones', () => {
    const names = [
      'push a b c d',
      'summer DE push a b c',
      'summer DE push a b',
      'summer DE push',
      'summer DE push e',
      'summer DE push e f',
      'summer DE push e f g h',
    ];
    const best = names.toSorted((a, b) => similarity('summer DE', b) - similarity('summer DE', a));
    expect(proposeLinks(named('summer DE'), named(...names)).map(({ to }) => to.name)).toEqual(
      best.slice(0, 5),
    );
  });

  test('of parts that more than a hundred names share none, but of namesakes five', () => {
    const sharing = (count: number) => Array.from({ length: count }, (_, at) => `alpha ${at}`);
    expect(proposed(['alpha'], sharing(100))).toHaveLength(5);
    expect(proposed(['alpha'], sharing(101))).toEqual([]);
    expect(proposed(['alpha'], Array(101).fill('ALPHA'))).toEqual(
      Array(5).fill('alpha → ALPHA: similar'),
    );
  });

  test.each<[string, string, string[], string]>([
    ['the rare word, not the common one', 'push zebra', many('push', 40), 'zebra'],
    ['what comes last, and shares a rare word', 'push zebra a', many('push', 40), 'push zebra'],
    // Its last letters in common are those that more names have.
    [
      'what shares several words, not the letters of the last',
      'alpha beta gamma delta',
      many('delta', 25),
      'alpha beta gamma deltoid',
    ],
  ])('prefer, of many, %s', (_, from, others, best) => {
    expect(proposed([from], [...others, best])[0]).toBe(`${from} → ${best}: similar`);
  });

  test.each([
    ['a typo in a single word', 'Sommerangebot', 'Sommerangbot'],
    ['a typo in a short one, of which the last three letters stay', 'abcd', 'xbcd'],
    ['a word of two letters', 'de', 'fr de'],
    ['two words that many have, but few together', 'alpha beta', 'beta alpha'],
  ])('find, among many, %s', (_, from, to) => {
    const others = ['alpha', 'beta', 'gamma'].flatMap((word) => many(word, 101));
    expect(proposed([from], [...others, to])).toEqual([`${from} → ${to}: similar`]);
  });

  test('find those that share some words besides one that shares all', () => {
    const alike = ['alpha beta gamma x', 'alpha beta y', 'beta gamma z', 'alpha gamma w'];
    const found = proposeLinks(named('alpha beta gamma'), named(...alike));
    expect(found.map(({ to }) => to.name).toSorted()).toEqual(alike.toSorted());
  });

  test('find typos and other orders of words', () => {
    expect(proposed(['Summer push Germany'], ['Sumer push Germany'])).toHaveLength(1);
    expect(proposed(['push summer'], ['summer push'])).toHaveLength(1);
    expect(proposed(['Summer push'], ['Casino'])).toEqual([]);
  });

  test('do not offer the next of a series', () => {
    expect(proposed(['Bulk campaign 00001'], ['Bulk campaign 00002'])).toEqual([]);
    expect(proposed(['Summer v17 DE'], ['Summer DE'])).toHaveLength(1);
  });

  test('never match the nameless', () => {
    expect(proposed([''], ['  '])).toEqual([]);
  });

  test('find all that comparing each with each finds', () => {
    const word = fc.constantFrom('push', 'pop', 'summer', 'DE', 'FR', 'native', 'vpn', 'v2');
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    const lists = fc.uniqueArray(name, { maxLength: 5, selector: (one) => one });
    fc.assert(
      fc.property(lists, lists, (from, to) => {
        const proposals = proposeLinks(named(...from), named(...to));
        const found = new Set(
          proposals.map(({ from: one, to: other }) => `${one.name}|${other.name}`),
        );
        for (const [at, { from: one, to: other, likeness }] of proposals.entries()) {
          expect(likeness).toBe(similarity(one.name, other.name));
          const next = proposals[at + 1];
          if (next?.from === one) expect(next.likeness).toBeLessThanOrEqual(likeness);
        }
        for (const one of from) {
          for (const other of to) {
            expect(found.has(`${one}|${other}`)).toBe(similarity(one, other) >= 0.5);
          }
        }
      }),
    );
  });

  test('of many names come at once', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      id: `${at}`,
      name: `Bulk campaign ${at}`,
    }));
    const found = proposeLinks(
      many,
      many.map(({ id, name }) => ({ id, name: name.toUpperCase() })),
    );
    expect(found).toHaveLength(10_000);
    expect(found.every(({ from, to, how }) => from.id === to.id && how === 'folded')).toBe(true);
  }, 60_000);
});

test.each([
  ['the same name, however it is written', 'Summer DE', 'summer-de', 1],
  ['the same words', 'push summer', 'summer push', 1],
  ['nameless ones', '', '  ', 0],
  ['one without a name', '', 'Summer', 0],
  ['nothing in common', 'abc', 'xyz', 0],
  // One of two and three words, but 6 of 7 and 11 letter pairs.
  ['a long word', 'summer x', 'summer yy zz', 0.95 * ((2 * 6) / 18)],
  // One of two words, but 2 of 4 and 5 letter pairs.
  ['a short word', 'ab cd', 'ab xyz', 0.5],
  // ni ig gh ht, na ac ch ht.
  ['one of four letter pairs', 'night', 'nacht', 0.95 * 0.25],
  // Each aa is counted once.
  ['the same letter pair several times', 'aaaa', 'aa', 0.95 * 0.5],
  // Two of three words, but 9 of 11 letter pairs.
  ['the same number', 'summer 17 de', 'summer 17 fr', 0.95 * (9 / 11)],
  ['another number: half of it', 'summer 17 de', 'summer 18 de', 0.5 * 0.95 * (9 / 11)],
  ['a number on one side alone: all of it', 'summer v17 de', 'summer de', 4 / 5],
  // pu us sh h_ _1 1_ of eight.
  ['numbers of the same digits: half', 'push 1 12', 'push 11 2', 0.5 * 0.95 * (6 / 8)],
])('likeness of %s', (_, a, b, expected) => {
  expect(similarity(a, b)).toBeCloseTo(expected, 12);
  expect(similarity(b, a)).toBeCloseTo(expected, 12);
});

test('likeness is symmetric and within 0 and 1', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const likeness = similarity(a, b);
      expect(likeness).toBeGreaterThanOrEqual(0);
      expect(likeness).toBeLessThanOrEqual(1);
      expect(similarity(b, a)).toBeCloseTo(likeness, 10);
    }),
  );
});
