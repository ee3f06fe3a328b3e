import { describe, expect, test } from 'vitest';
import { sendableUpdate } from '../../../lib/costs/sendable.ts';
import { undoUpdate } from '../../../lib/costs/undo.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { judgeReadBack } from '../../../lib/costs/verify.ts';

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
