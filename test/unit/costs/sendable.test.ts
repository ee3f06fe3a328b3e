import { describe, expect, test } from 'vitest';
import { sendableUpdate } from '../../../lib/costs/sendable.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';

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
});
