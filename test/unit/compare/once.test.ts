import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinSides, type Side } from '../../../lib/compare/join.ts';
import { countedOnce } from '../../../lib/compare/once.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

const side = (connection: string, names: readonly string[]): Side => ({
  connection,
  currency: 'USD',
  rows: names.map((name, at) => ({ id: `${connection}${at}`, name, metrics: metricsOf({}) })),
});

const NAMES = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,3})?$/), { maxLength: 30 });

test('a tracker of the same campaigns adds nothing, in whatever order and case it has them', () => {
  fc.assert(
    fc.property(NAMES, fc.infiniteStream(fc.boolean()), (names, dice) => {
      const again = names
        .toSorted(() => (dice.next().value ? 1 : -1))
        .map((name) => (dice.next().value ? name.toUpperCase() : name));
      const sides = [side('a', names), side('b', again)];
      const [first, second] = countedOnce(joinSides(sides, []), 2);
      expect([first?.size, second?.size]).toEqual([names.length, 0]);
    }),
  );
});

test('whatever three trackers have, every campaign counts exactly once, on the first that has it', () => {
  fc.assert(
    fc.property(NAMES, NAMES, NAMES, (...lists) => {
      const sides = lists.map((names, at) => side('abc'[at] ?? '', names));
      const rows = joinSides(sides, []);
      const counted = countedOnce(rows, 3);
      expect(counted.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(lists.flat()).size);
      for (const [at, names] of lists.entries()) {
        const earlier = new Set(lists.slice(0, at).flat());
        const own = names.flatMap((name, n) => (earlier.has(name) ? [] : `${'abc'[at]}${n}`));
        expect([...(counted[at] ?? [])].sort()).toEqual(own.sort());
      }
    }),
  );
});

test('campaigns that one link sums count together', () => {
  const member = (connection: string, campaignId: string) => ({ connection, campaignId, name: '' });
  const members = [member('a', 'a0'), member('a', 'a1'), member('b', 'b0')];
  const links = [{ id: 'l', how: 'hand', createdAt: 0, members }] as const;
  const sides = [side('a', ['One', 'Two']), side('b', ['Both'])];
  const counted = countedOnce(joinSides(sides, [{ ...links[0], members: [...members] }]), 2);
  expect(counted.map((ids) => [...ids])).toEqual([['a0', 'a1'], []]);
});
