import { sortRows } from '../../lib/compare/join.ts';
import {
  type ComparedOffer,
  isUnrated,
  type OfferComparison,
} from '../../lib/compare/offer-comparison.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { type Look, mostApart, mostMissing, needOf } from './compare-specs.ts';

/** What a network tells too. */
export const OFFER_METRICS = [
  'clicks',
  'conversions',
  'revenue',
] as const satisfies readonly Metric[];

/** The side of what campaigns sent; networks have their place among the connections. */
export const SENT = -1;

/** A column: what was sent, a network's figure, or its gap to what was sent. */
export interface OfferSpec {
  readonly id: string;
  readonly side: number;
  readonly metric: (typeof OFFER_METRICS)[number];
  readonly kind: 'value' | 'gap';
}

/** The columns by metric; a network's value is followed by its gap. */
export const offerSpecs = (
  networks: ReadonlyArray<{ readonly side: number; readonly id: string }>,
): OfferSpec[] =>
  OFFER_METRICS.flatMap((metric): OfferSpec[] => [
    { id: `sent:${metric}`, side: SENT, metric, kind: 'value' },
    ...networks.flatMap(({ side, id }): OfferSpec[] => [
      { id: `${id}:${metric}`, side, metric, kind: 'value' },
      { id: `${id}:gap:${metric}`, side, metric, kind: 'gap' },
    ]),
  ]);

/** Do two campaigns of its sum look like one under two names? */
export const isDoubtful = ({ sent }: ComparedOffer): boolean =>
  sent?.hindered.includes('twice') ?? false;

/** What cannot be judged before two campaigns are linked or told apart comes after what is apart. */
const offerNeed = (comparison: OfferComparison, row: ComparedOffer): number => {
  const need = needOf(comparison.worst(row, OFFER_METRICS));
  return isDoubtful(row) ? Math.max(need, needOf('amber') - 0.5) : need;
};

/** In the table's currency; what no rate leads to it is left out. */
const revenueApart = (
  comparison: OfferComparison,
  networks: readonly number[],
  row: ComparedOffer,
): number =>
  mostApart(
    networks
      .filter((side) => comparison.currencyAgainst(row, side) === comparison.currency)
      .map((side) => comparison.gap(row, side, 'revenue')),
  );

/** What needs a look first, then what is furthest apart in revenue, then what was sent the most. */
export function sortOffersByNeed(
  comparison: OfferComparison,
  networks: readonly number[],
  rows: readonly ComparedOffer[],
): ComparedOffer[] {
  const byRevenue = sortOffersByRevenue(rows);
  const byApart = sortRows(byRevenue, (row) => revenueApart(comparison, networks, row), true);
  return sortRows(byApart, (row) => offerNeed(comparison, row), true);
}

/** What was sent the most first; revenue of which some has no rate is unknown. */
export const sortOffersByRevenue = (rows: readonly ComparedOffer[]): ComparedOffer[] =>
  sortRows(rows, ({ sent }) => (sent && !isUnrated(sent) ? sent.metrics.revenue : null), true);

/**
 * Offers of both sides with amber or red gaps, the revenue that they are apart in the table's currency,
 * and those in doubt.
 */
export function offersToLookAt(
  comparison: OfferComparison,
  networks: readonly number[],
  rows: readonly ComparedOffer[],
): Look & { readonly doubtful: readonly ComparedOffer[] } {
  const compared = rows.filter(({ sent, cells }) => sent && networks.some((at) => cells[at]));
  const bad = compared.filter(
    (row) => needOf(comparison.worst(row, OFFER_METRICS)) >= needOf('amber'),
  );
  return {
    count: bad.length,
    compared: compared.length,
    revenue: bad.reduce((sum, row) => sum + revenueApart(comparison, networks, row), 0),
    missing: mostMissing(
      networks.map((side) => ({ side, gap: comparison.total(rows, side, 'conversions') })),
      SENT,
    ),
    doubtful: compared.filter(isDoubtful),
  };
}
