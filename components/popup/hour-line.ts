import type { Stats } from '../../lib/contract/figures.ts';

/** Profit by hour of a tracker. */
export interface HourlyTracker extends Pick<Stats, 'hours' | 'span'> {
  readonly name: string;
  /** What its money is multiplied by. */
  readonly factor: number;
}

/** Profit of some trackers together. */
export interface HourLine {
  /** By hour of the first tracker's day; null = not known of each of them, or still to come. */
  readonly profits: readonly (number | null)[];
  /** Names of the trackers. */
  readonly of: readonly string[];
}

/**
 * Adds trackers' hours, instant by instant, over the day of the first one that has any. A tracker
 * without hours, or whose hours begin within those of the first, is left out.
 *
 * @returns null when no tracker has an hour
 */
export function hourLine(trackers: readonly HourlyTracker[]): HourLine | null {
  const day = trackers.map(dayOf).find((hours) => hours.some(({ profit }) => profit !== null));
  if (!day) return null;
  const lines = trackers.flatMap(({ name, hours, factor }) => {
    const profits = day.map((hour) => profitWithin(hours ?? [], hour));
    return profits.some((profit) => profit !== null) ? [{ name, profits, factor }] : [];
  });
  return {
    profits: day.map((_, hour) =>
      sumOf(
        lines.map(({ profits, factor }) => {
          const profit = profits[hour] ?? null;
          return profit === null ? null : profit * factor;
        }),
      ),
    ),
    of: lines.map(({ name }) => name),
  };
}

type Hour = NonNullable<Stats['hours']>[number];

const dayOf = ({ hours, span }: HourlyTracker): readonly Hour[] =>
  hours?.filter(({ start }) => span.start <= start) ?? [];

/** null = hours do not fill the time exactly, or one of them is unknown. */
function profitWithin(hours: readonly Hour[], { start, end }: Hour): number | null {
  const inside = hours.filter((hour) => start <= hour.start && hour.end <= end);
  const filled = inside.reduce((sum, hour) => sum + hour.end - hour.start, 0);
  return filled === end - start ? sumOf(inside.map(({ profit }) => profit)) : null;
}

/** null = one of them is unknown. */
const sumOf = (figures: readonly (number | null)[]): number | null =>
  figures.reduce<number | null>(
    (sum, figure) => (sum === null || figure === null ? null : sum + figure),
    0,
  );
