import { gammaQuantile } from '../blacklist/gamma.ts';
import type { Steps } from './steps.ts';

/** Clicks of a campaign in each of the hours that all curves share. */
export interface Curve<T> {
  readonly of: T;
  readonly clicks: readonly number[];
}

/** Two curves that count the same clicks. */
export interface CurveMatch<T> {
  readonly a: T;
  readonly b: T;
  /** Pearson's correlation of the clicks by hour. */
  readonly correlation: number;
  /** (b − a) ÷ a, of all clicks. */
  readonly level: number;
}

/** Fewer hours or clicks prove nothing. */
const LEAST_HOURS = 24;
const LEAST_CLICKS = 100;
/** Least of the smaller side's clicks ÷ the greater one's. */
const LEAST_LEVEL = 2 / 3;
const LEAST_CORRELATION = 0.8;
/** Expected number of wrong matches among unrelated curves, over all pairs: one in a million accounts. */
const FALSE_ALARMS = 1e-6;

/**
 * Finds the curves that count the same clicks, whatever their names.
 *
 * Campaigns share the rhythm of the day, so a high correlation alone proves nothing. But counts of
 * different visitors differ by chance at least, whatever rhythm they share: Pearson's χ² of the
 * table of hours × sides has as many degrees of freedom as there are hours but one. Two counts of the
 * same visitors differ only by what each side lost, so their χ² is far below that. A pair matches
 * when its χ² is lower than chance would make any of all pairs (lower tail, Bonferroni), the curves
 * correlate, and the levels are close. It is returned only when neither curve matches another one.
 */
export function* matchCurves<T>(
  first: readonly Curve<T>[],
  second: readonly Curve<T>[],
): Steps<CurveMatch<T>[]> {
  const hours = first[0]?.clicks.length ?? 0;
  const ours = first.map(shapeOf).filter(isBusy);
  const theirs = second
    .map(shapeOf)
    .filter(isBusy)
    .sort((a, b) => a.total - b.total);
  const limits = limitsFor(hours, ours.length * theirs.length);
  const matches: Array<{ a: Shape<T>; b: Shape<T> }> = [];
  for (const a of ours) {
    for (let at = firstFrom(theirs, a.total * LEAST_LEVEL); ; at++) {
      const b = theirs[at];
      if (!b || b.total * LEAST_LEVEL > a.total) break;
      if (agree(a, b, limits) && correlationOf(a, b) >= LEAST_CORRELATION) matches.push({ a, b });
    }
    yield;
  }
  const counts = new Map<Shape<T>, number>();
  for (const shape of matches.flatMap(({ a, b }) => [a, b])) {
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return matches
    .filter(({ a, b }) => counts.get(a) === 1 && counts.get(b) === 1)
    .map(({ a, b }) => ({
      a: a.of,
      b: b.of,
      correlation: correlationOf(a, b),
      level: b.total / a.total - 1,
    }));
}

interface Shape<T> {
  readonly of: T;
  readonly clicks: Float64Array;
  readonly total: number;
}

const shapeOf = <T>({ of, clicks }: Curve<T>): Shape<T> => ({
  of,
  clicks: Float64Array.from(clicks),
  total: clicks.reduce((sum, count) => sum + count, 0),
});

const isBusy = ({ total }: Shape<unknown>): boolean => total >= LEAST_CLICKS;

/** Index of the first shape with at least so many clicks. */
function firstFrom(sorted: readonly Shape<unknown>[], total: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.total ?? 0) < total) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Largest χ² that still counts as the same clicks, by the number of hours with clicks; −∞ = none does. */
function limitsFor(hours: number, pairs: number): readonly number[] {
  return Array.from({ length: hours + 1 }, (_, count) =>
    count < LEAST_HOURS
      ? Number.NEGATIVE_INFINITY
      : 2 * gammaQuantile((count - 1) / 2, FALSE_ALARMS / Math.max(1, pairs)),
  );
}

/** Runs for every pair: it leaves off as soon as χ² is too high, mostly after a few hours. */
function agree(a: Shape<unknown>, b: Shape<unknown>, limits: readonly number[]): boolean {
  const { clicks: ours } = a;
  const { clicks: theirs } = b;
  const ratio = a.total / b.total;
  const most = (limits[ours.length] ?? 0) * ratio;
  let sum = 0;
  let hours = 0;
  for (let hour = 0; hour < ours.length; hour++) {
    const left = ours[hour] ?? 0;
    const right = theirs[hour] ?? 0;
    const both = left + right;
    if (both === 0) continue;
    const apart = left - ratio * right;
    hours++;
    sum += (apart * apart) / both;
    if (sum > most) return false;
  }
  return sum <= (limits[hours] ?? 0) * ratio;
}

/** Pearson's correlation; NaN where one of the curves is flat. */
function correlationOf(a: Shape<unknown>, b: Shape<unknown>): number {
  const hours = a.clicks.length;
  const [meanA, meanB] = [a.total / hours, b.total / hours];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let hour = 0; hour < hours; hour++) {
    const [da, db] = [(a.clicks[hour] ?? 0) - meanA, (b.clicks[hour] ?? 0) - meanB];
    both += da * db;
    ofA += da * da;
    ofB += db * db;
  }
  return both / Math.sqrt(ofA * ofB);
}
