import { expect, test } from 'vitest';
import { rateSchema } from '../../../lib/compare/rate-schema.ts';

const rate = { from: 'USD', to: 'EUR', rate: 0.86, day: '2026-08-01' };
const isRate = (change: object) => rateSchema.safeParse({ ...rate, ...change }).success;

test.each([{}, { rate: 1e-9 }, { rate: 999_999_999_999 }])(
  'a rate is one of two currencies on a day: %j',
  (change) => {
    expect(isRate(change)).toBe(true);
  },
);

test.each([
  { from: 'usd' },
  { from: 'US' },
  { from: 'USDT' },
  { from: 'U$D' },
  { to: 'euro' },
  { to: 'EU' },
  { to: '123' },
  { to: '' },
  { rate: 0 },
  { rate: -0.86 },
  { rate: 1e12 },
  { rate: '0.86' },
  { day: '2026-8-1' },
  { day: '2026-02-30' },
])('this is none: %j', (change) => {
  expect(isRate(change)).toBe(false);
});
