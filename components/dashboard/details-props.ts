import type { Comparison } from '../../lib/compare/comparison.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { Range } from '../../lib/report/range.ts';

/** What every tab of a row's details shows something of. */
export interface DetailsProps {
  readonly row: JoinedRow;
  /** The base first. */
  readonly connections: readonly ConnectionView[];
  readonly trackers: readonly TrackerView[];
  colourOf(connection: ConnectionView): number;
  readonly comparison: Comparison;
  readonly range: Range;
  readonly now: () => number;
}

/** Ids of the campaigns that a row sums up on a side. */
export function campaignsOf({ cells }: JoinedRow, side: number): string[] {
  const cell = cells[side];
  return cell ? [cell, ...(cell.also ?? [])].map(({ id }) => id) : [];
}
