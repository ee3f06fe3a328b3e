import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  clockChanges,
  dayOf,
  daysIn,
  hourOf,
  instantsOf,
  instantWithin,
  isDay,
  isZone,
  offsetMinutes,
  presetOf,
  presetRange,
  rangeBefore,
  seenRange,
  splitRange,
  wallTime,
} from '../../../lib/report/range.ts';

const DAY_MS = 86_400_000;
const utc = (from: string, to = from) => ({ from, to, zone: 'UTC' });
const days = fc
  .integer({ min: Date.UTC(1990, 0) / DAY_MS, max: Date.UTC(2090, 0) / DAY_MS })
  .map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));

describe('the day and the hour of an instant', () => {
  test.each([
    // 23:30 in London is the next day in Madrid and still the afternoon in New York.
    ['2026-02-28T23:30:00Z', 'Europe/London', '2026-02-28', 23],
    ['2026-02-28T23:30:00Z', 'Europe/Madrid', '2026-03-01', 0],
    ['2026-02-28T23:30:00Z', 'America/New_York', '2026-02-28', 18],
    ['2024-02-29T12:00:00Z', 'Pacific/Kiritimati', '2024-03-01', 2],
    ['2026-08-01T00:00:00Z', 'Asia/Kathmandu', '2026-08-01', 5],
    ['1969-12-31T23:59:59Z', 'UTC', '1969-12-31', 23],
  ])('%s in %s is %s, %i h', (instant, zone, day, hour) => {
    expect(dayOf(Date.parse(instant), zone)).toBe(day);
    expect(hourOf(Date.parse(instant), zone)).toBe(hour);
  });
});

describe('days', () => {
  test('as many days before a range as it has end where it begins', () => {
    expect(rangeBefore(utc('2026-03-01', '2026-03-07'))).toEqual(utc('2026-02-22', '2026-02-28'));
    fc.assert(
      fc.property(days, fc.nat(60), (from, more) => {
        const range = utc(from, addDays(from, more));
        const before = rangeBefore(range);
        expect(daysIn(before)).toBe(daysIn(range));
        expect(addDays(before.to, 1)).toBe(range.from);
      }),
    );
  });

  test.each([
    ['2026-02-28', true],
    ['2024-02-29', true],
    // A `Date` would take it for the second of March.
    ['2026-02-30', false],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['20260228', false],
    ['on 2026-02-28', false],
    ['2026-02-28T00:00', false],
    ['Unknown', false],
    ['', false],
  ])('"%s" is one: %s', (text, is) => {
    expect(isDay(text)).toBe(is);
  });

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-08-15', 0, '2026-08-15'],
  ])('%s and %i days is %s', (day, more, other) => {
    expect(addDays(day, more)).toBe(other);
  });

  test('are added and counted as UTC counts them, in which all are equally long', () => {
    fc.assert(
      fc.property(days, fc.nat(2000), (from, more) => {
        const to = addDays(from, more);
        expect((Date.parse(to) - Date.parse(from)) / DAY_MS).toBe(more);
        expect(daysIn(utc(from, to))).toBe(more + 1);
        expect(addDays(to, -more)).toBe(from);
      }),
    );
  });
});

describe('a preset', () => {
  test.each([
    ['today', '2026-03-01', '2026-03-01', 1],
    ['yesterday', '2026-02-28', '2026-02-28', 1],
    ['last7', '2026-02-23', '2026-03-01', 7],
    ['last14', '2026-02-16', '2026-03-01', 14],
    ['last30', '2026-01-31', '2026-03-01', 30],
    ['thisMonth', '2026-03-01', '2026-03-01', 1],
  ] as const)('%s', (preset, from, to, count) => {
    const range = presetRange(preset, Date.parse('2026-02-28T23:30:00Z'), 'Europe/Madrid');
    expect(range).toEqual({ from, to, zone: 'Europe/Madrid' });
    expect(daysIn(range)).toBe(count);
  });

  test('thisMonth starts on the first, whatever the day', () => {
    const at = Date.parse('2026-12-31T12:00:00Z');
    expect(presetRange('thisMonth', at, 'UTC')).toEqual(utc('2026-12-01', '2026-12-31'));
  });

  test.each([
    ['2026-12-31', '2026-12-31', 'today'],
    ['2026-12-30', '2026-12-30', 'yesterday'],
    ['2026-12-01', '2026-12-31', 'thisMonth'],
    ['2026-12-01', '2026-12-30', undefined],
  ])('%s to %s is found as %s', (from, to, preset) => {
    expect(presetOf(utc(from, to), Date.parse('2026-12-31T12:00:00Z'))).toBe(preset);
  });
});

