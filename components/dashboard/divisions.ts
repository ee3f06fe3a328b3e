import { dimensionsOf } from '../../lib/compare/grouped-by.ts';
import { GROUPINGS, type Grouping } from '../../lib/compare/groupings.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { MessageKey } from '../../lib/i18n.ts';

/** What the rows of a grouping can be divided by. */
export interface Division {
  readonly by: Grouping;
  /** Does any connection report it? */
  readonly possible: boolean;
  /** The connections that do not, and why. */
  readonly missing: ReadonlyArray<{ readonly name: string; readonly reason: MessageKey }>;
}

export function divisionsOf(
  outer: Grouping,
  connections: readonly ConnectionView[],
  trackerOf: (connection: ConnectionView) => TrackerView | undefined,
): Division[] {
  return GROUPINGS.filter((by) => by !== outer).map((by) => {
    const missing = connections.flatMap((connection) => {
      const tracker = trackerOf(connection);
      const found = tracker && dimensionsOf([outer, by], connection, tracker);
      return found && 'reason' in found ? [{ name: connection.name, reason: found.reason }] : [];
    });
    return { by, possible: missing.length < connections.length, missing };
  });
}
