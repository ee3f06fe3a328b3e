import { expect, test } from 'vitest';
import { type Description, faultsOf, type SentRequest } from './contract-fields.ts';

const DESCRIPTION: Description = [
  {
    method: 'GET',
    path: '/report/{id}',
    query: {
      page: { type: 'string', required: true, enum: ['Stats'] },
      limit: { type: 'integer', minimum: 1, maximum: 1000 },
      'ids[]': { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
    },
  },
  { method: 'GET', path: '/report/{id}', query: { page: { type: 'string', enum: ['Trends'] } } },
  {
    method: 'POST',
    path: '/costs',
    body: {
      type: 'object',
      required: true,
      fields: {
        day: { type: 'string', required: true, pattern: /^\d{4}-\d\d-\d\d$/ },
        cost: { type: 'string', or: { type: 'number' } },
        filters: { type: 'object', map: [/^sub_\d$/, { type: 'string' }] },
      },
    },
  },
  { method: 'POST', path: '/form', form: { on: { type: 'boolean', required: true } } },
  {
    method: 'POST',
    path: '/list',
    nested: true,
    form: {
      list: {
        type: 'array',
        required: true,
        items: {
          type: 'object',
          fields: { id: { type: 'integer', required: true }, word: { type: 'string' } },
        },
      },
    },
  },
];
const read = (query: SentRequest['query']): SentRequest => ({
  method: 'GET',
  path: '/report/7',
  query,
});
const write = (body: unknown): SentRequest => ({ method: 'POST', path: '/costs', query: [], body });
const list = (form: SentRequest['query']): SentRequest => ({
  method: 'POST',
  path: '/list',
  query: [],
  form,
});
const DAY = { day: '2026-08-01' };
const PAGE = ['page', 'Stats'] as const;

test.each<[SentRequest, string[]]>([
  [read([PAGE, ['limit', '1000'], ['ids[]', '1'], ['ids[]', '2']]), []],
  [read([['page', 'Trends']]), []],
  [read([PAGE, ['limit', '1001']]), ['query.limit is 1001']],
  [read([PAGE, ['limit', '1e3']]), ['query.limit is no integer']],
  [read([PAGE, ['limit', '1'], ['limit', '2']]), ['query.limit is repeated']],
  [read([PAGE, ['ids[]', 'a']]), ['query.ids[].0 is no integer']],
  [
    read([PAGE, ...['1', '2', '3'].map((id) => ['ids[]', id] as const)]),
    ['query.ids[] has 3 elements'],
  ],
  [read([PAGE, ['other', '1']]), ['query.other is not described']],
  [{ ...read([PAGE]), path: '/report/7/8' }, ['GET /report/7/8 is not described']],
  [{ ...read([PAGE]), body: {} }, ['body is not described']],
  [write({ ...DAY, cost: '1.20', filters: { sub_1: 'a' } }), []],
  [write({ ...DAY, cost: 1.2 }), []],
  [write({ ...DAY, cost: null }), ['body.cost is no number']],
  [write({ ...DAY, filters: { sub_1: 5 } }), ['body.filters.sub_1 is no string']],
  [write({ ...DAY, filters: { sub_11: 'a' } }), ['body.filters.sub_11 is not described']],
  [write({ ...DAY, filters: [] }), ['body.filters is no object']],
  [write({ day: '2026-8-1' }), ['body.day is “2026-8-1”']],
  [write({}), ['body.day is required']],
  [write(undefined), ['body is required']],
  [{ method: 'POST', path: '/form', query: [], form: [['on', '1']] }, []],
  [{ method: 'POST', path: '/form', query: [], form: [['on', 'yes']] }, ['form.on is no boolean']],
  [{ method: 'POST', path: '/form', query: [] }, ['form.on is required']],
  [
    list([
      ['list[0][id]', '1'],
      ['list[0][word]', '2'],
      ['list[1][id]', '3'],
    ]),
    [],
  ],
  [list([['list[0][word]', 'a']]), ['form.list.0.id is required']],
  [list([['list[0][id]', 'a']]), ['form.list.0.id is no integer']],
  [list([['list[1][id]', '1']]), ['form.list is no array']],
  [
    list([
      ['list[0][id]', '1'],
      ['list[0][id]', '2'],
    ]),
    ['form.list[0][id] is repeated'],
  ],
  [
    list([
      ['list[0][id]', '1'],
      ['list[0][other]', '2'],
    ]),
    ['form.list.0.other is not described'],
  ],
  [list([]), ['form.list is required']],
])('%j', (request, faults) => {
  expect(faultsOf(DESCRIPTION, request)).toEqual(faults);
});
