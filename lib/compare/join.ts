import { type Metric, type Metrics, MONEY, metricOf } from '../report/metrics.ts';
import { type Gap, judgeGap, type Thresholds } from './gap.ts';
import type { Link } from './links.ts';
import { normaliseName } from './names.ts';

/** One side of a comparison: the campaigns of a connection. */
export interface Side {
  readonly connection: string;
  /** ISO 4217 code; money is compared only between sides of one currency. */
  readonly currency: string;
  readonly rows: ReadonlyArray<{
    readonly id: string;
    readonly name: string;
    readonly metrics: Metrics;
  }>;
}

export interface Cell {
  readonly id: string;
  readonly name: string;
  readonly metrics: Metrics;
}

export interface JoinedRow {
  readonly key: string;
  /** Name on the first side that has the campaign. */
  readonly name: string;
  /** One cell per side, in the order of the sides; null = not on that side. */
  readonly cells: ReadonlyArray<Cell | null>;
}

/**
 * Joins the campaigns of all sides by links, then by normalised names that are unique on each side.
 * Ambiguous names are not joined.
 */
export function joinSides(sides: readonly Side[], links: readonly Link[]): JoinedRow[] {
  const groups = new Map<string, Array<Cell | null>>();
  const groupOfLink = new Map<string, string>();
  for (const link of links) {
    for (const { connection, campaignId } of link.members) {
      groupOfLink.set(`${connection}\n${campaignId}`, `link:${link.id}`);
    }
  }
  sides.forEach((side, index) => {
    const counts = new Map<string, number>();
    const names = side.rows.map(({ name }) => normaliseName(name));
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    side.rows.forEach((row, at) => {
      const name = names[at] ?? '';
      const alone = name !== '' && counts.get(name) === 1;
      const linked = groupOfLink.get(`${side.connection}\n${row.id}`);
      const key = linked ?? (alone ? `name:${name}` : `one:${side.connection}\n${row.id}`);
      let cells = groups.get(key);
      if (!cells) {
        cells = sides.map(() => null);
        groups.set(key, cells);
      }
      cells[index] = row;
    });
  });
  return [...groups].map(([key, cells]) => ({
    key,
    name: cells.find((cell) => cell !== null)?.name ?? '',
    cells,
  }));
}

/** A row's gap between the base side and another; money across currencies is unknown. */
export function gapOf(
  row: JoinedRow,
  sides: readonly Side[],
  base: number,
  other: number,
  metric: Metric,
  thresholds?: Thresholds,
): Gap {
  const [left, right] = [row.cells[base], row.cells[other]];
  const comparable = !MONEY.has(metric) || sides[base]?.currency === sides[other]?.currency;
  return judgeGap({
    metric,
    base: left && comparable ? metricOf(left.metrics, metric) : null,
    other: right && comparable ? metricOf(right.metrics, metric) : null,
    ...(left ? { baseMetrics: left.metrics } : {}),
    ...(right ? { otherMetrics: right.metrics } : {}),
    ...(thresholds ? { thresholds } : {}),
  });
}

/**
 * Sorts rows by a value, stably; unknown values come last in either direction.
 * @param keyOf number or text to sort a row by; null = unknown
 */
export function sortRows<T>(
  rows: readonly T[],
  keyOf: (row: T) => number | string | null,
  descending: boolean,
): T[] {
  const sign = descending ? -1 : 1;
  const collator = new Intl.Collator(undefined, { numeric: true });
  return rows
    .map((row) => ({ row, value: keyOf(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
      return sign * collator.compare(String(a), String(b));
    })
    .map(({ row }) => row);
}
