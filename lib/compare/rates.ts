import type { Metrics } from '../report/metrics.ts';
import type { Rate } from './rate-schema.ts';

export type { Rate } from './rate-schema.ts';

/**
 * The rate from one currency to another, as it was entered or the other way round; null = none was.
 * Rates are not combined: two of different days give none of either.
 */
export function rateBetween(rates: readonly Rate[], from: string, to: string): Rate | null {
  const found = rates.find((one) => one.from === from && one.to === to);
  if (found) return found;
  const inverse = rates.find((one) => one.from === to && one.to === from);
  return inverse ? { from, to, rate: rounded(1 / inverse.rate), day: inverse.day } : null;
}

/** What is shown is what is multiplied by: six digits, as rates are published. */
const rounded = (rate: number): number => Number(rate.toPrecision(6));

/** The rates with one more, which replaces the one of its two currencies, either way round. */
export const withRate = (rates: readonly Rate[], added: Rate): Rate[] => [
  ...withoutRate(rates, added),
  added,
];

/** The rates without the one of these two currencies. */
export const withoutRate = (
  rates: readonly Rate[],
  { from, to }: Pick<Rate, 'from' | 'to'>,
): Rate[] =>
  rates.filter(
    (one) => !(one.from === from && one.to === to) && !(one.from === to && one.to === from),
  );

/** Metrics with their money in the rate's `to`. */
export const inCurrency = (metrics: Metrics, { rate }: Rate): Metrics => ({
  ...metrics,
  cost: metrics.cost === null ? null : metrics.cost * rate,
  revenue: metrics.revenue === null ? null : metrics.revenue * rate,
});
