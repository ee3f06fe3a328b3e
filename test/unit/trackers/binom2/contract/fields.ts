import type { Description, Field, Fields } from '../../contract-fields.ts';

/** The requests of Binom v2's REST API that the adapter makes, as public clients and the corrections have them. */

const required = (field: Field): Field => ({ ...field, required: true });
const text: Field = { type: 'string' };
const id: Field = { type: 'string', pattern: /^\d+$/ };
const oneOf = (...words: readonly string[]): Field => ({ type: 'string', enum: words });
const moment: Field = { type: 'string', pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ };
const zone: Field = { type: 'string', pattern: /^(?:UTC|[A-Z]\w+(?:\/[\w+-]+)+)$/ };
const PRESETS = [
  ...['today', 'yesterday', 'this_week', 'last_week', 'last_2_days', 'last_3_days', 'last_7_days'],
  ...['last_14_days', 'last_30_days', 'this_month', 'last_month', 'this_year', 'last_year'],
  ...['all_time', 'custom_time'],
];

/** Most calls refuse to work without a preset and a zone. */
const days: Fields = {
  datePreset: required(oneOf(...PRESETS)),
  dateFrom: moment,
  dateTo: moment,
  timezone: required(zone),
};
const page: Fields = {
  limit: { type: 'integer', minimum: 1 },
  offset: { type: 'integer', minimum: 0 },
};
const sort: Fields = { sortColumn: text, sortType: oneOf('asc', 'desc') };
const slot: Field = { type: 'integer', required: true, minimum: 1, maximum: 30 };
const get = (path: string, query: Fields = {}): Description[number] => ({
  method: 'GET',
  path: `/public/api/v1${path}`,
  query,
});
const send = (method: string, path: string, fields: Fields): Description[number] => ({
  method,
  path: `/public/api/v1${path}`,
  body: { type: 'object', required: true, fields },
});

export const description: Description = [
  get('/user/role'),
  ...['campaign', 'offer', 'landing'].map((name) => get(`/info/${name}`, { ...days, ...page })),
  get('/stats/campaign', { ...days, ...page, ...sort }),
  get('/report/campaign', {
    'ids[]': { type: 'array', required: true, items: id, minItems: 1 },
    'groupings[]': { type: 'array', required: true, items: text, minItems: 1, maxItems: 3 },
    ...days,
    ...page,
    ...sort,
  }),
  get('/report/campaign/groupings', {
    'ids[]': { type: 'array', required: true, items: id, minItems: 1 },
    ...days,
  }),
  get('/trends', days),
  get('/conversions/log', { ...days, ...page }),
  get('/traffic_source/list/filtered'),
  get('/traffic_source/{id}'),
  get('/monitor/background_tasks'),
  send('PUT', '/clicks/campaign/{id}', {
    ...days,
    tokenId: { type: 'integer', minimum: 1, maximum: 30 },
    tokenValue: text,
    cost: { type: 'number', required: true, minimum: 0 },
    model: required(oneOf('COSTS', 'CPC')),
    currency: { type: 'string', required: true, pattern: /^[a-z]{3}$/ },
  }),
  send('POST', '/report/mark/campaign/{id}/multiple', {
    tokenId: slot,
    tokenValues: { type: 'array', required: true, items: text, minItems: 1 },
    mark: required(text),
  }),
  send('DELETE', '/report/mark/campaign/{id}', { tokenId: slot, tokenValue: required(text) }),
];
