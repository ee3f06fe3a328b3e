import { idsIn, type JoinedRow } from './join.ts';

/**
 * Ids of the campaigns that count on each side when every campaign is counted once: on the first
 * side that has it. Those that share the traffic count each, as no event is in two of them.
 * @param rows cells in the order of the sides, the preferred one first; see `joinSides`
 */
export function countedOnce(rows: readonly JoinedRow[], sides: number): ReadonlySet<string>[] {
  const counted = Array.from({ length: sides }, () => new Set<string>());
  for (const { cells, split } of rows) {
    const first = cells.findIndex((cell) => cell !== null);
    cells.forEach((cell, side) => {
      if (!cell || (!split && side !== first)) return;
      for (const id of idsIn(cell)) counted[side]?.add(id);
    });
  }
  return counted;
}
