import { addDays, daysIn, instantsOf, type Range } from '../report/range.ts';
import { type Arrivals, arrivedBetween } from './arrivals.ts';

/** Days that are read together, and the share (0–1) of their clicks' conversions that have arrived. */
export interface DaysRead {
  readonly range: Range;
  readonly arrived: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From this share on, days need no correction of their own. */
const RIPE = 0.99;
/** The newest days differ most in age: this many are read by themselves, older ones in growing groups. */
const SINGLE_DAYS = 3;

/**
 * Splits a range into groups of days of like ages, newest first: each is read by itself, so that a
 * placement's cost can be weighed by what it has had time to bring. Days that have not begun are left
 * out.
 *
 * @param now epoch ms
 */
export function daysByRipeness(range: Range, arrivals: Arrivals, now: number): DaysRead[] {
  const groups: DaysRead[] = [];
  let left = begun(range, now);
  for (let size = 1; left !== null; size = groups.length < SINGLE_DAYS ? 1 : size * 2) {
    const newest = { ...left, from: latest(left.from, addDays(left.to, 1 - size)) };
    const isRipe = shareOf({ ...left, from: left.to }, arrivals, now) >= RIPE;
    const group = isRipe ? left : newest;
    groups.push({ range: group, arrived: shareOf(group, arrivals, now) });
    left = group.from === left.from ? null : { ...left, to: addDays(group.from, -1) };
  }
  return groups;
}

/**
 * The days whose last click is at least some hours old: what is judged where nothing tells when
 * conversions arrive. null = none is.
 */
export function daysOlderThan(range: Range, hours: number, now: number): Range | null {
  let { to } = range;
  while (to >= range.from && instantsOf({ ...range, from: to, to }).end > now - hours * HOUR_MS) {
    to = addDays(to, -1);
  }
  return to < range.from ? null : { ...range, to };
}

/** Days that a range's clicks spread over by now, at least 1. */
export function daysElapsed(range: Range, now: number): number {
  const { start, end } = instantsOf(range);
  return end <= now ? daysIn(range) : Math.max(1, (now - start) / DAY_MS);
}

function begun(range: Range, now: number): Range | null {
  let { to } = range;
  while (to >= range.from && instantsOf({ ...range, from: to, to }).start >= now)
    to = addDays(to, -1);
  return to < range.from ? null : { ...range, to };
}

function shareOf(days: Range, arrivals: Arrivals, now: number): number {
  const { start, end } = instantsOf(days);
  return arrivedBetween(arrivals, now - Math.min(end, now), now - start);
}

const latest = (a: string, b: string): string => (a > b ? a : b);
