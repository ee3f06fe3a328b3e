import type { Delayed } from './arrivals.ts';

/** A mean delay in ms, and the longest that the same log may well come from. */
export interface MeanDelay {
  readonly mean: number;
  readonly most: number;
}

/** Standard errors between the likeliest mean and the longest. */
const ERRORS = 2.326;

/**
 * Mean delay of conversions of which only those are seen that came while their clicks were watched: the
 * maximum likelihood of an exponential distribution, each truncated at its own watch, and its one-sided
 * 99 % bound by Fisher's information. Infinity = they are spread as evenly over the time as if they had
 * no mean.
 */
export function meanDelay(seen: readonly Delayed[]): MeanDelay {
  const total = seen.reduce((sum, { delay }) => sum + delay, 0);
  if (total === 0) return { mean: 0, most: 0 };
  /** Sum of the delays that are expected at a rate; it falls as the rate grows. */
  const expected = (rate: number): number =>
    seen.reduce((sum, { watched }) => sum + truncatedMean(rate, watched), 0);
  if (expected(0) <= total) {
    return { mean: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  }
  // Without truncation the mean is the plain one: the rate is below that.
  let [low, high] = [0, seen.length / total];
  while (high - low > 1e-4 * high) {
    const middle = (low + high) / 2;
    if (expected(middle) > total) low = middle;
    else high = middle;
  }
  const information = seen.reduce((sum, { watched }) => sum + truncatedVariance(high, watched), 0);
  const least = high - ERRORS / Math.sqrt(information);
  return { mean: 1 / high, most: least > 0 ? 1 / least : Number.POSITIVE_INFINITY };
}

/** Mean of an exponential variable of this rate that is at most `end`. */
function truncatedMean(rate: number, end: number): number {
  return rate * end < 1e-6 ? end / 2 : 1 / rate - end / Math.expm1(rate * end);
}

/** Its variance. */
function truncatedVariance(rate: number, end: number): number {
  if (rate * end < 1e-3) return (end * end) / 12;
  return 1 / (rate * rate) - (end / (2 * Math.sinh((rate * end) / 2))) ** 2;
}
