import { type Metric, type Metrics, MONEY, metricOf } from '../report/metrics.ts';
import { type Gap, judgeGap, type Thresholds } from './gap.ts';
import type { Link } from './links.ts';
import { normaliseName } from './names.ts';

/** One side of a comparison: the campaigns of a connection. */
export interface Side {
  readonly connection: string;
  /** ISO 4217; money is judged only between sides of one currency. */
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
  /** Name on the first side that has it. */
  readonly name: string;
  /** One per side, in their order; null = not on that side. */
  readonly cells: ReadonlyArray<Cell | null>;
}

/**
 * Rows of all sides joined by links, then by normalised name where exactly one
 * campaign of each side has it. An ambiguous name is not joined.
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

/** The gap of a row between the base side and another; unknown across currencies for money. */
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
 * Rows sorted by a value; unknown ones last whichever way. Stable.
 * @param keyOf number or text of a row; null = unknown
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
