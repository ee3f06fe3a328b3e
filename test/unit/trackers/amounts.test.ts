import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountNumber, amountText } from '../../../lib/trackers/amounts.ts';
import { expectSentence } from './contract.ts';

test.each([
  [19.22, 4, 2, '19.22'],
  [0.5, 4, 2, '0.50'],
  [12, 4, 2, '12.00'],
  [12, 4, 0, '12'],
  [100, 9, 0, '100'],
  [0, 4, 2, '0.00'],
  [0, 9, 0, '0'],
  [-0, 9, 0, '0'],
  [0.000125, 6, 0, '0.000125'],
  [5e-7, 9, 0, '0.0000005'],
  [0.1 + 0.2, 9, 0, '0.3'],
  [999_999_999, 9, 0, '999999999'],
])('%d with %i places, %i of them always, is %s', (amount, places, least, text) => {
  expect(amountText(amount, { places, least })).toBe(text);
});

test.each([1e9, 1e22, 0.000_09, 5e-324, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  '%d is refused',
  (amount) => {
    const values = ['0.0001', '999999999'];
    const problem = { kind: 'input', text: 'amount_beyond', values } as const;
    expect(() => amountText(amount, { places: 4 })).toThrow(expect.objectContaining({ problem }));
    expectSentence(problem);
  },
);

test('whatever is taken is plain digits, within half of the last place', () => {
  const amounts = fc.double({ min: 0, max: 999_999_999, noNaN: true });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 9 }), (amount, places) => {
      fc.pre(amount === 0 || amount >= 10 ** -places);
      const text = amountText(amount, { places });
      expect(text).toMatch(/^\d+(\.\d+)?$/);
      expect(text.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(places);
      expect(Math.abs(Number(text) - amount)).toBeLessThanOrEqual(0.5 * 10 ** -places + 1e-6);
    }),
  );
});

test('a number has no exponent in JSON', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 999_999_999, noNaN: true }), (amount) => {
      expect(JSON.stringify(amountNumber(amount))).toMatch(/^\d+(\.\d+)?$/);
    }),
  );
});
