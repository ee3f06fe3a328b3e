import type { JournalRecord } from '../../../lib/journal/record.ts';

/** A planned order: cost of one day from 80 to 120.50. */
export function plannedRecord(change: Partial<JournalRecord> = {}): JournalRecord {
  return {
    id: 'r1',
    kind: 'cost',
    connectionName: 'Main',
    tracker: 'any',
    order: {
      connection: 'c1',
      campaignId: '7',
      campaignName: 'Summer push DE',
      range: { from: '2026-08-01', to: '2026-08-01', zone: 'Europe/Madrid' },
      mode: 'total',
      amount: 120.5,
      currency: 'USD',
      rate: null,
      token: null,
      uniqueOnly: false,
    },
    before: { cost: 80, clicks: 1000 },
    expected: 120.5,
    trackerCurrency: 'USD',
    untouched: 0,
    rounding: { shown: 0.01, perClick: 0.0001 },
    settlesWithin: 10 * 60_000,
    seen: null,
    seenClicks: null,
    former: { cost: 80, clicks: 1000 },
    growth: null,
    state: 'planned',
    history: [{ at: 0, state: 'planned' }],
    sentAt: null,
    nextAt: null,
    undoes: null,
    turn: 0,
    createdAt: 0,
    ...change,
  };
}

/** The nth confirmed write, of other clicks if so said. */
export const nthRecord = (
  turn: number,
  change: Partial<JournalRecord> = {},
  of: Partial<JournalRecord['order']> = {},
): JournalRecord =>
  plannedRecord({
    id: `r${turn}`,
    turn,
    expected: 100 + 10 * turn,
    createdAt: 1_000,
    order: { ...plannedRecord().order, ...of },
    ...change,
  });
