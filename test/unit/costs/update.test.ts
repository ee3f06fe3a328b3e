import { describe, expect, test } from 'vitest';
import { type CostUpdate, costUpdateSchema } from '../../../lib/costs/update.ts';

const update: CostUpdate = {
  connection: 'c',
  campaignId: '7',
  campaignName: 'Summer',
  range: { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
  mode: 'cpc',
  amount: 0.12,
  currency: 'EUR',
  rate: 1.085,
  token: { slot: 1, value: 'a' },
  uniqueOnly: true,
  until: 1_785_600_000_000,
};
const accepts = (change: object) => costUpdateSchema.safeParse({ ...update, ...change }).success;

describe('an update of a cost', () => {
  test('is read as it is', () => {
    expect(costUpdateSchema.parse(structuredClone(update))).toEqual(update);
  });

  test.each<[string, object]>([
    ['a whole campaign', { token: null }],
    ['whole days', { until: undefined }],
    ['a total', { mode: 'total' }],
    ['nothing', { amount: 0 }],
    ['the tracker’s own currency', { rate: null }],
  ])('may be of %s', (_, change) => {
    expect(accepts(change)).toBe(true);
  });

  test.each<[string, object]>([
    ['no connection', { connection: undefined }],
    ['no campaign', { campaignId: 7 }],
    ['no name', { campaignName: undefined }],
    ['no days', { range: {} }],
    ['a day that is none', { range: { ...update.range, to: '2026-02-30' } }],
    ['days without a zone', { range: { ...update.range, zone: undefined } }],
    ['another mode', { mode: 'cpm' }],
    ['less than nothing', { amount: -0.01 }],
    ['no number', { amount: Number.NaN }],
    ['no end', { amount: Number.POSITIVE_INFINITY }],
    ['a word for a currency', { currency: 'euro' }],
    ['more than a currency', { currency: 'EURO' }],
    ['a currency and more', { currency: ' EUR' }],
    ['a rate of 0', { rate: 0 }],
    ['a rate below 0', { rate: -1 }],
    ['an unknown rate', { rate: undefined }],
    ['no token', { token: { slot: 0, value: 'a' } }],
    ['half a token', { token: { slot: 1.5, value: 'a' } }],
    ['a token without a value', { token: { slot: 1, value: '' } }],
    ['an unknown token', { token: {} }],
    ['unknown clicks', { uniqueOnly: undefined }],
    ['an end within a millisecond', { until: 0.5 }],
  ])('is never of %s', (_, change) => {
    expect(accepts(change)).toBe(false);
  });
});
