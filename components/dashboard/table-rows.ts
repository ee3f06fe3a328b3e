import type { Comparison } from '../../lib/compare/comparison.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import type { Stale } from './compare-level.ts';
import type { TableFigures } from './table-figures.ts';

/** What draws the rows within an opened one. */
export interface Part {
  readonly comparison: Comparison;
  readonly figures: TableFigures;
  readonly stale: readonly Stale[];
  /** What is missing or still to come. */
  readonly notes: readonly string[];
}

/** A row of the second level; without `row` a line that says what is missing. */
export interface InnerRow {
  readonly key: string;
  readonly within: JoinedRow;
  readonly part: Part;
  readonly row: JoinedRow | null;
}

/** A row of the table: of the first level, or within an opened one. */
export type TableRow = JoinedRow | InnerRow;

export const isInner = (row: TableRow): row is InnerRow => 'within' in row;

/** The rows within an opened one, below a line of what is missing. */
export function innerRows(within: JoinedRow, rows: readonly JoinedRow[], part: Part): InnerRow[] {
  const keyOf = (key: string) => `${within.key}\n${key}`;
  const line = part.notes.length > 0 ? [{ key: keyOf(''), within, part, row: null }] : [];
  return [...line, ...rows.map((row) => ({ key: keyOf(row.key), within, part, row }))];
}
