import { addDays, type Day } from '../report/range.ts';
import { binomialTail } from './binomial.ts';
import { type Counted, type Pairing, ratioOf } from './gap.ts';

/** Days before a range that its gaps are held against. */
export const BASELINE_DAYS = 14;

/** Fewer days tell little of how a gap scatters. */
export const LEAST_DAYS = 7;

export interface CountedDay extends Counted {
  readonly day: Day;
}

/** What is usual between two sides. */
export interface Usual {
  /** The gap of the sums, see `Gap`; null = the base is 0. */
  readonly gap: number | null;
  /** other − base of the sums, in the metric's unit. */
  readonly difference: number;
  /** How many days count: those with traffic, without those that stand out. */
  readonly days: number;
}

/**
 * A gap beside what it was in the days before. `steady`: chance and the usual scatter explain what
 * differs. `changed`: they do not, and the gap is wider or narrower than it was. `tooLittle`: too few
 * `days`; or by their `scatter` a gap out of nothing would not be seen, or it hides a large difference.
 */
export type Baseline = { readonly usual: Usual } & (
  | { readonly kind: 'steady' }
  | {
      readonly kind: 'changed';
      readonly wider: boolean;
      /** The first day on which the gap departs; null = it cannot be told. */
      readonly since: Day | null;
    }
  | { readonly kind: 'tooLittle'; readonly why: 'days' | 'scatter' }
);

/** How probable it is at most, on either side, that a steady gap is called changed: 0.25 %. */
export const TAIL = 0.0025;
/** Quantiles for it of the normal distribution and, by degrees of freedom from 6, of Student's t. */
const NORMAL = 2.807;
const STUDENT = [4.317, 4.029, 3.833, 3.69, 3.581, 3.497, 3.428, 3.372];

/** A day stands out that lies so many times the scatter of the others, and so many events, off. */
const STANDS_OUT = 5;
/** Where a larger part of the days stand out, they are what is usual. */
const MOST_ODD = 1 / 4;
/** Days of a rhythm. */
const WEEK = 7;
/** What is off by so many times as much a week later is a rhythm. */
const ALIKE = 1 / 2;
/** The median of what is normally distributed lies so many standard deviations off the mean. */
const MEDIAN_OFF = 0.6745;

/** A difference in events, and the events of both sides together. */
interface Difference {
  readonly apart: number;
  readonly events: number;
  /** Number of days that it is of. */
  readonly days: number;
}

/** `spread`: standard deviation of a difference for the root of each event. */
interface Scattered extends Difference {
  readonly spread: number;
}

/** A day that tells something. */
interface Daily extends Difference {
  readonly counted: CountedDay;
}

/**
 * Judges a gap by the same gap in the days before.
 *
 * What is compared is the share (other − base) ÷ (other + base), which has no base that could be 0. The
 * usual share is that of the sums. A day's difference scatters about it with a variance in proportion
 * to its traffic, which the days themselves tell. The gap has changed where two tests say so, each with
 * an error of `TAIL` on either side:
 * - scatter: Student's t, with one degree of freedom less than there are days;
 * - chance. The same events counted twice: of all that was lost, the part that fell into the present is
 *   binomial (the exact test of two Poisson rates). Different events: two binomial shares.
 *
 * Days that stand out, as those of an outage, are not part of what is usual. Nor are the last ones where
 * they and the present depart from the others in one direction, by the same tests: then the change began
 * with them. One event is no change. What stood out a week earlier as well is a rhythm, as that of
 * weekends, and is part of what is usual.
 *
 * @param of.before whole days, the earliest first
 * @param of.now what the gap is of
 * @param of.days number of days of that
 * @param of.from the first of them; without it, no rhythm is looked for that the present is part of
 * @param of.during the whole ones of these days, the earliest first, as far as they are known
 */
export function judgeBaseline(of: {
  readonly before: readonly CountedDay[];
  readonly now: Counted;
  readonly days: number;
  readonly from?: Day;
  readonly pairing: Pairing;
  readonly during?: readonly CountedDay[];
}): Baseline {
  const { pairing, during = [] } = of;
  const days = of.before.flatMap((counted): Daily[] => {
    const difference = differenceOf(counted, 1);
    return difference ? [{ ...difference, counted }] : [];
  });
  const now = differenceOf(of.now, of.days);
  const present = presentOf(of, now);
  const { usual, scattered } = usualOf(days, pairing, present);
  if (!now || days.length < LEAST_DAYS) return { kind: 'tooLittle', why: 'days', usual };
  const change = changeBefore(days, now, pairing, present);
  if (change) return changed(change, now, change.since);
  if (!scattered) return { kind: 'tooLittle', why: 'scatter', usual };
  const off = offBy(scattered, now, pairing);
  if (off === 0) {
    const isSeen = offBy({ ...scattered, apart: 0 }, now, pairing) !== 0;
    return isSeen && areAlike(shareOf(now), shareOf(scattered))
      ? { kind: 'steady', usual }
      : { kind: 'tooLittle', why: 'scatter', usual };
  }
  const first = during.find((day) => {
    const difference = differenceOf(day, 1);
    return difference && offBy(scattered, difference, pairing) * off > 0;
  });
  return changed({ usual, scattered }, now, first?.day ?? null);
}

