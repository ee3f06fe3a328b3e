import { describe } from 'vitest';
import type { Connection } from '../../../../../lib/connections/connection.ts';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { type Case, type Exchange, playAll, question, seen } from '../../contract.ts';
import { DAYS, PASTED } from './shared.ts';

/**
 * A row of a campaign with several types: the figures of the default type are a
 * part of the `total_` ones, and types without conversions are left out.
 */
const ROW = {
  date: '2026-08-01',
  clicks: 100,
  cost: 40,
  conversions: 2,
  revenue: 20,
  convtype1: 1,
  revenuetype1: 44,
  convtype4: 30,
  total_conversions: 33,
  total_revenue: 64,
};
const OLD = { date: '2026-08-01', clicks: 100, cost: 40, conversions: 2, revenue: 20 };
const REPORT = `GET /report?group=date&${DAYS}&page=1&per=1000`;

describe('figures by conversion type', () => {
  const counting = (
    title: string,
    types: readonly string[] | null,
    row: object,
    gives: object,
  ): Case => ({
    title,
    run: async (adapter, client) => seen(await adapter.report(client, question())),
    line: [{ ask: REPORT, say: [row] }],
    gives: [{ values: [], ...gives }],
    connection: types === null ? {} : chosen(types),
  });
  const chosen = (types: readonly string[]): Partial<Connection> => ({
    conversionTypes: types.map((id) => ({ id, name: id })),
  });
  const figures = { clicks: 100, cost: 40 };
  const { total_revenue: _, ...withoutTotal } = ROW;

  playAll(redtrack, PASTED, [
    counting('revenue of all types, conversions of the default one', null, ROW, {
      ...figures,
      conversions: 2,
      revenue: 64,
    }),
    counting('the old document has one revenue', null, OLD, {
      ...figures,
      conversions: 2,
      revenue: 20,
    }),
    counting(
      'without the revenue of all types, that of the default one is partial',
      null,
      withoutTotal,
      {
        ...figures,
        conversions: 2,
        revenue: 20,
        partial: ['revenue'],
      },
    ),
    counting('chosen types are summed', ['default_type', 'type1'], ROW, {
      ...figures,
      conversions: 3,
      revenue: 64,
    }),
    counting('without the default type', ['type4'], ROW, {
      ...figures,
      conversions: 30,
      revenue: 64,
    }),
    counting('a type that is left out is 0 where the others make up the total', ['type7'], ROW, {
      ...figures,
      conversions: 0,
      revenue: 64,
    }),
    counting(
      'and unknown where they do not',
      ['default_type', 'type7'],
      { ...ROW, total_conversions: 34 },
      { ...figures, revenue: 64 },
    ),
    counting(
      'the other spelling of the field',
      ['type2'],
      { date: '2026-08-01', clicks: 1, type2: 5 },
      { clicks: 1, conversions: 5 },
    ),
    {
      title: 'a count that is no number is a wrong shape',
      run: (adapter, client) => adapter.report(client, question()),
      line: [{ ask: REPORT, say: [{ ...ROW, convtype1: 'many' }] }],
      fails: { kind: 'shape', field: 'convtype1', call: 'report' },
      connection: chosen(['type1']),
    },
  ]);
});

describe('types to choose from', () => {
  const month = 'date_from=2026-07-04&date_to=2026-08-02';
  const found: readonly Exchange[] = [
    {
      ask: `GET /report?group=date&${month}&timezone=Europe/Madrid&page=1&per=1000`,
      say: [ROW, { ...ROW, convtype1: 0, convtype2: 1 }],
    },
  ];
  const nameOf = (type: string, say: unknown): Exchange => ({
    ask: `GET /conversions?${month}&type=${type}&page=1&per=1`,
    say,
  });
  const one = (type: string) => ({ items: [{ id: 'c', type }], total: 9 });
  const types = (title: string, names: readonly Exchange[], gives: unknown): Case => ({
    title,
    run: async (adapter, client) => adapter.conversionTypes?.(client),
    line: [...found, ...names],
    gives,
  });
  playAll(redtrack, PASTED, [
    {
      title: 'none where there is only the default one',
      run: (adapter, client) => adapter.conversionTypes?.(client),
      line: [
        { ...found[0], ask: found[0]?.ask ?? '', say: [{ ...ROW, convtype1: 0, convtype4: 0 }] },
      ],
      gives: [],
    },
    {
      title: 'a report that is refused is a problem',
      run: (adapter, client) => adapter.conversionTypes?.(client),
      line: [{ ask: found[0]?.ask ?? '', status: 403, say: { error: 'no' } }],
      fails: { kind: 'permission', text: 'redtrack_rights' },
    },
    types(
      'those of the last 30 days, each named by a conversion of it',
      [
        nameOf('default_type', one('Conversion')),
        nameOf('type1', one('Upsell')),
        nameOf('type2', { items: [], total: 0 }),
        nameOf('type4', one('AddToCart')),
      ],
      [
        { id: 'default_type', name: 'Conversion' },
        { id: 'type1', name: 'Upsell' },
        { id: 'type2', name: null },
        { id: 'type4', name: 'AddToCart' },
      ],
    ),
    types(
      'without names where the filter by type is ignored',
      ['default_type', 'type1', 'type2', 'type4'].map((type) => nameOf(type, one('Conversion'))),
      ['default_type', 'type1', 'type2', 'type4'].map((id) => ({ id, name: null })),
    ),
    types(
      'without names where the log is refused',
      ['default_type', 'type1', 'type2', 'type4'].map((type) => ({
        ...nameOf(type, { error: 'no' }),
        status: 403,
      })),
      ['default_type', 'type1', 'type2', 'type4'].map((id) => ({ id, name: null })),
    ),
  ]);
});
