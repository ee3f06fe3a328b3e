import { orderByHighest } from '../../lib/blacklist/order.ts';
import {
  type FigureColumn,
  type PlacementColumns,
  type Scores,
  VERDICT_KINDS,
} from '../../lib/blacklist/placement.ts';
import type { Sort } from '../kit/table-column.ts';

/** Figures of a placement that the table sorts by, beside its name and verdict. */
type SortColumn = FigureColumn | 'roi' | 'stake' | 'verdict' | 'id';

/** Row numbers in an order; what is unknown comes last, whichever way. */
export function orderOf(
  columns: PlacementColumns,
  { kinds, order, savingPerDay }: Scores,
  { column, descending }: Sort,
): readonly number[] {
  if (column === 'id') {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    const rows = Array.from(columns.ids, (_, row) => row);
    const by = (a: number, b: number) => compare(columns.ids[a] ?? '', columns.ids[b] ?? '');
    return rows.sort((a, b) => (descending ? by(b, a) : by(a, b)));
  }
  if (column === 'verdict') {
    const wanted = VERDICT_ORDER.map((kind) => VERDICT_KINDS.indexOf(kind));
    const ranks = descending ? wanted : wanted.toReversed();
    return ranks.flatMap((rank) => Array.from(order).filter((row) => kinds[row] === rank));
  }
  const values = valuesOf(columns, savingPerDay, column as Exclude<SortColumn, 'id' | 'verdict'>);
  return Array.from(orderByHighest(descending ? values : values.map((value) => -value)));
}

const VERDICT_ORDER = ['cut', 'wait', 'keep', 'unknown'] as const;

function valuesOf(
  columns: PlacementColumns,
  savingPerDay: Float64Array,
  column: Exclude<SortColumn, 'id' | 'verdict'>,
): Float64Array {
  if (column === 'stake') return savingPerDay;
  if (column === 'roi') {
    return columns.revenue.map((revenue, row) => revenue / (columns.cost[row] || Number.NaN) - 1);
  }
  return columns[column];
}
