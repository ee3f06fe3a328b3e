import { describe, expect, test } from 'vitest';
import { BASE_METRICS, metricOf, metricsOf, NO_METRICS } from '../../../lib/report/metrics.ts';

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
  const { partial, ...figures } = NO_METRICS;
  expect(Object.keys(figures).sort()).toEqual([...BASE_METRICS].sort());
  expect(new Set(Object.values(figures))).toEqual(new Set([null]));
  expect(partial).toEqual([]);
});
