import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneOffsetRuns } from '../../../lib/costs/clock-split.ts';
import {
  addDays,
  daysIn,
  instantsOf,
  offsetMinutes,
  type Range,
} from '../../../lib/report/range.ts';

test.each([
  // tz database: Spain changes within a day, Cuba goes forward at midnight and back within a day.
  [
    '2026-10-20',
    '2026-10-30',
    'Europe/Madrid',
    ['2026-10-20..2026-10-24', '2026-10-26..2026-10-30'],
  ],
  ['2026-03-29', '2026-03-29', 'Europe/Madrid', []],
  ['2026-03-29', '2026-03-30', 'Europe/Madrid', ['2026-03-30..2026-03-30']],
  ['2026-08-01', '2026-08-31', 'Europe/Madrid', ['2026-08-01..2026-08-31']],
  [
    '2026-03-07',
    '2026-03-09',
    'America/Havana',
    ['2026-03-07..2026-03-07', '2026-03-08..2026-03-09'],
  ],
  ['2026-03-08', '2026-03-09', 'America/Havana', ['2026-03-08..2026-03-09']],
  ['2026-03-06', '2026-03-07', 'America/Havana', ['2026-03-06..2026-03-07']],
])('%s to %s in %s', (from, to, zone, expected) => {
  const runs = oneOffsetRuns({ from, to, zone });
  expect(runs.map((run) => `${run.from}..${run.to}`)).toEqual(expected);
});

test('every day of a run has the same offset at both its ends, and every such day is in a run', () => {
  const zones = fc.constantFrom(
    'Europe/Madrid',
    'America/Havana',
    'America/Santiago',
    'Asia/Beirut',
  );
  fc.assert(
    fc.property(
      zones,
      fc.integer({ min: 0, max: 800 }),
      fc.integer({ min: 0, max: 400 }),
      (zone, first, length) => {
        const from = addDays('2025-01-01', first);
        const range = { from, to: addDays(from, length), zone };
        const offsetsOf = (day: string) => {
          const { start, end } = instantsOf({ from: day, to: day, zone });
          return [offsetMinutes(zone, start), offsetMinutes(zone, end - 1)];
        };
        const daysOf = (of: Range) =>
          Array.from({ length: daysIn(of) }, (_, index) => addDays(of.from, index));
        const runs = oneOffsetRuns(range);
        for (const run of runs) {
          expect(new Set(daysOf(run).flatMap(offsetsOf)).size).toBe(1);
        }
        const whole = daysOf(range).filter((day) => new Set(offsetsOf(day)).size === 1);
        expect(runs.flatMap(daysOf)).toEqual(whole);
      },
    ),
    { numRuns: 60 },
  );
});
