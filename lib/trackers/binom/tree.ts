import { CrosstrackError } from '../../errors.ts';
import type { Metrics } from '../../report/metrics.ts';
import type { Dimension, DimensionValue } from '../../report/question.ts';
import { statMetrics } from './rows.ts';
import type { StatRowAnswer } from './schema.ts';
import { dayIn, hourIn } from './values.ts';

/** A row of the deepest level, with the values of the levels above it. */
export interface Leaf {
  readonly values: ReadonlyMap<Dimension, DimensionValue>;
  readonly metrics: Metrics;
}

/**
 * The leaves of a report, a tree in which children follow their parent.
 * @throws CrosstrackError `shape` when the levels, a day or an hour cannot be told
 */
export function leavesOf(rows: readonly StatRowAnswer[], dimensions: readonly Dimension[]): Leaf[] {
  const path: DimensionValue[] = [];
  const leaves: Leaf[] = [];
  for (const [index, row] of rows.entries()) {
    // With one grouping the level may be left out; with more it cannot be told otherwise.
    const level = row.level ?? (dimensions.length === 1 ? 1 : null);
    if (level === null) throw misshapen(index, 'level');
    const dimension = dimensions[level - 1];
    if (dimension === undefined) continue;
    if (path.length < level - 1) throw misshapen(index, 'level');
    path.length = level - 1;
    path[level - 1] = valueIn(row, dimension, index);
    if (level !== dimensions.length) continue;
    const values = dimensions.flatMap((each, at) => {
      const value = path[at];
      return value ? [[each, value] as const] : [];
    });
    leaves.push({ values: new Map(values), metrics: statMetrics(row) });
  }
  return leaves;
}

/** The value of a row, its days and hours in our own form. */
function valueIn(row: StatRowAnswer, dimension: Dimension, index: number): DimensionValue {
  const { name } = row;
  if (dimension === 'hour') {
    const hour = hourIn(name);
    if (hour === null) throw misshapen(index, 'name');
    return { id: String(hour), name: String(hour) };
  }
  if (dimension === 'day') {
    const day = dayIn(name);
    if (day === null) throw misshapen(index, 'name');
    return { id: day, name: day };
  }
  const id = dimension === 'offer' || dimension === 'lander' ? row.entity_id || row.id : '';
  return { id: id || name, name };
}

const misshapen = (index: number, field: string): CrosstrackError =>
  new CrosstrackError({
    kind: 'shape',
    tracker: 'Binom',
    call: 'report',
    field: `${index}.${field}`,
  });
