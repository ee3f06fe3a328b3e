import { CrosstrackError, type TrackerCall } from '../errors.ts';
import type { Log } from '../report/log.ts';
import type { DimensionValue } from '../report/question.ts';
import { instantsOf, type Range } from '../report/range.ts';
import type { TrackerClient } from './adapter.ts';
import { label } from './numbers.ts';
import { parseMoment } from './times.ts';

/** Names of the fields that hold tokens, in slot order: "sub1", "sub2" … */
export const tokenFields = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

/** Token values by slot, from 1; empty ones are left out. */
export function tokensIn(
  row: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Record<number, string> {
  const tokens: Record<number, string> = {};
  for (const [index, field] of fields.entries()) {
    const value = label.safeParse(row[field]);
    if (value.success && value.data !== '') tokens[index + 1] = value.data;
  }
  return tokens;
}

/** A campaign or offer that a log gives by id, name or both; null = neither. */
export const named = (id: string, name: string): DimensionValue | null =>
  id === '' && name === '' ? null : { id: id || name, name: name || id };

/** Parses times in one tracker's logs. */
export const momentReader =
  (tracker: string) =>
  /**
   * @param zone IANA zone of wall times without one
   * @returns epoch ms; null for "none"
   * @throws CrosstrackError `shape` for an invalid time
   */
  (call: TrackerCall, field: string, written: unknown, zone: string): number | null => {
    const at = parseMoment(written, zone);
    if (at !== undefined) return at;
    throw new CrosstrackError({ kind: 'shape', tracker, call, field });
  };

/** Is an instant within a range? Unknown ones (null) are: nothing excludes them. */
export function isWithin(range: Range): (at: number | null) => boolean {
  const { start, end } = instantsOf(range);
  return (at) => at === null || (at >= start && at < end);
}

/** Wraps entries that were just fetched as a log. */
export const logOf = <Entry>(
  client: TrackerClient,
  { zone }: Range,
  entries: readonly Entry[],
  complete: boolean,
): Log<Entry> => ({ entries, zone, fetchedAt: client.now(), complete });

/** @throws CrosstrackError `unsupported` for more conversions than one upload takes */
export function refuseMore(uploads: readonly unknown[], most: number, tracker: string): void {
  if (uploads.length <= most) return;
  const values = [String(most)];
  throw new CrosstrackError({ kind: 'unsupported', tracker, text: 'upload_too_many', values });
}
