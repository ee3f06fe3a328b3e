import type { Arrivals, Curve, Delayed } from './arrivals.ts';
import { meanDelay } from './mean-delay.ts';

/** Fewer conversions tell too little of when they arrive. */
const ENOUGH_CONVERSIONS = 30;
/** A curve ends at the age that so many of its clicks have been watched for. */
const ENOUGH_WATCHED = 20;
const MOST_POINTS = 200;

/** Share that has arrived within the longest watch, from which on the log is taken to show all. */
const SHOWS_ALL = 0.99;
/** Share below which a log shows too little of the campaign's conversions. */
const SHOWS_ENOUGH = 2 / 3;
/** An exponential that expects so many conversions later than the last one is not the log's. */
const MOST_MISSED = 10;
/** Longest mean delay that is believed, in longest watches. */
const MOST_WATCHES = 5;
/** What is beyond the longest watch is drawn in steps of a part of the mean, for some means. */
const TAIL_STEP = 0.25;
const TAIL_MEANS = 6;

/** Learns when a campaign's conversions arrive, and those of each of its offers. null = too few conversions. */
export function learnArrivals(log: readonly Delayed[]): Arrivals | null {
  const all = learnCurve(log);
  if (all === null) return null;
  const byOffer = new Map<string | null, Delayed[]>();
  for (const one of log) {
    const id = one.offer ?? null;
    const of = byOffer.get(id);
    if (of) of.push(one);
    else byOffer.set(id, [one]);
  }
  // The only offer has the curve of the campaign.
  const offers = byOffer.size > 1 ? [...byOffer] : [];
  return {
    from: 'log',
    ...all,
    offers: offers.flatMap(([id, of]) => {
      const learnt = id === null ? null : learnCurve(of);
      if (id === null || learnt === null) return [];
      const { settled: _, ...curve } = learnt;
      return [{ id, ...curve }];
    }),
  };
}

/**
 * Learns a curve from a log: its shape within the longest watch is what the log shows, and how much is
 * still to come after it is what an exponential of the longest mean delay says that fits, unless an
 * exponential expects more late conversions within the watch than came. null = too few conversions.
 */
function learnCurve(log: readonly Delayed[]): (Curve & Pick<Arrivals, 'settled'>) | null {
  const seen = log
    .map(({ delay, watched }) => ({ delay: Math.max(0, delay), watched }))
    .filter(({ delay, watched }) => delay <= watched);
  if (seen.length < ENOUGH_CONVERSIONS) return null;
  // From the age on that few clicks have been watched for, nearly nothing is known.
  const watches = seen.map(({ watched }) => watched).sort((a, b) => b - a);
  const longest = watches[ENOUGH_WATCHED - 1] ?? 0;
  const { mean, most } = meanDelay(seen);
  const believed = (delay: number) => Math.min(delay, MOST_WATCHES * longest);
  const shown = productLimit(seen.filter(({ delay }) => delay <= longest));
  // Too long a mean makes costs too young, which waits; too short a one cuts.
  const within = -Math.expm1(-longest / believed(most));
  if (within >= SHOWS_ALL || missedAfterLast(seen, believed(mean)) >= MOST_MISSED) {
    return { conversions: seen.length, settled: true, points: shown };
  }
  return {
    conversions: seen.length,
    settled: within >= SHOWS_ENOUGH,
    points: [
      ...shown.map(([age, share]) => [age, share * within] as const),
      ...tail(longest, believed(most)),
    ],
  };
}

/** Number of conversions that an exponential of this mean expects later than the last one that came. */
function missedAfterLast(seen: readonly Delayed[], mean: number): number {
  const last = seen.reduce((most, { delay }) => Math.max(most, delay), 0);
  return seen.reduce(
    (sum, { watched }) =>
      sum + (Math.exp(-last / mean) - Math.exp(-watched / mean)) / -Math.expm1(-watched / mean),
    0,
  );
}

/** An exponential from an age on, until all have arrived. */
function tail(from: number, mean: number): Array<readonly [number, number]> {
  const steps = Array.from({ length: TAIL_MEANS / TAIL_STEP + 1 }, (_, step) => {
    const age = from + step * TAIL_STEP * mean;
    return [age, -Math.expm1(-age / mean)] as const;
  });
  return [...steps, [from + (TAIL_MEANS + 2) * mean, 1]];
}

/**
 * The shares of what arrives within the longest watch, from a log in which young clicks show their
 * quick conversions only: the product-limit estimate for right-truncated delays (Lynden-Bell 1971,
 * Woodroofe 1985).
 */
function productLimit(seen: readonly Delayed[]): Array<readonly [age: number, share: number]> {
  const delays = seen.map(({ delay }) => delay).sort((a, b) => a - b);
  const watches = seen.map(({ watched }) => watched).sort((a, b) => a - b);
  const points: Array<[number, number]> = [];
  let share = 1;
  let tooShort = watches.length;
  for (let last = delays.length - 1; last >= 0; ) {
    const delay = delays[last] ?? 0;
    let first = last;
    while (first > 0 && delays[first - 1] === delay) first -= 1;
    while (tooShort > 0 && (watches[tooShort - 1] ?? 0) >= delay) tooShort -= 1;
    points.push([delay, share]);
    // Of those that had arrived by this age, and were watched for as long, the part that arrived earlier.
    const atRisk = last + 1 - tooShort;
    share *= 1 - (last + 1 - first) / atRisk;
    last = first - 1;
  }
  points.push([0, share]);
  points.reverse();
  const every = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}
