import type { MarksRecord } from '../../../lib/journal/marks-record.ts';

/** A record that marks three placements of a campaign, as accepted. */
export const marksRecord = (change: Partial<MarksRecord> = {}): MarksRecord => ({
  id: 'a',
  kind: 'marks',
  connection: 'c1',
  connectionName: 'Main',
  tracker: 'any',
  campaignId: '7',
  campaignName: 'Summer',
  slot: 1,
  range: { from: '2026-08-01', to: '2026-08-08', zone: 'UTC' },
  on: true,
  values: ['x', 'y', 'z'],
  seen: null,
  state: 'accepted',
  history: [],
  readBacks: 0,
  undoes: null,
  createdAt: 0,
  ...change,
});
