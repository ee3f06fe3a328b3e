import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMoment } from '../../../lib/trackers/times.ts';

/** Whole hours, halves, quarters, both hemispheres, a half-hour summer time, and none. */
const ZONES = [
  'UTC',
  'Europe/Madrid',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
] as const;
const zone = fc.constantFrom(...ZONES);
/** Epoch seconds from September 2001, since when there are ten digits, to the end of 2099. */
const seconds = fc.integer({ min: 1_000_000_000, max: 4_102_444_799 });

const HOUR = 3_600_000;

/** The wall time of an instant, by another way than the one that is tested. */
function wallOf(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(instant);
}

/** Offset of a zone at an instant as RFC 3339 writes it. */
function offsetOf(instant: number, timeZone: string): string {
  const minutes =
    (Date.parse(`${wallOf(instant, timeZone)}Z`) - Math.floor(instant / 1000) * 1000) / 60_000;
  const two = (part: number) => String(Math.trunc(part)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

describe('what is written is read again', () => {
  test('with an offset of its own, whatever the zone', () => {
    fc.assert(
      fc.property(
        seconds,
        fc.integer({ min: 0, max: 999 }),
        zone,
        zone,
        (second, ms, own, other) => {
          const instant = second * 1000 + ms;
          const offset = offsetOf(instant, own);
          const digits = String(ms).padStart(3, '0');
          const wall = `${wallOf(instant, own)}.${digits}`;
          for (const written of [
            `${wall}${offset}`,
            `${wall}000${offset}`,
            `${wall.replace(' ', 'T')}${offset.replace(':', '')}`,
            new Date(instant).toISOString(),
            new Date(instant).toISOString().replace('T', ' ').toLowerCase(),
          ]) {
            expect(parseMoment(written, other), written).toBe(instant);
          }
        },
      ),
    );
  });

  test('as seconds and milliseconds of the epoch, numbers or text', () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999 }), zone, (second, ms, own) => {
        expect(parseMoment(second, own)).toBe(second * 1000);
        expect(parseMoment(String(second), own)).toBe(second * 1000);
        expect(parseMoment(`${second}.${String(ms).padStart(3, '0')}`, own)).toBe(
          second * 1000 + ms,
        );
        expect(parseMoment(second * 1000 + ms, own)).toBe(second * 1000 + ms);
        expect(parseMoment(` ${second * 1000 + ms} `, own)).toBe(second * 1000 + ms);
      }),
    );
  });

  test('as a wall time: the same time on the wall, the earlier one where there are two', () => {
    fc.assert(
      fc.property(seconds, zone, zone, (second, own, other) => {
        const wall = wallOf(second * 1000, own);
        for (const [written, asked] of [
          [wall, own],
          [wall.replace(' ', 'T'), own],
          [`${wall}.000000`, own],
          [{ date: `${wall}.000000`, timezone_type: 3, timezone: own }, other],
          [{ date: wall }, own],
        ] as const) {
          const read = parseMoment(written, asked) ?? Number.NaN;
          expect(wallOf(read, own)).toBe(wall);
          expect([0, HOUR / 2, HOUR]).toContain(second * 1000 - read);
        }
      }),
    );
  });

  test('as a day: its midnight, or the first moment of it', () => {
    fc.assert(
      fc.property(seconds, zone, (second, own) => {
        const day = wallOf(second * 1000, own).slice(0, 10);
        const read = parseMoment(day, own) ?? Number.NaN;
        expect(wallOf(read, own).slice(0, 10)).toBe(day);
        // The minute before is of the day before.
        expect(wallOf(read - 60_000, own).slice(0, 10)).not.toBe(day);
      }),
    );
  });
});

describe('clocks that change', () => {
  test.each([
    ['2026-03-29 01:59:59', 'Europe/Madrid', '2026-03-29T00:59:59Z'],
    // 02:30 was not: it is taken as half an hour after the clocks went on.
    ['2026-03-29 02:30:00', 'Europe/Madrid', '2026-03-29T01:30:00Z'],
    ['2026-03-29 03:00:00', 'Europe/Madrid', '2026-03-29T01:00:00Z'],
    // 02:30 was twice.
    ['2026-10-25 02:30:00', 'Europe/Madrid', '2026-10-25T00:30:00Z'],
    ['2026-10-25 02:30:00+01:00', 'Europe/Madrid', '2026-10-25T01:30:00Z'],
    ['2026-10-25 03:00:00', 'Europe/Madrid', '2026-10-25T02:00:00Z'],
    // Half an hour only.
    ['2026-10-04 02:15:00', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    // The day begins at one o'clock.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    // A day that was left out on an island.
    ['2011-12-30 12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00Z'],
  ])('%s in %s', (written, own, instant) => {
    expect(parseMoment(written, own)).toBe(Date.parse(instant));
  });
});

test.each([
  [null],
  [undefined],
  [''],
  ['  '],
  [0],
  ['0'],
  ['0000-00-00'],
  ['0001-01-01T00:00:00Z'],
  ['0000-00-00 00:00:00'],
  [{ date: '0000-00-00 00:00:00.000000', timezone_type: 3, timezone: 'UTC' }],
  // What PHP makes of a year of noughts.
  ['-0001-11-30 00:00:00'],
  [{ date: '-0001-11-30 00:00:00.000000', timezone_type: 3, timezone: 'UTC' }],
])('%j is none', (written) => {
  expect(parseMoment(written, 'Europe/Madrid')).toBeNull();
});

test.each([
  ['soon'],
  ['2026-02-30'],
  ['2026-13-01'],
  ['2026-08-01 24:30:00'],
  ['2026-08-01 10:60:00'],
  ['2026-08-01T10:00:00+99:00'],
  ['2026-8-1'],
  ['01.08.2026'],
  ['08/01/2026'],
  ['2026-08-01 10 o’clock'],
  ['Sat, 01 Aug 2026 10:00:00 GMT'],
  ['-1'],
  [-1_785_600_000],
  [12_345_678],
  ['1e12'],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [true],
  [[]],
  [['2026-08-01']],
  [{}],
  [{ date: 5 }],
  [{ date: '2026-08-01', timezone: 'Moon/Base' }],
  [new Date(0)],
])('%j is no moment', (written) => {
  expect(parseMoment(written, 'Europe/Madrid')).toBeUndefined();
});

test('a zone that nobody knows makes no moment of a wall time, and leaves the others', () => {
  expect(parseMoment('2026-08-01 10:00:00', 'Moon/Base')).toBeUndefined();
  expect(parseMoment('2026-08-01T10:00:00Z', 'Moon/Base')).toBe(Date.parse('2026-08-01T10:00:00Z'));
});

test('whatever comes: a whole number of milliseconds, none, or no moment', () => {
  const near = fc.stringMatching(
    /^-?\d{0,4}-?\d{0,2}-?\d{0,2}[ T]?\d{0,2}:?\d{0,2}:?\d{0,2}[.Zz+-]?\d{0,9}$/,
  );
  const dated = fc.record({
    date: fc.oneof(near, fc.anything()),
    timezone: fc.oneof(zone, fc.anything()),
  });
  fc.assert(
    fc.property(
      fc.oneof(near, dated, fc.double(), fc.bigInt(), fc.anything()),
      zone,
      (written, own) => {
        const read = parseMoment(written, own);
        expect(read === null || read === undefined || Number.isSafeInteger(read)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});
