import { describe, expect, test } from 'vitest';
import {
  type ComparedOffer,
  createOfferComparison,
} from '../../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide } from '../../../lib/compare/offers.ts';
import type { Rate } from '../../../lib/compare/rates.ts';
import type { Metrics } from '../../../lib/report/metrics.ts';
import { networkSide, range, trackerSide } from './offers-world.ts';

const EUROS = { currency: 'EUR' as 'USD' };
const EURO: Rate = { from: 'EUR', to: 'USD', rate: 1.085, day: '2026-08-01' };
const earned = (revenue: number): Partial<Metrics> => ({ conversions: 100, revenue });

/** K sends to Keto for $1,000, R to Sweeps for €1,000. */
const dollars = trackerSide('k', [['a=Keto', 'Summer', earned(1_000)]]);
const euros = trackerSide('r', [['b=Sweeps', 'Winter', earned(1_000)]], EUROS);
const ofNetwork = (revenue: Readonly<Record<string, number>>, facts = {}): OfferSide => {
  const offers = Object.entries(revenue).map(([name, sum]) => [`${name}`, earned(sum)]);
  const side = networkSide('n', Object.fromEntries(offers));
  return { ...side, report: side.report && { ...side.report, ...facts } };
};

function compare(sides: readonly OfferSide[], rates: readonly Rate[] = []) {
  const comparison = createOfferComparison({
    sides,
    offers: joinOffers(sides, []),
    ...{ untold: false, range, now: Date.UTC(2026, 7, 21), rates },
  });
  const row = (name: string): ComparedOffer => {
    const found = comparison.rows.find((one) => one.name === name);
    if (!found) throw new Error(`no offer ${name}`);
    return found;
  };
  const total = (network: number) => comparison.total(comparison.rows, network, 'revenue');
  return { comparison, row, total, gap: (name: string) => comparison.gap(row(name), 2, 'revenue') };
}

describe('money of several currencies, with a rate', () => {
  test('is in the table’s currency, row by row and in the sums', () => {
    const { comparison, row } = compare([dollars, euros], [EURO]);
    expect(comparison.currency).toBe('USD');
    expect(row('Keto').sent?.metrics.revenue).toBe(1_000);
    expect(row('Sweeps').sent?.metrics.revenue).toBeCloseTo(1_085, 9);
    expect(row('Sweeps').sent?.rates).toEqual([EURO]);
    const alone = comparison.onlySent(comparison.rows);
    expect(alone?.metrics.revenue).toBeCloseTo(2_085, 9);
    expect(alone?.metrics.partial).toEqual([]);
  });

  test('is in the first tracker’s, whichever that is', () => {
    const { comparison, row } = compare([euros, dollars], [EURO]);
    expect(comparison.currency).toBe('EUR');
    // 1,000 ÷ 1.085, by a rate of six digits.
    expect(row('Keto').sent?.metrics.revenue).toBeCloseTo(921.659, 2);
  });

  test('is held against a network of either currency', () => {
    const inDollars = compare([dollars, euros, ofNetwork({ Keto: 1_000, Sweeps: 1_000 })], [EURO]);
    // $1,000 of $1,085, and of $2,085 in all.
    expect(inDollars.gap('Sweeps').difference).toBeCloseTo(-85, 9);
    expect(inDollars.gap('Sweeps').gap).toBeCloseTo(-85 / 1_085, 9);
    expect(inDollars.total(2).difference).toBeCloseTo(-85, 9);
    const inEuros = compare([dollars, euros, ofNetwork({ Keto: 900, Sweeps: 900 }, EUROS)], [EURO]);
    // €900 are $976.50.
    expect(inEuros.gap('Sweeps').difference).toBeCloseTo(-108.5, 9);
    expect(inEuros.gap('Keto').difference).toBeCloseTo(-23.5, 9);
    expect(inEuros.total(2).difference).toBeCloseTo(-132, 9);
    expect(inEuros.comparison.currencyAgainst(inEuros.row('Sweeps'), 2)).toBe('USD');
  });
});

