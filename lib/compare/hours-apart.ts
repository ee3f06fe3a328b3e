import {
  BASE_METRICS,
  type BaseMetric,
  type Metrics,
  metricsOf,
  sumMetrics,
} from '../report/metrics.ts';
import type { Report } from '../report/question.ts';
import { addDays, daysIn, instantsOf, type Range } from '../report/range.ts';
import { seriesOf, type TimeGrouping } from './series.ts';

/** Time that lies in one side's days and not in the other's, within one day of its own zone. */
export interface HoursApart {
  /** The day, in the side's zone. */
  readonly day: Range;
  /** First instant, and the first after it, epoch ms. */
  readonly start: number;
  readonly end: number;
}

/**
 * What of a range only one of two sides has, because their days begin at different instants. What has
 * not begun is in neither.
 *
 * @param own zone of the side's days
 * @param other zone of the other's
 * @param now epoch ms
 */
export function hoursApart(range: Range, own: string, other: string, now: number): HoursApart[] {
  const theirs = instantsOf({ ...range, zone: other });
  return Array.from({ length: daysIn(range) }, (_, at) => addDays(range.from, at)).flatMap(
    (name) => {
      const day = { from: name, to: name, zone: own };
      const { start, end } = instantsOf(day);
      return [
        { day, start, end: Math.min(end, theirs.start) },
        { day, start: Math.max(start, theirs.end), end },
      ].filter((part) => part.start < part.end && part.start <= now);
    },
  );
}

/** Does one of them begin or end within an hour of its zone, so that reports by hour cannot tell it? */
export const cutHours = (parts: readonly HoursApart[]): boolean =>
  parts.some(({ day: { zone }, start, end }) =>
    [start, end].some(
      (at) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).minute !== 0,
    ),
  );

/**
 * What a side counted in such hours; partial where one of them is cut. Unique clicks of several hours
 * cannot be added, so they are unknown.
 *
 * @param answers the side's report of each part's day by hour
 * @param now epoch ms
 * @returns null = one of the reports, or of its hours, is not known
 */
export function sumApart(
  parts: readonly HoursApart[],
  answers: ReadonlyArray<{
    readonly report: Report | null;
    readonly groupBy: TimeGrouping;
  } | null>,
  now: number,
): Metrics | null {
  if (parts.length === 0) return NOTHING;
  const sums = parts.map(({ day, start, end }, at) => {
    const { report = null, groupBy = ['hour'] } = answers[at] ?? {};
    const axis = { by: 'hour', range: day, steps: [{ name: '', start, end }] } as const;
    return report && seriesOf(axis, report, groupBy, now)?.[0];
  });
  const known = sums.flatMap((sum) => sum ?? []);
  return known.length === sums.length ? sumMetrics(known) : null;
}

const NOTHING = metricsOf(Object.fromEntries(BASE_METRICS.map((metric) => [metric, 0])));

/** Figures less those of some of their hours; unknown where either is unknown or partial. */
export function withoutHours(whole: Metrics, hours: Metrics): Metrics {
  const known = (of: Metrics, metric: BaseMetric) =>
    of.partial.includes(metric) ? null : of[metric];
  return metricsOf(
    Object.fromEntries(
      BASE_METRICS.map((metric) => {
        const [all, part] = [known(whole, metric), known(hours, metric)];
        return [metric, all === null || part === null ? null : all - part];
      }),
    ),
  );
}
