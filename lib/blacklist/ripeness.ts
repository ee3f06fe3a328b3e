import type { Basis } from '../report/question.ts';
import { addDays, daysIn, instantsOf, type Range } from '../report/range.ts';
import { type Arrivals, arrivalsByMean, arrivedBetween, type Curve } from './arrivals.ts';

/** Days that are read together, and the share (0–1) of their clicks' conversions that have arrived. */
export interface DaysRead {
  readonly range: Range;
  readonly arrived: number;
  /** The same for each offer with a curve of its own, by the offer's id. */
  readonly offers: ReadonlyMap<string, number>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From this share on, days need no correction of their own. */
const RIPE = 0.99;
/** The newest days differ most in age: this many are read by themselves, older ones in growing groups. */
const SINGLE_DAYS = 3;

/** A delay that is set is taken for twice the mean: seven of eight conversions have arrived by then. */
const MEANS_IN_SETTING = 2;

export interface DelayKnown {
  /** What the tracker tells; null = nothing. */
  readonly learnt: Arrivals | null;
  /** The user's setting, for when it tells nothing. */
  readonly delayHours: number;
  /** The date that conversions are counted on. */
  readonly basis: Basis;
}

/**
 * What to read for a range's placements to be judged. Where nothing tells when conversions arrive, the
 * days younger than the setting are left out, unless conversions are counted on their own date: then
 * those of the days that remain would be left out with them.
 *
 * @param now epoch ms
 * @returns the days, newest first; none = all are too young
 */
export function daysToJudge(
  range: Range,
  { learnt, delayHours, basis }: DelayKnown,
  now: number,
): { readonly days: readonly DaysRead[]; readonly arrivals: Arrivals } {
  const arrivals = learnt ?? arrivalsByMean((delayHours * HOUR_MS) / MEANS_IN_SETTING, 'setting');
  const leaveOut = learnt === null && basis === 'visit' ? delayHours * HOUR_MS : 0;
  const judged =
    leaveOut > 0
      ? until(range, ({ end }) => end <= now - leaveOut)
      : until(range, ({ start }) => start < now);
  return { days: judged ? daysByRipeness(judged, arrivals, now) : [], arrivals };
}

/** Splits a range into groups of days of like ages, so that each placement's cost can be weighed by what it has had time to bring. */
function daysByRipeness(range: Range, arrivals: Arrivals, now: number): DaysRead[] {
  const groups: DaysRead[] = [];
  const curves: readonly Curve[] = [arrivals, ...arrivals.offers];
  let left: Range | null = range;
  for (let size = 1; left !== null; size = groups.length < SINGLE_DAYS ? 1 : size * 2) {
    const newest: Range = { ...left, from: latest(left.from, addDays(left.to, 1 - size)) };
    const day: Range = { ...left, from: left.to };
    const isRipe = curves.every((curve) => arrivedOf(day, curve, now) >= RIPE);
    const group: Range = isRipe ? left : newest;
    groups.push({
      range: group,
      arrived: arrivedOf(group, arrivals, now),
      offers: new Map(arrivals.offers.map((one) => [one.id, arrivedOf(group, one, now)])),
    });
    left = group.from === left.from ? null : { ...left, to: addDays(group.from, -1) };
  }
  return groups;
}

/** Days that a range's clicks spread over by now, at least 1. */
export function daysElapsed(range: Range, now: number): number {
  const { start, end } = instantsOf(range);
  return end <= now ? daysIn(range) : Math.max(1, (now - start) / DAY_MS);
}

/** The range up to its last day of which this is true; null = it is of none. */
function until(
  range: Range,
  isTrue: (day: { start: number; end: number }) => boolean,
): Range | null {
  let { to } = range;
  while (to >= range.from && !isTrue(instantsOf({ ...range, from: to, to }))) to = addDays(to, -1);
  return to < range.from ? null : { ...range, to };
}

function arrivedOf(days: Range, curve: Curve, now: number): number {
  const { start, end } = instantsOf(days);
  return arrivedBetween(curve, now - Math.min(end, now), now - start);
}

const latest = (a: string, b: string): string => (a > b ? a : b);
