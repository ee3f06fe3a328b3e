import { type Metrics, NO_METRICS, sumMetrics, withMetric } from '../report/metrics.ts';
import type { DimensionValue, Report } from '../report/question.ts';
import { type Hindrance, type ReportFacts, sentToOffers } from './comparable.ts';
import type { ComparedSide } from './comparison.ts';
import { type Cell, type JoinedBy, type JoinedRow, joinSides, type Side } from './join.ts';
import { pairsOf } from './link-proposals.ts';
import { type Link, ofKind } from './links.ts';
import { countedOnce } from './once.ts';
import type { Named } from './proposals.ts';
import { inCurrency, type Rate, rateBetween } from './rates.ts';
import type { Rejection } from './rejections.ts';

/** One connection's offers. */
export interface OfferSide {
  readonly connection: string;
  readonly currency: string;
  readonly kind: 'tracker' | 'network';
  /** A tracker's rows by offer and campaign, a network's by offer; null = nothing is known yet. */
  readonly report: (ReportFacts & Pick<Report, 'rows'>) | null;
}

/** A campaign that sends to an offer, as the tracker that it is counted from has it. */
export interface Sender extends DimensionValue {
  readonly connection: string;
  readonly metrics: Metrics;
  /** Connections of all trackers that have this campaign. */
  readonly on: readonly string[];
  /** The campaigns that the user said are not the same, each as its connection and id. */
  readonly apart: ReadonlySet<string>;
}

export interface JoinedOffer {
  /** Stays the same when sides change their order. */
  readonly key: string;
  readonly name: string;
  readonly by: JoinedBy;
  /** One cell per side, with the ids of its offers; null = not on that side. */
  readonly cells: ReadonlyArray<Cell | null>;
  /** The campaigns of all trackers that send to it, each counted once. */
  readonly senders: readonly Sender[];
}

/**
 * Joins the offers of trackers and networks: by links, by a network's offer id in the offer's name,
 * then by name as `joinSides` does. A campaign that several trackers have is counted on the first.
 * @param sides trackers in order of preference
 */
export function joinOffers(
  sides: readonly OfferSide[],
  links: readonly Link[],
  rejected: readonly Rejection[] = [],
): JoinedOffer[] {
  const offers = sides.map(offersOf);
  const [ofOffers, ofCampaigns] = [
    links.filter(({ kind }) => kind === 'offer'),
    links.filter(({ kind }) => kind !== 'offer'),
  ];
  const linked = new Set(
    ofOffers.flatMap(({ members }) => members.map((one) => keyOf(one.connection, one.campaignId))),
  );
  // A link by hand overrides what would be found.
  const free = (connection: string, { id }: Named) => !linked.has(keyOf(connection, id));
  const found = [
    ...idLinks(sides, offers, free),
    ...campaignLinks(sides, offers, ofCampaigns, free),
  ];
  const [offersApart, campaignsApart] = [ofKind(rejected, 'offer'), ofKind(rejected, 'campaign')];
  const once = campaignsOnce(sides, ofCampaigns, campaignsApart);
  const apartFrom = partners(campaignsApart);
  const rowsOf = sides.map(({ report }) =>
    Map.groupBy(report?.rows ?? [], ({ values }) => values[0]?.id ?? ''),
  );
  return joinSides(offers, [...ofOffers, ...found], offersApart).map(
    ({ key, name, by, cells }) => ({
      key,
      name,
      by,
      cells,
      senders: cells.flatMap((cell, at): Sender[] => {
        const side = sides[at];
        if (!cell || side?.kind !== 'tracker') return [];
        const rows = [cell, ...(cell.also ?? [])].flatMap(({ id }) => rowsOf[at]?.get(id) ?? []);
        return [...Map.groupBy(rows, ({ values }) => values[1]?.id ?? '')].flatMap(
          ([id, of]): Sender[] => {
            const on = once.get(keyOf(side.connection, id));
            if (!on) return [];
            const metrics = sumMetrics(of.map((row) => row.metrics));
            return [
              {
                id,
                name: of[0]?.values[1]?.name ?? '',
                ...{ connection: side.connection, metrics, on },
                apart: apartFrom.get(keyOf(side.connection, id)) ?? NONE,
              },
            ];
          },
        );
      }),
    }),
  );
}

/** What campaigns sent to an offer, to be compared with what its network got. */
export interface Sent {
  readonly metrics: Metrics;
  /** Facts of the reports that the figures come from; never empty. */
  readonly reports: readonly ReportFacts[];
  readonly hindered: readonly Hindrance[];
  /** The rates by which money of other currencies came into the sum. */
  readonly rates: readonly Rate[];
}

/**
 * Sums what campaigns sent to an offer, in the currency of the first side that has one of them.
 * Whatever hinders one of their reports hinders the sum.
 * @param rates for money of other currencies; without one, it is not in the sum
 * @param hindered what hinders the sum besides; by default, what `doubtsIn` finds
 * @returns null for no campaign
 */
