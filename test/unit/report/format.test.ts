import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parseRate } from '../../../lib/costs/amount.ts';
import {
  formatAge,
  formatAxis,
  formatConversion,
  formatCount,
  formatDay,
  formatGap,
  formatMetric,
  formatMoney,
  formatPercent,
  formatPoints,
  formatRate,
  formatSince,
  middleEllipsis,
} from '../../../lib/report/format.ts';

/** Texts that a language writes with no-break spaces, with plain ones. */
const plain = (text: string) => text.replace(/\s/g, ' ');

test.each([
  ['clicks', 12_500, '12.5K'],
  ['clicks', 0, '0'],
  // A tick between two counts is no count.
  ['conversions', 0.5, ''],
  ['revenue', 0.5, '0.5'],
  ['profit', -1500, '−1.5K'],
  ['roi', -0.4, '−40 %'],
  ['roi', 0.125, '12.5 %'],
] as const)('the axis writes a %s of %d as "%s"', (metric, value, text) => {
  expect(plain(formatAxis(metric, value, 'en'))).toBe(text);
});

describe('a metric', () => {
  test.each([
    ['clicks', 12_480, '12,480'],
    ['clicks', 0, '0'],
    ['clicks', null, '–'],
    ['uniqueClicks', 1_234_567, '1,234,567'],
    ['cost', 410.2, '$410.20'],
    ['cost', 0, '$0.00'],
    ['cost', Number.NaN, '–'],
    ['revenue', 1e6, '$1,000,000.00'],
    ['profit', -15.5, '−$15.50'],
    ['profit', 244.8, '+$244.80'],
    ['profit', 0, '$0.00'],
    ['roi', 0.6, '+60.0 %'],
    ['roi', -1, '−100.0 %'],
    ['cr', 0.0123, '1.2 %'],
    ['landerCtr', 0.5, '50.0 %'],
    ['epc', 0.0329, '$0.0329'],
    ['cpc', 0.0329, '$0.0329'],
    ['cpa', 12.346, '$12.35'],
  ] as const)('%s of %s is %s', (metric, value, text) => {
    expect(formatMetric(metric, value, { currency: 'USD', locale: 'en' })).toBe(text);
  });
});

