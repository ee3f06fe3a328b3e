import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderByHighest } from '../../../lib/blacklist/order.ts';

/** The same by comparison, stable. */
const plain = (values: readonly number[]): number[] =>
  values
    .map((_, row) => row)
    .sort((a, b) => {
      const [left = Number.NaN, right = Number.NaN] = [values[a], values[b]];
      if (Number.isNaN(left) || Number.isNaN(right)) {
        return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
      }
      return left === right ? 0 : right > left ? 1 : -1;
    });

test('rows by the highest, unknown last, equal ones in their order: as a plain sort does', () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(Number.NaN, 0, -0, 5e-324, -5e-324, 1e300, -1e300),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), (values) => {
      expect([...orderByHighest(Float64Array.from(values))]).toEqual(plain(values));
    }),
  );
});

test('infinities are the ends, and a NaN with any sign is last', () => {
  const negative = new Float64Array(new BigUint64Array([0xfff8_0000_0000_0001n]).buffer)[0] ?? 0;
  const values = [negative, Number.NEGATIVE_INFINITY, 1, Number.POSITIVE_INFINITY, Number.NaN];
  expect([...orderByHighest(Float64Array.from(values))]).toEqual([3, 2, 1, 0, 4]);
});

test('more rows than a digit has values', () => {
  const values = Float64Array.from({ length: 70_000 }, (_, row) => (row * 7919) % 70_001);
  const sorted = Array.from(orderByHighest(values), (row) => values[row] ?? 0);
  expect(sorted).toEqual([...values].sort((a, b) => b - a));
});
