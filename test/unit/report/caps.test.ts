import { describe, expect, test } from 'vitest';
import { type Cap, isReached, useOfCap } from '../../../lib/report/caps.ts';
import type { Conversion, ConversionStatus } from '../../../lib/report/log.ts';

const cap = (change: Partial<Cap> = {}): Cap => ({
  period: 'day',
  of: 'conversions',
  value: 2,
  allGoals: true,
  statuses: null,
  ...change,
});
const made = (
  convertedAt: number | null,
  status: ConversionStatus | null = 'sale',
  payout: number | null = 10,
): Conversion => ({
  id: String(convertedAt),
  clickId: null,
  campaign: null,
  offer: null,
  status,
  statusText: '',
  payout,
  currency: 'USD',
  clickedAt: null,
  convertedAt,
  externalId: null,
  tokens: {},
});

describe('a cap', () => {
  test('is reached by the conversion that fills it, whatever order the log has', () => {
    const use = useOfCap(cap(), [made(300), made(100), made(200)]);
    expect(use).toMatchObject({ used: 3, reachedAt: 200 });
    expect(isReached(use)).toBe(true);
  });

  test('has room while conversions are missing', () => {
    const use = useOfCap(cap(), [made(100)]);
    expect(use).toMatchObject({ used: 1, reachedAt: null });
    expect(isReached(use)).toBe(false);
  });

  test('counts the statuses that are told; confirmed ones alone where none are', () => {
    const all = [made(1, 'sale'), made(2, 'hold'), made(3, 'rejected'), made(4, null)];
    expect(useOfCap(cap(), all).used).toBe(1);
    expect(useOfCap(cap({ statuses: ['sale', 'hold'] }), all).used).toBe(2);
  });

  test('of money counts payouts; an unknown one counts nothing', () => {
    const money = cap({ of: 'budget', value: 25 });
    const use = useOfCap(money, [made(1), made(2, 'sale', null), made(3), made(4)]);
    expect(use).toMatchObject({ used: 30, reachedAt: 4 });
  });

  test.each([2, 0])('of single goals cannot be counted, be it %i', (value) => {
    const use = useOfCap(cap({ allGoals: false, value }), [made(1), made(2)]);
    expect(use).toMatchObject({ used: null, reachedAt: null });
    expect(isReached(use)).toBe(false);
  });

  test('that was reached at a time that is not told is reached', () => {
    const use = useOfCap(cap(), [made(1), made(null)]);
    expect(use).toMatchObject({ used: 2, reachedAt: null });
    expect(isReached(use)).toBe(true);
  });
});