describe('the instants of a range', () => {
  test.each([
    ['an ordinary day', 'Europe/Madrid', '2026-08-01T00:00:00+02:00', 24],
    ['clocks put forward', 'Europe/Madrid', '2026-03-29T00:00:00+01:00', 23],
    ['clocks put back', 'Europe/Madrid', '2026-10-25T00:00:00+02:00', 25],
    [
      'clocks put forward by half an hour',
      'Australia/Lord_Howe',
      '2026-10-04T00:00:00+10:30',
      23.5,
    ],
    // The clocks went from 24:00 to 01:00.
    ['a day without a midnight', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00', 23],
  ])('%s', (_, zone, start, hours) => {
    const day = start.slice(0, 10);
    const instants = instantsOf({ from: day, to: day, zone });
    expect(instants.start).toBe(Date.parse(start));
    expect(instants.end - instants.start).toBe(hours * 3_600_000);
  });

  test('reach from the first moment of its days to the last, and no further', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kolkata');
    fc.assert(
      fc.property(days, fc.nat(60), zones, (from, more, zone) => {
        const to = addDays(from, more);
        const { start, end } = instantsOf({ from, to, zone });
        expect([dayOf(start, zone), dayOf(end - 1, zone)]).toEqual([from, to]);
        expect(dayOf(start - 1, zone) < from).toBe(true);
        expect(dayOf(end, zone) > to).toBe(true);
      }),
    );
  });
});

describe('a zone', () => {
  test.each([
    ['UTC', '2026-08-01', 0],
    ['Europe/Madrid', '2026-08-01', 120],
    ['Europe/Madrid', '2026-01-01', 60],
    ['America/New_York', '2026-08-01', -240],
    ['America/St_Johns', '2026-01-01', -210],
    ['Asia/Kathmandu', '2026-01-01', 345],
  ])('%s on %s is %i minutes from UTC', (zone, day, minutes) => {
    expect(offsetMinutes(zone, Date.parse(`${day}T12:00:00Z`))).toBe(minutes);
  });

  test.each([
    ['UTC', true],
    ['Europe/Madrid', true],
    ['America/Argentina/Buenos_Aires', true],
    ['', false],
    ['Madrid', false],
    ['Europe/Atlantis', false],
    ['GMT plus two', false],
  ])('"%s" is one: %s', (zone, known) => {
    expect(isZone(zone)).toBe(known);
  });
});

// tz database: Spain changes at 02:00 and 03:00, Cuba at midnight and at 01:00, Lord Howe by half an
// hour; India does not change.
describe('the clock changes of', () => {
  test.each<[string, string, string, Array<[string, number, boolean]>]>([
    ['2026-03-29', '2026-03-29', 'Europe/Madrid', [['2026-03-29', 23, false]]],
    ['2026-10-01', '2026-10-31', 'Europe/Madrid', [['2026-10-25', 25, false]]],
    [
      '2026-01-01',
      '2027-12-31',
      'Europe/Madrid',
      [
        ['2026-03-29', 23, false],
        ['2026-10-25', 25, false],
        ['2027-03-28', 23, false],
        ['2027-10-31', 25, false],
      ],
    ],
    ['2026-03-30', '2026-10-24', 'Europe/Madrid', []],
    ['2026-10-04', '2026-10-04', 'Australia/Lord_Howe', [['2026-10-04', 23.5, false]]],
    ['2026-03-08', '2026-03-09', 'America/Havana', [['2026-03-08', 23, true]]],
    ['2026-03-06', '2026-03-07', 'America/Havana', [['2026-03-08', 23, true]]],
    ['2026-03-06', '2026-03-06', 'America/Havana', []],
    ['2026-03-09', '2026-03-09', 'America/Havana', []],
    ['2026-11-01', '2026-11-01', 'America/Havana', [['2026-11-01', 25, false]]],
    ['2026-01-01', '2026-12-31', 'Asia/Kolkata', []],
    ['2026-01-01', '2026-12-31', 'UTC', []],
  ])('%s to %s in %s', (from, to, zone, changes) => {
    expect(clockChanges({ from, to, zone })).toEqual(
      changes.map(([day, hours, atMidnight]) => ({ day, hours, atMidnight })),
    );
  });
});

