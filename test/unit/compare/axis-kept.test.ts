import { expect, test } from 'vitest';
import { axisOf } from '../../../lib/compare/series.ts';

const day = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
const HOUR = 3_600_000;

test('an axis is made once, and never mistaken for one of other days or another zone', () => {
  const offsets = { UTC: 0, 'Europe/Madrid': 1, 'America/New_York': -5 };
  const all = [0, 1].flatMap((at) =>
    Object.entries(offsets).flatMap(([zone, offset]) =>
      [0, 6].map((more) => ({
        range: { from: day(at), to: day(at + more), zone },
        start: Date.UTC(2026, 0, 1 + at) - offset * HOUR,
      })),
    ),
  );
  const first = all.map(({ range }) => axisOf({ ...range }));
  for (const [at, { range, start }] of all.entries()) {
    expect(first[at]?.range).toEqual(range);
    expect(first[at]?.steps).toHaveLength(range.from === range.to ? 24 : 7);
    expect(first[at]?.steps[0]?.start).toBe(start);
    expect(axisOf({ ...range })).toBe(first[at]);
  }
});

test('axes that nobody has asked for in a while are given up', () => {
  const often = axisOf({ from: day(0), to: day(0), zone: 'UTC' });
  const once = axisOf({ from: day(1), to: day(1), zone: 'UTC' });
  for (let at = 2; at < 100; at += 1) {
    axisOf({ from: day(at), to: day(at), zone: 'UTC' });
    expect(axisOf({ from: day(0), to: day(0), zone: 'UTC' })).toBe(often);
  }
  const again = axisOf({ from: day(1), to: day(1), zone: 'UTC' });
  expect(again).not.toBe(once);
  expect(again).toEqual(once);
});