export function sumSent(
  senders: readonly Sender[],
  sides: readonly OfferSide[],
  rates: readonly Rate[] = [],
  hindered: readonly Hindrance[] = doubtsIn(senders),
): Sent | null {
  const reports = new Map(
    sides.flatMap(({ connection, report }) => {
      const sends = senders.some((sender) => sender.connection === connection);
      return report && sends ? [[connection, factsIn(report)] as const] : [];
    }),
  );
  const [first] = reports.values();
  if (!first) return null;
  const { currency } = first;
  const used = new Map<string, Rate | null>();
  const metrics = sumMetrics(
    senders.map(({ connection, metrics: of }) => {
      const own = reports.get(connection)?.currency ?? '';
      if (own === currency) return of;
      const rate = rateBetween(rates, own, currency);
      used.set(own, rate);
      return rate ? inCurrency(of, rate) : { ...of, cost: null, revenue: null };
    }),
  );
  return {
    metrics,
    // Money without a rate is not in the sum, which is partial for that.
    reports: [...reports.values()].map((facts) => ({ ...facts, currency })),
    hindered,
    rates: [...used.values()].flatMap((rate) => rate ?? []),
  };
}

/** What was sent to offers, with the clicks that a network should get of it. */
export const withSentClicks = (metrics: Metrics): Metrics =>
  withMetric(metrics, 'clicks', sentToOffers(metrics));

/** The sum as a side of a comparison with networks. */
export function sentSide({ reports, hindered }: Pick<Sent, 'reports' | 'hindered'>): ComparedSide {
  const [first, ...also] = reports;
  return {
    connection: '',
    currency: first?.currency ?? '',
    rows: [],
    kind: 'tracker',
    ofOffer: true,
    report: first ?? null,
    also,
    hindered,
  };
}

/** Two trackers' clicks of one campaign differ by less than this, the advertising trade's usual limit. */
const ALIKE = 0.1;
/** Share of an offer's clicks that may be counted twice without a doubt about the sum. */
const LITTLE = 0.01;

/**
 * `twice` where some of one offer's senders may be campaigns of others under other names: campaigns of
 * different trackers, which nothing joins, send about as many clicks to the same offer, and together
 * enough to matter.
 */
function doubtsIn(senders: readonly Sender[]): readonly Hindrance[] {
  const clicks = senders.reduce((sum, one) => sum + clicksOf(one), 0);
  // Whether two may be one depends, but for their clicks, on the trackers that have them, which are few.
  const alike = [
    ...Map.groupBy(
      senders.filter((one) => clicksOf(one) > 0),
      ({ connection, on }) => JSON.stringify([connection, on.toSorted()]),
    ).values(),
  ].map((group) => group.toSorted((a, b) => clicksOf(a) - clicksOf(b)));
  const twice = pairsOf(alike).reduce((sum, [some, others]) => {
    const [one, other] = [some[0], others[0]];
    const apart = one && other && !one.on.includes(other.connection);
    if (!apart || other.on.includes(one.connection)) return sum;
    return sum + Math.min(clicksLike(some, others), clicksLike(others, some));
  }, 0);
  return twice > 0 && twice >= LITTLE * clicks ? ['twice'] : [];
}

const clicksOf = ({ metrics }: Sender): number => metrics.clicks ?? 0;

/** Clicks of those senders of which another has about as many. Both lists have the fewest clicks first. */
function clicksLike(senders: readonly Sender[], others: readonly Sender[]): number {
  let sum = 0;
  let at = 0;
  for (const sender of senders) {
    const clicks = clicksOf(sender);
    let other = others[at];
    while (other && clicksOf(other) <= (1 - ALIKE) * clicks) other = others[++at];
    // Those that the user told apart are few.
    for (let next = at; other && sender.apart.has(keyOf(other.connection, other.id)); ) {
      other = others[++next];
    }
    if (other && (1 - ALIKE) * clicksOf(other) < clicks) sum += clicks;
  }
  return sum;
}

/** A report's facts, without its rows. */
export const factsIn = ({
  zone,
  currency,
  basis,
  complete,
  fetchedAt,
}: ReportFacts): ReportFacts => ({
  zone,
  currency,
  basis,
  complete,
  fetchedAt,
});

type IsFree = (connection: string, offer: Named) => boolean;

const keyOf = (connection: string, id: string): string => `${connection}\n${id}`;

