import { BASE_METRICS, type Metrics, NO_METRICS } from '../report/metrics.ts';
import type { Report } from '../report/question.ts';
import { instantsOf, isDay, type Range } from '../report/range.ts';
import { totalOf } from '../report/total.ts';
import type { Grouping } from './groupings.ts';
import { idsIn, type JoinedRow, type Side } from './join.ts';

type Silent = Pick<Report, 'counted' | 'complete'>;

/** What a report without a row for something says of it: 0 in what it counts, if it is complete. */
export const silence = (report: Silent | null): Metrics =>
  report?.complete ? totalOf({ ...report, rows: [] }) : NO_METRICS;

/** Does a side tell any figure of a row? */
export const tells = (metrics: Metrics): boolean =>
  BASE_METRICS.some((metric) => metrics[metric] !== null);

/**
 * A side's rows, and one for each thing that is there without a row in the report.
 * @param there campaigns or offers of the connection
 */
export function withSilent(
  rows: Side['rows'],
  there: ReadonlyArray<{ readonly id: string; readonly name: string }>,
  report: Silent | null,
): Side['rows'] {
  const seen = new Set(rows.map(({ id }) => id));
  const metrics = silence(report);
  const added = there.flatMap(({ id, name }) => {
    if (seen.has(id)) return [];
    seen.add(id);
    return { id, name, metrics };
  });
  return added.length > 0 ? [...rows, ...added] : rows;
}

/** Those of the joined rows that a report has a row for. */
export function reportedOnly(
  joined: readonly JoinedRow[],
  reported: ReadonlyArray<Side['rows']>,
): JoinedRow[] {
  const ids = reported.map((rows) => new Set(rows.map(({ id }) => id)));
  return joined.filter(({ cells }) =>
    cells.some((cell, side) => cell && idsIn(cell).some((id) => ids[side]?.has(id))),
  );
}

/** Values that all trackers write alike. */
const VALUES: Partial<Record<Grouping, (id: string) => boolean>> = {
  day: isDay,
  hour: (id) => /^(?:1?\d|2[0-3])$/.test(id),
  // Clicks without a country are counted by all.
  country: (id) => id === '' || /^[A-Z]{2}$/.test(id),
};
const HOUR_MS = 60 * 60_000;

/**
 * Rows of values, with a cell on every side whose report says that it had none of the value: a day, an
 * hour or a country, which all trackers write alike. Other values a tracker may have under a name
 * of its own.
 * @param sides in the order of the cells
 */
export function withSilentValues(
  joined: readonly JoinedRow[],
  grouping: Grouping,
  sides: ReadonlyArray<{
    readonly rows: Side['rows'];
    readonly report: (Silent & Pick<Report, 'zone' | 'fetchedAt'>) | null;
  }>,
  range: Range,
): JoinedRow[] {
  const saysOf = sides.map(({ rows, report }) => {
    const isValue = VALUES[grouping];
    // What is under an unknown value may be of any.
    if (!isValue || !report?.complete || !rows.every(({ id }) => isValue(id))) return () => null;
    const none = silence(report);
    return (id: string): Metrics | null =>
      isValue(id) && (grouping === 'country' || hasBegun(grouping, id, range, report))
        ? none
        : null;
  });
  return joined.map((row) => {
    const [id = ''] = row.cells.flatMap((cell) => cell?.id ?? []);
    const cells = row.cells.map((cell, side) => {
      const metrics = cell ? null : saysOf[side]?.(id);
      return metrics ? { id, name: row.name, metrics } : cell;
    });
    return { ...row, cells, by: cells.every((cell) => cell) ? 'exact' : row.by };
  });
}

/** Had a day, or an hour of a range's first day, begun when a report was read? */
function hasBegun(
  grouping: Grouping,
  id: string,
  { from }: Range,
  { zone, fetchedAt }: Pick<Report, 'zone' | 'fetchedAt'>,
): boolean {
  const [day, hour] = grouping === 'day' ? [id, 0] : [from, Number(id)];
  return instantsOf({ from: day, to: day, zone }).start + hour * HOUR_MS <= fetchedAt;
}
