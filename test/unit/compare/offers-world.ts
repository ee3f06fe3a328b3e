import type { Link } from '../../../lib/compare/links.ts';
import { createOfferComparison } from '../../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide, sumSent } from '../../../lib/compare/offers.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';

export const range = { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' };
export const facts = {
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: Date.UTC(2026, 7, 20),
} as const;

export type Rows = ReadonlyArray<readonly [offer: string, campaign: string, of: Partial<Metrics>]>;

/** Offers and campaigns have their names as ids, unless they are written as `id=name`. */
export const value = (written: string) => {
  const [id = '', name = id] = written.split('=');
  return { id, name };
};

export const trackerSide = (
  connection: string,
  rows: Rows,
  change: Partial<typeof facts> = {},
): OfferSide => ({
  connection,
  currency: 'USD',
  kind: 'tracker',
  report: {
    ...facts,
    ...change,
    rows: rows.map(([offer, campaign, of]) => ({
      values: [value(offer), value(campaign)],
      metrics: metricsOf(of),
    })),
  },
});

export const networkSide = (
  connection: string,
  offers: Record<string, Partial<Metrics>>,
): OfferSide => ({
  connection,
  currency: 'USD',
  kind: 'network',
  report: {
    ...facts,
    rows: Object.entries(offers).map(([offer, of]) => ({
      values: [value(offer)],
      metrics: metricsOf(of),
    })),
  },
});

/** Which of a tracker's offers stand in the row of each network's offer. */
export const joined = (sides: readonly OfferSide[], links: readonly Link[] = []) =>
  Object.fromEntries(
    joinOffers(sides, links).flatMap(({ cells }) => {
      const [theirs, ours] = [cells.at(-1), cells[0]];
      return theirs && ours
        ? [[theirs.id, [ours, ...(ours.also ?? [])].map(({ id }) => id)] as const]
        : [];
    }),
  );

/** The ids in each row, side by side. */
export const idsByRow = (
  sides: readonly OfferSide[],
  links: readonly Link[] = [],
  rejected: readonly Rejection[] = [],
) =>
  joinOffers(sides, links, rejected).map(({ cells }) =>
    cells.map((cell) => cell && [cell, ...(cell.also ?? [])].map(({ id }) => id).join()),
  );

export const sentOf = (
  sides: readonly OfferSide[],
  links: readonly Link[] = [],
  rejected: readonly Rejection[] = [],
) => sumSent(joinOffers(sides, links, rejected)[0]?.senders ?? [], sides, []);

export const link = (kind: 'offer' | undefined, ...members: Array<[string, string]>): Link => ({
  id: 'l',
  how: 'hand',
  createdAt: 0,
  ...(kind ? { kind } : {}),
  members: members.map(member),
});

export const member = ([connection, campaignId]: [string, string]) => ({
  ...{ connection, campaignId, name: '' },
});

export const rejectionOf = (a: [string, string], b: [string, string]): Rejection => ({
  ...{ id: '', rejectedAt: 0 },
  members: [member(a), member(b)],
});

export const compare = (sides: OfferSide[], untold = false) => {
  const comparison = createOfferComparison({
    sides,
    offers: joinOffers(sides, []),
    untold,
    range,
    now: Date.UTC(2026, 7, 21),
    rates: [],
  });
  const gap = (name: string, metric: 'conversions' | 'clicks' | 'revenue') => {
    const row = comparison.rows.find((one) => one.name === name);
    return row ? comparison.gap(row, sides.length - 1, metric) : null;
  };
  return { comparison, gap };
};
