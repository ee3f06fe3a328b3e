import type { Description, Field, Fields } from '../../contract-fields.ts';

/**
 * The requests of RedTrack's interface description that the adapter makes; those of the old document
 * are marked.
 */

const required = (field: Field): Field => ({ ...field, required: true });
const text: Field = { type: 'string' };
const day: Field = { type: 'string', pattern: /^\d{4}-\d\d-\d\d$/ };
/** RFC 3339 with an offset. */
const instant: Field = {
  type: 'string',
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/,
};
const zone: Field = { type: 'string', pattern: /^(?:UTC|[A-Z]\w+(?:\/[\w+-]+)+)$/ };
const currency: Field = { type: 'string', pattern: /^[A-Z]{3}$/ };
const wordsOf = (words: readonly string[]): Field => ({
  type: 'string',
  pattern: new RegExp(`^(?:${words.join('|')})(?:,(?:${words.join('|')}))*$`),
});

const SUBS = Array.from({ length: 20 }, (_, index) => `sub${index + 1}`);
const RT = ['source', 'medium', 'campaign', 'adgroup', 'ad', 'placement', 'keyword'].map(
  (name) => `rt_${name}`,
);
const GROUPS = [
  ...['date', 'month', 'hour_of_day', 'day_of_week', 'campaign', 'source', 'offer', 'landing'],
  ...['network', 'country', 'region', 'city', 'language', 'os', 'os_fullname', 'browser'],
  ...['browser_fullname', 'device', 'device_brand', 'device_model', 'connection_type', 'isp', 'ip'],
  ...['ua', 'referrer', 'referrer_domain', 'proxy_type', 'stream', ...SUBS, ...RT],
];
const TYPES = ['default_type', ...Array.from({ length: 40 }, (_, index) => `type${index + 1}`)];

const textsOf = (names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, text]));
const pages = (most?: number): Fields => ({
  page: { type: 'integer', minimum: 1 },
  per: { type: 'integer', minimum: 1, ...(most === undefined ? {} : { maximum: most }) },
});
const LISTED: Fields = {
  title: text,
  ids: text,
  ...pages(),
  time_interval: text,
  date_from: day,
  date_to: day,
  total_stat: { type: 'boolean' },
};
/** No `timezone`. */
const LOG: Fields = {
  date_from: required(day),
  date_to: required(day),
  time_interval: text,
  ...textsOf(['clickid', 'country_code', 'campaign_id', 'source_id', 'offer_id', 'network_id']),
  fingerprint: text,
  ...pages(10_000),
};
/** `type` is optional in the description; working clients always send it. */
const UPLOAD: Field = {
  type: 'object',
  fields: {
    campaign_id: text,
    clickid: required(text),
    created_at: text,
    payout: { type: 'number' },
    type: required(text),
  },
};

export const description: Description = [
  // Old document.
  { method: 'GET', path: '/auth' },
  { method: 'GET', path: '/me/settings' },
  {
    method: 'GET',
    path: '/campaigns',
    query: { ...LISTED, sources: text, status: text, tags: text, timezone: zone },
  },
  { method: 'GET', path: '/sources', query: LISTED },
  {
    method: 'GET',
    path: '/offers',
    query: { ...LISTED, networks: text, countries: text, status: text, tags: text },
  },
  { method: 'GET', path: '/landings', query: { ...LISTED, type: text, tags: text } },
  {
    method: 'PATCH',
    path: '/campaigns/status',
    query: { ids: required(text), status: { type: 'integer', enum: [1, 2, 3], required: true } },
  },
  {
    method: 'GET',
    path: '/report',
    query: {
      group: required(wordsOf(GROUPS)),
      date_from: required(day),
      date_to: required(day),
      tracks_view: text,
      timezone: zone,
      time_interval: text,
      ...textsOf(['campaign_id', 'source_id', 'offer_id', 'landing_id', 'network_id']),
      ...textsOf([...SUBS, ...RT]),
      ...pages(1_000),
      total: { type: 'boolean' },
      sortby: text,
      direction: text,
      table_settings_name: text,
    },
  },
  { method: 'GET', path: '/conversions', query: { ...LOG, type: wordsOf(TYPES), type_role: text } },
  // One conversion; in the old document a list of them.
  {
    method: 'POST',
    path: '/conversions',
    body: { ...UPLOAD, or: { type: 'array', items: UPLOAD, minItems: 1 } },
  },
  { method: 'GET', path: '/tracks', query: LOG },
  {
    method: 'POST',
    path: '/tracks/cost',
    query: {
      time_from: required(instant),
      time_to: required(instant),
      cost: { type: 'number', minimum: 0, required: true },
      currency,
      campaign_id: required(text),
      country_code: text,
      sub_name: { type: 'string', enum: SUBS },
      sub_value: text,
    },
  },
];
