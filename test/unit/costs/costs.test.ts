import { describe, expect, test } from 'vitest';
import { previewCost } from '../../../lib/costs/preview.ts';
import { sendableUpdate } from '../../../lib/costs/sendable.ts';
import { undoUpdate } from '../../../lib/costs/undo.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { judgeReadBack } from '../../../lib/costs/verify.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

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
