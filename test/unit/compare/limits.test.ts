import { expect, test } from 'vitest';
import { judgeGap } from '../../../lib/compare/gap.ts';
import { DEFAULT_LIMITS, readLimit, thresholdsOf } from '../../../lib/compare/limits.ts';

test('per cent are read with a point or a comma, the first no larger than the second', () => {
  expect(readLimit({ green: '2', amber: ' 5 ' })).toEqual({ green: 0.02, amber: 0.05 });
  expect(readLimit({ green: '0', amber: '0' })).toEqual({ green: 0, amber: 0 });
  expect(readLimit({ green: '2.5', amber: '7,25' })).toEqual({ green: 0.025, amber: 0.0725 });
  expect(readLimit({ green: '100', amber: '100' })).toEqual({ green: 1, amber: 1 });
  for (const [green, amber] of [
    ['5', '2'],
    ['', '5'],
    ['2', ''],
    ['-1', '5'],
    ['2', '101'],
    ['2', '1e1'],
    ['2%', '5'],
    ['2', 'NaN'],
  ] as const) {
    expect(readLimit({ green, amber })).toBeNull();
  }
});

test('a gap is judged by the limits that were set, and unique clicks like clicks', () => {
  const judged = (metric: 'clicks' | 'uniqueClicks' | 'revenue', of?: typeof DEFAULT_LIMITS) =>
    judgeGap({
      ...{ metric, base: 10_000, other: 8_800, unit: 1 },
      thresholds: thresholdsOf(of),
    }).state;
  // 12 % less: amber by the usual 10 and 15 %.
  expect([judged('clicks'), judged('uniqueClicks')]).toEqual(['amber', 'amber']);
  const wide = { ...DEFAULT_LIMITS, clicks: { green: 0.13, amber: 0.2 } };
  expect([judged('clicks', wide), judged('uniqueClicks', wide)]).toEqual(['green', 'green']);
  const strict = { ...DEFAULT_LIMITS, clicks: { green: 0.01, amber: 0.05 } };
  expect([judged('clicks', strict), judged('uniqueClicks', strict)]).toEqual(['red', 'red']);
  expect([judged('revenue'), judged('revenue', wide)]).toEqual(['red', 'red']);
  expect(thresholdsOf(null)).toEqual(thresholdsOf(DEFAULT_LIMITS));
});
