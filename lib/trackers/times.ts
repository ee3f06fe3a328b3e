import { type Range, wallTime } from '../report/range.ts';
import { z } from '../zod.ts';

const WALL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?$/;
const INSTANT =
  /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
/** Seconds of the years 2001 to 2286; more digits are milliseconds. */
const SECONDS = /^\d{9,10}(?:\.\d+)?$/;
const MILLISECONDS = /^\d{12,13}$/;
/** The year 0000, PHP's version of it, and Go's zero time. */
const NEVER = /^(?:0{4}-00-00|-0001-11-30|0001-01-01)/;

const phpDate = z.object({ date: z.string(), timezone: z.optional(z.string()) });

/**
 * Parses a time as trackers write it: local time in `zone` ("2018-10-22 09:13:07"),
 * RFC 3339 with its own offset, a PHP date object with its own zone, seconds or
 * milliseconds of the epoch. A local time that a clock change skips becomes the instant after the gap;
 * one that it repeats becomes the earlier instant.
 *
 * @param zone IANA zone of wall times without one
 * @returns epoch ms; null for "none" (null, "", the year 0000); undefined for an invalid time
 */
export function parseMoment(value: unknown, zone: string): number | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') {
    const php = phpDate.safeParse(value);
    return php.success ? parseMoment(php.data.date, php.data.timezone ?? zone) : undefined;
  }
  const text = String(value).trim();
  if (text === '' || text === '0' || NEVER.test(text)) return null;
  if (SECONDS.test(text)) return Math.round(Number(text) * 1000);
  if (MILLISECONDS.test(text)) return Number(text);
  try {
    if (INSTANT.test(text)) return Temporal.Instant.from(text.replace(' ', 'T')).epochMilliseconds;
    const wall = WALL.exec(text);
    if (!wall) return undefined;
    const moment = `${wall[1]}T${wall[2] ?? '00:00'}`;
    return Temporal.PlainDateTime.from(moment).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    // Well-formed, but not a date ("2026-02-31").
    return undefined;
  }
}

/**
 * The last second of a range's days in its zone, as wall time ("2026-08-01 23:59:59").
 * @param until the instant within the last day before which it ends instead, epoch ms
 */
export const lastSecond = ({ to, zone }: Range, until: number | undefined): string =>
  until === undefined ? `${to} 23:59:59` : wallTime(until - 1_000, zone);
