import type { ConversionUpload } from '../../../../../lib/report/log.ts';
import type { Exchange } from '../../contract.ts';

export const PASTED = 'https://net.affise.com/v2/offers';
export const PAGE = 'page=1&limit=500';

export const paged = (rows: number, more: object = {}) => ({
  per_page: 500,
  total_count: rows,
  page: 1,
  ...more,
});
export const NAMED = { id: 7, title: 'HD-smart [Web]', offer_id: '5718dac83b7d9bf8588b4579' };

export const upload = (parts: Partial<ConversionUpload> = {}): ConversionUpload => ({
  clickId: 'clk 1&=[я]',
  payout: null,
  at: null,
  type: null,
  status: null,
  campaignId: null,
  offerId: '1000',
  affiliateId: '500',
  ...parts,
});

/** A day is three slices: `day` alone is the day of the month. */
export const DAY = ['year', 'month', 'day'];
export const report = (
  slices: readonly string[],
  say: unknown,
  filters = '',
  zone = 'Europe/Madrid',
  [from, to] = ['2026-08-01', '2026-08-02'],
): Exchange => ({
  ask: `GET /3.0/stats/custom?${slices.map((slice) => `slice[]=${slice}&`).join('')}filter[date_from]=${from}&filter[date_to]=${to}${filters}&timezone=${zone}&${PAGE}`,
  say,
});
export const stats = (...rows: readonly object[]) => ({
  status: 1,
  stats: rows,
  pagination: paged(rows.length),
});
export const traffic = (raw: unknown) => ({ traffic: { raw, uniq: raw } });
