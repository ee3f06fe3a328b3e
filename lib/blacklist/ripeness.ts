import type { Basis } from '../report/question.ts';
import { addDays, daysIn, instantsOf, type Range } from '../report/range.ts';
import { type Arrivals, arrivalsByMean, arrivedBetween, type Curve } from './arrivals.ts';

/** Days that are read together, and the share (0–1) of their clicks' conversions that are counted by now. */
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

/** Conversions that come later than this after their clicks are not looked for. */
const DAYS_BEFORE = 60;

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

/** What to read for a range's placements to be judged; of `days` and `before`, the newest first. */
export interface ToJudge {
  /** None = all days are too young, or it is not known how old they have to be. */
  readonly days: readonly DaysRead[];
  /**
   * Where conversions are counted on their own date: the days before, whose clicks brought some of the
   * range's conversions, with the share of theirs that arrived within the range.
   */
  readonly before: readonly DaysRead[];
  readonly arrivals: Arrivals;
}

/**
 * What to read for a range's placements to be judged. Where nothing tells when conversions arrive, the
 * days younger than the setting are left out, unless conversions are counted on their own date: then
 * those of the days that remain would be left out with them. Where a log shows that conversions take
 * longer than its clicks have been watched, nothing is judged.
 *
 * @param now epoch ms
 */
export function daysToJudge(
  range: Range,
  { learnt, delayHours, basis }: DelayKnown,
  now: number,
): ToJudge {
  const arrivals = learnt ?? arrivalsByMean((delayHours * HOUR_MS) / MEANS_IN_SETTING, 'setting');
  const leaveOut = learnt === null && basis === 'visit' ? delayHours * HOUR_MS : 0;
  const judged =
    leaveOut > 0
      ? until(range, ({ end }) => end <= now - leaveOut)
      : until(range, ({ start }) => start < now);
  if (judged === null || !arrivals.settled) return { days: [], before: [], arrivals };
  const { start, end } = instantsOf(judged);
  // On their own date, conversions are counted up to the range's end, not up to now.
  const counted = basis === 'visit' ? now : Math.min(now, end);
  const read = (days: Range, share: (curve: Curve) => number): DaysRead => ({
    range: days,
    arrived: share(arrivals),
    offers: new Map(arrivals.offers.map((one) => [one.id, share(one)])),
  });
  const days = groupsByAge(judged, arrivals, counted).map((group) =>
    read(group, (curve) => arrivedOf(group, curve, counted)),
  );
  if (basis === 'visit') return { days, before: [], arrivals };
  const past = {
    ...judged,
    from: addDays(judged.from, -DAYS_BEFORE),
    to: addDays(judged.from, -1),
  };
  const before = groupsByAge(past, arrivals, start)
    .filter((group) => !isRipe(group, arrivals, start))
    .map((group) =>
      read(group, (curve) => arrivedOf(group, curve, counted) - arrivedOf(group, curve, start)),
    );
  return { days, before, arrivals };
}

/** Splits a range into groups of days of like ages at an instant, so that each placement's cost can be weighed by what it has had time to bring. */
function groupsByAge(range: Range, arrivals: Arrivals, at: number): Range[] {
  const groups: Range[] = [];
  let left: Range | null = range;
  for (let size = 1; left !== null; size = groups.length < SINGLE_DAYS ? 1 : size * 2) {
    const newest: Range = { ...left, from: latest(left.from, addDays(left.to, 1 - size)) };
    const group: Range = isRipe(left, arrivals, at) ? left : newest;
    groups.push(group);
    left = group.from === left.from ? null : { ...left, to: addDays(group.from, -1) };
  }
  return groups;
}

/** Had even its newest day's conversions arrived by an instant, at each offer? */
function isRipe(days: Range, arrivals: Arrivals, at: number): boolean {
  const newest: Range = { ...days, from: days.to };
  return [arrivals, ...arrivals.offers].every((curve) => arrivedOf(newest, curve, at) >= RIPE);
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
