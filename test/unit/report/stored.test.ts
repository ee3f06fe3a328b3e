import { describe, expect, test } from 'vitest';
import { metricsOf } from '../../../lib/report/metrics.ts';
import { type Dimension, type Report, tokenSlot } from '../../../lib/report/question.ts';
import { reportSchema } from '../../../lib/report/schema.ts';

describe('a stored report', () => {
  const row = {
    values: [{ id: '7', name: 'Лето' }],
    metrics: metricsOf({ clicks: 3, cost: 1.5, partial: ['cost'] }),
  };
  const report: Report = {
    rows: [row],
    zone: 'Europe/Madrid',
    currency: 'USD',
    basis: 'visit',
    fetchedAt: 1,
    counted: ['clicks', 'cost'],
    complete: true,
  };

  test('comes back as it was', () => {
    expect(reportSchema.parse(structuredClone(report))).toEqual(report);
  });

  test.each<[string, unknown]>([
    ['no rows', { ...report, rows: undefined }],
    ['a row without metrics', { ...report, rows: [{ values: row.values }] }],
    ['a row without values', { ...report, rows: [{ metrics: row.metrics }] }],
    ['a value without a name', { ...report, rows: [{ ...row, values: [{ id: '7' }] }] }],
    ['a value without an id', { ...report, rows: [{ ...row, values: [{ name: 'x' }] }] }],
    ['metrics left out', { ...report, rows: [{ ...row, metrics: { clicks: 3 } }] }],
    [
      'no word on sums over a part',
      { ...report, rows: [{ ...row, metrics: { ...row.metrics, partial: undefined } }] },
    ],
    [
      'a sum over a part of nothing we know',
      { ...report, rows: [{ ...row, metrics: { ...row.metrics, partial: ['views'] } }] },
    ],
    ['no word on what is counted', { ...report, counted: undefined }],
    ['a figure as text', { ...report, rows: [{ ...row, metrics: { ...row.metrics, cost: '1' } }] }],
    ['no zone', { ...report, zone: undefined }],
    ['no currency', { ...report, currency: null }],
    ['a basis that there is not', { ...report, basis: 'click' }],
    ['its time as text', { ...report, fetchedAt: '1' }],
    ['no word on being whole', { ...report, complete: undefined }],
  ])('with %s is refused', (_, stored) => {
    expect(reportSchema.safeParse(stored).success).toBe(false);
  });
});

test.each<[Dimension, number | null]>([
  ['token1', 1],
  ['token30', 30],
  ['campaign', null],
  ['connectionType', null],
])('%s is token %s', (dimension, slot) => {
  expect(tokenSlot(dimension)).toBe(slot);
});
