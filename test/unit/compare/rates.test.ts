import { expect, test } from 'vitest';
import { createComparison } from '../../../lib/compare/comparison.ts';
import { joinSides } from '../../../lib/compare/join.ts';
import { rateSchema } from '../../../lib/compare/rate-schema.ts';
import {
  inCurrency,
  type Rate,
  rateBetween,
  withoutRate,
  withRate,
} from '../../../lib/compare/rates.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

const EUR: Rate = { from: 'EUR', to: 'USD', rate: 1.085, day: '2026-11-24' };
const GBP: Rate = { from: 'GBP', to: 'USD', rate: 1.27, day: '2026-11-20' };

test('a rate holds both ways, and is not combined with another', () => {
  expect(rateBetween([GBP, EUR], 'EUR', 'USD')).toBe(EUR);
  // 1 ÷ 1.085 = 0.921658986…
  expect(rateBetween([GBP, EUR], 'USD', 'EUR')).toEqual({
    from: 'USD',
    to: 'EUR',
    rate: 0.921659,
    day: '2026-11-24',
  });
  expect(rateBetween([GBP, EUR], 'GBP', 'EUR')).toBeNull();
});

test('two currencies have one rate, whichever way it was entered', () => {
  const turned = { from: 'USD', to: 'EUR', rate: 0.92, day: '2026-11-25' };
  expect(withRate([EUR, GBP], turned)).toEqual([GBP, turned]);
  expect(withoutRate([EUR, GBP], { from: 'USD', to: 'EUR' })).toEqual([GBP]);
});

test('of many rates only that of the two currencies is taken away, named either way', () => {
  const currencies = ['EUR', 'USD', 'GBP', 'JPY'];
  const all = currencies.flatMap((from, at) =>
    currencies.slice(at + 1).map((to): Rate => ({ from, to, rate: 2, day: '2026-11-24' })),
  );
  for (const one of all) {
    const others = all.filter((other) => other !== one);
    expect(withoutRate(all, one)).toEqual(others);
    expect(withoutRate(all, { from: one.to, to: one.from })).toEqual(others);
  }
});

test('money that is not known stays unknown in another currency', () => {
  expect(inCurrency(metricsOf({ clicks: 3, cost: 2 }), EUR)).toEqual(
    metricsOf({ clicks: 3, cost: 2.17 }),
  );
  expect(inCurrency(metricsOf({ revenue: 200 }), EUR)).toEqual(metricsOf({ revenue: 217 }));
});

test.each([
  { ...EUR, rate: 0 },
  { ...EUR, rate: -1 },
  { ...EUR, rate: Number.POSITIVE_INFINITY },
  { ...EUR, from: 'eur' },
  { ...EUR, to: 'DOLLAR' },
  { ...EUR, day: '24.11.2026' },
])('what is no rate is refused: %j', (rate) => {
  expect(rateSchema.safeParse(rate).success).toBe(false);
});

const report = {
  zone: 'UTC',
  basis: 'visit',
  complete: true,
  fetchedAt: Date.UTC(2026, 10, 25),
} as const;
const side = (connection: string, currency: string, metrics: Partial<Metrics>) => ({
  connection,
  currency,
  kind: 'tracker' as const,
  report: { ...report, currency },
  rows: [{ id: connection, name: 'Summer', metrics: metricsOf(metrics) }],
});
function compare(other: Partial<Metrics>, rates: readonly Rate[]) {
  const sides = [
    side('k', 'USD', { clicks: 1000, conversions: 500, cost: 217, revenue: 1085 }),
    side('e', 'EUR', other),
  ];
  const rows = joinSides(sides, []);
  const [row] = rows;
  if (!row) throw new Error('no row');
  const comparison = createComparison({
    sides,
    rows,
    range: { from: '2026-11-20', to: '2026-11-22', zone: 'UTC' },
    now: Date.UTC(2026, 10, 26),
    rates,
  });
  return { comparison, row };
}

test('money is compared at the rate, to the cent', () => {
  const { comparison, row } = compare({ clicks: 1000, conversions: 500, cost: 200, revenue: 980 }, [
    EUR,
  ]);
  // 980.00 × 1.085 = 1,063.30, 21.70 less than 1,085.00: −2 %.
  const revenue = comparison.gap(row, 1, 'revenue');
  expect(revenue.difference).toBeCloseTo(-21.7, 9);
  expect(revenue.gap).toBeCloseTo(-0.02, 12);
  expect(revenue).toMatchObject({ state: 'green', converted: { amount: 980, rate: EUR } });
  // 200.00 × 1.085 = 217.00.
  expect(comparison.gap(row, 1, 'cost').difference).toBeCloseTo(0, 9);
  // Profit of 780.00 × 1.085 = 846.30 against 868.00.
  expect(comparison.gap(row, 1, 'profit').difference).toBeCloseTo(-21.7, 9);
  expect(comparison.gap(row, 1, 'conversions').converted).toBeUndefined();
  expect(comparison.shared(1).gap('revenue').gap).toBeCloseTo(-0.02, 12);
  expect([comparison.rate(0), comparison.rate(1)]).toEqual([null, EUR]);
});

test('without a rate it is not compared, as with one of other currencies', () => {
  for (const rates of [[], [GBP]]) {
    const { comparison, row } = compare({ clicks: 1000, revenue: 980, conversions: 500 }, rates);
    expect(comparison.gap(row, 1, 'revenue')).toEqual({
      difference: null,
      gap: null,
      state: 'unknown',
      hindrances: ['currency'],
    });
    expect(comparison.rate(1)).toBeNull();
  }
});

test('a gap of converted money names the rate as a cause', () => {
  const { comparison, row } = compare({ clicks: 1000, conversions: 500, revenue: 500 }, [EUR]);
  expect(comparison.gap(row, 1, 'revenue').state).toBe('red');
  expect(comparison.causes(row, 1, 'revenue')).toEqual([
    { key: 'cause_rate', values: ['EUR', '1.085', 'USD', '2026-11-24'] },
  ]);
  expect(comparison.causes(row, 1, 'conversions')).toEqual([]);
});
