import type { ConversionUpload } from '../../../../../lib/report/log.ts';

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
