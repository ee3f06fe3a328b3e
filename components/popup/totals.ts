import type { Stats } from '../../lib/contract/figures.ts';
import { type Metrics, metricOf, sumMetrics } from '../../lib/report/metrics.ts';

/** The sum of all connections in one currency. Money in `currency`. */
export interface Total {
  readonly currency: string;
  /** Number of connections in the sum. */
  readonly count: number;
  readonly metrics: Metrics;
  /** Change in profit since this time yesterday, as a ratio; null = unknown. */
  readonly change: number | null;
  /** Profit by hour of the day, 0–23; null = unknown. */
  readonly hours: readonly (number | null)[] | null;
}

/**
 * Totals by currency, never across. Networks are left out: their payouts are
 * already in the trackers' revenue.
 */
export function totalsOf(
  sides: ReadonlyArray<{ readonly side: 'tracker' | 'network'; readonly stats: Stats | null }>,
): Total[] {
  const byCurrency = new Map<string, Stats[]>();
  for (const { side, stats } of sides) {
    if (side !== 'tracker' || !stats?.now) continue;
    byCurrency.set(stats.currency, [...(byCurrency.get(stats.currency) ?? []), stats]);
  }
  return [...byCurrency].map(([currency, all]) => ({
    currency,
    count: all.length,
    metrics: sumMetrics(all.flatMap(({ now }) => (now ? [now] : []))),
    change: changeOf(all),
    hours: hoursOf(all),
  }));
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
