import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { previewCost } from '../../../lib/costs/preview.ts';
import { sendableUpdate } from '../../../lib/costs/sendable.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { CostAbility } from '../../../lib/trackers/adapter.ts';

const ABILITY: CostAbility = {
  modes: ['total'],
  byToken: 0,
  uniqueOnly: false,
  currency: 'own',
  applied: 'at once',
  settlesWithin: 0,
  rounding: { shown: 0.01, perClick: 0.0001 },
  bulk: 1,
  cautions: [],
};

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
  test('is a total as it was given, however many clicks there are', () => {
    const of = { clicks: 1000, trackerCurrency: 'USD', modes: ['total'] } as const;
    expect(sendableUpdate(update, of)).toEqual(update);
  });

  test('makes the cost that was previewed', () => {
    const setting = {
      trackerCurrency: 'USD',
      trackerZone: 'Europe/Madrid',
      now: Date.parse('2027-08-01T00:00:00Z'),
      parts: [],
    };
    const modes = fc.constantFrom(['total'] as const, ['total', 'cpc'] as const);
    const rates = fc.option(fc.double({ min: 1e-4, max: 1e4, noNaN: true }));
    fc.assert(
      fc.property(
        fc.constantFrom('total' as const, 'cpc' as const),
        fc.integer({ min: 1, max: 1e9 }).map((cents) => cents / 100),
        rates,
        fc.integer({ min: 1, max: 1e7 }),
        modes,
        (mode, amount, rate, clicks, taken) => {
          const typed = { ...update, mode, amount, rate, currency: rate === null ? 'USD' : 'EUR' };
          const ability = { ...ABILITY, modes: taken };
          const shown = previewCost(typed, metricsOf({ clicks }), { ...setting, ability });
          const sent = sendableUpdate(typed, { clicks, trackerCurrency: 'USD', modes: taken });
          expect([sent.currency, sent.rate]).toEqual(['USD', null]);
          expect(taken).toContain(sent.mode);
          const cost = sent.mode === 'cpc' ? sent.amount * clicks : sent.amount;
          expect(cost / (shown.expected ?? 0)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

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
