import type { Metric } from '../report/metrics.ts';
import type { CountedDay } from './baseline.ts';
import type { Timeline } from './timeline.ts';

/**
 * A metric of the base and the only other side of a timeline, day by day: the days that were over when
 * both sides told of them, and on which they are comparable.
 *
 * @param now epoch ms
 */
export function countedDays(
  { axis, comparison }: Timeline,
  metric: Metric,
  now: number,
): CountedDay[] {
  if (axis.by !== 'day') return [];
  const fetched = comparison.sides.map(({ report }) => report?.fetchedAt ?? 0);
  const known = Math.min(now, ...fetched);
  return comparison.rows.flatMap((row, at) => {
    const { name: day = '', end = Number.POSITIVE_INFINITY } = axis.steps[at] ?? {};
    const counted = end <= known ? comparison.counted(row, 1, metric) : null;
    return counted ? [{ day, ...counted }] : [];
  });
}
