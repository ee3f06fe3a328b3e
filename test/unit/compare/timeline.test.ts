import { expect, test } from 'vitest';
import { createTimeline, type TimedSide } from '../../../lib/compare/timeline.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';

const NOW = Date.parse('2026-08-03T12:00:00Z');
const range = { from: '2026-08-01', to: '2026-08-04', zone: 'Europe/Madrid' };

const reportOf = (
  days: Readonly<Record<string, Partial<Metrics>>>,
  change: Partial<Report> = {},
): Report => ({
  rows: Object.entries(days).map(([day, metrics]) => ({
    values: [{ id: day, name: day }],
    metrics: metricsOf(metrics),
  })),
  counted: ['clicks', 'conversions', 'revenue'],
  zone: 'Europe/Madrid',
  currency: 'USD',
  basis: 'visit',
  fetchedAt: NOW,
  complete: true,
  ...change,
});

const side = (
  connection: string,
  report: Report | null,
  change: Partial<TimedSide> = {},
): TimedSide => ({
  connection,
  currency: 'USD',
  kind: 'tracker',
  report,
  groupBy: ['day'],
  ...change,
});

const ours = reportOf({
  '2026-08-01': { clicks: 1000, conversions: 100, revenue: 500 },
  '2026-08-02': { clicks: 1000, conversions: 100, revenue: 500 },
});

test('each step that has begun has its figures and its gap to the base', () => {
  const theirs = reportOf({ '2026-08-01': { clicks: 800, conversions: 100, revenue: 500 } });
  const timeline = createTimeline({ range, now: NOW, sides: [side('k', ours), side('b', theirs)] });
  expect(timeline).toMatchObject({ begun: 3, running: 2 });
  expect(timeline.values(0, 'clicks')).toEqual([1000, 1000, 0]);
  expect(timeline.values(1, 'clicks')).toEqual([800, 0, 0]);
  const { comparison } = timeline;
  const gaps = comparison.rows.map((row) => comparison.gap(row, 1, 'clicks'));
  expect(gaps.map(({ gap }) => gap)).toEqual([-0.2, -1, 0]);
  expect(gaps.map(({ state }) => state)).toEqual(['red', 'red', 'green']);
});

test('days of split traffic are judged as halves', () => {
  // 2·√(100 + 75) = 26.5, and 2·√(100 + 70) = 26.1.
  const theirs = reportOf({ '2026-08-01': { conversions: 75 }, '2026-08-02': { conversions: 70 } });
  const statesOf = (split?: true) => {
    const sides = [side('k', ours), side('b', theirs)];
    const { comparison } = createTimeline({ range, now: NOW, sides, split });
    return comparison.rows.map((row) => comparison.gap(row, 1, 'conversions').state);
  };
  expect(statesOf(true)).toEqual(['chance', 'red', 'green']);
  expect(statesOf()).toEqual(['red', 'red', 'green']);
});

test('ratios are of the sums of a step, and unknown where one of them is', () => {
  const timeline = createTimeline({ range, now: NOW, sides: [side('k', ours)] });
  expect(timeline.values(0, 'cr')).toEqual([0.1, 0.1, null]);
  expect(timeline.values(0, 'roi')).toEqual([null, null, null]);
  expect(timeline.leftOut(0, 'roi')).toBe('unknown');
  expect(timeline.leftOut(0, 'cr')).toBeNull();
});

test('a side with days of another zone is left out, and is in again with its hours', () => {
  const tokyo = { zone: 'Asia/Tokyo' };
  const days = side('b', reportOf({ '2026-08-01': { clicks: 5 } }, tokyo));
  const hours: TimedSide = {
    ...side('b', {
      ...reportOf({}, tokyo),
      // Tokyo's second of August, two in the night, is Madrid's first, seven in the evening.
      rows: [
        {
          values: ['2026-08-02', '2'].map((id) => ({ id, name: id })),
          metrics: metricsOf({ clicks: 900, conversions: 90, revenue: 450 }),
        },
      ],
    }),
    groupBy: ['day', 'hour'],
  };
  const without = createTimeline({ range, now: NOW, sides: [side('k', ours), days] });
  expect(without.leftOut(1, 'clicks')).toBe('zone');
  expect(without.values(1, 'clicks')).toEqual([null, null, null]);
  const moved = createTimeline({ range, now: NOW, sides: [side('k', ours), hours] });
  expect(moved.leftOut(1, 'clicks')).toBeNull();
  expect(moved.values(1, 'clicks')).toEqual([900, 0, 0]);
  // Its days are the same as the base's by now, so that its gaps are judged.
  const [first] = moved.comparison.rows;
  expect(first && moved.comparison.gap(first, 1, 'clicks')).toMatchObject({
    state: 'green',
    hindrances: [],
  });
});

test('money of another currency has no line beside the base’s; counts have', () => {
  const euros = side(
    'b',
    reportOf({ '2026-08-01': { clicks: 9, revenue: 3 } }, { currency: 'EUR' }),
  );
  const timeline = createTimeline({ range, now: NOW, sides: [side('k', ours), euros] });
  expect(timeline.leftOut(1, 'revenue')).toBe('currency');
  expect(timeline.leftOut(1, 'clicks')).toBeNull();
});

