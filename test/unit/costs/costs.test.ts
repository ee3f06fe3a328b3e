import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAmount } from '../../../lib/costs/amount.ts';
import { previewCost } from '../../../lib/costs/preview.ts';
import { sendableUpdate } from '../../../lib/costs/sendable.ts';
import { undoUpdate } from '../../../lib/costs/undo.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { judgeReadBack } from '../../../lib/costs/verify.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

describe('a typed amount', () => {
  test.each([
    ['120.50 USD', 120.5, 'USD'],
    ['120.50', 120.5, 'EUR'],
    ['$12', 12, 'USD'],
    ['12 eur', 12, 'EUR'],
    ['1 234,50 €', 1234.5, 'EUR'],
    ['1\u00A0234.5', 1234.5, 'EUR'],
    ['1.234,56', 1234.56, 'EUR'],
    ['1,234.56', 1234.56, 'EUR'],
    ['1,234,567', 1_234_567, 'EUR'],
    ['0.045', 0.045, 'EUR'],
    ['12,5', 12.5, 'EUR'],
    ['１２', 12, 'EUR'],
    // Signs and codes on either side, with and without a space.
    ['£12', 12, 'GBP'],
    ['12 ₽', 12, 'RUB'],
    ['₴ 12.5', 12.5, 'UAH'],
    ['12 ZŁ', 12, 'PLN'],
    ['usd 7', 7, 'USD'],
    ['  7 USD  ', 7, 'USD'],
    ['\u200F12\u200E.5', 12.5, 'EUR'],
    // Grouping as CLDR has it: by point (de), comma (en), space (ru, fr), apostrophe (de-CH).
    ['1.234.567', 1_234_567, 'EUR'],
    ['1.234.567,8', 1_234_567.8, 'EUR'],
    ['12,345,678.9', 12_345_678.9, 'EUR'],
    ['1 234 567', 1_234_567, 'EUR'],
    ['1\u202F234,5', 1234.5, 'EUR'],
    ["1'234.50", 1234.5, 'EUR'],
    ['1’234’567', 1_234_567, 'EUR'],
    ['1 234,567', 1234.567, 'EUR'],
    // Nobody groups a nought: three decimals are decimals then.
    ['0,125', 0.125, 'EUR'],
    ['00.125', 0.125, 'EUR'],
    ['0', 0, 'EUR'],
    ['12.', 12, 'EUR'],
    ['12,', 12, 'EUR'],
    ['1234', 1234, 'EUR'],
    ['1234.5678', 1234.5678, 'EUR'],
  ])('%j is %f %s', (typed, amount, currency) => {
    expect(parseAmount(typed, 'EUR')).toEqual({ amount, currency });
  });

  test.each([
    ['', 'amount_empty'],
    ['twelve', 'amount_unreadable'],
    ['-5', 'amount_currency'],
    ['$5 EUR', 'amount_unreadable'],
    ['5 coins', 'amount_currency'],
    ['1,234', 'amount_ambiguous'],
    ['1.2.3', 'amount_ambiguous'],
    ['1,23.4.5', 'amount_ambiguous'],
    ['10.250', 'amount_ambiguous'],
    ['100,000', 'amount_ambiguous'],
    ['1,2345.6', 'amount_ambiguous'],
    ['1234,567.8', 'amount_ambiguous'],
    ['12,34,567', 'amount_ambiguous'],
    ['1.234.5678', 'amount_ambiguous'],
    ['1,234.5.6', 'amount_ambiguous'],
    ['12 34', 'amount_ambiguous'],
    ['1 2345', 'amount_ambiguous'],
    ['1234 567', 'amount_ambiguous'],
    ['12,5 0', 'amount_ambiguous'],
    ['€€5', 'amount_currency'],
    ['5 US', 'amount_currency'],
    ['5 6 USD', 'amount_ambiguous'],
    ['USD', 'amount_unreadable'],
    ['\u200F', 'amount_empty'],
  ])('%j is refused: %s', (typed, text) => {
    const values = [typed];
    expect(() => parseAmount(typed, 'EUR')).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ kind: 'input', text, values }),
      }),
    );
  });

  test('written with two places it reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
        expect(parseAmount((cents / 100).toFixed(2), 'USD').amount).toBeCloseTo(cents / 100, 6);
      }),
    );
  });
});

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
const ability = {
  modes: ['total'],
  byToken: 15,
  uniqueOnly: false,
  currency: 'own',
  applied: 'at once',
  bulk: 1,
  cautions: ['binom_cost_wide'],
} as const;
const tracker = { trackerCurrency: 'USD', trackerZone: 'Europe/Madrid', ability };
const before = metricsOf({ clicks: 1000, cost: 80, revenue: 200 });

