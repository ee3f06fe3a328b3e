import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differentDays } from '../../../lib/compare/comparable.ts';
import { cutHours, hoursApart, sumApart, withoutHours } from '../../../lib/compare/hours-apart.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';
import { dayOf } from '../../../lib/report/range.ts';

const NEVER = Number.POSITIVE_INFINITY;
const MADRID = 'Europe/Madrid';
const range = { from: '2026-08-01', to: '2026-08-03', zone: MADRID };
const texts = (...of: Parameters<typeof hoursApart>) =>
  hoursApart(...of).map(({ day, start, end }) => [
    day.from,
    ...[start, end].map((at) => new Date(at).toISOString().slice(0, 16)),
  ]);

describe('hours apart', () => {
  test('are at one end of each side’s days', () => {
    expect(texts(range, MADRID, 'America/New_York', NEVER)).toEqual([
      ['2026-08-01', '2026-07-31T22:00', '2026-08-01T04:00'],
    ]);
    expect(texts(range, 'America/New_York', MADRID, NEVER)).toEqual([
      ['2026-08-03', '2026-08-03T22:00', '2026-08-04T04:00'],
    ]);
    expect(texts(range, MADRID, 'Europe/Paris', NEVER)).toEqual([]);
  });

  test('are at both ends of days that are longer, by a change of the clocks', () => {
    const autumn = { from: '2026-10-25', to: '2026-10-25', zone: MADRID };
    // 25 hours beside 24 that begin an hour later: only the first is apart.
    expect(texts(autumn, MADRID, 'Etc/GMT-1', NEVER)).toEqual([
      ['2026-10-25', '2026-10-24T22:00', '2026-10-24T23:00'],
    ]);
    expect(texts(autumn, 'Etc/GMT-1', MADRID, NEVER)).toEqual([]);
  });

  test('are cut by day, where zones are more than a day apart', () => {
    expect(texts(range, 'Pacific/Kiritimati', 'Pacific/Pago_Pago', NEVER)).toEqual([
      ['2026-08-01', '2026-07-31T10:00', '2026-08-01T10:00'],
      ['2026-08-02', '2026-08-01T10:00', '2026-08-01T11:00'],
    ]);
  });

  test('are none that have not begun', () => {
    const begin = Date.parse('2026-08-03T22:00Z');
    expect(texts(range, 'America/New_York', MADRID, begin - 1)).toEqual([]);
    expect(texts(range, 'America/New_York', MADRID, begin)).toHaveLength(1);
  });

  test('are the instants of the range that are on other days elsewhere', () => {
    const zones = ['UTC', MADRID, 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...zones),
        fc.constantFrom('2026-03-28', '2026-08-01', '2026-10-24'),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: -48 * 4, max: 6 * 24 * 4 }),
        (own, other, from, more, quarter) => {
          const to = `${from.slice(0, 8)}${String(Number(from.slice(8)) + more).padStart(2, '0')}`;
          const at = Date.parse(from) + quarter * 900_000;
          const isIn = (zone: string) => dayOf(at, zone) >= from && dayOf(at, zone) <= to;
          const parts = hoursApart({ from, to, zone: own }, own, other, NEVER);
          const found = parts.filter(({ start, end }) => start <= at && at < end);
          expect(found).toHaveLength(isIn(own) && !isIn(other) ? 1 : 0);
          expect(found.every(({ day }) => day.from === dayOf(at, own))).toBe(true);
        },
      ),
    );
  });
});

test('an hour is cut where the other midnight is at half past', () => {
  const cut = (own: string, other: string) => cutHours(hoursApart(range, own, other, NEVER));
  expect(cut(MADRID, 'Asia/Kolkata')).toBe(true);
  expect(cut('Asia/Kolkata', MADRID)).toBe(true);
  expect(cut(MADRID, 'Asia/Tokyo')).toBe(false);
  expect(differentDays('Asia/Kolkata', 'Asia/Colombo', range)).toEqual([]);
  expect(cut('Asia/Kolkata', 'Asia/Colombo')).toBe(false);
});

describe('what they hold', () => {
  const parts = hoursApart(range, MADRID, 'America/New_York', NEVER);
  const reportOf = (
    hours: Readonly<Record<number, number>>,
    change: Partial<Report> = {},
  ): Parameters<typeof sumApart>[1] => [
    {
      groupBy: ['hour'],
      report: {
        rows: Object.entries(hours).map(([hour, clicks]) => ({
          values: [{ id: hour, name: hour }],
          metrics: metricsOf({ clicks, uniqueClicks: clicks }),
        })),
        counted: ['clicks', 'uniqueClicks'],
        zone: MADRID,
        currency: 'USD',
        basis: 'visit',
        fetchedAt: Date.parse('2026-08-05T00:00Z'),
        complete: true,
        ...change,
      },
    },
  ];

  test('is the sum of their hours, and of no other', () => {
    const answers = reportOf({ 0: 1, 5: 20, 6: 300, 23: 4000 });
    expect(sumApart(parts, answers, NEVER)).toMatchObject({
      clicks: 21,
      uniqueClicks: null,
      partial: [],
    });
  });

  test('is 0 where there are none, and without a report unknown', () => {
    expect(sumApart([], [], NEVER)).toMatchObject({ clicks: 0, cost: 0, partial: [] });
    expect(sumApart(parts, [null], NEVER)).toBeNull();
    expect(sumApart(parts, [{ report: null, groupBy: ['hour'] }], NEVER)).toBeNull();
    expect(sumApart(parts, reportOf({}, { zone: 'Asia/Tokyo' }), NEVER)).toBeNull();
    expect(sumApart(parts, reportOf({ 0: 1 }, { fetchedAt: 0 }), NEVER)).toBeNull();
  });

  test('is partial where the report is', () => {
    const answers = reportOf({ 0: 1, 5: 20 }, { complete: false });
    expect(sumApart(parts, answers, NEVER)).toMatchObject({ clicks: 21, partial: ['clicks'] });
  });

  test('is all of a day and part of the next, of a report each', () => {
    const two = hoursApart(range, 'Pacific/Kiritimati', 'Pacific/Pago_Pago', NEVER);
    const there = { zone: 'Pacific/Kiritimati' };
    const answers = [...reportOf({ 0: 1, 23: 20 }, there), ...reportOf({ 0: 300, 1: 4000 }, there)];
    expect(sumApart(two, answers, NEVER)?.clicks).toBe(321);
    expect(sumApart(two, answers.slice(0, 1), NEVER)).toBeNull();
  });
});

test('without them figures are less by them, and unknown where they are', () => {
  const whole = metricsOf({ clicks: 100, cost: 9, conversions: 5, revenue: 3 });
  const hours = metricsOf({ clicks: 41, cost: 2, conversions: 1, partial: ['conversions'] });
  expect(withoutHours(whole, hours)).toEqual(metricsOf({ clicks: 59, cost: 7 }));
  expect(withoutHours({ ...whole, partial: ['clicks'] }, hours).clicks).toBeNull();
});
