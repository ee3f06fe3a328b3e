import { expect, test } from 'vitest';
import { countedDays } from '../../../lib/compare/counted-days.ts';
import { createTimeline, type TimedSide } from '../../../lib/compare/timeline.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';

const range = { from: '2026-08-01', to: '2026-08-04', zone: 'UTC' };
const NOW = Date.parse('2026-08-10T00:00:00Z');

function side(
  days: Readonly<Record<string, Partial<Metrics>>>,
  change: Partial<Report> = {},
  kind: TimedSide['kind'] = 'tracker',
): TimedSide {
  const report: Report = {
    rows: Object.entries(days).map(([day, metrics]) => ({
      values: [{ id: `2026-08-0${day}`, name: '' }],
      metrics: metricsOf(metrics),
    })),
    counted: ['clicks', 'conversions', 'revenue'],
    ...{ zone: 'UTC', currency: 'USD', basis: 'visit', fetchedAt: NOW, complete: true },
    ...change,
  };
  return { connection: kind, currency: report.currency, kind, report, groupBy: ['day'] };
}
const of = (
  sides: readonly TimedSide[],
  metric: 'clicks' | 'conversions' | 'revenue' = 'clicks',
  change: Partial<Parameters<typeof createTimeline>[0]> = {},
) => countedDays(createTimeline({ range, sides, now: NOW, ...change }), metric, NOW);

const full = { 1: { clicks: 10 }, 2: { clicks: 20 }, 3: { clicks: 30 }, 4: { clicks: 40 } };
const days = (found: ReturnType<typeof of>) => found.map(({ day }) => Number(day.slice(-2)));

test('each day has what both sides counted; a day without a row is 0', () => {
  expect(
    of([side(full), side({ 1: { clicks: 9 }, 2: { clicks: 19 }, 4: { clicks: 39 } })]),
  ).toEqual([
    { day: '2026-08-01', base: 10, other: 9, unit: 1 },
    { day: '2026-08-02', base: 20, other: 19, unit: 1 },
    { day: '2026-08-03', base: 30, other: 0, unit: 1 },
    { day: '2026-08-04', base: 40, other: 39, unit: 1 },
  ]);
});

test('a day that was not over when one side told of it does not count, nor one that an incomplete report lacks', () => {
  const noon = { fetchedAt: Date.parse('2026-08-03T12:00:00Z') };
  expect(days(of([side(full, noon), side(full, noon)]))).toEqual([1, 2]);
  const midnight = { fetchedAt: Date.parse('2026-08-04T00:00:00Z') };
  expect(days(of([side(full, midnight), side(full, midnight)]))).toEqual([1, 2, 3]);
  expect(of([side(full), side({ 1: { clicks: 9 } }, { complete: false })])).toEqual([]);
  const unknown = { ...full, 2: {}, 3: { clicks: 30, partial: ['clicks' as const] } };
  expect(days(of([side(full), side(unknown)]))).toEqual([1, 4]);
});

test('days that are not comparable do not count', () => {
  expect(of([side(full), side(full, { zone: 'Asia/Tokyo' })])).toEqual([]);
  const paid = { 1: { clicks: 10, conversions: 5 } };
  const later = side(paid, { basis: 'postback' });
  expect(of([side(paid), later], 'conversions')).toEqual([]);
  expect(days(of([side(paid), later]))).toEqual([1, 2, 3, 4]);
});

test('money is in the base’s currency and its unit is a payout; without a rate it is not comparable', () => {
  const ours = side({ 1: { conversions: 5, revenue: 20 } });
  const theirs = side({ 1: { conversions: 5, revenue: 10 } }, { currency: 'EUR' });
  const rates = [{ from: 'EUR', to: 'USD', rate: 1.5, day: '2026-08-01' }];
  expect(of([ours, theirs], 'revenue')).toEqual([]);
  expect(of([ours, theirs], 'revenue', { rates })[0]).toEqual({
    day: '2026-08-01',
    base: 20,
    other: 15,
    unit: 3.5,
  });
});

test('a network’s clicks are held against those that were sent', () => {
  const sent = side({ 1: { clicks: 100, landerViews: 90, landerClicks: 30 } });
  const network = { ...side({ 1: { clicks: 38 } }, {}, 'network'), ofOffer: false };
  expect(of([sent, network])[0]).toMatchObject({ base: 40, other: 38 });
});

test('hours are no days', () => {
  const hours = { ...range, to: range.from };
  expect(of([side(full), side(full)], 'clicks', { range: hours })).toEqual([]);
});
