import type { Exchange } from '../../contract.ts';

export const PASTED = 'https://t.example/sub/arm.php?page=Campaigns&date=1';
export const SCRIPT = 'GET /sub/arm.php';
export const DAYS = 'date=12&date_s=2026-08-01&date_e=2026-08-02';
/** The days of a report, in Madrid's summer. */
export const ZONED = `${DAYS}&timezone=+2:00`;
export const campaignsOf = (days: string, say: unknown): Exchange => ({
  ask: `${SCRIPT}?page=Campaigns&user_group=all&status=all&group=all&traffic_source=all&${days}&val_page=All`,
  say,
});
export const statsOf = (
  groups: readonly number[],
  say: unknown,
  more = '',
  days: string = ZONED,
): Exchange => {
  const [group1, group2 = 1, group3 = 1] = groups;
  const by = `group1=${group1}&group2=${group2}&group3=${group3}`;
  return {
    ask: `${SCRIPT}?page=Stats&camp_id=7&${by}&${days}&num_page=1&val_page=All${more}`,
    say,
  };
};
/** Fields of the published table, whole; figures with separators and signs, as on the screen. */
export const CAMPAIGN = {
  id: '7',
  status: '1',
  name: 'Test <b>Camp</b>',
  date_cr: '1470000000',
  keyword: 'abc',
  group_id: '1',
  group_name: 'Test',
  ts_name: 'PropellerAds',
  ts_id: '21',
  start_date: '1470000001',
  clicks: '12 480',
  bots: '17',
  profit: '-244.80',
  lp_ctr: '25.0 %',
  leads: '212',
  cr: '1.70 %',
  epc: '0.052',
  cpc: '0.03',
  revenue: '$655.00',
  landing_clicks: '12,000',
  offer_clicks: '3 000',
  is_note: '0',
  current_cpc: '0.03',
  auto_cpc: '0',
  url: 'https://t.example/click.php?key=abc',
};
export const ARCHIVED = {
  id: 9,
  status: 0,
  name: 'Archived',
  ts_id: 0,
  clicks: '5',
  revenue: '1',
  profit: '0',
};
/** Nothing was measured. */
export const QUIET = {
  id: 8,
  status: '2',
  name: 'Quiet',
  clicks: '-',
  rev: '-',
  cost: '-',
  leads: '-',
};
/** The published example of versions up to 1.8. */
export const OLD = {
  id: '10',
  status: '1',
  name: 'Test Camp',
  ts: 'Test',
  ts_id: '2',
  clicks: '2038',
  profit: '-11.28000',
  LP_CTR: '0.0000',
  leads: '92',
  CPC: '0.010000000',
  rev: '9.10000',
  spend: '20.38000',
  lp_cl: '7',
  off_cl: 3,
};
export const SIGN_IN = '<html><form><input type="password" name="pass"></form></html>';
export const PAGE = '<html>Maintenance</html>';