test.each([
  ['2026-08-01', '2026-08-01', 7, [['2026-08-01', '2026-08-01']]],
  ['2026-08-01', '2026-08-07', 7, [['2026-08-01', '2026-08-07']]],
  [
    '2026-02-25',
    '2026-03-12',
    7,
    [
      ['2026-02-25', '2026-03-03'],
      ['2026-03-04', '2026-03-10'],
      ['2026-03-11', '2026-03-12'],
    ],
  ],
])('%s to %s in parts of %i days', (from, to, days, parts) => {
  const zone = 'Europe/Madrid';
  expect(splitRange({ from, to, zone }, days)).toEqual(
    parts.map(([first, last]) => ({ from: first, to: last, zone })),
  );
});

describe('the instant within a range that is not over', () => {
  const madrid = (from: string, to = from) => ({ from, to, zone: 'Europe/Madrid' });
  test.each([
    ['2026-08-01T10:20:30.900Z', madrid('2026-08-01'), '2026-08-01T10:20:30Z'],
    ['2026-08-01T10:20:30Z', madrid('2026-07-30', '2026-08-04'), '2026-08-01T10:20:30Z'],
    ['2026-08-01T22:00:00Z', madrid('2026-08-01'), null],
    ['2026-08-01T21:59:59Z', madrid('2026-08-01'), '2026-08-01T21:59:59Z'],
    ['2026-07-31T22:00:00.999Z', madrid('2026-08-01'), null],
    ['2026-07-31T22:00:01Z', madrid('2026-08-01'), '2026-07-31T22:00:01Z'],
    // 02:00 to 02:59:59 come twice on that day. The last second before the instant must not.
    ['2026-10-25T00:00:00Z', madrid('2026-10-25'), '2026-10-25T00:00:00Z'],
    ['2026-10-25T00:00:01Z', madrid('2026-10-25'), null],
    ['2026-10-25T00:30:00Z', madrid('2026-10-25'), null],
    ['2026-10-25T01:30:00Z', madrid('2026-10-25'), null],
    ['2026-10-25T02:00:00Z', madrid('2026-10-25'), null],
    ['2026-10-25T02:00:01Z', madrid('2026-10-25'), '2026-10-25T02:00:01Z'],
  ])('%s in %j: %s', (now, range, at) => {
    expect(instantWithin(range, Date.parse(now))).toBe(at && Date.parse(at));
  });

  test('on its clocks', () => {
    const at = (instant: string) => wallTime(Date.parse(instant), 'Asia/Kolkata');
    expect(at('2026-08-01T10:20:00Z')).toBe('2026-08-01 15:50:00');
    expect(at('2026-08-01T10:20:30.900Z')).toBe('2026-08-01 15:50:30');
  });
});

test('the days that a page shows are those of its tracker’s clocks; none are today', () => {
  // Already tomorrow in Auckland.
  const [now, zone] = [Date.parse('2026-08-02T13:00:00Z'), 'Pacific/Auckland'];
  expect(seenRange(null, now, zone)).toEqual({ from: '2026-08-03', to: '2026-08-03', zone });
  const yesterday = { from: '2026-08-02', to: '2026-08-02', zone };
  expect(seenRange({ preset: 'yesterday' }, now, zone)).toEqual(yesterday);
  const days = { from: '2026-07-01', to: '2026-07-04' };
  expect(seenRange(days, now, zone)).toEqual({ ...days, zone });
});
