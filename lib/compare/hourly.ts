import type { MessageKey } from '../i18n.ts';
import type { Report } from '../report/question.ts';
import { clockChanges, instantsOf, isDay, offsetMinutes, type Range } from '../report/range.ts';
import type { Curve } from './curves.ts';
import type { Named } from './proposals.ts';

const HOUR_MS = 3_600_000;

/** Clicks by hour of a connection's campaigns. */
export interface Hourly {
  /** First covered hour and the first after, in hours since 1970. */
  readonly start: number;
  readonly end: number;
  readonly campaigns: ReadonlyArray<{
    readonly of: Named;
    /** By hour since 1970; a missing hour has no click. */
    readonly clicks: ReadonlyMap<number, number>;
  }>;
}

/**
 * Reads a report by campaign, day and hour.
 * @param range the days that were asked for
 * @returns the reason where the hours cannot be told
 */
export function hourlyOf(report: Report, range: Range): Hourly | MessageKey {
  const days = { ...range, zone: report.zone };
  const { start, end } = instantsOf(days);
  if (!report.complete || !report.counted.includes('clicks')) return 'links_incomplete';
  if (clockChanges(days).length > 0 || offsetMinutes(report.zone, start) % 60 !== 0) {
    return 'links_hours_apart';
  }
  const campaigns = new Map<string, { of: Named; clicks: Map<number, number> }>();
  const unknown = new Set<string>();
  for (const { values, metrics } of report.rows) {
    const [campaign, day, hour] = values;
    if (!campaign || !day || !hour) return 'links_incomplete';
    const at = Number.parseInt(hour.id, 10);
    if (!isDay(day.id) || !(at >= 0 && at < 24)) return 'links_incomplete';
    const { id } = campaign;
    if (metrics.clicks === null) unknown.add(id);
    const { clicks } = campaigns.get(id) ?? { clicks: new Map() };
    const first = instantsOf({ from: day.id, to: day.id, zone: report.zone }).start;
    const since = first / HOUR_MS + at;
    clicks.set(since, (clicks.get(since) ?? 0) + (metrics.clicks ?? 0));
    campaigns.set(id, { of: campaign, clicks });
  }
  return {
    start: start / HOUR_MS,
    end: end / HOUR_MS,
    campaigns: [...campaigns.values()].filter(({ of }) => !unknown.has(of.id)),
  };
}

/** The curves of two connections over the hours that both cover. */
export function sharedCurves(a: Hourly, b: Hourly): [Curve<Named>[], Curve<Named>[]] {
  const start = Math.max(a.start, b.start);
  const count = Math.max(0, Math.min(a.end, b.end) - start);
  const curvesOf = ({ campaigns }: Hourly): Curve<Named>[] =>
    campaigns.map(({ of, clicks }) => ({
      of,
      clicks: Array.from({ length: count }, (_, hour) => clicks.get(start + hour) ?? 0),
    }));
  return [curvesOf(a), curvesOf(b)];
}
