export const PASTED = 'https://t.example/sub/admin/#!/campaigns/12';
export const BASE = '/sub/admin_api/v1';

/** "Retrieve all Campaigns" of the Admin API document, whole. */
export const CAMPAIGN = {
  id: 89,
  alias: 'c8bL9W',
  name: 'Test cost1',
  type: 'position',
  cookies_ttl: 24,
  position: 1,
  state: 'active',
  updated_at: '2017-02-13 16:48:19',
  cost_type: 'CPC',
  cost_value: '10.0000',
  cost_currency: 'RUB',
  group_id: null,
  bind_visitors: null,
  traffic_source_id: 1,
  token: '5552798f1c388c8ade27c13ba47fe46090abd9d',
  cost_auto: false,
};
/** Answer of the document to "disable": another state, the id as text. */
export const DISABLED = { ...CAMPAIGN, id: '662', name: 'Offers', state: 'disabled' };
export const DAYS = { from: '2026-08-01', to: '2026-08-02', timezone: 'Europe/Madrid' };

const METRICS = [
  'clicks',
  'campaign_unique_clicks',
  'bots',
  'lp_clicks',
  'conversions',
  'leads',
  'sales',
  'rejected',
  'cost',
  'revenue',
];
export const REPORT = `POST ${BASE}/report/build`;

export const reportBody = (
  fields: readonly string[],
  ids: readonly string[],
  change: Readonly<Record<string, unknown>> = {},
) => ({
  dimensions: fields,
  measures: METRICS,
  range: DAYS,
  filters: [],
  sort: ids.map((name) => ({ name, order: 'ASC' })),
  limit: 1000,
  offset: 0,
  ...change,
});
/** The same in the old vocabulary. */
export const oldBody = (fields: readonly string[], ids: readonly string[]) => {
  const { dimensions: _words, measures: _too, ...rest } = reportBody(fields, ids);
  return { grouping: fields, metrics: METRICS, columns: fields, ...rest };
};
