import { describe, expect, test } from 'vitest';
import { likelyCauses } from '../../../lib/compare/causes.ts';
import type { ReportFacts } from '../../../lib/compare/comparable.ts';
import { type Metric, type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

const report: ReportFacts = {
  zone: 'Europe/Madrid',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: 0,
};
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
const keys = (...of: Parameters<typeof causesOf>) => causesOf(...of).map(({ key }) => key);

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
    ['clicks', ['cause_zone', 'cause_bots', 'cause_incomplete_other', 'cause_age']],
    ['cost', ['cause_zone', 'cause_currency', 'cause_incomplete_other', 'cause_age']],
    [
      'conversions',
      [
        'cause_zone',
        'cause_hold_other',
        'cause_rejected_other',
        'cause_basis',
        'cause_incomplete_other',
        'cause_age',
      ],
    ],
    [
      'revenue',
      [
        'cause_zone',
        'cause_hold_other',
        'cause_rejected_other',
        'cause_currency',
        'cause_basis',
        'cause_incomplete_other',
        'cause_age',
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
    expect(aged).toEqual([{ key: 'cause_age', values: [20] }]);
    const part = { report: { ...report, complete: false }, metrics: metricsOf(ours) };
    const whole = { report, metrics: metricsOf(ours) };
    expect(likelyCauses('cost', part, whole, range, 0).map(({ key }) => key)).toEqual([
      'cause_incomplete_base',
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
        ...(parts.includes('clicks') ? ['cause_unique_other'] : []),
        ...(parts.includes('money') ? ['cause_currency'] : []),
        ...(parts.includes('conversions') ? ['cause_basis'] : []),
      ]);
    },
  );

  test('are of the side that has less', () => {
    expect(keys('conversions', { conversions: 8, hold: 3 }, { conversions: 10, hold: 4 })).toEqual([
      'cause_hold_base',
    ]);
    expect(keys('conversions', { conversions: 10, hold: 3 }, { conversions: 8 })).toEqual([]);
    expect(keys('revenue', { revenue: 10, rejected: 1 }, { revenue: 8, rejected: 9 })).toEqual([
      'cause_rejected_other',
    ]);
    expect(keys('revenue', { revenue: 10, rejected: 8 }, { revenue: 8, rejected: 9 })).toEqual([]);
  });

  test('do not take bots that one side does not tell for none', () => {
    expect(causesOf('clicks', { clicks: 100, bots: 5 }, { clicks: 90 })).toEqual([
      { key: 'cause_bots_untold', values: [5] },
    ]);
    expect(causesOf('clicks', { clicks: 90 }, { clicks: 100, bots: 5 })).toEqual([
      { key: 'cause_bots_untold', values: [5] },
    ]);
    expect(causesOf('clicks', { clicks: 100, bots: 5 }, { clicks: 90, bots: 5 })).toEqual([]);
    expect(causesOf('clicks', { clicks: 100, bots: 12 }, { clicks: 90, bots: 2 })).toEqual([
      { key: 'cause_bots', values: [12, 2] },
    ]);
  });

  test('name unique clicks where the other side’s clicks lie nearer to them', () => {
    expect(keys('clicks', { clicks: 100, uniqueClicks: 80 }, { clicks: 83 })).toEqual([
      'cause_unique_other',
    ]);
    expect(keys('clicks', { clicks: 100, uniqueClicks: 80 }, { clicks: 95 })).toEqual([]);
    expect(keys('clicks', { clicks: 100, uniqueClicks: 100 }, { clicks: 100 })).toEqual([]);
  });
});

test('a partial figure is no cause: how much it explains is not known', () => {
  const ours = { clicks: 100, uniqueClicks: 90, bots: 5, conversions: 20 };
  const theirs = { clicks: 90, bots: 2, conversions: 10, hold: 9, rejected: 3 };
  expect(keys('clicks', ours, theirs)).toEqual(['cause_unique_other', 'cause_bots']);
  expect(
    keys(
      'clicks',
      { ...ours, partial: ['uniqueClicks', 'bots'] },
      { ...theirs, partial: ['bots'] },
    ),
  ).toEqual([]);
  expect(keys('conversions', ours, theirs)).toEqual(['cause_hold_other', 'cause_rejected_other']);
  expect(keys('conversions', ours, { ...theirs, partial: ['rejected', 'hold'] })).toEqual([]);
});
