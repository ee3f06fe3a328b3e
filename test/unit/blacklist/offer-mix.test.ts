import { describe, expect, test } from 'vitest';
import { arrivedByOffers } from '../../../lib/blacklist/offer-mix.ts';

const range = { from: '2026-06-01', to: '2026-06-01', zone: 'UTC' };
const group = (arrived: number, offers: Readonly<Record<string, number>> = {}) => ({
  range,
  arrived,
  offers: new Map(Object.entries(offers)),
});
const offer = (id: string, cost: number, conversions: number) => ({ id, cost, conversions });

describe('what has arrived of the conversions of several offers', () => {
  test('is what has arrived of the only one that the clicks went to', () => {
    const days = [group(0.9, { quick: 1, slow: 0.2 }), group(0.9, { quick: 1, slow: 0.6 })];
    const [newest, oldest] = arrivedByOffers(days, [
      [offer('slow', 50, 1)],
      [offer('quick', 50, 20)],
    ]);
    expect(newest).toBeCloseTo(0.2, 12);
    expect(oldest).toBeCloseTo(1, 12);
  });

  test('weighs each by the conversions that its clicks are expected to bring in the end', () => {
    // Both bring ten per hundred in the end: of the slow one's, a half is there.
    const days = [group(0.9, { quick: 1, slow: 0.5 })];
    const [arrived] = arrivedByOffers(days, [[offer('quick', 1e6, 1e5), offer('slow', 1e6, 5e4)]]);
    expect(arrived).toBeCloseTo((1 + 0.5) / 2, 4);
    // The slow one brings three times as many for the money.
    const [most] = arrivedByOffers(days, [[offer('quick', 1e6, 1e5), offer('slow', 1e6, 15e4)]]);
    expect(most).toBeCloseTo((1 + 3 * 0.5) / 4, 4);
  });

  test('learns what an offer brings from all days', () => {
    const days = [group(0.9, { quick: 1, slow: 0.1 }), group(1, { quick: 1, slow: 1 })];
    const [newest] = arrivedByOffers(days, [
      [offer('quick', 1e6, 1e5), offer('slow', 1e6, 3e4)],
      [offer('slow', 1e6, 3e5)],
    ]);
    expect(newest).toBeCloseTo((1 + 3 * 0.1) / 4, 4);
  });

  test('takes an offer of which little is known for a usual one', () => {
    const days = [group(0.7, { quick: 1, new: 0.5 })];
    const [arrived] = arrivedByOffers(days, [[offer('quick', 100, 20), offer('new', 100, 0)]]);
    // Each begins with 2 conversions at the rate of all: 20 for 100 + 50, so 2 for 15.
    const rates = { quick: (20 + 2) / (100 + 15), new: 2 / (50 + 15) };
    expect(arrived).toBeCloseTo((rates.quick + rates.new / 2) / (rates.quick + rates.new), 12);
  });

  test('has the campaign’s curve where an offer has none', () => {
    const days = [group(0.7, { slow: 0.1 })];
    expect(arrivedByOffers(days, [[offer('other', 5, 1)]])).toEqual([expect.closeTo(0.7, 12)]);
  });

  test('counts all alike before the first conversion', () => {
    const days = [group(0.9, { quick: 1, slow: 0 })];
    const [arrived] = arrivedByOffers(days, [[offer('quick', 30, 0), offer('slow', 10, 0)]]);
    expect(arrived).toBeCloseTo(0.75, 12);
  });

  test.each([
    ['nothing is told of the offers', null],
    ['there was no click', []],
    ['clicks cost nothing', [offer('slow', 0, 0)]],
  ])('is that of all together where %s', (_, figures) => {
    expect(arrivedByOffers([group(0.7, { slow: 0.1 })], [figures])).toEqual([0.7]);
  });
});
