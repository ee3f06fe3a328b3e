import { describe, expect, test } from 'vitest';
import { type Hourly, hourlyOf, sharedCurves } from '../../../lib/compare/hourly.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';

const DAYS = { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' };
const row = (id: string, day: string, hour: string, clicks: number | null) => ({
  values: [
    { id, name: `Campaign ${id}` },
    { id: day, name: day },
    { id: hour, name: hour },
  ],
  metrics: metricsOf({ clicks }),
});
const report = (rows: Report['rows'], change: Partial<Report> = {}): Report => ({
  rows,
  counted: ['clicks'],
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  fetchedAt: 0,
  complete: true,
  ...change,
});
function read(rows: Report['rows'], change: Partial<Report> = {}): Hourly {
  const hourly = hourlyOf(report(rows, change), DAYS);
  if (typeof hourly === 'string') throw new Error(hourly);
  return hourly;
}

test('curves of two zones stand on the same hours, those that both cover', () => {
  const utc = read([row('1', '2026-08-01', '00', 7), row('1', '2026-08-02', '21', 3)]);
  const madrid = read([row('2', '2026-08-01', '2', 7), row('2', '2026-08-02', '23', 3)], {
    zone: 'Europe/Madrid',
  });
  const [[a], [b]] = sharedCurves(utc, madrid);
  // Madrid's days end two hours before those of UTC.
  expect(a?.clicks).toHaveLength(46);
  expect(a?.clicks).toEqual(b?.clicks);
  expect(a?.clicks[0]).toBe(7);
  expect(a?.clicks.at(-1)).toBe(3);
  expect(a?.of).toEqual({ id: '1', name: 'Campaign 1' });
});

test('days that share no hour give no curve', () => {
  const later = hourlyOf(report([row('1', '2026-09-01', '1', 1)]), {
    ...DAYS,
    from: '2026-09-01',
    to: '2026-09-02',
  });
  if (typeof later === 'string') throw new Error(later);
  const [[a]] = sharedCurves(read([row('1', '2026-08-01', '1', 1)]), later);
  expect(a?.clicks).toEqual([]);
});

test('a campaign whose clicks are not told for an hour has no curve', () => {
  const { campaigns } = read([
    row('1', '2026-08-01', '0', 5),
    row('1', '2026-08-01', '1', null),
    row('2', '2026-08-01', '0', 5),
  ]);
  expect(campaigns.map(({ of }) => of.id)).toEqual(['2']);
});

describe('hours cannot be told', () => {
  test.each<[string, Report['rows'], Partial<Report>, string]>([
    ['of a part of the report', [], { complete: false }, 'links_incomplete'],
    ['without clicks', [], { counted: ['conversions'] }, 'links_incomplete'],
    ['with a row of no hour', [row('1', '2026-08-01', 'x', 1)], {}, 'links_incomplete'],
    ['with an hour too many', [row('1', '2026-08-01', '24', 1)], {}, 'links_incomplete'],
    ['with an hour before the first', [row('1', '2026-08-01', '-1', 1)], {}, 'links_incomplete'],
    ['with a row of no day', [row('1', '1', '1', 1)], {}, 'links_incomplete'],
    ['with more than a day', [row('1', '2026-08-01 00:00', '1', 1)], {}, 'links_incomplete'],
    ...[0, 1, 2].map((parts): [string, Report['rows'], Partial<Report>, string] => {
      const { values, metrics } = row('1', '2026-08-01', '1', 1);
      const cut = [{ values: values.slice(0, parts), metrics }];
      return [`with ${parts} of three values`, cut, {}, 'links_incomplete'];
    }),
    ['in a zone of half hours', [], { zone: 'Asia/Kolkata' }, 'links_hours_apart'],
  ])('%s', (_, rows, change, reason) => {
    expect(hourlyOf(report(rows, change), DAYS)).toBe(reason);
  });

  test('where the clocks change', () => {
    const days = { from: '2026-10-24', to: '2026-10-25', zone: 'UTC' };
    expect(hourlyOf(report([], { zone: 'Europe/Madrid' }), days)).toBe('links_hours_apart');
  });
});
