import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../lib/costs/reading.ts';
import {
  type RestoredSplit,
  type Undone,
  undoFacts,
  undoRefusal,
  undoUpdate,
  undoWarnings,
} from '../../../lib/costs/undo.ts';

const undone: Undone = {
  order: {
    connection: 'c',
    campaignId: '7',
    campaignName: 'Summer',
    range: { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
    mode: 'cpc',
    amount: 0.12,
    currency: 'EUR',
    rate: 1.1,
    token: { slot: 2, value: 'z' },
    uniqueOnly: false,
  },
  before: { cost: 80, clicks: 1000 },
  seen: 132,
  trackerCurrency: 'USD',
  shown: 0.01,
  settled: true,
  writtenOver: false,
};
const now = { cost: 132, clicks: 1000 };

describe('an undo', () => {
  test('is an order of the former total in the tracker’s currency, for the same clicks', () => {
    expect(undoUpdate(undone, now)).toEqual({
      ...undone.order,
      mode: 'total',
      amount: 80,
      currency: 'USD',
      rate: null,
    });
  });

  test('gives clicks that came in since the former cost of a click', () => {
    expect(undoUpdate(undone, { cost: 140, clicks: 1250 }).amount).toBe(100);
    expect(undoUpdate(undone, { cost: 140, clicks: 900 }).amount).toBe(80);
    expect(undoUpdate(undone, { cost: 140, clicks: null }).amount).toBe(80);
    expect(undoUpdate({ ...undone, before: { cost: 80, clicks: null } }, now).amount).toBe(80);
    expect(undoUpdate({ ...undone, before: { cost: null, clicks: 9 } }, now).amount).toBe(0);
  });

  test('of unique clicks sets all of them, since the former cost is that of all', () => {
    const order = { ...undone.order, uniqueOnly: true };
    expect(undoUpdate({ ...undone, order }, now).uniqueOnly).toBe(false);
  });

  test('is refused with the reason', () => {
    expect(undoRefusal(undone)).toBeNull();
    const refused = (change: Partial<Undone>) => undoRefusal({ ...undone, ...change })?.key;
    expect(refused({ settled: false })).toBe('undo_not_settled');
    expect(refused({ before: { cost: null, clicks: 5 } })).toBe('undo_unknown');
    expect(refused({ writtenOver: true })).toBe('undo_written_over');
    expect(refused({ before: { cost: 0, clicks: 5 } })).toBeUndefined();
  });

  test('says what it does not restore', () => {
    const said = (change: Partial<Undone> = {}, seen = now, split: RestoredSplit | null = null) =>
      undoFacts({ ...undone, ...change }, seen, split).map(({ key, values }) => [key, ...values]);
    const all = { order: { ...undone.order, token: null } };
    expect(said()).toEqual([]);
    expect(said(all)).toEqual([['undo_split']]);
    expect(said(all, now, { slot: 2, apart: 3, lost: 0 })).toEqual([['undo_apart', '3', '2']]);
    expect(said(all, now, { slot: 2, apart: 3, lost: 1 })).toEqual([
      ['undo_apart', '3', '2'],
      ['undo_lost', '1'],
    ]);
    expect(said(all, now, { slot: 2, apart: 0, lost: 0 })).toEqual([['undo_even', '2']]);
    expect(said({}, now, { slot: 2, apart: 3, lost: 1 })).toEqual([]);
    expect(said({ order: { ...undone.order, uniqueOnly: true } })).toEqual([['undo_unique']]);
    expect(said({}, { cost: 140, clicks: 1250 })).toEqual([['undo_later_clicks', '250']]);
    expect(said({}, { cost: 140, clicks: 900 })).toEqual([]);
  });

  test('warns of costs that were set elsewhere since', () => {
    const said = (change: Partial<Undone> = {}, seen: Reading = now) =>
      undoWarnings({ ...undone, ...change }, seen).map(({ key, values }) => [key, ...values]);
    const elsewhere = [['undo_changed_since', '132.00 USD', '140.00 USD']];
    expect(said()).toEqual([]);
    expect(said({}, { cost: 140, clicks: 1000 })).toEqual(elsewhere);
    expect(said({}, { cost: 132.005, clicks: 1000 })).toEqual([]);
    expect(said({}, { cost: 132.02, clicks: 1000 })).toHaveLength(1);
    // A tracker of whole units: one more or less is its rounding.
    expect(said({ shown: 1 }, { cost: 133, clicks: 1000 })).toEqual([]);
    expect(said({ shown: 1 }, { cost: 134, clicks: 1000 })).toHaveLength(1);
    expect(said({}, { cost: 140, clicks: 1250 })).toEqual([]);
    expect(said({}, { cost: null, clicks: 1000 })).toEqual([]);
    expect(said({ seen: null }, { cost: 140, clicks: 1000 })).toEqual([]);
    expect(said({ before: { cost: 80, clicks: null } }, { cost: 140, clicks: 9 })).toEqual(
      elsewhere,
    );
  });
});