describe('money', () => {
  test.each([
    // Four places below one unit, where cents would hide a click's price.
    [0.9999, '$0.9999'],
    [1, '$1.00'],
    [-1, '−$1.00'],
    [-0.25, '−$0.2500'],
    [0.00004, '$0.0000'],
    [null, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%s is %s', (value, text) => {
    expect(formatMoney(value, 'USD', 'en')).toBe(text);
  });

  test.each([
    [0.25, '+$0.25'],
    [-0.25, '−$0.25'],
    // What rounds to nought is neither gain nor loss.
    [0.004, '$0.00'],
    [-0.004, '$0.00'],
  ])('%s as a gain is %s', (value, text) => {
    expect(formatMoney(value, 'USD', 'en', true)).toBe(text);
  });

  test.each([
    ['EUR', 'en', '€1,234.50'],
    ['GBP', 'en', '£1,234.50'],
    // Trackers count cents in every currency.
    ['JPY', 'en', '¥1,234.50'],
    // The sign alone, without the country.
    ['CAD', 'en', '$1,234.50'],
    ['EUR', 'ru', '1 234,50 €'],
    ['RUB', 'ru', '1 234,50 ₽'],
    ['USD', '', '$1,234.50'],
  ])('%s in "%s" is %s', (currency, locale, text) => {
    expect(plain(formatMoney(1234.5, currency, locale))).toBe(text);
  });

  test('each language, currency and form has rules of its own, however often they change', () => {
    const texts = () => [
      formatMoney(2, 'USD', 'en'),
      formatMoney(2, 'EUR', 'en'),
      plain(formatMoney(2, 'USD', 'ru')),
      formatMoney(2, 'USD', 'en', true),
      formatPercent(2, 'en'),
      formatCount(2, 'en'),
    ];
    const expected = ['$2.00', '€2.00', '2,00 $', '+$2.00', '200.0 %', '2'];
    expect([texts(), texts()]).toEqual([expected, expected]);
  });
});

test('a thousand figures of one form need one format: to make one takes longer than to use it', () => {
  const made = vi.spyOn(Intl, 'NumberFormat');
  for (let figure = 0; figure < 1000; figure++) formatCount(figure, 'nl');
  expect(made).toHaveBeenCalledTimes(1);
});

describe('a count', () => {
  test.each([
    [1234.4, 'en', '1,234'],
    [-1234, 'en', '−1,234'],
    [1_234_567, 'ru', '1 234 567'],
    [12, '', '12'],
    [null, 'en', '–'],
    [Number.NaN, 'en', '–'],
  ])('%s in "%s" is %s', (value, locale, text) => {
    expect(plain(formatCount(value, locale))).toBe(text);
  });
});

describe('a percentage', () => {
  test.each([
    [0.6, 'en', '60.0 %'],
    [-0.6, 'en', '−60.0 %'],
    [12.3456, 'en', '1,234.6 %'],
    [-0.6, 'ru', '−60,0 %'],
    [0.5, '', '50.0 %'],
    [null, 'en', '–'],
    [Number.NaN, 'en', '–'],
    [Number.NEGATIVE_INFINITY, 'en', '–'],
  ])('%s in "%s" is %s', (value, locale, text) => {
    expect(formatPercent(value, locale)).toBe(text);
  });

  test.each([
    [-0.042, '−4.2 %'],
    [0.042, '+4.2 %'],
    [0, '0.0 %'],
    [-0.0004, '0.0 %'],
    [null, '–'],
  ])('a gap of %s is %s', (gap, text) => {
    expect(formatGap(gap, 'en')).toBe(text);
  });
});

test.each([
  [-0.042, 'en', '−4.2'],
  [0.042, 'en', '+4.2'],
  [0, 'en', '0.0'],
  [-0.042, 'ru', '−4,2'],
  [null, 'en', '–'],
])('a difference of %s in "%s" is %s points, without a unit', (difference, locale, text) => {
  expect(formatPoints(difference, locale)).toBe(text);
});

test.each([
  ['en', 'Nov 24, 2026'],
  ['', 'Nov 24, 2026'],
  ['ru', '24 нояб. 2026 г.'],
])('a day in "%s" is %s, wherever the browser is', (locale, text) => {
  expect(plain(formatDay('2026-11-24', locale))).toBe(text);
});

describe('a rate', () => {
  test.each([1.085, 0.921659, 26_000, 1e-7, 123_456.789])(
    'of %d is read as it is shown',
    (rate) => {
      for (const locale of ['en', 'ru']) expect(parseRate(formatRate(rate, locale))).toBe(rate);
    },
  );

  test('stands with its day beside what it converts', () => {
    const eur = { from: 'EUR', rate: 1.085, day: '2026-11-24' };
    expect(formatConversion(1020, eur, 'en')).toBe('€1,020.00 × 1.085, Nov 24, 2026');
    expect(plain(formatConversion(1020, eur, 'ru'))).toBe('1 020,00 € × 1,085, 24 нояб. 2026 г.');
  });
});

describe('how old something is', () => {
  test.each([
    [1_000, '40s ago'],
    [41_000, 'now'],
  ])('that is of %i ms, at 41,000 ms: %s', (at, text) => {
    expect(formatSince(at, 41_000, 'en')).toBe(text);
  });

  test.each([
    ['en', '8/2/2026'],
    ['', '8/2/2026'],
    ['ru', '02.08.2026'],
  ])('cannot be told when it lies in the future: in "%s" it is %s, and its time', (locale, day) => {
    expect(formatSince(Date.UTC(2026, 7, 2, 12), Date.UTC(2026, 7, 1), locale)).toContain(day);
  });
});

describe('an age', () => {
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  test.each([
    [-5 * SECOND, 'now'],
    [0, 'now'],
    [499, 'now'],
    [500, '1s ago'],
    [40 * SECOND, '40s ago'],
    [89 * SECOND, '89s ago'],
    [90 * SECOND, '2m ago'],
    [89 * MINUTE, '89m ago'],
    [90 * MINUTE, '2h ago'],
    [35 * HOUR, '35h ago'],
    [36 * HOUR, '2d ago'],
    [10 * DAY, '10d ago'],
  ])('of %s ms is %s', (ms, text) => {
    expect(formatAge(ms, 'en')).toBe(text);
  });

  test('is short in every English, and in words elsewhere', () => {
    expect(formatAge(40 * SECOND, 'en-US')).toBe('40s ago');
    expect(formatAge(40 * SECOND, '')).toMatch(/^40 sec\.? ago$/);
    expect(formatAge(40 * SECOND, 'ru')).toMatch(/^40 сек\.? назад$/u);
    expect(formatAge(3 * HOUR, 'ru')).toBe('3 ч назад');
  });
});

describe('a long name', () => {
  const family = '👩‍👩‍👧‍👦';
  test.each([
    ['campaign-with-long-name-v17', 13, 'campai…me-v17'],
    ['campaign-with-long-name-v17', 12, 'campai…e-v17'],
    ['short', 13, 'short'],
    ['short', 5, 'short'],
    ['short', 4, 'sh…t'],
    [family.repeat(9), 3, `${family}…${family}`],
    // A family is one character of many code units.
    [family.repeat(3), 3, family.repeat(3)],
    ['', 3, ''],
  ])('%s in %i characters is %s', (text, most, shown) => {
    expect(middleEllipsis(text, most)).toBe(shown);
  });

  test('keeps both ends, and fills its limit', () => {
    const texts = fc.string({ unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(texts, fc.integer({ min: 3, max: 40 }), (text, most) => {
        const shown = middleEllipsis(text, most);
        const at = text.length <= most ? text.length : shown.indexOf('…');
        const [head, tail] = [shown.slice(0, at), shown.slice(at + 1)];
        expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
        expect(shown.length).toBe(Math.min(text.length, most));
        // Of an odd number of characters the head has one more.
        if (shown !== text) expect(head.length - tail.length).toBe((most - 1) % 2);
      }),
    );
  });
});
