import { inCurrency, type Rate, rateBetween } from '../../lib/compare/rates.ts';
import type { CountedOnce, Stats } from '../../lib/contract/figures.ts';
import { type Metrics, metricOf, sumMetrics } from '../../lib/report/metrics.ts';

/** One connection, with what of it counts when every campaign is counted once. */
export interface Part {
  readonly name: string;
  readonly side: 'tracker' | 'network';
  readonly stats: Stats | null;
  /** null = not known yet. */
  readonly once: CountedOnce | null;
}

/** The sum of trackers in one currency, each campaign counted once. Money in `currency`. */
export interface Total {
  readonly currency: string;
  readonly metrics: Metrics;
  /** The trackers that add to it, each with the number of campaigns that count on it. */
  readonly of: ReadonlyArray<{ readonly name: string; readonly campaigns: number }>;
  /** Number of trackers that have figures: campaigns that do not count on one count on another. */
  readonly known: number;
  /** Change in profit since this time yesterday, as a ratio; null = unknown. */
  readonly change: number | null;
  /** Profit by hour of the day, 0–23; null = unknown. */
  readonly hours: readonly (number | null)[] | null;
  /**
   * The trackers whose campaigns all count: the change and the hours, which nobody tells by campaign,
   * are theirs alone. null = they are of everything in the sum.
   */
  readonly trend: readonly string[] | null;
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
  const inOne = counted.map(({ name, stats, once }) => {
    const rate = rateBetween(rates, stats.currency, first);
    return rate
      ? {
          name,
          currency: first,
          stats: statsIn(stats, rate),
          once: onceIn(once, rate),
          rate,
          of: once,
        }
      : { name, currency: stats.currency, stats, once, rate, of: once };
  });
  return [...Map.groupBy(inOne, ({ currency }) => currency)].flatMap(([currency, all]): Total[] => {
    const metrics = all.flatMap(({ once }) => once.metrics ?? []);
    // All of its campaigns are in another currency's total.
    if (metrics.length === 0) return [];
    const whole = all.filter(({ once }) => once.whole);
    const stats = whole.map((one) => one.stats);
    return [
      {
        currency,
        metrics: sumMetrics(metrics),
        of: all.flatMap(({ name, once }) =>
          once.metrics ? [{ name, campaigns: once.campaigns }] : [],
        ),
        known: counted.length,
        change: changeOf(stats),
        hours: hoursOf(stats),
        trend: whole.length < metrics.length ? whole.map(({ name }) => name) : null,
        converted: all.flatMap(({ rate, of }) =>
          rate && of.metrics ? [{ profit: metricOf(of.metrics, 'profit'), rate }] : [],
        ),
      },
    ];
  });
}

const onceIn = (once: CountedOnce, rate: Rate): CountedOnce => ({
  ...once,
  metrics: once.metrics && inCurrency(once.metrics, rate),
});

function statsIn(stats: Stats, rate: Rate): Stats {
  const { now, before, nowUntilHour, hours } = stats;
  const one = (metrics: Metrics | null) => metrics && inCurrency(metrics, rate);
  return {
    ...stats,
    now: one(now),
    before: one(before),
    nowUntilHour: one(nowUntilHour),
    hours: hours?.map(one) ?? null,
  };
}

const MAX_CHANGE = 10;

/** Compares only the connections that have figures for both days. */
function changeOf(all: readonly Stats[]): number | null {
  const both = all.flatMap(({ now, nowUntilHour, before }) => {
    const current = nowUntilHour ?? now;
    return current && before ? [{ current, before }] : [];
  });
  if (both.length === 0) return null;
  const now = metricOf(sumMetrics(both.map(({ current }) => current)), 'profit');
  const before = metricOf(sumMetrics(both.map((one) => one.before)), 'profit');
  if (now === null || before === null || before === 0) return null;
  const change = (now - before) / Math.abs(before);
  // Relative to almost nothing, a percentage is meaningless.
  return Math.abs(change) <= MAX_CHANGE ? change : null;
}

function hoursOf(all: readonly Stats[]): (number | null)[] | null {
  const known = all.flatMap(({ hours }) => (hours ? [hours] : []));
  if (known.length === 0) return null;
  return Array.from({ length: 24 }, (_, hour) =>
    metricOf(sumMetrics(known.flatMap((hours) => hours[hour] ?? [])), 'profit'),
  );
}