test('money of another currency is converted by its rate, its gaps too; without the money of a step it is unknown', () => {
  const theirs = reportOf(
    {
      '2026-08-01': { clicks: 1000, conversions: 100, revenue: 400, cost: 300 },
      '2026-08-02': { clicks: 1000, conversions: 100 },
    },
    { currency: 'EUR' },
  );
  const rate = { from: 'EUR', to: 'USD', rate: 1.25, day: '2026-08-01' };
  const timeline = createTimeline({
    range,
    now: NOW,
    sides: [side('k', ours), side('b', theirs)],
    rates: [rate],
  });
  expect(timeline.currency).toBe('USD');
  expect([timeline.rate(0), timeline.rate(1)]).toEqual([null, rate]);
  expect(timeline.leftOut(1, 'revenue')).toBeNull();
  expect(timeline.values(0, 'revenue')).toEqual([500, 500, 0]);
  expect(timeline.values(1, 'revenue')).toEqual([500, null, 0]);
  expect(timeline.values(1, 'cpa').at(0)).toBe(3.75);
  expect(timeline.values(1, 'profit').at(0)).toBe(125);
  // A ratio of two sums of money has no currency.
  expect(timeline.values(1, 'roi').at(0)).toBeCloseTo(1 / 3, 12);
  expect(timeline.values(1, 'clicks')).toEqual([1000, 1000, 0]);
  const { comparison } = timeline;
  const gaps = comparison.rows.map((row) => comparison.gap(row, 1, 'revenue'));
  expect(gaps[0]).toMatchObject({ gap: 0, hindrances: [], converted: { amount: 400, rate } });
});

test('a rate the other way round serves too, and that of other currencies does not', () => {
  const euros = side('b', reportOf({ '2026-08-01': { revenue: 400 } }, { currency: 'EUR' }));
  const lineBy = (from: string, to: string) => {
    const rates = [{ from, to, rate: 0.8, day: '2026-08-01' }];
    const timeline = createTimeline({ range, now: NOW, sides: [side('k', ours), euros], rates });
    return [timeline.leftOut(1, 'revenue'), timeline.values(1, 'revenue')[0]];
  };
  expect(lineBy('USD', 'EUR')).toEqual([null, 500]);
  expect(lineBy('GBP', 'USD')[0]).toBe('currency');
});

test('money of one currency has lines, also while the base’s report is on its way', () => {
  const theirs = side('b', ours);
  const both = createTimeline({ range, now: NOW, sides: [side('k', ours), theirs] });
  expect([both.leftOut(0, 'revenue'), both.leftOut(1, 'revenue')]).toEqual([null, null]);
  const waiting = createTimeline({ range, now: NOW, sides: [side('k', null), theirs] });
  expect(waiting.leftOut(1, 'revenue')).toBeNull();
  const euros = side('k', null, { currency: 'EUR' });
  const apart = createTimeline({ range, now: NOW, sides: [euros, theirs] });
  expect(apart.leftOut(1, 'revenue')).toBe('currency');
});

test('what keeps gaps of the table from being judged keeps those of the days from it', () => {
  const later = side('b', { ...ours, basis: 'postback' });
  const { comparison } = createTimeline({ range, now: NOW, sides: [side('k', ours), later] });
  const [first] = comparison.rows;
  expect(first && comparison.gap(first, 1, 'conversions').hindrances).toEqual(['basis']);
  expect(first && comparison.gap(first, 1, 'clicks').hindrances).toEqual([]);
  const network = side('b', ours, { kind: 'network' });
  const offers = createTimeline({ range, now: NOW, sides: [side('k', ours), network] });
  const [day] = offers.comparison.rows;
  expect(day && offers.comparison.gap(day, 1, 'conversions').hindrances).toEqual(['offer']);
});

test('days that are all to come leave nobody out', () => {
  const before = Date.parse('2026-07-01T12:00:00Z');
  const timeline = createTimeline({ range, now: before, sides: [side('k', ours)] });
  expect(timeline).toMatchObject({ begun: 0, running: null });
  expect(timeline.leftOut(0, 'clicks')).toBeNull();
});

test('a side of which nothing is known yet is not left out for good', () => {
  const timeline = createTimeline({ range, now: NOW, sides: [side('k', null), side('b', ours)] });
  expect(timeline.leftOut(0, 'clicks')).toBeNull();
  expect(timeline.values(0, 'clicks')).toEqual([null, null, null]);
});

test('a side that has no line for its days is compared with nothing', () => {
  const days = side('b', { ...ours, zone: 'Asia/Tokyo', basis: 'postback' });
  const { comparison } = createTimeline({ range, now: NOW, sides: [side('k', ours), days] });
  expect(comparison.sides[1]?.report).toBeNull();
  expect(comparison.hindrances(1, 'conversions')).toEqual([]);
});

test('money of one currency needs no rate, whatever rates there are', () => {
  const rates = [{ from: 'USD', to: 'USD', rate: 2, day: '2026-08-01' }];
  const sides = [side('k', ours), side('b', ours)];
  const timeline = createTimeline({ range, now: NOW, sides, rates });
  expect([timeline.rate(0), timeline.rate(1)]).toEqual([null, null]);
  expect(timeline.values(1, 'revenue')).toEqual([500, 500, 0]);
});

test('without a side there are the steps alone', () => {
  const timeline = createTimeline({ range, now: NOW, sides: [] });
  expect(timeline).toMatchObject({ begun: 3, running: 2, currency: '' });
  expect(timeline.comparison.rows.map(({ name, cells }) => [name, cells])).toEqual([
    ['2026-08-01', []],
    ['2026-08-02', []],
    ['2026-08-03', []],
  ]);
});