describe('a preview', () => {
  test('shows cost, CPC, profit and ROI before and after', () => {
    const preview = previewCost(update, before, tracker);
    expect(preview.expected).toBe(120.5);
    expect(preview.before).toEqual({ cost: 80, cpc: 0.08, profit: 120, roi: 1.5 });
    expect(preview.after?.profit).toBeCloseTo(79.5, 10);
    expect(preview.after?.roi).toBeCloseTo(79.5 / 120.5, 10);
    expect(preview.warnings.map(({ key }) => key)).toEqual(['binom_cost_wide']);
  });

  test('of a CPC multiplies by the clicks of the segment', () => {
    expect(previewCost({ ...update, mode: 'cpc', amount: 0.05 }, before, tracker).expected).toBe(
      50,
    );
  });

  test.each([
    ['no clicks', update, metricsOf({ clicks: 0 }), 'refused_no_clicks'],
    ['unknown clicks', update, metricsOf({}), 'refused_no_clicks'],
    [
      'unique clicks where that cannot be',
      { ...update, uniqueOnly: true },
      before,
      'refused_unique_only',
    ],
    ['another currency without a rate', { ...update, currency: 'EUR' }, before, 'refused_no_rate'],
    [
      'days the wrong way round',
      { ...update, range: { ...update.range, to: '2026-07-01' } },
      before,
      'refused_range',
    ],
  ] as const)('refuses %s', (_, asked, figures, key) => {
    const preview = previewCost(asked, figures, tracker);
    expect(preview.refused?.key).toBe(key);
    expect(preview.expected).toBeNull();
  });

  test('warns of what is unlike the user’s usual orders', () => {
    const wide = { ...update.range, to: '2026-08-20', zone: 'UTC' };
    const keys = previewCost(
      { ...update, amount: 8_000, range: wide },
      before,
      tracker,
    ).warnings.map(({ key }) => key);
    expect(keys).toEqual(['warn_many_times', 'warn_wide_range', 'warn_zone', 'binom_cost_wide']);
  });
});

describe('what is sent', () => {
  test('is what was previewed: CPC as a total, converted by the rate seen', () => {
    const sent = sendableUpdate(
      { ...update, mode: 'cpc', amount: 0.1, currency: 'EUR', rate: 1.1 },
      { clicks: 1000, trackerCurrency: 'USD', modes: ['total'] },
    );
    expect(sent).toMatchObject({ mode: 'total', currency: 'USD', rate: null });
    expect(sent.amount).toBeCloseTo(110, 10);
  });

  test('stays a CPC where the tracker takes one', () => {
    const cpc = { ...update, mode: 'cpc', amount: 0.1 } as const;
    expect(
      sendableUpdate(cpc, { clicks: 5, trackerCurrency: 'USD', modes: ['total', 'cpc'] }),
    ).toEqual(cpc);
  });

  test('is undone by the former total in the tracker’s currency', () => {
    expect(
      undoUpdate({ ...update, mode: 'cpc', currency: 'EUR', rate: 1.1 }, { cost: 80 }, 'USD'),
    ).toEqual({
      ...update,
      amount: 80,
    });
  });
});

describe('a read-back', () => {
  const of = (seen: number | null) =>
    judgeReadBack({ expected: 100, before: 80, seen, clicks: 1000 });
  test.each([
    [100, 'verified'],
    [100.3, 'verified'],
    [80, 'unchanged'],
    [90, 'mismatch'],
    [null, 'mismatch'],
  ] as const)('of %s is %s', (seen, judged) => {
    expect(of(seen)).toBe(judged);
  });

  test('allows for four decimals a click, and no more', () => {
    const many = { expected: 10, before: 0, clicks: 100_000 };
    expect(judgeReadBack({ ...many, seen: 14 })).toBe('verified');
    expect(judgeReadBack({ ...many, seen: 16 })).toBe('mismatch');
  });
});
