import type { Description, Field, Fields } from '../../contract-fields.ts';

/** The requests of Binom v1 that the adapter makes, as its API page, working clients and the corrections have them. */

const required = (field: Field): Field => ({ ...field, required: true });
const only = (word: string): Field => ({ type: 'string', required: true, enum: [word] });
const text: Field = { type: 'string' };
const integer: Field = { type: 'integer', minimum: 0 };
const id: Field = { type: 'string', required: true, pattern: /^\d+$/ };

const day: Field = { type: 'string', required: true, pattern: /^\d{4}-\d\d-\d\d$/ };
const minute: Field = { ...day, pattern: /^\d{4}-\d\d-\d\d \| \d\d:\d\d$/ };
/** Sign, hours and minutes. */
const timezone: Field = { type: 'string', required: true, pattern: /^[+-]\d{1,2}:[0-5]\d$/ };
const date = (value: number): Field => ({ type: 'integer', required: true, enum: [value] });
const DAYS: Fields = { date: date(12), date_s: day, date_e: day };
const TIMES: Fields = { date: date(10), date_s: minute, date_e: minute };

const GROUPS = [
  ...[1, 2, 3, 4, 5, 6, 30, 7, 8, 9, 10, 29, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 23],
  ...[25, 26, 31, 27, 282, 283, 284, 285, 286, 287, 288, 289, 290],
];
const group: Field = { type: 'integer', required: true, enum: GROUPS };
const amount: Field = { type: 'string', pattern: /^\d{1,9}(?:\.\d{1,9})?$/ };

const get = (query: Fields): Description[number] => ({ method: 'GET', path: '/{script}', query });
const pages: Fields = { val_page: only('All'), num_page: integer };
const campaigns: Fields = {
  page: only('Campaigns'),
  user_group: text,
  status: { type: 'string', enum: ['all', '2', '1', '0'] },
  group: text,
  traffic_source: text,
  timezone,
  ...pages,
};
const stats: Fields = {
  page: only('Stats'),
  camp_id: id,
  group1: group,
  group2: group,
  group3: group,
  fid: integer,
  timezone,
  ...pages,
};
const type: Field = { type: 'integer', required: true, enum: [1, 2] };
const costs: Fields = {
  page: only('save_update_costs'),
  camp_id: id,
  type,
  order_type: type,
  ...DAYS,
  // Whole hours here.
  timezone: { type: 'integer', required: true, minimum: -12, maximum: 12 },
  value: required(amount),
};
const slot: Field = { type: 'integer', required: true, minimum: 1, maximum: 10 };
const token: Fields = { token_number: slot, token_value: required(text) };
const oldToken: Fields = { token_id: slot, token_val: required(text) };

export const description: Description = [
  ...[DAYS, TIMES].flatMap((span) => [get({ ...campaigns, ...span }), get({ ...stats, ...span })]),
  ...['cost', 'cpc'].flatMap((name) =>
    [{}, token, { ...token, ...oldToken }].map((of) =>
      get({ ...costs, [name]: required(amount), ...of }),
    ),
  ),
  ...['source_getall', 'offer_getall', 'landing_getall'].map((action) =>
    get({ action: only(action) }),
  ),
];