/** The offers of a side, each with the sum over its campaigns. Clicks without an offer are left out. */
function offersOf({ connection, currency, report }: OfferSide): Side {
  const byOffer = Map.groupBy(report?.rows ?? [], ({ values }) => values[0]?.id ?? '');
  byOffer.delete('');
  return {
    connection,
    currency,
    rows: [...byOffer].map(([id, rows]) => ({
      id,
      name: rows[0]?.values[0]?.name ?? '',
      metrics: sumMetrics(rows.map(({ metrics }) => metrics)),
    })),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Of each campaign: those that it is told apart from. */
function partners(rejected: readonly Rejection[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { members } of rejected) {
    const [a = '', b = ''] = members.map((one) => keyOf(one.connection, one.campaignId));
    found.set(a, (found.get(a) ?? new Set()).add(b));
    found.set(b, (found.get(b) ?? new Set()).add(a));
  }
  return found;
}

/** The campaigns that count, each with the connections of all trackers that have it. */
function campaignsOnce(
  sides: readonly OfferSide[],
  links: readonly Link[],
  rejected: readonly Rejection[],
): ReadonlyMap<string, readonly string[]> {
  const trackers = sides.filter(({ kind }) => kind === 'tracker');
  const campaigns = trackers.map(({ connection, currency, report }): Side => {
    const named = new Map(
      (report?.rows ?? []).flatMap(({ values: [, campaign] }) =>
        campaign ? [[campaign.id, campaign.name] as const] : [],
      ),
    );
    const rows = [...named].map(([id, name]) => ({ id, name, metrics: NO_METRICS }));
    return { connection, currency, rows };
  });
  const joined = joinSides(campaigns, links, rejected);
  const counted = countedOnce(joined, trackers.length);
  const onOf = ({ cells }: JoinedRow): string[] =>
    trackers.flatMap(({ connection }, at) => (cells[at] ? connection : []));
  return new Map(
    joined.flatMap((row) =>
      row.cells.flatMap((cell, at) =>
        (cell ? [cell, ...(cell.also ?? [])] : [])
          .filter(({ id }) => counted[at]?.has(id))
          .map(({ id }) => [keyOf(trackers[at]?.connection ?? '', id), onOf(row)] as const),
      ),
    ),
  );
}

/**
 * A number that a name marks as an id: "#701", "[701]", "(id 701)", "offer 701", "701 - Sweeps". The
 * first of a range of numbers ("18-35 Dating") is none.
 */
const MARKED =
  /(?:[#№[({]\s*|\b(?:id|offer)\s*[:=#№-]?\s*)(\d{2,})(?!\s*[-–—]\s*\d)(?=[\s\])},;:|_-]|$)|^(\d{2,})(?!\s*[-–—]\s*\d)\s*[-–—|:_]/giu;

const idsIn = (name: string): string[] =>
  [...name.matchAll(MARKED)].map(([, a, b]) => a ?? b ?? '');

const made = (id: string, how: Link['how'], members: Link['members']): Link => ({
  id,
  how,
  members,
  createdAt: 0,
});

/** Links offers of trackers to the one network's offer whose id their names carry. */
function idLinks(sides: readonly OfferSide[], offers: readonly Side[], free: IsFree): Link[] {
  const known = new Map<string, Array<{ connection: string; name: string }>>();
  sides.forEach(({ kind, connection }, at) => {
    if (kind !== 'network') return;
    for (const { id, name } of offers[at]?.rows ?? []) {
      known.set(id, [...(known.get(id) ?? []), { connection, name }]);
    }
  });
  const links = new Map<string, Link['members']>();
  sides.forEach(({ kind, connection }, at) => {
    if (kind !== 'tracker') return;
    for (const { id, name } of offers[at]?.rows.filter((row) => free(connection, row)) ?? []) {
      const hits = new Set(idsIn(name)).intersection(known);
      const [hit] = hits;
      const [network, ...others] = known.get(hit ?? '') ?? [];
      // The same number in two networks, or two ids in a name: nobody can tell.
      if (hit === undefined || hits.size > 1 || !network || others.length > 0) continue;
      const key = keyOf(network.connection, hit);
      const members = links.get(key) ?? [{ ...network, campaignId: hit }];
      links.set(key, [...members, { connection, campaignId: id, name }]);
    }
  });
  return [...links].map(([key, members]) => made(`id:${key}`, 'id', members));
}

/** Where a campaign is linked to a network's offer, the one offer that it sends to is that offer. */
function campaignLinks(
  sides: readonly OfferSide[],
  offers: readonly Side[],
  links: readonly Link[],
  free: IsFree,
): Link[] {
  const isNetwork = new Set(
    sides.filter(({ kind }) => kind === 'network').map(({ connection }) => connection),
  );
  return links.flatMap(({ id, how, members }) => {
    const network = members.find(({ connection }) => isNetwork.has(connection));
    if (!network) return [];
    const sent = members.flatMap(({ connection, campaignId }) => {
      const at = sides.findIndex((side) => side.connection === connection);
      if (sides[at]?.kind !== 'tracker') return [];
      const own = (sides[at].report?.rows ?? []).filter(
        ({ values }) => values[1]?.id === campaignId && values[0]?.id !== '',
      );
      const [only, ...others] = new Set(own.map(({ values }) => values[0]?.id ?? ''));
      const offer = offers[at]?.rows.find((one) => one.id === only);
      if (!offer || others.length > 0 || !free(connection, offer)) return [];
      return [{ connection, campaignId: offer.id, name: offer.name }];
    });
    return sent.length > 0 ? [made(`offers of ${id}`, how, [network, ...sent])] : [];
  });
}
