import {
  FIGURE_COLUMNS,
  type FigureColumn,
  MARK_COLUMNS,
  type MarkColumn,
  type PlacementColumns,
  type Scores,
  VERDICT_KINDS,
} from '../blacklist/placement.ts';
import { type ExportOptions, type Judged, placeAt } from './export.ts';
import type { SourceFormat } from './formats.ts';

/**
 * Placements with those joined that the source cannot tell apart (`www.x.example` and `x.example`):
 * their figures are added up, and the verdict is on the sum. The one that cost most gives its name.
 */
export function joinAlike(
  columns: PlacementColumns,
  format: SourceFormat,
  options: ExportOptions = {},
): PlacementColumns {
  const rows = new Map<string, number[]>();
  for (const [row, id] of columns.ids.entries()) {
    const place = columns.unnamed[row] === 1 ? null : placeAt(id, format, options);
    const key = place ?? `\n${row}`;
    const alike = rows.get(key);
    if (alike) alike.push(row);
    else rows.set(key, [row]);
  }
  if (rows.size === columns.ids.length) return columns;
  const groups = [...rows.values()];
  const added = FIGURE_COLUMNS.map((name) => {
    const column = columns[name];
    const sum = (group: readonly number[]) =>
      group.reduce((total, row) => total + (column[row] ?? Number.NaN), 0);
    return [name, Float64Array.from(groups, sum)] as const;
  });
  const marks = MARK_COLUMNS.map((name) => {
    const marked = (group: readonly number[]) =>
      group.some((row) => columns[name][row] === 1) ? 1 : 0;
    return [name, Uint8Array.from(groups, marked)] as const;
  });
  const dearest = (group: readonly number[]): number =>
    group.reduce((best, row) =>
      (columns.cost[row] ?? 0) > (columns.cost[best] ?? 0) ? row : best,
    );
  return {
    ...(Object.fromEntries(added) as Pick<PlacementColumns, FigureColumn>),
    ...(Object.fromEntries(marks) as Pick<PlacementColumns, MarkColumn>),
    ids: groups.map((group) => columns.ids[dearest(group)] ?? ''),
  };
}

/** What the user put on the list, or took from it, by hand: ids of placements. */
export interface Ticks {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

export interface JudgedRow extends Judged {
  /** Number of the placement's row in the columns. */
  readonly row: number;
}

/** All placements for `exportList`, by the money that cutting saves; clicks without one are never cut. */
export function judgedRows(
  { ids, unnamed }: PlacementColumns,
  { kinds, order }: Pick<Scores, 'kinds' | 'order'>,
  { added, removed }: Ticks,
): JudgedRow[] {
  return Array.from(order, (row) => {
    const id = ids[row] ?? '';
    const kind = VERDICT_KINDS[kinds[row] ?? 0];
    const byHand = added.has(id) && unnamed[row] !== 1;
    return {
      id,
      row,
      cut: byHand || (kind === 'cut' && !removed.has(id)),
      keep: kind === 'keep' && !byHand,
    };
  });
}
