import {
  BASE_METRICS,
  type Metrics,
  metricsOf,
  partOf,
  sumMetrics,
  withMetric,
} from '../report/metrics.ts';
import type { Report } from '../report/question.ts';
import { addDays, type Day, daysIn, hourOf, instantsOf, type Range } from '../report/range.ts';
import { differentDays } from './comparable.ts';

/** How a report over time is grouped. Only with both can its figures be moved into another zone's days. */
export type TimeGrouping = readonly ['day'] | readonly ['hour'] | readonly ['day', 'hour'];

/** A day or an hour on a time axis. */
export interface Step {
  /** A day, `YYYY-MM-DD`, or an hour, `0` to `23`. */
  readonly name: string;
  /** First instant, and the first after it, epoch ms. */
  readonly start: number;
  readonly end: number;
}

/** The time axis of a chart: the days of a range, or the hours of a single day, in the range's zone. */
export interface TimeAxis {
  readonly by: 'day' | 'hour';
  readonly range: Range;
  readonly steps: readonly Step[];
}

/**
 * The axis of a range. An hour that the clocks skip is no step; one that they repeat is one step, as
 * trackers report it.
 */
export function axisOf({ from, to, zone }: Range): TimeAxis {
  const key = [from, to, zone].join();
  const made = AXES.get(key) ?? makeAxis({ from, to, zone });
  // The one used last is last.
  AXES.delete(key);
  AXES.set(key, made);
  const [oldest = key] = AXES.keys();
  if (AXES.size > AXES_KEPT) AXES.delete(oldest);
  return made;
}

/** Every figure over time asks for the same few, and an instant in a zone takes long to work out. */
const AXES = new Map<string, TimeAxis>();
const AXES_KEPT = 32;

function makeAxis(range: Range): TimeAxis {
  if (daysIn(range) > 1) {
    const days = Array.from({ length: daysIn(range) }, (_, at) => addDays(range.from, at));
    return { by: 'day', range, steps: days.map((day) => stepOf(day, dayIn(day, range.zone))) };
  }
  const steps = Array.from({ length: 24 }, (_, hour) =>
    stepOf(String(hour), hourIn(range.from, hour, range.zone)),
  );
  return { by: 'hour', range, steps: steps.filter(({ start, end }) => start < end) };
}

/**
 * How many steps of an axis have begun, and which of them is not over yet (null = none).
 *
 * @param now epoch ms
 */
export function progressOf(
  { steps }: TimeAxis,
  now: number,
): { begun: number; running: number | null } {
  const begun = steps.filter(({ start }) => start <= now).length;
  const last = steps[begun - 1];
  return { begun, running: last && now < last.end ? begun - 1 : null };
}

/**
 * A report's figures on an axis, one per step. null = unknown: a step of which an incomplete report has
 * no row, one that began after the report was fetched, one to come. A complete report without a row
 * says 0 in what the tracker counts. Where the report's zone cuts other days, each hour counts in the
 * step that it lies in; an hour that lies in two makes what it counts unknown in both. Unique clicks of
 * several hours cannot be added, so they are unknown.
 *
 * @param now epoch ms
 * @returns null when the report has days of another zone and no hours
 */
export function seriesOf(
  axis: TimeAxis,
  report: Report,
  groupBy: TimeGrouping,
  now: number,
): Array<Metrics | null> | null {
  const { range, steps } = axis;
  const movable = groupBy.length === 2;
  if (!movable && differentDays(report.zone, range.zone, range).length > 0) return null;
  const { parts, unplaced } = partsOf(report, groupBy, range.from);
  const whole = report.complete && !unplaced;
  const known = Math.min(now, report.fetchedAt);
  return steps.map((step) => {
    if (step.start > known) return null;
    const touching = parts.filter(({ start, end }) => start < step.end && step.start < end);
    const [only] = touching;
    if (!only) return whole ? nothing(report) : null;
    if (touching.length === 1 && only.start === step.start && only.end === step.end) {
      return only.metrics;
    }
    const inside = (part: Part) => step.start <= part.start && part.end <= step.end;
    const sum = sumMetrics(
      touching.map((part) => (inside(part) ? part.metrics : zerosOf(part.metrics))),
    );
    return withMetric(whole ? sum : partOf(sum), 'uniqueClicks', null);
  });
}

