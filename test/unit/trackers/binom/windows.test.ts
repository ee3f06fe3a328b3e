import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, instantsOf } from '../../../../lib/report/range.ts';
import { offsetOf, windowsOf } from '../../../../lib/trackers/binom/windows.ts';

const written = (zone: string, from: string, to: string) =>
  windowsOf({ from, to, zone }).map(({ query }) => query.map(([, value]) => value).join(' '));

test.each([
  ['Europe/Madrid', '2026-08-01', '2026-08-02', ['12 2026-08-01 2026-08-02 +2:00']],
  ['UTC', '2026-08-01', '2026-08-01', ['12 2026-08-01 2026-08-01 +0:00']],
  ['America/New_York', '2026-12-01', '2026-12-01', ['12 2026-12-01 2026-12-01 -5:00']],
  ['Asia/Kolkata', '2026-08-01', '2026-08-01', ['12 2026-08-01 2026-08-01 +5:30']],
  ['America/St_Johns', '2026-12-01', '2026-12-01', ['12 2026-12-01 2026-12-01 -3:30']],
  [
    'Europe/Madrid',
    '2026-10-24',
    '2026-10-27',
    [
      '12 2026-10-24 2026-10-24 +2:00',
      '10 2026-10-25 | 00:00 2026-10-25 | 02:59 +2:00',
      '10 2026-10-25 | 02:00 2026-10-25 | 23:59 +1:00',
      '12 2026-10-26 2026-10-27 +1:00',
    ],
  ],
  [
    'Europe/Madrid',
    '2026-03-29',
    '2026-03-29',
    [
      '10 2026-03-29 | 00:00 2026-03-29 | 01:59 +1:00',
      '10 2026-03-29 | 03:00 2026-03-29 | 23:59 +2:00',
    ],
  ],
  // The clocks go forward at midnight: the day begins at one.
  [
    'Africa/Cairo',
    '2026-04-24',
    '2026-04-25',
    ['10 2026-04-24 | 01:00 2026-04-24 | 23:59 +3:00', '12 2026-04-25 2026-04-25 +3:00'],
  ],
])('%s, %s to %s', (zone, from, to, windows) => {
  expect(written(zone, from, to)).toEqual(windows);
});

test.each([
  ['Africa/Cairo', '2026-04-23', 120],
  ['Africa/Cairo', '2026-04-24', null],
  ['Africa/Cairo', '2026-04-25', 180],
  ['America/Havana', '2026-03-08', null],
  ['America/Havana', '2026-11-01', null],
  ['Asia/Beirut', '2026-03-29', null],
])('%s on %s has the offset %s', (zone, day, offset) => {
  expect(offsetOf(day, zone)).toBe(offset);
});

/** First and last instant of what a request asks for, by its own words. */
function spanOf(query: ReadonlyArray<readonly [string, unknown]>): [start: number, end: number] {
  const { date, date_s, date_e, timezone } = Object.fromEntries(query) as Record<string, string>;
  const [, sign, hours, minutes] = /^([+-])(\d+):(\d\d)$/.exec(timezone ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  const at = (wall: string | undefined, time: string) =>
    Date.parse(`${(wall ?? '').replace(' | ', 'T').slice(0, 16).padEnd(16, time)}Z`) - offset;
  const whole = Number(date) === 12;
  return whole
    ? [at(date_s, 'T00:00'), at(date_e, 'T23:59') + 60_000]
    : [at(date_s, ''), at(date_e, '') + 60_000];
}

test('the spans are the range, without a gap and without an overlap', () => {
  const zones = [
    ...['Europe/Madrid', 'America/New_York', 'Africa/Cairo', 'America/Havana', 'Asia/Beirut'],
    ...['Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns', 'UTC', 'Pacific/Apia'],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 3 * 365 }),
      fc.integer({ min: 0, max: 60 }),
      (zone, first, more) => {
        const from = addDays('2024-01-01', first);
        const range = { from, to: addDays(from, more), zone };
        const spans = windowsOf(range).map(({ query }) => spanOf(query));
        const { start, end } = instantsOf(range);
        expect(spans[0]?.[0]).toBe(start);
        expect(spans.at(-1)?.[1]).toBe(end);
        for (const [index, [, until]] of spans.slice(0, -1).entries()) {
          expect(spans[index + 1]?.[0]).toBe(until);
        }
      },
    ),
  );
});
