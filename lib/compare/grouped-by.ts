import type { Connection } from '../connections/connection.ts';
import type { MessageKey } from '../i18n.ts';
import type { Dimension } from '../report/question.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import type { Grouping } from './groupings.ts';

/** What of a connection decides by what its reports can be grouped. */
interface Grouped {
  readonly templates: ReadonlyArray<Pick<Connection['templates'][number], 'placement'>>;
}
type By = Pick<TrackerAdapter, 'side' | 'capabilities'>;

/** The message key of why a connection's reports cannot be grouped so. */
interface Unable {
  readonly reason: MessageKey;
}

/** The dimension of a connection's reports that a grouping is. */
export function dimensionOf(
  by: Grouping,
  { templates }: Grouped,
  { side, capabilities: { dimensions, tokens } }: By,
): { readonly dimension: Dimension } | Unable {
  // A network's campaigns are its offers.
  const wanted = by === 'offer' && side === 'network' ? 'campaign' : by;
  if (wanted !== 'placement') {
    return dimensions.includes(wanted) ? { dimension: wanted } : { reason: 'group_missing' };
  }
  const [slot, ...others] = new Set(templates.flatMap(({ placement }) => placement ?? []));
  if (slot === undefined) return { reason: 'group_no_placement' };
  if (others.length > 0) return { reason: 'group_placements_differ' };
  return slot <= tokens ? { dimension: `token${slot}` } : { reason: 'group_missing' };
}

/** The dimensions that two groupings are, the second within the first. */
export function dimensionsOf(
  [first, second]: readonly [Grouping, Grouping],
  connection: Grouped,
  tracker: By,
): { readonly dimensions: readonly [Dimension, Dimension] } | Unable {
  const outer = dimensionOf(first, connection, tracker);
  if ('reason' in outer) return outer;
  const inner = dimensionOf(second, connection, tracker);
  if ('reason' in inner) return inner;
  const dimensions = [outer.dimension, inner.dimension] as const;
  if (dimensions[0] === dimensions[1]) return { reason: 'group_same' };
  // One campaign's report needs no level for the campaign.
  const levels = dimensions.filter((dimension) => dimension !== 'campaign').length;
  return levels <= tracker.capabilities.levels ? { dimensions } : { reason: 'group_missing' };
}