/**
 * A report by hour as the hours 0 to 23 of a range's days together. null = unknown: an hour of which
 * there is no row in a report that is incomplete or has a row of no hour; while the first day is not
 * over, an hour that began after the report or is still to come.
 *
 * @param now epoch ms
 * @returns null when the report has days of another zone
 */
export function hoursOfDay(
  report: Pick<Report, 'rows' | 'counted' | 'zone' | 'fetchedAt' | 'complete'>,
  range: Range,
  now: number,
): Array<Metrics | null> | null {
  if (differentDays(report.zone, range.zone, range).length > 0) return null;
  const { start, end } = instantsOf({ ...range, to: range.from });
  const known = Math.min(now, report.fetchedAt);
  // The first day has had every hour.
  const whole = known >= end;
  const begun = whole ? 24 : known < start ? 0 : hourOf(known, range.zone) + 1;
  const byHour = Map.groupBy(report.rows, ({ values: [value] }) => value?.id ?? '');
  const placed = [...byHour.keys()].every((hour) => HOUR.test(hour));
  return Array.from({ length: 24 }, (_, hour) => {
    if (hour >= begun) return null;
    const rows = byHour.get(String(hour));
    if (rows) return sumMetrics(rows.map(({ metrics }) => metrics));
    return report.complete && placed ? nothing(report) : null;
  });
}

/** What a report counted between two instants. */
interface Part extends Pick<Step, 'start' | 'end'> {
  readonly metrics: Metrics;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HOUR = /^(?:1?\d|2[0-3])$/;

/**
 * The rows of a report by their instants. `unplaced`: some have a day or an hour that is none, or that
 * the zone's clocks skip.
 */
function partsOf(
  { rows, zone }: Report,
  groupBy: TimeGrouping,
  first: Day,
): { parts: Part[]; unplaced: boolean } {
  const order: readonly string[] = groupBy;
  const [dayAt, hourAt] = [order.indexOf('day'), order.indexOf('hour')];
  const parts = rows.flatMap(({ values, metrics }): Part[] => {
    const day = dayAt < 0 ? first : (values[dayAt]?.id ?? '');
    const hour = hourAt < 0 ? null : (values[hourAt]?.id ?? '');
    if (!DAY.test(day) || (hour !== null && !HOUR.test(hour))) return [];
    const span = hour === null ? dayIn(day, zone) : hourIn(day, Number(hour), zone);
    return span.start < span.end ? [{ ...span, metrics }] : [];
  });
  return { parts, unplaced: parts.length < rows.length };
}

const stepOf = (name: string, span: { start: number; end: number }): Step => ({ name, ...span });

const dayIn = (day: Day, zone: string) => instantsOf({ from: day, to: day, zone });

/** The instants at which a zone's clocks show an hour of a day: none if they skip it, two hours if they repeat it. */
function hourIn(day: Day, hour: number, zone: string): { start: number; end: number } {
  const midnight = Temporal.PlainDate.from(day).toPlainDateTime();
  const [start, end] = [hour, hour + 1].map(
    (hours) =>
      // The first of two such times; the end of the gap for a time within it.
      midnight.add({ hours }).toZonedDateTime(zone).epochMilliseconds,
  );
  return { start: start ?? 0, end: end ?? 0 };
}

const nothing = ({ counted }: Pick<Report, 'counted'>): Metrics =>
  metricsOf(Object.fromEntries(counted.map((metric) => [metric, 0])));

/** Only what is 0: of anything more, one cannot tell how much lies in a part of the time. */
const zerosOf = (metrics: Metrics): Metrics =>
  metricsOf(
    Object.fromEntries(
      BASE_METRICS.filter(
        (metric) => metrics[metric] === 0 && !metrics.partial.includes(metric),
      ).map((metric) => [metric, 0]),
    ),
  );
