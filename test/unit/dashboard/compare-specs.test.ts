import { expect, test } from 'vitest';
import { specsOf } from '../../../components/dashboard/compare-specs.ts';
import { DEFAULT_COLUMNS } from '../../../lib/settings/compare-columns.ts';

const side = (id: string, kind: 'tracker' | 'network' = 'tracker') => ({
  connection: { id },
  kind,
});
const idsOf = (
  ...[sides, change]: [ReturnType<typeof side>[], Partial<Parameters<typeof specsOf>[1]>]
) => specsOf(sides, { ...DEFAULT_COLUMNS, changes: false, ...change }).map(({ id }) => id);

test('columns stand together by metric, or by tracker', () => {
  const metrics = ['clicks', 'roi'] as const;
  const sides = [side('k'), side('b')];
  expect(idsOf(sides, { metrics: [...metrics] })).toEqual([
    ...['k:clicks', 'b:clicks', 'b:gap:clicks'],
    ...['k:roi', 'b:roi'],
  ]);
  expect(idsOf(sides, { metrics: [...metrics], layout: 'tracker' })).toEqual([
    ...['k:clicks', 'k:roi'],
    ...['b:clicks', 'b:gap:clicks', 'b:roi'],
  ]);
});

test('a change follows its figure, before the gap', () => {
  expect(idsOf([side('k'), side('b')], { metrics: ['cost'], changes: true })).toEqual([
    ...['k:cost', 'k:change:cost'],
    ...['b:cost', 'b:change:cost', 'b:gap:cost'],
  ]);
});

test('a network has no costs, nor a gap of them', () => {
  expect(idsOf([side('k'), side('n', 'network')], { metrics: ['cost', 'cpa', 'revenue'] })).toEqual(
    [...['k:cost', 'k:cpa'], ...['k:revenue', 'n:revenue', 'n:gap:revenue']],
  );
  expect(idsOf([side('n', 'network'), side('k')], { metrics: ['cost'] })).toEqual(['k:cost']);
});
