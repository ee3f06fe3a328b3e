import { CrosstrackError } from '../../errors.ts';
import type { Mark, MarksQuestion, TrackerClient } from '../adapter.ts';
import { groupOf } from './groups.ts';
import { statRows } from './rows.ts';
import { windowsOf } from './windows.ts';

/**
 * Placements that a saved filter lets through, which is Binom's own way to a
 * blacklist: a filter that the user saved on a report page has a number (`fid`).
 * Filters are made in the tracker, so this only reads.
 */
export async function marks(
  client: TrackerClient,
  { campaignId, slot, range, filter }: MarksQuestion,
): Promise<ReadonlyMap<string, Mark>> {
  if (filter === null || !/^\d{1,9}$/.test(filter)) {
    throw new CrosstrackError({ kind: 'input', tracker: 'Binom', text: 'binom_filter_number' });
  }
  const groups = [groupOf(`token${slot}`)];
  const rows = await Promise.all(
    windowsOf(range).map((window) =>
      statRows(client, campaignId, groups, window, [['fid', filter]]),
    ),
  );
  return new Map(
    rows
      .flat()
      .filter(({ level, name }) => (level ?? 1) === 1 && name !== '')
      .map(({ name }) => [name, 'blacklist']),
  );
}
