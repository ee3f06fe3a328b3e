import type { QueryValue } from '../../http/http.ts';
import {
  addDays,
  type Day,
  daysIn,
  instantsOf,
  offsetMinutes,
  type Range,
} from '../../report/range.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Whole days (`date=12`), or a part of a day to the minute (`date=10`). */
const WHOLE_DAYS = 12;
const CUSTOM_TIME = 10;

/** A span of time with one offset from UTC, as Binom is asked for it. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
  /** Minutes from UTC. */
  readonly offset: number;
  readonly query: ReadonlyArray<readonly [string, QueryValue]>;
}

/**
 * Offset in minutes of a day that has one from midnight to midnight; null for a
 * day on which the clocks change, even if they do so at midnight.
 */
export function offsetOf(day: Day, zone: string): number | null {
  const { start, end } = instantsOf({ from: day, to: day, zone });
  const offset = offsetMinutes(zone, start);
  return end - start === DAY_MS && offsetMinutes(zone, end - 1) === offset ? offset : null;
}

/**
 * The spans that make up a range. Binom takes one offset per request, so the
 * range is split where the clocks change, and a day of a change at the change itself.
 */
export function windowsOf(range: Range): Window[] {
  const windows: Window[] = [];
  const days = Array.from({ length: daysIn(range) }, (_, index) => addDays(range.from, index));
  let first: Day | null = null;
  for (const [index, day] of days.entries()) {
    const offset = offsetOf(day, range.zone);
    if (offset === null) {
      windows.push(...partsOf(day, range.zone));
      continue;
    }
    first ??= day;
    const next = days[index + 1];
    if (next !== undefined && offsetOf(next, range.zone) === offset) continue;
    windows.push(wholeDays(first, day, offset));
    first = null;
  }
  return windows;
}

/** "+3:00", "-5:00", "+5:30". */
function timezoneOf(offset: number): string {
  const minutes = Math.abs(offset);
  const rest = String(minutes % 60).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${Math.floor(minutes / 60)}:${rest}`;
}

const windowOf = (
  date: number,
  [start, end]: readonly [string, string],
  offset: number,
): Window => ({
  from: start.slice(0, 10),
  to: end.slice(0, 10),
  offset,
  query: [
    ['date', date],
    ['date_s', start],
    ['date_e', end],
    ['timezone', timezoneOf(offset)],
  ],
});

/** Whole days of this offset. */
export const wholeDays = (from: Day, to: Day, offset: number): Window =>
  windowOf(WHOLE_DAYS, [from, to], offset);

/** The parts of a day before and after its changes of the clocks. */
function partsOf(day: Day, zone: string): Window[] {
  const { start, end } = instantsOf({ from: day, to: day, zone });
  const edges = [start];
  for (;;) {
    const last = Temporal.Instant.fromEpochMilliseconds(edges.at(-1) ?? start);
    const next = last.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= end) break;
    edges.push(next.epochMilliseconds);
  }
  return edges.map((from, index) => {
    const until = edges[index + 1] ?? end;
    const offset = offsetMinutes(zone, from);
    return windowOf(CUSTOM_TIME, [wallAt(from, offset), wallAt(until - MINUTE_MS, offset)], offset);
  });
}

/** Wall time as the panel writes it: "2016-07-31 | 02:00". */
const wallAt = (instant: number, offset: number): string =>
  new Date(instant + offset * MINUTE_MS).toISOString().slice(0, 16).replace('T', ' | ');
