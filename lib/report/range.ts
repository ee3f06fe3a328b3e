/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** Days from first to last, both inclusive, in an IANA zone. */
export interface Range {
  readonly from: Day;
  readonly to: Day;
  readonly zone: string;
}

export const PRESETS = ['today', 'yesterday', 'last7', 'last14', 'last30', 'thisMonth'] as const;
export type Preset = (typeof PRESETS)[number];

/** Is a text a calendar day? */
export function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** The day that an instant (epoch ms) falls on in a zone. */
export function dayOf(instant: number, zone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** The hour 0–23 that an instant (epoch ms) falls in, in a zone. */
export function hourOf(instant: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).hour;
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Number of days in a range, at least 1. */
export function daysIn(range: Range): number {
  return Temporal.PlainDate.from(range.from).until(range.to).days + 1;
}

/** As many days as a range has, before it. */
export function rangeBefore(range: Range): Range {
  return { ...range, from: addDays(range.from, -daysIn(range)), to: addDays(range.from, -1) };
}

/** A range in consecutive parts of at most so many days, the earliest first. */
export function splitRange(range: Range, days: number): Range[] {
  const parts: Range[] = [];
  for (let from = range.from; from <= range.to; from = addDays(from, days)) {
    const last = addDays(from, days - 1);
    parts.push({ ...range, from, to: last < range.to ? last : range.to });
  }
  return parts;
}

/** The range of a preset at an instant (epoch ms) in a zone. */
export function presetRange(preset: Preset, now: number, zone: string): Range {
  const today = dayOf(now, zone);
  switch (preset) {
    case 'today':
      return { from: today, to: today, zone };
    case 'yesterday': {
      const day = addDays(today, -1);
      return { from: day, to: day, zone };
    }
    case 'last7':
      return { from: addDays(today, -6), to: today, zone };
    case 'last14':
      return { from: addDays(today, -13), to: today, zone };
    case 'last30':
      return { from: addDays(today, -29), to: today, zone };
    case 'thisMonth':
      return { from: `${today.slice(0, 8)}01`, to: today, zone };
  }
}

/** The days that a page shows: a preset, or days in the page's own zone. */
export type SeenRange = { readonly preset: Preset } | Omit<Range, 'zone'>;

/** The days that a page shows, in its tracker's zone; today if it shows none. */
export function seenRange(seen: SeenRange | null, now: number, zone: string): Range {
  if (seen === null) return presetRange('today', now, zone);
  if ('preset' in seen) return presetRange(seen.preset, now, zone);
  return { from: seen.from, to: seen.to, zone };
}

/** The preset that means a range now (epoch ms), if there is one. */
export const presetOf = ({ from, to, zone }: Range, now: number): Preset | undefined =>
  PRESETS.find((preset) => {
    const range = presetRange(preset, now, zone);
    return range.from === from && range.to === to;
  });

/** First instant of a range and first instant after it, epoch ms. */
export function instantsOf(range: Range): { start: number; end: number } {
  const start = Temporal.PlainDate.from(range.from).toZonedDateTime(range.zone);
  const end = Temporal.PlainDate.from(range.to).add({ days: 1 }).toZonedDateTime(range.zone);
  return { start: start.epochMilliseconds, end: end.epochMilliseconds };
}

/** An instant (epoch ms) on a zone's clocks: "2026-08-01 23:59:59". */
export function wallTime(at: number, zone: string): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const time = moment.toPlainTime().toString({ smallestUnit: 'second' });
  return `${moment.toPlainDate()} ${time}`;
}

/**
 * The instant within a range that is not over, to the whole second, which its zone's clocks show
 * once only; null = there is none.
 */
export function instantWithin(range: Range, now: number): number | null {
  const at = Math.floor(now / 1_000) * 1_000;
  const { start, end } = instantsOf(range);
  if (at <= start || at >= end) return null;
  const last = at - 1_000;
  const wall = Temporal.PlainDateTime.from(wallTime(last, range.zone).replace(' ', 'T'));
  const ways = (['earlier', 'later'] as const).map(
    (disambiguation) => wall.toZonedDateTime(range.zone, { disambiguation }).epochMilliseconds,
  );
  return ways.every((way) => way === last) ? at : null;
}

/** Offset of a zone from UTC in minutes at an instant (epoch ms). */
export function offsetMinutes(zone: string, instant: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return zoned.offsetNanoseconds / 60_000_000_000;
}

/** A day on which a zone's clocks change. */
export interface ClockChange {
  readonly day: Day;
  /** Length of the day in hours: 23 or 25 in most zones. */
  readonly hours: number;
  /** Does the change fall on the midnight that begins the day, so that the day itself has one offset? */
  readonly atMidnight: boolean;
}

/** The clock changes within a range, with those at its first and last midnight. */
export function clockChanges(range: Range): ClockChange[] {
  const { start, end } = instantsOf(range);
  const changes: ClockChange[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(start - 1).toZonedDateTimeISO(range.zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > end) return changes;
    const day = next.toPlainDate().toString();
    const within = instantsOf({ from: day, to: day, zone: range.zone });
    changes.push({
      day,
      hours: next.hoursInDay,
      atMidnight: next.epochMilliseconds === within.start,
    });
    at = next;
  }
}

/** Does this browser know the zone? */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
