import { describe, expect, test } from 'vitest';
import { journalRecordSchema } from '../../../lib/journal/record.ts';
import { plannedRecord } from './record-fixture.ts';

/** A record as version 0.1.0 stored it. */
const stored = (state: string, change: object = {}) => ({
  id: 'j1',
  kind: 'cost',
  connectionName: 'Main',
  tracker: 'keitaro',
  order: {
    connection: 'c1',
    campaignId: '7',
    campaignName: 'Summer push DE',
    range: { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
    mode: 'total',
    amount: 120.5,
    currency: 'USD',
    rate: null,
    token: { slot: 2, value: 'z1' },
    uniqueOnly: false,
  },
  before: { cost: 80, clicks: 1000 },
  expected: 120.5,
  trackerCurrency: 'USD',
  appliedLater: true,
  seen: 120.5,
  state,
  history: [
    { at: 1_000, state: 'planned' },
    { at: 1_010, state: 'sending' },
    { at: 1_500, state, problem: { kind: 'timeout', maybeApplied: true } },
  ],
  readBacks: 3,
  notBefore: null,
  undoes: 'j0',
  createdAt: 1_000,
  ...change,
});

describe('a record of version 0.1.0', () => {
  test('is read with what it says, and what it did not say in its place', () => {
    const { appliedLater: _, readBacks: __, notBefore: ___, ...kept } = stored('verified');
    expect(journalRecordSchema.parse(stored('verified'))).toEqual({
      ...kept,
      untouched: 0,
      rounding: { shown: 0.01, perClick: 0.0001 },
      settlesWithin: 45 * 60_000,
      seenClicks: null,
      former: { cost: 80, clicks: 1000 },
      growth: null,
      sentAt: 1_010,
      nextAt: null,
      turn: 1_000,
    });
  });

  test.each(['planned', 'sending', 'accepted', 'unknown'])(
    'that was open as %s goes on at once, or when its hold ends',
    (state) => {
      expect(journalRecordSchema.parse(stored(state)).nextAt).toBe(1_000);
      expect(journalRecordSchema.parse(stored(state, { notBefore: 9_000 })).nextAt).toBe(9_000);
    },
  );

  test.each(['verified', 'mismatch', 'failed', 'undone'])('that ended as %s stays so', (state) => {
    const record = journalRecordSchema.parse(stored(state, { notBefore: 9_000 }));
    expect([record.state, record.nextAt]).toEqual([state, null]);
  });

  test('of a tracker that applied at once has ten minutes; one that never left was not sent', () => {
    const history = [{ at: 1_000, state: 'planned' }];
    const record = journalRecordSchema.parse(stored('planned', { appliedLater: false, history }));
    expect([record.settlesWithin, record.sentAt]).toEqual([10 * 60_000, null]);
  });

  test('that is damaged is no record', () => {
    expect(journalRecordSchema.safeParse(stored('lost')).success).toBe(false);
    expect(journalRecordSchema.safeParse({ ...stored('verified'), order: null }).success).toBe(
      false,
    );
    expect(journalRecordSchema.safeParse(null).success).toBe(false);
  });
});

test('a record of today is read as it is', () => {
  expect(journalRecordSchema.parse(plannedRecord())).toEqual(plannedRecord());
});
