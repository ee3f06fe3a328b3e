import { describe, expect, test } from 'vitest';
import { type Cause, likelyCauses } from '../../../lib/compare/causes.ts';
import type { ReportFacts } from '../../../lib/compare/comparable.ts';
import { type Metric, type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

const report: ReportFacts = {
  zone: 'Europe/Madrid',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: 0,
};
const BASE = { side: 'base' };
const OTHER = { side: 'other' };
const range = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' };

function causesOf(
  metric: Metric,
  base: Partial<Metrics>,
  other: Partial<Metrics>,
  theirs: Partial<ReportFacts> = {},
) {
  return likelyCauses(
    metric,
    { report, metrics: metricsOf(base) },
    { report: { ...report, ...theirs }, metrics: metricsOf(other) },
    range,
    0,
  );
}
/** Each cause with the sides whose names its text has, in their order. */
const keys = (...of: Parameters<typeof causesOf>) => causesOf(...of).map(keyWithSides);
const keyWithSides = ({ key, values }: Cause): string =>
  [key, ...values.flatMap((value) => (typeof value === 'object' ? value.side : []))].join(' ');

describe('causes', () => {
  const everything = {
    zone: 'America/New_York',
    currency: 'EUR',
    basis: 'postback',
    complete: false,
    fetchedAt: 3_600_000,
  } as const;
  const ours = { clicks: 100, bots: 5, conversions: 20, revenue: 80, cost: 9 };
  const theirs = {
    clicks: 90,
    bots: 2,
    conversions: 10,
    revenue: 40,
    hold: 9,
    rejected: 3,
    cost: 5,
  };

  test.each([
    ['clicks', ['cause_zone', 'cause_bots base other', 'cause_incomplete other', 'cause_age base']],
    ['cost', ['cause_zone', 'cause_currency', 'cause_incomplete other', 'cause_age base']],
    [
      'conversions',
      [
        'cause_zone',
        'cause_hold other',
        'cause_rejected other',
        'cause_basis base other',
        'cause_incomplete other',
        'cause_age base',
      ],
    ],
    [
      'revenue',
      [
        'cause_zone',
        'cause_hold other',
        'cause_rejected other',
        'cause_currency',
        'cause_basis base other',
        'cause_incomplete other',
        'cause_age base',
      ],
    ],
  ] as const)('of a gap in %s, in the order of the check list', (metric, expected) => {
    expect(keys(metric, ours, theirs, everything)).toEqual(expected);
  });

  test('tell how far the midnights are apart', () => {
    const apart = (zone: string) => causesOf('clicks', ours, theirs, { zone })[0];
    expect(apart('America/New_York')).toEqual({
      key: 'cause_zone',
      values: ['−6', 'Europe/Madrid', 'America/New_York'],
    });
    expect(apart('Asia/Kolkata')?.values[0]).toBe('+3.5');
  });

  test('tell how far the reports are apart, and which of them is not whole', () => {
    const aged = causesOf('cost', ours, theirs, { fetchedAt: 20 * 60_000 + 20_000 });
    expect(aged).toEqual([{ key: 'cause_age', values: [{ side: 'base' }, 20] }]);
    const part = { report: { ...report, complete: false }, metrics: metricsOf(ours) };
    const whole = { report, metrics: metricsOf(ours) };
    expect(likelyCauses('cost', part, whole, range, 0).map(keyWithSides)).toEqual([
      'cause_incomplete base',
    ]);
  });

  /** The sums that each metric is made of. */
  const MADE_OF: Readonly<Record<Metric, string>> = {
    clicks: 'clicks',
    uniqueClicks: 'clicks',
    bots: '',
    landerViews: '',
    landerClicks: '',
    landerCtr: '',
    conversions: 'conversions',
    leads: 'conversions',
    sales: 'conversions',
    rejected: 'conversions',
    hold: 'conversions',
    cost: 'money',
    revenue: 'conversions money',
    profit: 'conversions money',
    // Money by money: the currency cancels out.
    roi: 'conversions',
    cr: 'conversions clicks',
    epc: 'conversions clicks money',
    cpc: 'clicks money',
    cpa: 'conversions money',
  };

  test.each(Object.entries(MADE_OF) as Array<[Metric, string]>)(
    'of a gap in %s are those that change what it is made of: %s',
    (metric, parts) => {
      const facts = { currency: 'EUR', basis: 'postback' } as const;
      expect(keys(metric, { clicks: 100, uniqueClicks: 80 }, { clicks: 80 }, facts)).toEqual([
        ...(parts.includes('clicks') ? ['cause_unique other base'] : []),
        ...(parts.includes('money') ? ['cause_currency'] : []),
        ...(parts.includes('conversions') ? ['cause_basis base other'] : []),
      ]);
    },
  );

  test('tell each side’s way of counting, and which of them is older, whichever is the base', () => {
    const facts = { basis: 'postback', fetchedAt: 3_600_000 } as const;
    const [ours, theirs] = [
      { report, metrics: metricsOf({ conversions: 9 }) },
      { report: { ...report, ...facts }, metrics: metricsOf({ conversions: 5 }) },
    ];
    expect(likelyCauses('conversions', ours, theirs, range, 0).map(keyWithSides)).toEqual([
      'cause_basis base other',
      'cause_age base',
    ]);
    expect(likelyCauses('conversions', theirs, ours, range, 0).map(keyWithSides)).toEqual([
      'cause_basis other base',
      'cause_age other',
    ]);
    expect(keys('clicks', { clicks: 80 }, { clicks: 100, uniqueClicks: 80 })).toEqual([
      'cause_unique base other',
    ]);
  });

  test('are of the side that has less', () => {
    expect(keys('conversions', { conversions: 8, hold: 3 }, { conversions: 10, hold: 4 })).toEqual([
      'cause_hold base',
    ]);
    expect(keys('conversions', { conversions: 10, hold: 3 }, { conversions: 8 })).toEqual([]);
    expect(keys('revenue', { revenue: 10, rejected: 1 }, { revenue: 8, rejected: 9 })).toEqual([
      'cause_rejected other',
    ]);
    expect(keys('revenue', { revenue: 10, rejected: 8 }, { revenue: 8, rejected: 9 })).toEqual([]);
  });

  test('do not take bots that one side does not tell for none', () => {
    expect(causesOf('clicks', { clicks: 100, bots: 5 }, { clicks: 90 })).toEqual([
      { key: 'cause_bots_untold', values: [BASE, 5, OTHER] },
    ]);
    expect(causesOf('clicks', { clicks: 90 }, { clicks: 100, bots: 5 })).toEqual([
      { key: 'cause_bots_untold', values: [OTHER, 5, BASE] },
    ]);
    expect(causesOf('clicks', { clicks: 100, bots: 5 }, { clicks: 90, bots: 5 })).toEqual([]);
    expect(causesOf('clicks', { clicks: 100, bots: 12 }, { clicks: 90, bots: 2 })).toEqual([
      { key: 'cause_bots', values: [BASE, 12, OTHER, 2] },
    ]);
  });

  test('name unique clicks where the other side’s clicks lie nearer to them', () => {
    expect(keys('clicks', { clicks: 100, uniqueClicks: 80 }, { clicks: 83 })).toEqual([
      'cause_unique other base',
    ]);
    expect(keys('clicks', { clicks: 100, uniqueClicks: 80 }, { clicks: 95 })).toEqual([]);
    expect(keys('clicks', { clicks: 100, uniqueClicks: 100 }, { clicks: 100 })).toEqual([]);
  });
});

test('a partial figure is no cause: how much it explains is not known', () => {
  const ours = { clicks: 100, uniqueClicks: 90, bots: 5, conversions: 20 };
  const theirs = { clicks: 90, bots: 2, conversions: 10, hold: 9, rejected: 3 };
  expect(keys('clicks', ours, theirs)).toEqual([
    'cause_unique other base',
    'cause_bots base other',
  ]);
  expect(
    keys(
      'clicks',
      { ...ours, partial: ['uniqueClicks', 'bots'] },
      { ...theirs, partial: ['bots'] },
    ),
  ).toEqual([]);
  expect(keys('conversions', ours, theirs)).toEqual(['cause_hold other', 'cause_rejected other']);
  expect(keys('conversions', ours, { ...theirs, partial: ['rejected', 'hold'] })).toEqual([]);
});
