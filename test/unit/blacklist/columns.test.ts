import { describe, expect, test } from 'vitest';
import { columnsIn, columnsOf, placementAt, tableOf } from '../../../lib/blacklist/columns.ts';
import { type BaseMetric, metricsOf } from '../../../lib/report/metrics.ts';
import { isUnfilled } from '../../../lib/sources/token-check.ts';
import { columns } from './world.ts';

describe('columns of a report', () => {
  test('have what the report has, and NaN where it has nothing', () => {
    const { ids, unnamed, partial, ...figures } = columns([
      { id: '7', clicks: 3, landerViews: 2, landerClicks: 1, conversions: 1, cost: 4, revenue: 5 },
      { id: '', clicks: null, hold: 0, ripeCost: null },
    ]);
    expect(ids).toEqual(['7', '']);
    expect([...unnamed]).toEqual([0, 1]);
    expect([...partial]).toEqual([0, 0]);
    const unknown = Number.NaN;
    expect(
      Object.fromEntries(Object.entries(figures).map(([name, of]) => [name, [...of]])),
    ).toEqual({
      clicks: [3, unknown],
      landerViews: [2, unknown],
      landerClicks: [1, unknown],
      conversions: [1, unknown],
      payable: [1, unknown],
      approved: [unknown, unknown],
      hold: [unknown, 0],
      cost: [4, unknown],
      ripeCost: [4, unknown],
      revenue: [5, unknown],
    });
  });

  test('mark what verdicts need and is known in part only', () => {
    const marked = (partial: readonly BaseMetric[]) => [
      ...columns([{ id: 'x', cost: 4, conversions: 2, revenue: 8, hold: 1, partial }]).partial,
    ];
    for (const metric of ['cost', 'conversions', 'revenue'] as const) {
      expect(marked([metric]), metric).toEqual([1]);
    }
    expect(marked(['hold'])).toEqual([0]);
    expect([...columns([{ id: 'x', cost: 4, partial: ['cost'] }]).cost]).toEqual([Number.NaN]);
  });

  test('ripe cost is the cost unless it is said apart, and unknown where that is', () => {
    const { ripeCost } = columns([
      { id: '1', cost: 4, ripeCost: 3 },
      { id: '2', cost: 4, ripeCost: null },
      { id: '3', cost: 4 },
    ]);
    expect([...ripeCost]).toEqual([3, Number.NaN, 4]);
  });

  test('rejected conversions are taken off where the campaign counts them, and not where it does not', () => {
    const counted = columns([
      { id: '1', conversions: 10, sales: 6, rejected: 4 },
      { id: '2', conversions: 2, sales: 2, rejected: null },
    ]);
    expect([...counted.payable]).toEqual([6, 2]);
    const apart = columns([
      { id: '1', conversions: 6, sales: 6, rejected: 4 },
      { id: '2', conversions: 2, sales: 2, rejected: 0 },
    ]);
    expect([...apart.payable]).toEqual([6, 2]);
    // Leads and those on hold are conversions too.
    const open = columns([{ id: '1', conversions: 6, sales: 2, leads: 1, hold: 3, rejected: 1 }]);
    expect([...open.payable]).toEqual([6]);
    const all = columns([{ id: '1', conversions: 7, sales: 2, leads: 1, hold: 3, rejected: 1 }]);
    expect([...all.payable]).toEqual([6]);
  });

  test('without a word on sales, rejected ones cannot be told from the rest', () => {
    expect([...columns([{ id: '1', conversions: 6, rejected: 4 }]).payable]).toEqual([6]);
  });

  test('never fewer than none', () => {
    const { payable } = columns([
      { id: '1', conversions: 1, sales: 0, rejected: 3 },
      { id: '2', conversions: 9, sales: 7, rejected: 0 },
    ]);
    expect([...payable]).toEqual([0, 9]);
  });

  test('approved conversions are told only where some are on hold', () => {
    const told = columns([
      { id: '1', conversions: 5, sales: 3, hold: 2 },
      { id: '2', conversions: 5, sales: 5, hold: 0 },
    ]);
    expect([...told.approved]).toEqual([3, 5]);
    expect([...columns([{ id: '1', conversions: 5, sales: 5, hold: 0 }]).approved]).toEqual([
      Number.NaN,
    ]);
    expect([...columns([{ id: '1', conversions: 5, hold: 2 }]).approved]).toEqual([Number.NaN]);
  });

  test('come out of a message as they went in', () => {
    const before = columns([
      { id: 'a', cost: 2, revenue: 0, conversions: 1 },
      { id: '{zoneid}', cost: 1, partial: ['cost'] },
    ]);
    const table = JSON.parse(JSON.stringify(tableOf(before)));
    expect(table.landerViews).toEqual([null, null]);
    expect(table.unnamed).toEqual([0, 1]);
    expect(table.partial).toEqual([0, 1]);
    expect(columnsIn(table)).toEqual(before);
  });

  test('one row of them, unknown figures null', () => {
    const table = columns([{ id: 'a' }, { id: 'b', clicks: 9, cost: 2, conversions: 0 }]);
    expect(placementAt(table, 1)).toEqual({
      id: 'b',
      clicks: 9,
      conversions: 0,
      cost: 2,
      revenue: null,
    });
    expect(placementAt(columnsOf([]), 0)).toEqual({
      id: '',
      clicks: null,
      conversions: null,
      cost: null,
      revenue: null,
    });
    expect(columnsOf([{ id: 'x', metrics: metricsOf({}) }]).ids).toEqual(['x']);
  });
});

describe('clicks that came without a placement', () => {
  test.each([
    '',
    '  ',
    'Unknown',
    'UNKNOWN ',
    'unspecified',
    'undefined',
    'null',
    'none',
    'n/a',
    '-',
    '(not set)',
    '(empty)',
    '{zoneid}',
    ['$', '{SUBID}'].join(''),
    '[zone]',
    '<zone>',
    '%zone%',
    '#zone#',
    '__ZONE__',
    '{{site.id}}',
    'a{zoneid}',
    '{zoneid}b',
  ])('%j is none', (id) => expect(isUnfilled(id)).toBe(true));

  test.each([
    '12345',
    'unknown-site.com',
    'not null',
    '-1',
    'x[zone]',
    '[zone]x',
    'x<z>',
    '<z>x',
    'x%z%',
    '%z%x',
    'x#z#',
    '#z#x',
    'x__Z__',
    '__Z__x',
    'none.example',
  ])('%j is one', (id) => expect(isUnfilled(id)).toBe(false));
});
