import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBoundaries } from '../../../lib/blacklist/boundary.ts';
import { gammaP, gammaQ, gammaQuantile } from '../../../lib/blacklist/gamma.ts';

const shape = fc.oneof(
  fc.double({ min: 1e-4, max: 12, noNaN: true }),
  fc.double({ min: 1, max: 5000, noNaN: true }),
  fc.integer({ min: 1, max: 60 }).map((step) => (step / 64) ** 2),
);
const confidence = fc.constantFrom(0.5, 0.8, 0.95, 0.999);

test('rows far from the boundary and near it get the gamma function’s own answer', () => {
  fc.assert(
    fc.property(
      confidence,
      fc.array(fc.tuple(shape, fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.boolean()), {
        minLength: 1,
        maxLength: 20,
      }),
      (sure, rows) => {
        const boundaries = createBoundaries(sure);
        for (const [a, off, upper] of rows) {
          const x = gammaQuantile(a, upper ? sure : 1 - sure) * (1 + off ** 3);
          expect(boundaries.isBelow(a, x), `P(${a}, ${x})`).toBe(gammaP(a, x) >= sure);
          expect(boundaries.isAbove(a, x), `Q(${a}, ${x})`).toBe(gammaQ(a, x) >= sure);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('a shape beyond the grid is decided by itself', () => {
  const { isBelow, isAbove } = createBoundaries(0.95);
  expect(isBelow(2e6, 2.01e6)).toBe(true);
  expect(isBelow(2e6, 2e6)).toBe(false);
  expect(isAbove(2e6, 1.99e6)).toBe(true);
  expect(isAbove(2e6, 2e6)).toBe(false);
});

test('no shape, no answer', () => {
  const { isBelow, isAbove } = createBoundaries(0.95);
  expect(isBelow(Number.NaN, 1)).toBe(false);
  expect(isAbove(Number.NaN, 1)).toBe(false);
});
