import { inCurrency, type Rate, rateBetween } from '../../lib/compare/rates.ts';
import type { CountedOnce, Stats } from '../../lib/contract/figures.ts';
import { type Metrics, metricOf, sumMetrics } from '../../lib/report/metrics.ts';
import { hourLine } from './hour-line.ts';

/** One connection, with what of it counts when every campaign is counted once. */
export interface Part {
  readonly name: string;
  readonly side: 'tracker' | 'network';
  readonly stats: Stats | null;
  /** null = not known yet. */
  readonly once: CountedOnce | null;
}

/** A figure that not every tracker of a sum tells. */
export interface Partly<T> {
  readonly value: T;
  /** Names of the trackers that it is of; null = of all in the sum. */
  readonly of: readonly string[] | null;
}

/**
 * The sum of trackers in one currency, each campaign counted once. Money in `currency`. Nobody tells
 * the change and the hours by campaign: both are only of trackers whose campaigns all count.
 */
export interface Total {
  readonly currency: string;
  readonly metrics: Metrics;
  /** The trackers that add to it, each with the number of campaigns that count on it. */
  readonly of: ReadonlyArray<{ readonly name: string; readonly campaigns: number }>;
  /** Number of trackers that have figures: campaigns that do not count on one count on another. */
  readonly known: number;
  /** The trackers' zones where their days are not the same time, one of each; else none. */
  readonly zones: readonly string[];
  /** Change in profit since this time yesterday, as a ratio; null = unknown. */
  readonly change: Partly<number> | null;
  /** Profit by hour of the first tracker's day; null = no hours. An hour is null where it is unknown. */
  readonly hours: Partly<readonly (number | null)[]> | null;
  /** What was converted into its currency, and by which rate: profits. */
  readonly converted: ReadonlyArray<{ readonly profit: number | null; readonly rate: Rate }>;
}

/**
 * Totals by currency; across two only by a rate, into the currency of the first. Networks are left
 * out: their payouts are already in the trackers' revenue.
 */
export function totalsOf(parts: readonly Part[], rates: readonly Rate[]): Total[] {
  const counted = parts.flatMap(({ name, side, stats, once }) =>
    side === 'tracker' && stats?.now && once ? [{ name, stats, once }] : [],
  );
  const first = counted[0]?.stats.currency ?? '';
  const inOne = counted.map((one) => {
    const rate = rateBetween(rates, one.stats.currency, first);
    return { ...one, rate, currency: rate ? first : one.stats.currency };
  });
  return [...Map.groupBy(inOne, ({ currency }) => currency)].flatMap(([currency, all]): Total[] => {
    const summed = all.flatMap((one) =>
      one.once.metrics ? [{ ...one, metrics: one.once.metrics, factor: one.rate?.rate ?? 1 }] : [],
    );
    // All of its campaigns are in another currency's total.
    if (summed.length === 0) return [];
    const whole = summed.filter(({ once }) => once.whole);
    const partly = <T>(value: T, of: readonly string[]): Partly<T> => ({
      value,
      of: of.length < summed.length ? of : null,
    });
    const change = changeOf(whole);
    const line = hourLine(
      whole.map(({ stats: { hours, span }, ...one }) => ({ ...one, hours, span })),
    );
    return [
      {
        currency,
        metrics: sumMetrics(
          summed.map(({ metrics, rate }) => (rate ? inCurrency(metrics, rate) : metrics)),
        ),
        of: summed.map(({ name, once: { campaigns } }) => ({ name, campaigns })),
        known: counted.length,
        zones: zonesApart(summed.map(({ stats }) => stats)),
        change: change && partly(change.ratio, change.of),
        hours: line && partly(line.profits, line.of),
        converted: summed.flatMap(({ metrics, rate }) =>
          rate ? [{ profit: metricOf(metrics, 'profit'), rate }] : [],
        ),
      },
    ];
  });
}

function zonesApart(all: ReadonlyArray<Pick<Stats, 'zone' | 'span'>>): string[] {
  const zones = [...Map.groupBy(all, ({ span: { start, end } }) => `${start} ${end}`).values()];
  return zones.length > 1 ? zones.flatMap(([first]) => first?.zone ?? []) : [];
}

const MAX_CHANGE = 10;

/** Compares only the trackers that know their profit of both days. */
function changeOf(
  all: ReadonlyArray<{ readonly name: string; readonly factor: number; readonly stats: Stats }>,
): { ratio: number; of: string[] } | null {
  const both = all.flatMap(({ name, factor, stats: { now, nowUntilHour, before } }) => {
    const current = nowUntilHour ?? now;
    const [profit, was] = [current, before].map((of) => of && metricOf(of, 'profit'));
    if (typeof profit !== 'number' || typeof was !== 'number') return [];
    return [{ name, now: profit * factor, before: was * factor }];
  });
  const [now, before] = [
    both.reduce((sum, one) => sum + one.now, 0),
    both.reduce((sum, one) => sum + one.before, 0),
  ];
  if (before === 0) return null;
  const ratio = (now - before) / Math.abs(before);
  // Relative to almost nothing, a percentage is meaningless.
  return Math.abs(ratio) <= MAX_CHANGE ? { ratio, of: both.map(({ name }) => name) } : null;
}
