import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeLinks, similarity } from '../../../lib/compare/proposals.ts';

const named = (...names: string[]) => names.map((name, at) => ({ id: String(at), name }));
const proposed = (from: string[], to: string[]) =>
  proposeLinks(named(...from), named(...to)).map(
    ({ from: one, to: other, how }) => `${one.name} → ${other.name}: ${how}`,
  );

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
        const found = new Set(
          proposeLinks(named(...from), named(...to)).map(
            ({ from: one, to: other }) => `${one.name}|${other.name}`,
          ),
        );
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
