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

/** Placements as the source tells them apart. */
export interface Joined {
  readonly columns: PlacementColumns;
  /** Ids of all placements in a row, by the row's own; rows of one placement are not in it. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

/**
 * Placements with those joined that the source cannot tell apart (`www.x.example` and `x.example`):
 * their figures are added up, and the verdict is on the sum. The one that cost most gives its name.
 */
export function joinAlike(
  columns: PlacementColumns,
  format: SourceFormat,
  options: ExportOptions = {},
): Joined {
  const rows = new Map<string, number[]>();
  for (const [row, id] of columns.ids.entries()) {
    const place = columns.unnamed[row] === 1 ? null : placeAt(id, format, options);
    const key = place ?? `\n${row}`;
    const alike = rows.get(key);
    if (alike) alike.push(row);
    else rows.set(key, [row]);
  }
  if (rows.size === columns.ids.length) return { columns, members: new Map() };
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
  const idOf = (row: number): string => columns.ids[row] ?? '';
  const ids = groups.map((group) => idOf(dearest(group)));
  return {
    columns: {
      ...(Object.fromEntries(added) as Pick<PlacementColumns, FigureColumn>),
      ...(Object.fromEntries(marks) as Pick<PlacementColumns, MarkColumn>),
      ids,
    },
    members: new Map(
      groups.flatMap((group, row) =>
        group.length > 1 ? [[ids[row] ?? '', group.map(idOf)] as const] : [],
      ),
    ),
  };
}

/** What the user put on the list, or took from it, by hand: ids of placements. */
export interface Ticks {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

/**
 * Ticks of rows from those of their placements, which may have been set where they were rows of their
 * own. A row that holds one that was taken from the list is taken from it, whatever else it holds.
 */
export function ticksOfRows({ added, removed }: Ticks, members: Joined['members']): Ticks {
  const rows = { added: new Set(added), removed: new Set(removed) };
  for (const [row, ids] of members) {
    if (ids.some((id) => removed.has(id))) rows.removed.add(row);
    if (ids.some((id) => added.has(id))) rows.added.add(row);
  }
  return rows;
}

export interface JudgedRow extends Judged {
  /** Number of the placement's row in the columns. */
  readonly row: number;
}

/**
 * All placements for `exportList`, by the money that cutting saves; clicks without one are never cut.
 * What is on the list, by whatever rule, is no longer kept from it.
 */
export function judgedRows(
  { ids, unnamed }: PlacementColumns,
  { kinds, listed, order }: Pick<Scores, 'kinds' | 'listed' | 'order'>,
  { added, removed }: Ticks,
): JudgedRow[] {
  return Array.from(order, (row) => {
    const id = ids[row] ?? '';
    const isOn = listed[row] === 1 || (added.has(id) && unnamed[row] !== 1);
    return {
      id,
      row,
      cut: isOn && !removed.has(id),
      keep: VERDICT_KINDS[kinds[row] ?? 0] === 'keep' && !isOn,
    };
  });
}
