import { expect, test } from 'vitest';
import { axisOf } from '../../../lib/compare/series.ts';

const dayIn = (zone: string, at: number) => {
  const day = new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
  return { from: day, to: day, zone };
};

test('an axis that is kept is the one of its own days and zone, however many others came between', () => {
  const zones = ['UTC', 'Europe/Madrid', 'America/New_York'];
  for (const round of [1, 2]) {
    for (const zone of zones) {
      for (let at = 0; at < 40; at += 1) {
        const range = dayIn(zone, at);
        const { range: shown, steps } = axisOf({ ...range });
        expect(shown, `round ${round}`).toEqual(range);
        const offset = { UTC: 0, 'Europe/Madrid': 1, 'America/New_York': -5 }[zone] ?? Number.NaN;
        const start = Date.UTC(2026, 0, 1 + at) - offset * 3_600_000;
        expect(steps[0]).toEqual({ name: '0', start, end: start + 3_600_000 });
      }
    }
  }
});
