import { expect, test } from 'vitest';
import { type JournalFilter, selectRecords } from '../../../components/dashboard/select-records.ts';
import type { JournalRecord } from '../../../lib/journal/record.ts';
import { plannedRecord } from '../journal/record-fixture.ts';

const ALL: JournalFilter = { connection: '', campaign: '', state: '', day: '', surface: '' };

const one = (
  id: string,
  order: Partial<JournalRecord['order']>,
  change: Partial<JournalRecord> = {},
): JournalRecord => {
  const base = plannedRecord({ id });
  return { ...base, ...change, order: { ...base.order, ...order } };
};
const days = (from: string, to: string) => ({ range: { from, to, zone: 'UTC' } });
const records = [
  one('a', {
    connection: 'k',
    campaignId: '12',
    campaignName: 'Summer DE',
    ...days('2026-08-01', '2026-08-03'),
  }),
  one(
    'b',
    {
      connection: 'k',
      campaignId: '120',
      campaignName: 'Winter',
      ...days('2026-08-03', '2026-08-03'),
    },
    { state: 'failed', confirmedOn: { surface: 'panel', connection: 'k' } },
  ),
  one(
    'c',
    {
      connection: 'r',
      campaignId: '7',
      campaignName: 'SUMMER 12',
      ...days('2026-08-04', '2026-08-05'),
    },
    { state: 'failed', confirmedOn: { surface: 'page', connection: null } },
  ),
];
const ids = (filter: Partial<JournalFilter>) =>
  selectRecords(records, { ...ALL, ...filter }).map(({ id }) => id);

test.each<[Partial<JournalFilter>, string[]]>([
  [{}, ['a', 'b', 'c']],
  [{ connection: 'k' }, ['a', 'b']],
  [{ campaign: ' summer ' }, ['a', 'c']],
  // An id is meant as a whole: 12 is not 120, but a name may contain it.
  [{ campaign: '12' }, ['a', 'c']],
  [{ state: 'failed' }, ['b', 'c']],
  [{ day: '2026-08-03' }, ['a', 'b']],
  [{ day: '2026-08-01' }, ['a']],
  [{ day: '2026-08-05' }, ['c']],
  [{ day: '2026-08-06' }, []],
  [{ surface: 'panel' }, ['b']],
  [{ surface: 'popup' }, []],
  [{ state: 'failed', connection: 'r', campaign: 'SUMMER' }, ['c']],
])('%j selects %j', (filter, expected) => {
  expect(ids(filter)).toEqual(expected);
});
