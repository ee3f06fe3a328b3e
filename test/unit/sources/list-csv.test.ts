import { expect, test } from 'vitest';
import { listCsv } from '../../../lib/sources/list-csv.ts';

test('a table has a row for every id, with numbers as numbers and nothing for what is unknown', () => {
  const figures = { clicks: 120, cost: 12.345678, conversions: 0, revenue: 0 };
  const unknown = { clicks: null, cost: null, conversions: null, revenue: null };
  const rows = [
    {
      id: 'example.com',
      ...figures,
      verdict: { kind: 'cut', confidence: 0.987654 },
      listedBy: 'verdict',
    },
    {
      id: 'x.example/a,b',
      ...unknown,
      verdict: { kind: 'unknown', confidence: null },
      listedBy: 'rule',
    },
    {
      id: '5',
      ...figures,
      revenue: -1.5,
      verdict: { kind: 'cut', confidence: 0.99999 },
      listedBy: 'hand',
    },
  ] as const;
  expect(listCsv(rows, { currency: 'EUR', targetRoi: 0.3 })).toBe(
    [
      'placement,clicks,cost_EUR,conversions,revenue_EUR,verdict,confidence,target_roi,listed_by',
      'example.com,120,12.3457,0,0,cut,0.9876,0.3,verdict',
      '"x.example/a,b",,,,,unknown,,0.3,rule',
      '5,120,12.3457,0,-1.5,cut,0.9999,0.3,hand',
      '',
    ].join('\r\n'),
  );
});
