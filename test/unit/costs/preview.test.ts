import { describe, expect, test } from 'vitest';
import { type CostPreview, confirmationOf, previewCost } from '../../../lib/costs/preview.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { CostAbility } from '../../../lib/trackers/adapter.ts';

const update: CostUpdate = {
  connection: 'c',
  campaignId: '7',
  campaignName: 'Summer',
  range: { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
  mode: 'total',
  amount: 120.5,
  currency: 'USD',
  rate: null,
  token: null,
  uniqueOnly: false,
};
const ability: CostAbility = {
  modes: ['total'],
  byToken: 15,
  uniqueOnly: false,
  currency: 'own',
  applied: 'at once',
  settlesWithin: 600_000,
  rounding: { shown: 0.01, perClick: 0.0001 },
  bulk: 1,
  cautions: ['binom_cost_wide'],
};
const before = metricsOf({ clicks: 1000, uniqueClicks: 800, cost: 80, revenue: 200 });

/** The preview of an update with these changes, long after its days unless said. */
const preview = (
  change: Partial<CostUpdate> = {},
  figures: Partial<Metrics> = {},
  tracker: Partial<CostAbility> = {},
  now = Date.parse('2027-08-01T00:00:00Z'),
  parts: CostPreview['parts'] = [],
) =>
  previewCost(
    { ...update, ...change },
    { ...before, ...figures },
    {
      trackerCurrency: 'USD',
      trackerZone: 'Europe/Madrid',
      ability: { ...ability, ...tracker },
      now,
      parts,
    },
  );
const days = (from: string, to: string, zone = 'Europe/Madrid') => ({ range: { from, to, zone } });
const keys = (remarks: ReadonlyArray<{ readonly key: string }>) => remarks.map(({ key }) => key);

describe('a preview', () => {
  test('shows cost, CPC, profit and ROI before and after', () => {
    const shown = preview();
    expect(shown.expected).toBe(120.5);
    expect(shown.before).toEqual({ cost: 80, cpc: 0.08, profit: 120, roi: 1.5 });
    expect(shown.after?.profit).toBeCloseTo(79.5, 10);
    expect(shown.after?.roi).toBeCloseTo(79.5 / 120.5, 10);
    expect(keys(shown.facts)).toEqual(['binom_cost_wide']);
    expect(confirmationOf(shown)).toBe('once');
  });

  test('of a CPC multiplies by the clicks of the segment', () => {
    expect(preview({ mode: 'cpc', amount: 0.05 }).expected).toBe(50);
  });

  test('of unique clicks only counts those', () => {
    const shown = preview(
      { mode: 'cpc', amount: 0.05, uniqueOnly: true },
      {},
      { uniqueOnly: true },
    );
    expect(shown.clicks).toBe(800);
    expect(shown.expected).toBeCloseTo(40, 10);
    expect(shown.before.cpc).toBe(0.1);
  });

  test('converts by the rate, and says so as a fact', () => {
    const shown = preview({ currency: 'EUR', rate: 1.1, amount: 100 });
    expect(shown.expected).toBeCloseTo(110, 10);
    expect(shown.facts[0]).toEqual({ key: 'fact_converted', values: ['1.1', 'EUR', 'USD'] });
    expect(confirmationOf(shown)).toBe('once');
  });

  test.each([
    ['a CPC of no clicks', { mode: 'cpc' }, { clicks: 0 }, 'refused_cpc_no_clicks'],
    ['a CPC of unknown clicks', { mode: 'cpc' }, { clicks: null }, 'refused_cpc_unknown_clicks'],
    ['unique clicks where that cannot be', { uniqueOnly: true }, {}, 'refused_unique_only'],
    ['a token beyond those', { token: { slot: 16, value: 'a' } }, {}, 'refused_by_token'],
    ['another currency without a rate', { currency: 'EUR' }, {}, 'refused_no_rate'],
    ['days the wrong way round', days('2026-08-01', '2026-07-01'), {}, 'refused_range'],
  ] as const)('refuses %s', (_, change, figures, key) => {
    const parts = [{ slot: 1, count: 3, sum: 40 }];
    const shown = preview({ amount: 1e6, ...change }, figures, {}, undefined, parts);
    expect(shown.refused?.key).toBe(key);
    expect(shown.expected).toBeNull();
    expect(shown.after).toBeNull();
    // What cannot be sent needs no decision.
    const { facts, warnings, dangers } = shown;
    expect({ facts, warnings, dangers, parts: shown.parts }).toEqual({
      facts: [],
      warnings: [],
      dangers: [],
      parts: [],
    });
  });

  test('takes the last of the tokens', () => {
    expect(preview({ token: { slot: 15, value: 'a' } }).refused).toBeNull();
  });
});

describe('a preview is confirmed twice', () => {
  test.each([
    ['at 10 times the present cost', { amount: 800 }, {}, ['warn_many_times'], ['10']],
    ['at a tenth of it', { amount: 8 }, {}, ['warn_small_part'], ['10']],
    ['from 0', {}, { cost: 0 }, ['warn_from_zero'], []],
    ['to 0', { amount: 0 }, {}, ['warn_to_zero'], []],
    ['from an unknown cost', {}, { cost: null }, ['warn_cost_unknown'], []],
    ['without clicks', {}, { clicks: 0 }, ['warn_no_clicks'], []],
    ['with unknown clicks', {}, { clicks: null }, ['warn_clicks_unknown'], []],
    ['over more than 31 days', days('2026-07-01', '2026-08-01'), {}, ['warn_long_range'], ['32']],
    [
      'in another zone than the tracker’s',
      days('2026-08-01', '2026-08-01', 'UTC'),
      {},
      ['warn_zone'],
      ['UTC', 'Europe/Madrid'],
    ],
    [
      'when the clocks go forward within',
      days('2026-03-29', '2026-03-29'),
      {},
      ['warn_clock_change'],
      ['2026-03-29', '23'],
    ],
    [
      'when they go back within',
      days('2026-10-24', '2026-10-26'),
      {},
      ['warn_clock_change'],
      ['2026-10-25', '25'],
    ],
  ] as const)('%s', (_, change, figures, expected, values) => {
    const shown = preview(change, figures);
    expect(keys(shown.warnings)).toEqual(expected);
    expect(shown.warnings[0]?.values).toEqual(values);
    expect(confirmationOf(shown)).toBe('twice');
  });

  // tz database: Cuba's clocks go forward at midnight.
  test.each([
    ['begins', '2026-03-08', '2026-03-09'],
    ['ends', '2026-03-06', '2026-03-07'],
  ])('when they change at the midnight that %s the days', (_, from, to) => {
    const shown = preview(days(from, to, 'America/Havana'));
    expect(shown.warnings).toContainEqual({ key: 'warn_clock_midnight', values: ['2026-03-08'] });
  });

  test('when it would overwrite costs per token value', () => {
    const parts = [{ slot: 1, count: 3, sum: 40 }];
    const shown = preview({}, {}, {}, Date.parse('2027-08-01T00:00:00Z'), parts);
    expect(shown.parts).toEqual(parts);
    expect(confirmationOf(shown)).toBe('twice');
  });

  test('while a day is not over', () => {
    const at = (now: string) => keys(preview({}, {}, {}, Date.parse(now)).warnings);
    // Midnight in Madrid is 22:00 UTC.
    expect(at('2026-08-02T21:59:59Z')).toEqual(['warn_running']);
    expect(at('2026-08-02T22:00:00Z')).toEqual([]);
  });

  test.each<[string, Partial<CostUpdate>, Partial<Metrics>?]>([
    ['just below 10 times', { amount: 799.99 }],
    ['just above a tenth', { amount: 8.01 }],
    ['the same cost', { amount: 80 }],
    ['nothing as before', { amount: 0 }, { cost: 0 }],
    ['31 days', days('2026-07-01', '2026-07-31')],
  ])('not for %s', (_, change, figures = {}) => {
    expect(confirmationOf(preview(change, figures))).toBe('once');
  });
});

test.each([
  ['1,000 times the present cost', 80_000, '1000'],
  ['36,963 times', 80 * 36_963, '36963'],
  ['a thousandth of it', 0.08, '1000'],
])('%s is typed again', (_, amount, times) => {
  const shown = preview({ amount });
  expect(shown.dangers).toHaveLength(1);
  expect(shown.dangers[0]?.values).toEqual([times]);
  expect(shown.warnings).toEqual([]);
  expect(confirmationOf(shown)).toBe('typed');
});

test('what is routine is a fact and asks nothing', () => {
  const wide = preview(days('2026-08-01', '2026-08-20'));
  expect(keys(wide.facts)).toEqual(['fact_wide_range', 'binom_cost_wide']);
  expect(confirmationOf(wide)).toBe('once');
  const week = preview(days('2026-08-01', '2026-08-07'));
  expect(keys(week.facts)).toEqual(['binom_cost_wide']);
});

test.each([
  ['the same cost', 80, {}, true],
  ['a change that the tracker rounds away', 6, { cost: 2, clicks: 100_000 }, true],
  ['a change that it shows', 90, {}, false],
  ['a cost where none is known', 90, { cost: null }, false],
] as const)('of %s it says beforehand if it cannot be seen', (_, amount, figures, hidden) => {
  expect(keys(preview({ amount }, figures).facts).includes('fact_hidden')).toBe(hidden);
});

test('of a day that is not over it says until when, on the clocks of the days', () => {
  const until = Date.parse('2026-08-02T10:20:30Z');
  expect(preview({ until }).facts[0]).toEqual({ key: 'fact_until', values: ['12:20:30'] });
});

describe('a tracker that takes one UTC offset for all days', () => {
  const at = (from: string, to: string, zone?: string) =>
    preview(days(from, to, zone), {}, { oneOffset: true });

  test.each([
    ['days around the change', '2026-10-24', '2026-10-26'],
    ['the day of the change', '2026-10-25', '2026-10-25'],
  ])('is not sent %s', (_, from, to) => {
    expect(at(from, to).refused).toEqual({ key: 'refused_clock_change', values: ['2026-10-25'] });
  });

  test('is not sent days on both sides of a change at midnight', () => {
    expect(at('2026-03-07', '2026-03-08', 'America/Havana').refused?.key).toBe(
      'refused_clock_change',
    );
    expect(at('2026-03-08', '2026-03-09', 'America/Havana').refused).toBeNull();
    expect(at('2026-03-06', '2026-03-07', 'America/Havana').refused).toBeNull();
  });

  test('is sent all others', () => {
    expect(at('2026-10-20', '2026-10-24').refused).toBeNull();
    expect(at('2026-10-26', '2026-10-28').refused).toBeNull();
  });
});