/** What is usual, and how it scatters. */
interface Known {
  readonly usual: Usual;
  readonly scattered: Scattered;
}

const changed = ({ usual, scattered }: Known, now: Difference, since: Day | null): Baseline => ({
  ...{ kind: 'changed', usual, since },
  wider: Math.abs(shareOf(now)) > Math.abs(shareOf(scattered)),
});

/**
 * The usual of all days but the last ones, where these and the present depart from it one way; of
 * several such cuts that where the last ones are furthest off. null = there is none.
 */
function changeBefore(
  days: readonly Daily[],
  now: Difference,
  pairing: Pairing,
  present: readonly OnDay[],
) {
  let found: (Known & { since: Day | null; size: number }) | null = null;
  for (let from = days.length - 1; from >= LEAST_DAYS; from--) {
    const [rest, last] = [days.slice(0, from), days.slice(from)];
    const after = [...last.map(onDay), ...present];
    const { usual, scattered, odd } = usualOf(rest, pairing, after);
    if (!scattered) continue;
    const off = offBy(scattered, sumOf(last), pairing);
    const share = shareOf(scattered);
    const isThatWay = ({ apart, events }: Difference) => (apart - share * events) * off > 0;
    const isRun = offBy(scattered, now, pairing) * off > 0 && last.every(isThatWay);
    if (!isRun || Math.abs(off) <= (found?.size ?? 0)) continue;
    // A day of which only the last hours are others stands out less.
    const start = rest.findLastIndex((day, at) => !odd[at] || !isThatWay(day)) + 1;
    const since = days[start]?.counted.day ?? null;
    found = { usual, scattered, since, size: Math.abs(off) };
  }
  return found;
}

/** A difference that a day has, or has a part in. */
interface OnDay {
  readonly day: Day;
  readonly of: Difference;
}
const onDay = (of: Daily): OnDay => ({ day: of.counted.day, of });

/** The present, on each of its days; of a week or more, it is no weekday's. */
const presentOf = (
  { from, days }: { readonly from?: Day; readonly days: number },
  now: Difference | null,
): OnDay[] =>
  from && now && days < WEEK
    ? Array.from({ length: days }, (_, at) => ({ day: addDays(from, at), of: now }))
    : [];

/**
 * What is usual on some days, without the odd ones; its scatter is null where too few are left.
 *
 * @param after what is held against it
 */
function usualOf(days: readonly Daily[], pairing: Pairing, after: readonly OnDay[]) {
  const odd = standOut(days, pairing, after);
  const plain = days.filter((_, at) => !odd[at]);
  const base = sum(plain.map(({ counted }) => counted.base));
  const other = sum(plain.map(({ counted }) => counted.other));
  const usual: Usual = {
    gap: ratioOf(base, other),
    difference: other - base,
    days: plain.length,
  };
  return { usual, odd, scattered: plain.length < LEAST_DAYS ? null : scatterOf(plain) };
}

/** Is the difference of two gaps no more than half of the larger? Else they are not one, whatever scatters. */
const areAlike = (one: number, two: number): boolean =>
  Math.abs(one - two) <= Math.max(Math.abs(one), Math.abs(two)) / 2;

/** null = nothing was counted, or it is not known in how many events. */
function differenceOf({ base, other, unit }: Counted, days: number): Difference | null {
  const events = unit ? (Math.abs(base) + Math.abs(other)) / unit : 0;
  return unit && events > 0 ? { apart: (other - base) / unit, events, days } : null;
}

const shareOf = ({ apart, events }: Difference): number => apart / events;

const sumOf = (days: readonly Difference[]): Difference => ({
  apart: sum(days.map(({ apart }) => apart)),
  events: sum(days.map(({ events }) => events)),
  days: days.length,
});

