import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatGap,
  formatMetric,
  formatMoney,
  middleEllipsis,
} from '../../../lib/report/format.ts';
import { metricOf, metricsOf, sumMetrics } from '../../../lib/report/metrics.ts';
import { daysIn, instantsOf, offsetMinutes, presetRange } from '../../../lib/report/range.ts';
import { parseFigure } from '../../../lib/trackers/numbers.ts';

describe('sums before ratios', () => {
  test('a total’s ROI is that of its sums', () => {
    const total = sumMetrics([
      metricsOf({ cost: 10, revenue: 30 }),
      metricsOf({ cost: 90, revenue: 90 }),
    ]);
    expect(metricOf(total, 'roi')).toBeCloseTo(0.2, 10);
  });

  test('what nobody knows is unknown, not nought', () => {
    const total = sumMetrics([metricsOf({ clicks: 5 }), metricsOf({ clicks: null })]);
    expect(total.clicks).toBe(5);
    expect(total.cost).toBeNull();
    expect(metricOf(total, 'profit')).toBeNull();
    expect(metricOf(metricsOf({ cost: 0, revenue: 5 }), 'roi')).toBeNull();
  });
});

describe('days', () => {
  test('are cut at the midnights of their zone, also when the clocks change', () => {
    const spring = { from: '2026-03-29', to: '2026-03-29', zone: 'Europe/Madrid' };
    const { start, end } = instantsOf(spring);
    expect(end - start).toBe(23 * 3_600_000);
    expect(offsetMinutes('Europe/Madrid', start)).toBe(60);
    expect(offsetMinutes('Europe/Madrid', end)).toBe(120);
  });

  test.each([
    ['today', '2026-03-01', '2026-03-01', 1],
    ['yesterday', '2026-02-28', '2026-02-28', 1],
    ['last7', '2026-02-23', '2026-03-01', 7],
    ['last30', '2026-01-31', '2026-03-01', 30],
    ['thisMonth', '2026-03-01', '2026-03-01', 1],
  ] as const)('%s', (preset, from, to, days) => {
    // 23:30 in London is the next day in Madrid.
    const at = Date.parse('2026-02-28T23:30:00Z');
    const range = presetRange(preset, at, 'Europe/Madrid');
    expect(range).toEqual({ from, to, zone: 'Europe/Madrid' });
    expect(daysIn(range)).toBe(days);
  });
});

describe('figures for people', () => {
  const en = { currency: 'USD', locale: 'en' };
  test.each([
    ['clicks', 12480, '12,480'],
    ['clicks', 0, '0'],
    ['clicks', null, '–'],
    ['cost', 410.2, '$410.20'],
    ['cpc', 0.0329, '$0.0329'],
    ['cost', 0, '$0.00'],
    ['profit', -15.5, '−$15.50'],
    ['profit', 244.8, '+$244.80'],
    ['roi', 0.6, '+60.0 %'],
    ['cr', 0.0123, '1.2 %'],
    ['cost', Number.NaN, '–'],
  ] as const)('%s %s is %s', (metric, value, text) => {
    expect(formatMetric(metric, value, en)).toBe(text);
  });

  test('other languages have their own marks', () => {
    expect(formatMoney(1234.5, 'EUR', 'ru').replace(/\s/g, ' ')).toBe('1 234,50 €');
    expect(formatGap(-0.042, 'en')).toBe('−4.2 %');
    expect(formatAge(1_000, 41_000, 'en')).toBe('40s ago');
    expect(formatAge(Date.UTC(2026, 7, 2, 12), Date.UTC(2026, 7, 1), 'en')).toMatch(/^8\/2\/2026/);
    expect(formatAge(1_000, 41_000, 'ru')).toMatch(/^40 сек\.? назад$/u);
  });

  test('a long name keeps both ends and whole characters', () => {
    expect(middleEllipsis('campaign-with-long-name-v17', 13)).toBe('campai…me-v17');
    expect(middleEllipsis('👩‍👩‍👧‍👦'.repeat(9), 3)).toBe('👩‍👩‍👧‍👦…👩‍👩‍👧‍👦');
    expect(middleEllipsis('short', 13)).toBe('short');
  });
});

describe('figures as trackers write them', () => {
  test.each([
    ['1 234', 1234],
    ['1\u00A0234.50', 1234.5],
    ['1,234,567.8', 1_234_567.8],
    ['12.5 %', 12.5],
    ['$1.20', 1.2],
    ['-3.5', -3.5],
    ['−3.5', -3.5],
    ['1.5e-7', 1.5e-7],
    ['0.0000', 0],
    ['12,5', 12.5],
    ['-', null],
    ['', null],
    ['—', null],
    ['NaN', null],
    [null, null],
    [Number.NaN, null],
    [7, 7],
  ])('%j is %s', (written, value) => {
    expect(parseFigure(written)).toBe(value);
  });

  test.each(['abc', '1.2.3', '<b>1</b>', '12abc', {}, [], true])('%j is no figure', (written) => {
    expect(parseFigure(written)).toBeUndefined();
  });

  test('any number grouped by spaces or commas reads back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom(' ', ',', '\u00A0', '\u202F'),
        (n, mark) => {
          const grouped = String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, mark);
          expect(parseFigure(`${n < 0 ? '-' : ''}${grouped}`)).toBe(n === 0 ? 0 : n);
        },
      ),
    );
  });

  test('nothing is ever read as NaN', () => {
    fc.assert(fc.property(fc.anything(), (value) => void expect(parseFigure(value)).not.toBeNaN()));
  });
});
