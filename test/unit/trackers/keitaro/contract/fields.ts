import type { Description, Field, Fields } from '../../contract-fields.ts';

/**
 * The requests of Keitaro's Admin API that the adapter makes, as its interface
 * description and the corrections of it have them.
 */

const required = (field: Field): Field => ({ ...field, required: true });
const text: Field = { type: 'string' };
const integer: Field = { type: 'integer', minimum: 0 };
const listOf = (items: Field): Field => ({ type: 'array', items });
const objectOf = (fields: Fields): Field => ({ type: 'object', fields });
const oneOf = (...words: readonly string[]): Field => ({ type: 'string', enum: words });
const slots = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);

const zone: Field = { type: 'string', pattern: /^(?:UTC|[A-Z]\w+(?:\/[\w+-]+)+)$/ };
const currency: Field = { type: 'string', pattern: /^[A-Z]{3}$/ };
const SUB_IDS = slots('sub_id_', 30);

const OPERATORS = [
  ...['EQUALS', 'NOT_EQUAL', 'EQUALS_OR_GREATER_THAN', 'EQUALS_OR_LESS_THAN', 'GREATER_THAN'],
  ...['LESS_THAN', 'MATCH_REGEXP', 'NOT_MATCH_REGEXP', 'BEGINS_WITH', 'ENDS_WITH', 'CONTAINS'],
  ...['NOT_CONTAIN', 'IN_LIST', 'NOT_IN_LIST', 'BETWEEN', 'IS_SET', 'IS_NOT_SET', 'IS_TRUE'],
  ...['IS_FALSE', 'HAS_LABEL', 'NOT_HAS_LABEL'],
];
const METRICS = [
  ...['clicks', 'campaign_unique_clicks', 'stream_unique_clicks', 'global_unique_clicks', 'bots'],
  ...['bot_share', 'proxies', 'empty_referrers', 'conversions', 'leads', 'sales', 'rejected'],
  ...['rebills', 'approve', 'lp_clicks', 'lp_ctr', 'cr', 'crs', 'crl', 'roi', 'roi_confirmed'],
  ...['epc', 'epc_confirmed', 'cps', 'cpa', 'cpc', 'ecpc', 'ecpm', 'cost', 'revenue', 'profit'],
  ...['lead_revenue', 'sale_revenue', 'rejected_revenue', 'profit_confirmed', 'profitability'],
];
const MEASURES = [...METRICS, 'confirmed_revenue', 'confirmed_profit'];
const GROUPINGS = [
  ...['campaign', 'campaign_id', 'campaign_group', 'landing', 'landing_id', 'offer', 'offer_id'],
  ...['ts', 'ts_id', 'stream', 'stream_id', 'language', 'device_type', 'connection_type', 'ip'],
  ...['country', 'country_code', 'region', 'city', 'operator', 'os', 'os_version', 'browser'],
  ...['browser_version', 'device_model', 'isp', 'source', 'referrer', 'search_engine', 'keyword'],
  ...[...SUB_IDS, ...slots('extra_param_', 10), 'ad_campaign_id', 'external_id', 'creative_id'],
  ...['datetime', 'year', 'month', 'week', 'weekday', 'day', 'hour', 'day_hour'],
];
const CONVERSION_COLUMNS = [
  ...['conversion_id', 'event_id', 'sub_id', 'campaign_id', 'campaign', 'offer_id', 'offer'],
  ...['revenue', 'status', 'click_datetime', 'postback_datetime', 'datetime', 'tid', ...SUB_IDS],
];
const CLICK_COLUMNS = [...GROUPINGS, 'sub_id', 'click_id', 'cost'];

const range: Field = objectOf({
  from: { type: 'string', required: true, pattern: /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/ },
  to: { type: 'string', required: true, pattern: /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/ },
  timezone: required(zone),
});
const filters = listOf(
  objectOf({
    name: required(text),
    operator: required(oneOf(...OPERATORS)),
    expression: required({ type: 'string', or: { type: 'integer' } }),
  }),
);
const sort = listOf(objectOf({ name: required(text), order: required(oneOf('ASC', 'DESC')) }));
const page: Fields = { limit: integer, offset: integer };
const common: Fields = { range: required(range), filters, sort, ...page };

const wall = (time: RegExp): Field => ({
  type: 'string',
  required: true,
  pattern: new RegExp(`^\\d{4}-\\d\\d-\\d\\d ${time.source}$`),
});
const costEntry = objectOf({
  start_date: wall(/\d\d:\d\d(?::\d\d)?/),
  end_date: wall(/\d\d:\d\d:\d\d/),
  timezone: required(zone),
  currency: required(currency),
  cost: { type: 'string', required: true, pattern: /^\d{1,9}(?:\.\d{1,4})?$/ },
  filters: {
    type: 'object',
    map: [
      /^(?:sub_id_(?:[1-9]|[12]\d|30)|keyword|cost|currency|external_id|creative_id|ad_campaign_id|source)$/,
      // A comma would make a list of it.
      { type: 'string', pattern: /^[^,]+$/ },
    ],
  },
});
const labelOf: Field = oneOf('blacklist', 'whitelist', '');
const reference = oneOf(
  ...['ip', 'source', 'ad_campaign_id', 'creative_id', 'keyword'],
  ...SUB_IDS.slice(0, 10),
);

const lists: Description = ['campaigns', 'traffic_sources', 'offers', 'landing_pages'].map(
  (name) => ({ method: 'GET', path: `/admin_api/v1/${name}`, query: page }),
);
const states: Description = ['enable', 'disable'].map((deed) => ({
  method: 'POST',
  path: `/admin_api/v1/campaigns/{id}/${deed}`,
}));
const post = (path: string, fields: Fields): Description[number] => ({
  method: 'POST',
  path: `/admin_api/v1${path}`,
  body: { type: 'object', required: true, fields },
});

export const description: Description = [
  ...lists,
  ...states,
  post('/report/build', {
    ...common,
    dimensions: required(listOf(oneOf(...GROUPINGS))),
    measures: required(listOf(oneOf(...MEASURES))),
  }),
  // The same in the old vocabulary.
  post('/report/build', {
    ...common,
    grouping: required(listOf(oneOf(...GROUPINGS))),
    metrics: required(listOf(oneOf(...METRICS))),
    columns: listOf(oneOf(...GROUPINGS)),
  }),
  post('/conversions/log', {
    ...common,
    columns: required(listOf(oneOf(...CONVERSION_COLUMNS))),
  }),
  post('/clicks/log', { ...common, columns: required(listOf(oneOf(...CLICK_COLUMNS))) }),
  post('/clicks/update_costs', {
    campaign_ids: { type: 'array', required: true, items: integer, minItems: 1, maxItems: 1 },
    costs: { type: 'array', required: true, items: costEntry, minItems: 1, maxItems: 100 },
    timezone: required(zone),
    currency: required(currency),
    only_campaign_uniques: { type: 'integer', enum: [0, 1] },
  }),
  {
    method: 'GET',
    path: '/admin_api/v1/report/labels',
    query: {
      campaign_id: required(integer),
      ref_name: required(reference),
      label_name: required(oneOf('blacklist', 'whitelist')),
    },
  },
  post('/report/labels', {
    campaign_id: required(integer),
    ref_name: required(reference),
    items: { type: 'object', required: true, map: [/^/, labelOf] },
  }),
];
