import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisOf, hoursOfDay, progressOf, seriesOf } from '../../../lib/compare/series.ts';
import { type Metrics, metricOf, metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';
import { addDays } from '../../../lib/report/range.ts';

const HOUR_MS = 3_600_000;
const LATER = Date.parse('2027-01-01T00:00:00Z');

const reportOf = (
  rows: ReadonlyArray<readonly [readonly string[], Partial<Metrics>]>,
  change: Partial<Report> = {},
): Report => ({
  rows: rows.map(([values, metrics]) => ({
    values: values.map((id) => ({ id, name: id })),
    metrics: metricsOf(metrics),
  })),
  counted: ['clicks', 'conversions'],
  zone: 'Europe/Madrid',
  currency: 'USD',
  basis: 'visit',
  fetchedAt: LATER,
  complete: true,
  ...change,
});

const daysIn = (from: string, to: string, zone = 'Europe/Madrid') => axisOf({ from, to, zone });
const clicksIn = (series: ReadonlyArray<Metrics | null> | null) =>
  series?.map((metrics) => metrics && metricOf(metrics, 'clicks'));

describe('the axis', () => {
  test('of several days: each from midnight to midnight of the zone', () => {
    const { by, steps } = daysIn('2026-10-24', '2026-10-26');
    expect(by).toBe('day');
    expect(steps.map(({ name }) => name)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    expect(steps.map(({ start, end }) => (end - start) / HOUR_MS)).toEqual([24, 25, 24]);
    expect(steps[0]?.start).toBe(Date.parse('2026-10-23T22:00:00Z'));
  });

  test.each([
    // Skipped at two in the night; repeated at three; repeated by half an hour; skipped at midnight.
    ['2026-03-29', 'Europe/Madrid', 23, '2', 1],
    ['2026-10-25', 'Europe/Madrid', 24, null, 2],
    ['2026-04-05', 'Australia/Lord_Howe', 24, null, 1.5],
    ['2026-03-08', 'America/Havana', 23, '0', 1],
  ])(
    'of one day, %s in %s: %i hours as the clocks show them',
    (day, zone, count, missing, longest) => {
      const { by, steps } = daysIn(day, day, zone);
      expect(by).toBe('hour');
      const names = steps.map(({ name }) => name);
      expect(names).toHaveLength(count);
      if (missing !== null) expect(names).not.toContain(missing);
      expect(Math.max(...steps.map(({ start, end }) => (end - start) / HOUR_MS))).toBe(longest);
      // Without a hole and without an overlap.
      expect(steps.slice(1).map(({ start }) => start)).toEqual(
        steps.slice(0, -1).map(({ end }) => end),
      );
    },
  );

  test('tells what has begun and what is not over', () => {
    const axis = daysIn('2026-08-01', '2026-08-04');
    const at = (time: string) => progressOf(axis, Date.parse(time));
    expect(at('2026-07-31T21:59:59Z')).toEqual({ begun: 0, running: null });
    expect(at('2026-08-02T12:00:00Z')).toEqual({ begun: 2, running: 1 });
    expect(at('2026-08-05T12:00:00Z')).toEqual({ begun: 4, running: null });
    // A day begins with its first instant and ends before the next day's.
    expect(at('2026-07-31T22:00:00Z')).toEqual({ begun: 1, running: 0 });
    expect(at('2026-08-04T22:00:00Z')).toEqual({ begun: 4, running: null });
  });
});

describe('a series', () => {
  const axis = daysIn('2026-08-01', '2026-08-03');

  test('a day without a row is 0 in a complete report, and unknown in one that was cut', () => {
    const rows = [[['2026-08-02'], { clicks: 5, conversions: 1 }]] as const;
    expect(clicksIn(seriesOf(axis, reportOf(rows), ['day'], LATER))).toEqual([0, 5, 0]);
    const cut = reportOf(rows, { complete: false });
    expect(clicksIn(seriesOf(axis, cut, ['day'], LATER))).toEqual([null, 5, null]);
  });

  test('what the tracker does not count is unknown, not 0', () => {
    const series = seriesOf(axis, reportOf([[['2026-08-02'], { clicks: 5 }]]), ['day'], LATER);
    expect(series?.map((metrics) => metrics?.cost)).toEqual([null, null, null]);
    expect(series?.map((metrics) => metrics?.conversions)).toEqual([0, null, 0]);
  });

  test('a row whose day cannot be read may be of any day', () => {
    const odd = reportOf([
      [['2026-08-02'], { clicks: 5 }],
      [[''], { clicks: 7 }],
    ]);
    expect(clicksIn(seriesOf(axis, odd, ['day'], LATER))).toEqual([null, 5, null]);
    const untold = reportOf([
      [['2026-08-02'], { clicks: 5 }],
      [[], { clicks: 7 }],
    ]);
    expect(clicksIn(seriesOf(axis, untold, ['day'], LATER))).toEqual([null, 5, null]);
  });

  test('nothing is told of what is to come, nor of what began after the report', () => {
    const rows = [[['2026-08-01'], { clicks: 5 }]] as const;
    const now = Date.parse('2026-08-02T12:00:00Z');
    const fresh = reportOf(rows, { fetchedAt: now });
    expect(clicksIn(seriesOf(axis, fresh, ['day'], now))).toEqual([5, 0, null]);
    const old = reportOf(rows, { fetchedAt: Date.parse('2026-08-01T12:00:00Z') });
    expect(clicksIn(seriesOf(axis, old, ['day'], now))).toEqual([5, null, null]);
    // A day has begun at its first instant.
    const midnight = reportOf(rows, { fetchedAt: Date.parse('2026-08-01T22:00:00Z') });
    expect(clicksIn(seriesOf(axis, midnight, ['day'], now))).toEqual([5, 0, null]);
  });

  test('figures of several rows of a day are added, but clicks that are unique in each are not', () => {
    const two = reportOf([
      [['2026-08-01'], { clicks: 5, uniqueClicks: 4 }],
      [['2026-08-01'], { clicks: 2, uniqueClicks: 2 }],
    ]);
    expect(seriesOf(axis, two, ['day'], LATER)?.[0]).toMatchObject({
      clicks: 7,
      uniqueClicks: null,
    });
  });

  test('days of another zone are not taken for these', () => {
    const tokyo = reportOf([[['2026-08-02'], { clicks: 5 }]], { zone: 'Asia/Tokyo' });
    expect(seriesOf(axis, tokyo, ['day'], LATER)).toBeNull();
    // Toronto's midnights are New York's.
    const newYork = reportOf([[['2026-08-02'], { clicks: 5 }]], { zone: 'America/New_York' });
    const toronto = daysIn('2026-08-01', '2026-08-02', 'America/Toronto');
    expect(clicksIn(seriesOf(toronto, newYork, ['day'], LATER))).toEqual([0, 5]);
  });

  test('an hour that lies in two days makes unknown what it counts, and nothing else', () => {
    // Kolkata's 03:00–04:00 is 23:30–00:30 in Madrid.
    const rows = [
      [['2026-08-02', '3'], { clicks: 0, conversions: 1 }],
      [['2026-08-02', '12'], { clicks: 9, conversions: 0 }],
    ] as const;
    const kolkata = reportOf(rows, { zone: 'Asia/Kolkata' });
    const series = seriesOf(axis, kolkata, ['day', 'hour'], LATER);
    expect(clicksIn(series)).toEqual([0, 9, 0]);
    expect(series?.map((metrics) => metrics && metricOf(metrics, 'conversions'))).toEqual([
      null,
      null,
      0,
    ]);
  });

  test('the hours of a single day are its steps', () => {
    const day = daysIn('2026-08-01', '2026-08-01');
    const report = reportOf([
      [['0'], { clicks: 3, uniqueClicks: 2 }],
      [['23'], { clicks: 4, uniqueClicks: 4 }],
    ]);
    const series = seriesOf(day, report, ['hour'], LATER);
    expect(clicksIn(series)).toEqual([3, ...Array(22).fill(0), 4]);
    expect(series?.[0]?.uniqueClicks).toBe(2);
  });

  test.each([['24'], ['7:00'], ['x7'], [''], []])('an hour "%s" may be any', (...hour) => {
    const axisOfDay = daysIn('2026-08-01', '2026-08-01');
    const report = reportOf([
      [['5'], { clicks: 3 }],
      [hour, { clicks: 4 }],
    ]);
    for (const series of [
      seriesOf(axisOfDay, report, ['hour'], LATER),
      hoursOfDay(report, axisOfDay.range, LATER),
    ]) {
      const clicks = clicksIn(series) ?? [];
      expect([clicks[4], clicks[5], clicks[7]]).toEqual([null, 3, null]);
    }
  });

  test.each(['2026-08-02 00:00', 'on 2026-08-02'])('a day "%s" may be any', (day) => {
    const report = reportOf([[[day], { clicks: 4 }]]);
    expect(clicksIn(seriesOf(axis, report, ['day'], LATER))).toEqual([null, null, null]);
  });

  test('clicks in an hour that the clocks skipped may be of any', () => {
    const day = daysIn('2026-03-29', '2026-03-29');
    const report = reportOf([
      [['1'], { clicks: 3 }],
      [['2'], { clicks: 4 }],
    ]);
    const clicks = clicksIn(seriesOf(day, report, ['hour'], LATER)) ?? [];
    expect(clicks.slice(0, 4)).toEqual([null, 3, null, null]);
  });

  test('what a part of an hour’s clicks adds up to is unknown, though it be 0', () => {
    const kolkata = reportOf(
      [[['2026-08-02', '3'], { clicks: 0, conversions: 0, partial: ['conversions'] }]],
      { zone: 'Asia/Kolkata' },
    );
    const series = seriesOf(axis, kolkata, ['day', 'hour'], LATER);
    expect(clicksIn(series)).toEqual([0, 0, 0]);
    expect(series?.map((metrics) => metrics?.conversions)).toEqual([null, null, 0]);
  });

  test.each([
    ['12', 'Asia/Tokyo'],
    ['0', 'Europe/Madrid'],
    ['23', 'Europe/Madrid'],
  ])('an hour of a report that was cut is no whole day: %s in %s', (hour, zone) => {
    const hours = reportOf([[['2026-08-02', hour], { clicks: 9 }]], { zone, complete: false });
    expect(clicksIn(seriesOf(axis, hours, ['day', 'hour'], LATER))).toEqual([null, null, null]);
  });
});

describe('the hours of the day', () => {
  const day = { from: '2026-08-01', to: '2026-08-01', zone: 'Europe/Madrid' };
  const rows = [
    [['0'], { clicks: 4 }],
    [['9'], { clicks: 7 }],
  ] as const;

  test('a day that is over: 0 where a complete report has no row', () => {
    const hours = clicksIn(hoursOfDay(reportOf(rows), day, LATER)) ?? [];
    expect(hours).toHaveLength(24);
    expect([hours[0], hours[1], hours[9], hours[23]]).toEqual([4, 0, 7, 0]);
    const cut = clicksIn(hoursOfDay(reportOf(rows, { complete: false }), day, LATER)) ?? [];
    expect([cut[0], cut[1], cut[9]]).toEqual([4, null, 7]);
  });

  test('a day that runs: nothing after the report, nor of what is to come', () => {
    const now = Date.parse('2026-08-01T10:30:00Z');
    const fresh = clicksIn(hoursOfDay(reportOf(rows, { fetchedAt: now }), day, now)) ?? [];
    // Half past twelve in Madrid.
    expect(fresh.slice(11)).toEqual([0, 0, ...Array(11).fill(null)]);
    const fetchedAt = Date.parse('2026-08-01T08:30:00Z');
    const old = clicksIn(hoursOfDay(reportOf(rows, { fetchedAt }), day, now)) ?? [];
    expect(old.slice(9, 13)).toEqual([7, 0, null, null]);
    const begins = Date.parse('2026-07-31T22:00:00Z');
    expect(clicksIn(hoursOfDay(reportOf(rows), day, begins))).toEqual([4, ...Array(23).fill(null)]);
    const ends = Date.parse('2026-08-01T22:00:00Z');
    expect(clicksIn(hoursOfDay(reportOf(rows), day, ends))).not.toContain(null);
    const before = Date.parse('2026-07-31T10:30:00Z');
    expect(clicksIn(hoursOfDay(reportOf(rows), day, before))).toEqual(Array(24).fill(null));
  });

  test('of several days every hour is told, and of days of another zone none', () => {
    const now = Date.parse('2026-08-02T10:30:00Z');
    const days = { ...day, to: '2026-08-02' };
    const both = clicksIn(hoursOfDay(reportOf(rows, { fetchedAt: now }), days, now)) ?? [];
    expect([both[9], both[23]]).toEqual([7, 0]);
    // On the first of them, no day has come to its later hours.
    const early = Date.parse('2026-08-01T10:30:00Z');
    const ahead = clicksIn(hoursOfDay(reportOf(rows, { fetchedAt: early }), days, early)) ?? [];
    expect([ahead[9], ahead[12], ahead[13], ahead[23]]).toEqual([7, 0, null, null]);
    expect(hoursOfDay(reportOf(rows, { zone: 'Asia/Tokyo' }), day, LATER)).toBeNull();
  });
});

/** Every quarter of an hour from two days before a day to three after it: no clock changes between two. */
const QUARTERS = (middle: string) => {
  const first = Date.parse(`${addDays(middle, -2)}T00:00:00Z`);
  return Array.from({ length: 5 * 96 }, (_, quarter) => first + quarter * 900_000);
};
const wall = (instant: number, zone: string) => {
  const { year, month, day, hour } =
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const two = (part: number) => String(part).padStart(2, '0');
  return { day: `${year}-${two(month)}-${two(day)}`, hour: String(hour) };
};

const ZONES = [
  'UTC',
  'Europe/Madrid',
  'America/New_York',
  'America/Havana',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
];
/** Days on which the clocks of some of them change, and one on which none does. */
const DAYS = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-08-01',
];

test('hours of one zone in the days and hours of another are what counting them one by one gives', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.constantFrom(...ZONES),
      fc.constantFrom(...DAYS),
      fc.boolean(),
      fc.array(fc.nat(5 * 96 - 1), { maxLength: 40 }),
      (theirs, ours, day, hourly, clicks) => {
        const quarters = QUARTERS(day);
        const keyOf = (instant: number) => {
          const { day: on, hour } = wall(instant, theirs);
          return `${on} ${hour}`;
        };
        const counts = new Map<string, number>();
        for (const at of clicks) {
          const key = keyOf(quarters[at] ?? 0);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        const range = {
          from: addDays(day, hourly ? 0 : -1),
          to: addDays(day, hourly ? 0 : 1),
          zone: ours,
        };
        const axis = axisOf(range);
        const nameOf = (instant: number) => {
          const { day: on, hour } = wall(instant, ours);
          if (on < range.from || on > range.to) return '';
          return hourly ? hour : on;
        };
        /** Which of our steps each of their hours touches. */
        const touched = new Map<string, Set<string>>();
        for (const quarter of quarters) {
          const key = keyOf(quarter);
          touched.set(key, (touched.get(key) ?? new Set()).add(nameOf(quarter)));
        }
        const expected = axis.steps.map(({ name }) => {
          let sum = 0;
          for (const [key, count] of counts) {
            const steps = touched.get(key) ?? new Set();
            if (!steps.has(name)) continue;
            if (steps.size > 1) return null;
            sum += count;
          }
          return sum;
        });
        const report = reportOf(
          [...counts].map(([key, count]) => [key.split(' '), { clicks: count }]),
          { zone: theirs },
        );
        expect(clicksIn(seriesOf(axis, report, ['day', 'hour'], LATER))).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
});
