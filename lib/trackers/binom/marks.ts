import { CrosstrackError } from '../../errors.ts';
import type { Mark, MarksQuestion, TrackerClient } from '../adapter.ts';
import { groupOf } from './groups.ts';
import { statRows } from './rows.ts';

/**
 * Binom's own way to a blacklist: a filter that the user saved on a report page
 * has a number (`fid`), and the report with it shows what the filter lets
 * through. Read only: filters are made in the tracker.
 */
export async function marks(
  client: TrackerClient,
  { campaignId, slot, range, filter }: MarksQuestion,
): Promise<ReadonlyMap<string, Mark>> {
  if (filter === null || !/^\d{1,9}$/.test(filter)) {
    throw new CrosstrackError({ kind: 'input', tracker: 'Binom', text: 'binom_filter_number' });
  }
  const rows = await statRows(client, campaignId, [groupOf(`token${slot}`)], range, [
    ['fid', filter],
  ]);
  return new Map(
    rows
      .filter(({ level, name }) => (level ?? 1) === 1 && name !== '')
      .map(({ name }) => [name, 'blacklist']),
  );
}
