import type { OfferSide } from '../../compare/offers.ts';
import type { Connection } from '../../connections/connection.ts';
import { NO_METRICS } from '../../report/metrics.ts';
import type { Campaign } from '../../trackers/adapter.ts';

/** A network's offers without figures: names are enough to join by, and some offers have no row in a report. */
export const namedOffers = (
  { id, zone, currency, basis }: Connection,
  { campaigns, fetchedAt }: { readonly campaigns: readonly Campaign[]; readonly fetchedAt: number },
): OfferSide => ({
  connection: id,
  currency,
  kind: 'network',
  report: {
    rows: campaigns.map((offer) => ({
      values: [{ id: offer.id, name: offer.name }],
      metrics: NO_METRICS,
    })),
    zone,
    currency,
    basis,
    fetchedAt,
    complete: true,
  },
});
