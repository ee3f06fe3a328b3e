import type { Description, Field, Fields } from '../../contract-fields.ts';

/**
 * The requests of Affise's interface description that the adapter makes, with the corrections of it.
 * What only the older document has is marked.
 */

const required = (field: Field): Field => ({ ...field, required: true });
const text: Field = { type: 'string' };
const integer: Field = { type: 'integer', minimum: 0 };
const day: Field = { type: 'string', pattern: /^\d{4}-\d\d-\d\d$/ };
const zone: Field = { type: 'string', pattern: /^(?:UTC|[A-Z]\w+(?:\/[\w+-]+)+)$/ };
const listOf = (items: Field): Field => ({ type: 'array', items });
const oneOf = (...words: readonly string[]): Field => ({ type: 'string', enum: words });
const slots = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
const fieldsOf = (names: readonly string[], field: Field): Fields =>
  Object.fromEntries(names.map((name) => [name, field]));

const PAGES: Fields = {
  page: { type: 'integer', minimum: 1 },
  limit: { type: 'integer', minimum: 1, maximum: 500 },
};
/** Those that any key may slice by. */
const SLICES = [
  ...['hour', 'day', 'month', 'quarter', 'year', 'offer', 'country', 'city', 'os', 'os_version'],
  ...['device', 'device_model', 'browser', 'browser_version', 'goal', ...slots('sub', 8)],
  ...['conn_type', 'isp', 'landing', 'prelanding', 'smart_id'],
];
/** No currency: a filter by it drops clicks. */
const FILTERS = ['country', 'os', 'goal', 'device', ...slots('sub', 8)];
const LOG: Fields = {
  date_from: required(day),
  date_to: required(day),
  hour: { type: 'integer', minimum: 0, maximum: 23 },
  'offer[]': listOf(integer),
  'country[]': listOf(text),
  'partner[]': listOf(integer),
  'advertiser[]': listOf(text),
  timezone: zone,
  ...PAGES,
};
const OFFERS: Fields = {
  q: text,
  'ids[]': listOf(text),
  'int_id[]': listOf(integer),
  'countries[]': listOf(text),
  'categories[]': listOf(text),
  ...PAGES,
};

const IMPORTED: Fields = {
  offer: required(integer),
  action_id: text,
  click_id: required(text),
  goal: integer,
  ip: text,
  ua: text,
  comment: text,
  sum: { type: 'number', minimum: 0 },
  status: oneOf('confirmed', 'pending', 'declined', 'hold', 'pending_cap'),
  created_at: day,
  ...fieldsOf(slots('custom_field_', 7), text),
};
const imported = (fields: Fields): Fields => ({
  list: required({ type: 'array', minItems: 1, items: { type: 'object', fields } }),
});

export const description: Description = [
  // Older document.
  { method: 'GET', path: '/3.0/balance' },
  { method: 'GET', path: '/3.0/admin/currency' },
  { method: 'GET', path: '/3.1/partner/me' },
  { method: 'GET', path: '/3.1/user/me' },
  { method: 'GET', path: '/3.0/partner/offers', query: OFFERS },
  {
    method: 'GET',
    path: '/3.0/offers',
    query: {
      ...OFFERS,
      'os[]': listOf(text),
      'status[]': listOf(oneOf('active', 'stopped', 'suspended')),
    },
  },
  {
    method: 'GET',
    path: '/3.0/stats/custom',
    query: {
      'slice[]': required(listOf(oneOf(...SLICES))),
      'filter[date_from]': required(day),
      'filter[date_to]': required(day),
      'filter[offer][]': listOf(integer),
      ...fieldsOf(
        FILTERS.map((name) => `filter[${name}][]`),
        listOf(text),
      ),
      'filter[nonzero]': { type: 'integer', enum: [0, 1] },
      'conversionTypes[]': listOf(oneOf('total', 'confirmed', 'pending', 'declined', 'hold')),
      locale: oneOf('en', 'ru', 'es'),
      timezone: zone,
      ...PAGES,
    },
  },
  {
    method: 'GET',
    path: '/3.0/stats/conversions',
    query: {
      ...LOG,
      'status[]': listOf({ type: 'integer', enum: [1, 2, 3, 5] }),
      ...fieldsOf(['action_id', 'clickid', 'goal', ...slots('subid', 5)], text),
    },
  },
  { method: 'GET', path: '/3.0/stats/clicks', query: LOG },
  {
    method: 'GET',
    path: '/3.0/stats/affiliatepostbacks',
    query: {
      date_from: required(day),
      date_to: required(day),
      'offer[]': listOf(text),
      'partner[]': listOf(integer),
      ...fieldsOf(['goal', 'status', 'http_code'], text),
      ...PAGES,
    },
  },
  {
    method: 'POST',
    path: '/3.0/admin/conversions/import',
    form: imported({ ...IMPORTED, pid: required(integer) }),
    nested: true,
  },
  {
    method: 'POST',
    path: '/4.0/affiliate/conversions/import',
    form: imported(IMPORTED),
    nested: true,
  },
];
