import type { Mark, SeenMark } from '../trackers/adapter.ts';
import { type ExportOptions, placeAt } from './export.ts';
import type { SourceFormat } from './formats.ts';
import type { JudgedRow } from './judged.ts';

/** The mark of placements that are cut. */
export const CUT: Mark = 'blacklist';

/**
 * The token's values that a list marks in the tracker: those of every placement in a row that is cut,
 * as the tracker writes them. Unlike a source's list it needs no ids that the source takes.
 *
 * @param members placements of rows that hold several
 */
export function valuesToMark(
  rows: readonly JudgedRow[],
  members: ReadonlyMap<string, readonly string[]>,
  format: SourceFormat,
  { protectedIds = new Set(), kind = null }: ExportOptions,
): string[] {
  const placeOf = (id: string) => placeAt(id, format, { kind });
  const spared = new Set([...protectedIds].map(placeOf));
  const isSpared = (id: string): boolean => {
    const place = placeOf(id);
    return protectedIds.has(id) || (place !== null && spared.has(place));
  };
  return rows.flatMap(({ id, cut }) => {
    const values = members.get(id) ?? [id];
    return cut && !values.some(isSpared) ? values : [];
  });
}

/** What marking values, or taking their marks away, changes in the tracker. */
export interface MarkPlan {
  /** The values that change, in their order. */
  readonly changes: readonly string[];
  /** How many are as wanted already. */
  readonly already: number;
  /** Values that bear a mark of the user's own, which stays. */
  readonly kept: ReadonlyArray<{ readonly value: string; readonly mark: SeenMark }>;
  /** Number of marks that other values bear, which stay. */
  readonly rest: number;
  /** How many the tracker has no room for. */
  readonly beyond: number;
}

/**
 * Plans a change of marks. Only a value without a mark is marked, and only our mark is taken away.
 *
 * @param present marks of the token's values, as the tracker tells them
 * @param on true marks them as cut, false takes that mark away
 * @param most see `MarksAbility`
 */
export function planMarks(
  values: readonly string[],
  present: ReadonlyMap<string, SeenMark>,
  on: boolean,
  most: number | null,
): MarkPlan {
  const asked = new Set(values);
  const kept = [...asked].flatMap((value) => {
    const mark = present.get(value);
    return mark === undefined || mark === CUT ? [] : [{ value, mark }];
  });
  const wanted = [...asked].filter((value) => present.get(value) === (on ? undefined : CUT));
  const room = on && most !== null ? Math.max(0, most - present.size) : wanted.length;
  const changes = wanted.slice(0, room);
  return {
    changes,
    already: asked.size - wanted.length - kept.length,
    kept,
    rest: [...present.keys()].filter((value) => !asked.has(value)).length,
    beyond: wanted.length - changes.length,
  };
}

/** Is a value's mark as ordered? Where ours was to go, one of the user's own may be there. */
export const isAsOrdered = (mark: SeenMark | undefined, on: boolean): boolean =>
  on === (mark === CUT);