function scatterOf(days: readonly Difference[]): Scattered {
  const all = sumOf(days);
  const share = shareOf(all);
  const squares = days.map(({ apart, events }) => (apart - share * events) ** 2 / events);
  return { ...all, spread: Math.sqrt(sum(squares) / (days.length - 1)) };
}

/** How far a difference is off the usual, in roots of its events, with its sign; 0 = as far as both tests tell, not at all. */
function offBy(usual: Scattered, now: Difference, pairing: Pairing): number {
  const share = shareOf(usual);
  const off = now.apart - share * now.events;
  // One event may lie on the edge of a day.
  const size = Math.abs(off) - 1;
  if (size <= 0) return 0;
  const root = Math.sqrt(now.events * (1 + now.events / usual.events));
  const [daily, usually] = [now.events / now.days, usual.events / usual.days];
  // What is lost in a day is lost together, so a day of more traffic scatters by more than its root.
  const crowd = Math.sqrt(Math.max(1, daily / usually));
  const skew = skewOf(shareOf(now), share, usual.spread / Math.sqrt(usually));
  const student = STUDENT[usual.days - LEAST_DAYS] ?? NORMAL;
  if (size <= student * usual.spread * root * crowd * skew) return 0;
  const way = off > 0 ? 1 : -1;
  const beyondChance =
    pairing === 'same'
      ? chanceOf(usual, now, way) < TAIL
      : size > NORMAL * Math.sqrt(1 - share ** 2) * root;
  return beyondChance ? (way * size) / root : 0;
}

/**
 * Losses scatter more widely above the usual than below, and the more the larger they are: their square
 * roots scatter evenly. How many times the usual scatter is left to a wider share.
 *
 * @param day standard deviation of a day's share
 */
const skewOf = (share: number, usual: number, day: number): number => {
  const least = Math.max(Math.abs(usual), day);
  return least > 0 ? Math.max(1, (1 + Math.sqrt(Math.abs(share) / least)) / 2) : 1;
};

/**
 * How probable so much of the difference in the present, or more, is if nothing has changed. One side
 * loses more than before, or the other one less, or both, which are two tests.
 */
function chanceOf(usual: Difference, now: Difference, way: 1 | -1): number {
  const present = now.events / (usual.events + now.events);
  const [former, latter] = [way * usual.apart, way * now.apart];
  const tests = [
    ...(latter > 0 ? [binomialTail(latter, Math.max(former, 0) + latter, present)] : []),
    ...(former < 0 ? [binomialTail(-former, Math.max(-latter, 0) - former, 1 - present)] : []),
  ];
  return tests.length * Math.min(...tests);
}

/** Which days stand out from the others, and from the same weekday of the week after. */
function standOut(days: readonly Daily[], pairing: Pairing, after: readonly OnDay[]): boolean[] {
  const middle = median(days.map((day) => [shareOf(day), day.events]));
  const sizeOf = ({ apart, events }: Difference): number => Math.abs(apart - middle * events);
  const spread = median(days.map((day) => [sizeOf(day) / Math.sqrt(day.events), 1])) / MEDIAN_OFF;
  const chance = Math.sqrt(pairing === 'same' ? Math.abs(middle) : 1 - middle ** 2);
  const far = days.map((day) => {
    const usual = Math.max(spread, chance) * Math.sqrt(day.events);
    const room = Math.max(1, usual * skewOf(shareOf(day), middle, usual / day.events));
    return sizeOf(day) > STANDS_OUT * room;
  });
  const offOf = (of: Difference): number => shareOf(of) - middle;
  const all = [...days.filter((_, at) => far[at]).map(onDay), ...after];
  const recurs = (one: Daily): boolean =>
    all.some(
      ({ day, of }) =>
        [WEEK, -WEEK].some((apart) => day === addDays(one.counted.day, apart)) &&
        offOf(of) / offOf(one) >= ALIKE,
    );
  const odd = days.map((day, at) => far[at] === true && !recurs(day));
  const count = odd.filter((one) => one).length;
  return count <= days.length * MOST_ODD ? odd : odd.map(() => false);
}

/** The median of values, each with its weight: between the lower one and the upper one. */
function median(values: ReadonlyArray<readonly [value: number, weight: number]>): number {
  const sorted = values.toSorted(([a], [b]) => a - b);
  const half = sum(values.map(([, weight]) => weight)) / 2;
  let below = 0;
  const sums = sorted.map(([, weight]) => {
    below += weight;
    return below;
  });
  const at = (index: number): number => sorted[index]?.[0] ?? 0;
  return (
    (at(sums.findIndex((weight) => weight >= half)) +
      at(sums.findIndex((weight) => weight > half))) /
    2
  );
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
