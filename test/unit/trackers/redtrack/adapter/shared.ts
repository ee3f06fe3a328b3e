export const CAMPAIGN = '591efe91ba4d120936b7b3b2';

/** The row of "Report" in the published document (seed 004), with `roi: -1` as a ratio. */
export const DOCUMENTED = {
  clicks: 110,
  conversions: 0,
  cost: 3.949,
  cpa: 0,
  cpc: 0.0359,
  cr: 0,
  epc: 0,
  impressions: 0,
  lp_clicks: 0,
  lp_ctr: 0,
  lp_views: 113,
  offer: 'My offer',
  profit: -3.949,
  revenue: 0,
  roi: -1,
  transactions: 0,
  unique_clicks: 104,
};
