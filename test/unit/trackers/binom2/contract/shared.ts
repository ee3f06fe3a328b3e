import type { Exchange } from '../../contract.ts';

export const PASTED = 'https://t.example/sub/panel/campaigns';
export const API = '/sub/public/api/v1';
export const PAGE = 'limit=1000&offset=0';
export const DAYS =
  'datePreset=custom_time&dateFrom=2026-08-01 00:00:00&dateTo=2026-08-02 23:59:59&timezone=Europe/Madrid';
export const TODAY =
  'datePreset=custom_time&dateFrom=2026-08-02 00:00:00&dateTo=2026-08-02 23:59:59&timezone=Europe/Madrid';
export const SORT = 'sortColumn=clicks&sortType=desc';
export const byCampaign = { dimension: 'campaign', value: '7' } as const;
/** An element of `/info/campaign`: the id a number, clicks a text. */
export const INFO = {
  id: 7,
  name: 'Summer <b>',
  is_deleted: false,
  current_cpc: '0.03',
  group_name: 'Main',
  mean_time_to_convert: 120,
  clicks_last_hour: 3,
  clicks: '12480',
  link: 'https://t.example/abc',
  is_noted: false,
};
export const totals = (total_count: unknown) => ({ id: 'totals', clicks: '12481', total_count });
/** An element of `/stats/campaign`: every number a text with many digits, and the owner's own columns. */
export const STAT = {
  id: '7',
  name: 'Summer <b>',
  group_name: 'Main',
  traffic_source: 'PropellerAds',
  clicks: '12480',
  unique_clicks: '11000',
  lander_views: '12000',
  lander_clicks: '3000',
  lander_ctr: '25.00000000000000',
  leads: '212',
  cr: '1.69871794871795',
  bots: '17',
  epc: '0.05248397435897',
  cpc: '0.07209935897436',
  revenue: '655.00000000000000',
  cost: '899.80000000000000',
  profit: '-244.80000000000000',
  roi: '-27.20604578795288',
  'Trials::4adcb8e3-11aa': '5',
};
export const info = (what: string, say: unknown): Exchange => ({
  ask: `GET ${API}/info/${what}?${TODAY}&${PAGE}`,
  say,
});
export const stats = (days: string, say: unknown): Exchange => ({
  ask: `GET ${API}/stats/campaign?${days}&${SORT}&${PAGE}`,
  say,
});
export const sourceList = (say: unknown): Exchange => ({
  ask: `GET ${API}/traffic_source/list/filtered`,
  say,
});
export const source = (id: number, say: unknown): Exchange => ({
  ask: `GET ${API}/traffic_source/${id}`,
  say,
});
export const SOURCES = [{ id: 21, name: 'PropellerAds', groupId: 1, accessLevel: 'full' }];
export const report = (groupings: readonly string[], say: unknown): Exchange => ({
  ask: `GET ${API}/report/campaign?ids[]=7&${DAYS}&${groupings.map((each) => `groupings[]=${each}&`).join('')}${SORT}&${PAGE}`,
  say,
});
export const groupings = (say: unknown): Exchange => ({
  ask: `GET ${API}/report/campaign/groupings?ids[]=7&${DAYS}`,
  say,
});
