import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BASE_METRICS,
  type BaseMetric,
  metricOf,
  metricsOf,
  NO_METRICS,
  sumMetrics,
} from '../../../lib/report/metrics.ts';

describe('a derived metric', () => {
  /** One day of a campaign, with round ratios. */
  const day = metricsOf({
    clicks: 400,
    landerViews: 200,
    landerClicks: 50,
    conversions: 8,
    cost: 40,
    revenue: 64,
  });

  test.each([
    ['profit', 24],
    ['roi', 0.6],
    ['cr', 0.02],
    ['epc', 0.16],
    ['cpc', 0.1],
    ['cpa', 5],
    ['landerCtr', 0.25],
  ] as const)('%s', (metric, value) => {
    expect(metricOf(day, metric)).toBeCloseTo(value, 12);
  });

  test.each([
    ['profit', 'revenue', 'cost'],
    ['roi', 'revenue', 'cost'],
    ['cr', 'conversions', 'clicks'],
    ['epc', 'revenue', 'clicks'],
    ['cpc', 'cost', 'clicks'],
    ['cpa', 'cost', 'conversions'],
    ['landerCtr', 'landerClicks', 'landerViews'],
  ] as const)('%s is unknown without %s and without %s', (metric, one, other) => {
    expect(metricOf({ ...day, [one]: null }, metric)).toBeNull();
    expect(metricOf({ ...day, [other]: null }, metric)).toBeNull();
    expect(metricOf({ ...day, [one]: null, [other]: null }, metric)).toBeNull();
  });

  test.each([
    ['roi', 'cost'],
    ['cr', 'clicks'],
    ['epc', 'clicks'],
    ['cpc', 'clicks'],
    ['cpa', 'conversions'],
    ['landerCtr', 'landerViews'],
  ] as const)('%s is unknown when there are no %s to divide by', (metric, lower) => {
    expect(metricOf({ ...day, [lower]: 0 }, metric)).toBeNull();
  });

  test.each([
    ['profit', { cost: 0, revenue: 0 }, 0],
    ['profit', { cost: 40, revenue: 0 }, -40],
    ['roi', { cost: 40, revenue: 0 }, -1],
    ['cr', { conversions: 0, clicks: 7 }, 0],
    ['cpa', { cost: 0, conversions: 3 }, 0],
  ] as const)('%s of %o is known: %s', (metric, known, value) => {
    expect(metricOf(metricsOf(known), metric)).toBe(value);
  });
});

test('a base metric is its own figure', () => {
  const row = metricsOf(Object.fromEntries(BASE_METRICS.map((metric, at) => [metric, at])));
  for (const [at, metric] of BASE_METRICS.entries()) expect(metricOf(row, metric)).toBe(at);
});

test('what was not said is unknown, each metric by its name', () => {
  expect(metricsOf({ clicks: 0 })).toEqual({ ...NO_METRICS, clicks: 0 });
  expect(Object.keys(NO_METRICS).sort()).toEqual([...BASE_METRICS].sort());
  expect(new Set(Object.values(NO_METRICS))).toEqual(new Set([null]));
});

describe('a sum', () => {
  test('has the ratios of its sums, not sums or means of ratios', () => {
    const total = sumMetrics([
      metricsOf({ cost: 10, revenue: 30 }),
      metricsOf({ cost: 90, revenue: 90 }),
    ]);
    expect(metricOf(total, 'roi')).toBeCloseTo(0.2, 10);
  });

  test('does not know what no row knows', () => {
    const total = sumMetrics([metricsOf({ clicks: 5 }), metricsOf({ clicks: null })]);
    expect(total).toEqual(metricsOf({ clicks: 5 }));
    expect(metricOf(total, 'profit')).toBeNull();
    expect(sumMetrics([])).toEqual(NO_METRICS);
    expect(sumMetrics([metricsOf({ bots: 0 })]).bots).toBe(0);
  });

  /** Rows of whole figures, any of them unknown: sums without rounding. */
  const rows = fc.array(
    fc.record(
      Object.fromEntries(
        BASE_METRICS.map((metric) => [metric, fc.option(fc.integer({ min: -1e9, max: 1e9 }))]),
      ) as Record<BaseMetric, fc.Arbitrary<number | null>>,
    ),
  );

  test('is that of the known figures, metric by metric', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const total = sumMetrics(all);
        for (const metric of BASE_METRICS) {
          const known = all.flatMap((row) => row[metric] ?? []);
          const sum = known.map(BigInt).reduce((a, b) => a + b, 0n);
          expect(total[metric]).toBe(known.length === 0 ? null : Number(sum));
        }
      }),
    );
  });

  test('does not depend on how the rows are split', () => {
    fc.assert(
      fc.property(rows, rows, (some, others) => {
        const parts = sumMetrics([sumMetrics(some), sumMetrics(others)]);
        expect(parts).toEqual(sumMetrics([...some, ...others]));
      }),
    );
  });
});