describe('money of several currencies, without a rate', () => {
  test('is not known in the table’s currency; a sum over the rest is partial', () => {
    const { comparison, row } = compare([dollars, euros]);
    expect(row('Keto').sent).toMatchObject({ metrics: { revenue: 1_000 }, hindered: [] });
    expect(row('Sweeps').sent).toMatchObject({
      metrics: { conversions: 100, revenue: null },
      hindered: ['currency'],
      rates: [],
    });
    expect(comparison.onlySent(comparison.rows)?.metrics).toMatchObject({
      ...{ conversions: 200, revenue: 1_000, partial: ['revenue'] },
    });
  });

  test('is not judged, nor is a sum that lacks it; what is counted is', () => {
    const { comparison, row, gap, total } = compare([
      dollars,
      euros,
      ofNetwork({ Keto: 1_000, Sweeps: 1_000 }),
    ]);
    expect(gap('Keto')).toMatchObject({ gap: 0, state: 'green' });
    const unknown = { difference: null, gap: null, state: 'unknown', hindrances: ['currency'] };
    expect(gap('Sweeps')).toEqual(unknown);
    expect(total(2)).toEqual(unknown);
    expect(comparison.gap(row('Sweeps'), 2, 'conversions')).toMatchObject({
      ...{ gap: 0, state: 'green', hindrances: [] },
    });
    expect(comparison.total(comparison.rows, 2, 'conversions').state).toBe('green');
  });

  test('needs none against a network of the same currency', () => {
    const { comparison, row, gap, total } = compare([
      dollars,
      euros,
      ofNetwork({ Sweeps: 800 }, EUROS),
    ]);
    expect(gap('Sweeps')).toMatchObject({ difference: -200, gap: -0.2, state: 'red' });
    expect(comparison.currencyAgainst(row('Sweeps'), 2)).toBe('EUR');
    expect(total(2)).toMatchObject({ difference: -200, state: 'red' });
    // Of both currencies, no sum.
    const both = compare([dollars, euros, ofNetwork({ Keto: 800, Sweeps: 800 }, EUROS)]);
    expect(both.gap('Keto').hindrances).toEqual(['currency']);
    expect(both.comparison.currencyAgainst(both.row('Keto'), 2)).toBe('USD');
    expect(both.total(2).hindrances).toEqual(['currency']);
  });

  test('is not known of an offer that trackers of both currencies send to', () => {
    const also = trackerSide('r', [['b=Keto', 'Winter', earned(1_000)]], EUROS);
    const { row, gap } = compare([dollars, also, ofNetwork({ Keto: 2_000 })]);
    expect(row('Keto').sent).toMatchObject({
      metrics: { conversions: 200, revenue: 1_000, partial: ['revenue'] },
      hindered: ['currency'],
    });
    expect(gap('Keto').hindrances).toEqual(['currency']);
  });

  test('lacks nothing where nothing was told of it', () => {
    const untold = trackerSide('r', [['b=Sweeps', 'Winter', { conversions: 3 }]], EUROS);
    expect(compare([dollars, untold]).row('Sweeps').sent?.hindered).toEqual([]);
  });
});

test('a doubt about two campaigns stays, whatever the currency', () => {
  const clicks = { clicks: 500, revenue: 1 };
  const sides = [
    trackerSide('r', [['b=Sweeps', 'Winter', clicks]], EUROS),
    trackerSide('s', [['b=Sweeps', 'Hiver', clicks]], EUROS),
    ofNetwork({ Sweeps: 2 }, EUROS),
  ];
  const withDollars = [dollars, ...sides];
  const { comparison, row } = compare(withDollars);
  expect(comparison.gap(row('Sweeps'), 3, 'revenue').hindrances).toEqual(['twice']);
});
