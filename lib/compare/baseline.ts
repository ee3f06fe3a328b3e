import type { Day } from '../report/range.ts';
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
/** Where a larger part of the days stand out one by one, they are what is usual. */
const MOST_SINGLE = 1 / 4;
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

/** 1 up, −1 down, 0 not. */
type Way = -1 | 0 | 1;

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
 * Days that stand out, as those of an outage, are not part of what is usual; those that lead up to the
 * present in its direction are where the change began. One event is no change.
 *
 * @param of.before whole days, the earliest first
 * @param of.now what the gap is of
 * @param of.days number of days of that
 * @param of.during the whole ones of these days, the earliest first, as far as they are known
 */
export function judgeBaseline(of: {
  readonly before: readonly CountedDay[];
  readonly now: Counted;
  readonly days: number;
  readonly pairing: Pairing;
  readonly during?: readonly CountedDay[];
}): Baseline {
  const { pairing, during = [] } = of;
  const days = of.before.flatMap((counted) => {
    const difference = differenceOf(counted, 1);
    return difference ? [{ ...difference, counted }] : [];
  });
  const ways = standOut(days, pairing);
  const plain = days.filter((_, at) => ways[at] === 0);
  const [base, other] = [
    sum(plain.map(({ counted }) => counted.base)),
    sum(plain.map(({ counted }) => counted.other)),
  ];
  const usual: Usual = {
    gap: ratioOf(base, other),
    difference: other - base,
    days: plain.length,
  };
  const now = differenceOf(of.now, of.days);
  if (!now || days.length < LEAST_DAYS) return { kind: 'tooLittle', why: 'days', usual };
  if (plain.length < LEAST_DAYS) return { kind: 'tooLittle', why: 'scatter', usual };
  const scattered = scatterOf(plain);
  const way = departs(scattered, now, pairing);
  if (way === 0) {
    const isSeen = departs({ ...scattered, apart: 0 }, now, pairing) !== 0;
    return isSeen && areAlike(shareOf(now), shareOf(scattered))
      ? { kind: 'steady', usual }
      : { kind: 'tooLittle', why: 'scatter', usual };
  }
  const first = days[startOfRun(ways, way)];
  const begun =
    first?.counted ??
    during.find((day) => {
      const difference = differenceOf(day, 1);
      return difference && departs(scattered, difference, pairing) === way;
    });
  const wider = Math.abs(shareOf(now)) > Math.abs(shareOf(scattered));
  return { kind: 'changed', usual, wider, since: begun?.day ?? null };
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

function scatterOf(days: readonly Difference[]): Scattered {
  const all = {
    apart: sum(days.map(({ apart }) => apart)),
    events: sum(days.map(({ events }) => events)),
    days: days.length,
  };
  const share = shareOf(all);
  const squares = days.map(({ apart, events }) => (apart - share * events) ** 2 / events);
  return { ...all, spread: Math.sqrt(sum(squares) / (days.length - 1)) };
}

/** Which way a difference departs from the usual. */
function departs(usual: Scattered, now: Difference, pairing: Pairing): Way {
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
  return beyondChance ? way : 0;
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

/** Which days stand out from the others, and which way. */
function standOut(days: readonly Difference[], pairing: Pairing): Way[] {
  const middle = median(days.map((day) => [shareOf(day), day.events]));
  const offOf = ({ apart, events }: Difference): number => apart - middle * events;
  const spread =
    median(days.map((day) => [Math.abs(offOf(day)) / Math.sqrt(day.events), 1])) / MEDIAN_OFF;
  const chance = Math.sqrt(pairing === 'same' ? Math.abs(middle) : 1 - middle ** 2);
  const ways = days.map((day): Way => {
    const off = offOf(day);
    const usual = Math.max(spread, chance) * Math.sqrt(day.events);
    const room = Math.max(1, usual * skewOf(shareOf(day), middle, usual / day.events));
    if (Math.abs(off) <= STANDS_OUT * room) return 0;
    return off > 0 ? 1 : -1;
  });
  const single = ways.slice(0, startOfRun(ways, ways.at(-1) ?? 0)).filter((way) => way !== 0);
  return single.length <= days.length * MOST_SINGLE ? ways : ways.map(() => 0);
}

/** Where the days begin that lead up to the last one, all of them that way. */
const startOfRun = (ways: readonly Way[], way: Way): number =>
  ways.findLastIndex((one) => one !== way) + 1;

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
