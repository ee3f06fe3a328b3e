import { type Metrics, NO_METRICS, sumMetrics, withMetric } from '../report/metrics.ts';
import type { DimensionValue, Report, ReportRow } from '../report/question.ts';
import { type Hindrance, type ReportFacts, sentToOffers } from './comparable.ts';
import type { ComparedSide } from './comparison.ts';
import { type Cell, idsIn, type JoinedBy, type Joining, joinSides, type Side } from './join.ts';
import { pairsOf } from './link-proposals.ts';
import { type Link, ofKind } from './links.ts';
import { countedOnce } from './once.ts';
import { inCurrency, type Rate, rateBetween } from './rates.ts';
import type { Rejection } from './rejections.ts';
import { silence } from './silent.ts';

/** One connection's offers. */
export interface OfferSide {
  readonly connection: string;
  readonly currency: string;
  readonly kind: 'tracker' | 'network';
  /**
   * A tracker's rows by offer and campaign, a network's by offer; null = nothing is known yet. Without
   * `counted`, an offer that has no row is unknown.
   */
  readonly report: (ReportFacts & Pick<Report, 'rows'> & Partial<Pick<Report, 'counted'>>) | null;
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
  /** Connections of the trackers that are known to have sent nothing to it; see `withSilentOffers`. */
  readonly idle?: readonly string[];
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
  const known = sides.map(readSide);
  const [ofOffers, ofCampaigns] = [ofKind(links, 'offer'), ofKind(links, 'campaign')];
  const [offersApart, campaignsApart] = [ofKind(rejected, 'offer'), ofKind(rejected, 'campaign')];
  const free = freeOf(ofOffers);
  const found = [...idLinks(known, free), ...campaignLinks(known, ofCampaigns, free)];
  const once = campaignsOnce(known, ofCampaigns, campaignsApart);
  return joinSides(known, [...ofOffers, ...found], offersApart).map(({ key, name, by, cells }) => ({
    ...{ key, name, by, cells },
    senders: known.flatMap(({ connection, reported }, at): Sender[] => {
      const cell = cells[at];
      if (!cell) return [];
      const rows = idsIn(cell).flatMap((id) => reported.get(id) ?? []);
      const bySender = Map.groupBy(
        rows,
        ({ values: [, campaign] }) => campaign && once.get(keyOf(connection, campaign.id)),
      );
      return [...bySender].flatMap(([sender, of]) =>
        sender ? [{ ...sender, metrics: sumMetrics(of.map(({ metrics }) => metrics)) }] : [],
      );
    }),
  }));
}

/** What links say of offers: by themselves, and by way of campaigns. */
export function linkedOffers(
  sides: readonly OfferSide[],
  links: readonly Link[],
): ReadonlyArray<Pick<Link, 'members'>> {
  const ofOffers = ofKind(links, 'offer');
  const free = freeOf(ofOffers);
  return [...ofOffers, ...campaignLinks(sides.map(readSide), ofKind(links, 'campaign'), free)];
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
 * Sums what campaigns sent to an offer. Whatever hinders one of their reports hinders the sum.
 * @param rates for money of other currencies; without one, it is not in the sum, and `currency` hinders
 *   what is left
 * @param of.currency of the sum; by default, that of the first side that has one of the campaigns
 * @param of.hindered what hinders the sum besides; by default, what `doubtsIn` finds
 * @param of.idle connections of trackers that sent nothing: without campaigns, the sum is 0 in what
 *   these count
 * @returns null for no campaign and no such tracker
 */
export function sumSent(
  senders: readonly Sender[],
  sides: readonly OfferSide[],
  rates: readonly Rate[],
  of: {
    readonly currency?: string;
    readonly hindered?: readonly Hindrance[];
    readonly idle?: readonly string[];
  } = {},
): Sent | null {
  const from = new Set(
    senders.length > 0 ? senders.map(({ connection }) => connection) : (of.idle ?? []),
  );
  const reports = new Map(
    sides.flatMap(({ connection, report }) =>
      report && from.has(connection) ? [[connection, report] as const] : [],
    ),
  );
  const [first] = reports.values();
  if (!first) return null;
  const { currency = first.currency, hindered = doubtsIn(senders) } = of;
  const used = new Map<string, Rate | null>();
  const sent = senders.map(({ connection, metrics }) => {
    const own = reports.get(connection)?.currency ?? '';
    if (own === currency || !hasMoney(metrics)) return metrics;
    const rate = rateBetween(rates, own, currency);
    used.set(own, rate);
    return rate ? inCurrency(metrics, rate) : { ...metrics, cost: null, revenue: null };
  });
  const unrated = [...used.values()].includes(null);
  return {
    metrics: sumMetrics(
      sent.length > 0
        ? sent
        : [...reports.values()].map((report) => silence({ counted: [], ...report })),
    ),
    // Money without a rate is not in the sum, which is hindered for that.
    reports: [...reports.values()].map((facts) => ({ ...factsIn(facts), currency })),
    hindered: unrated ? [...hindered, 'currency'] : hindered,
    rates: [...used.values()].flatMap((rate) => rate ?? []),
  };
}

const hasMoney = ({ cost, revenue }: Metrics): boolean => cost !== null || revenue !== null;

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
    ...Map.groupBy(senders, ({ connection, on }) =>
      JSON.stringify([connection, on.toSorted()]),
    ).values(),
  ].map((group) => group.toSorted((a, b) => clicksOf(a) - clicksOf(b)));
  const twice = pairsOf(alike).reduce((sum, [some, others]) => {
    if (haveBoth(some, others) || haveBoth(others, some)) return sum;
    return sum + Math.min(clicksLike(some, others), clicksLike(others, some));
  }, 0);
  return twice > 0 && twice >= LITTLE * clicks ? ['twice'] : [];
}

/** Does the others' tracker have these as well, beside them? All of a list are on the same trackers. */
const haveBoth = ([one]: readonly Sender[], [other]: readonly Sender[]): boolean =>
  one !== undefined && other !== undefined && one.on.includes(other.connection);

const clicksOf = ({ metrics }: Sender): number => metrics.clicks ?? 0;

const isFarBelow = (clicks: number, others: number): boolean => clicks <= (1 - ALIKE) * others;

/** Clicks of those senders of which another has about as many. Both lists have the fewest clicks first. */
function clicksLike(senders: readonly Sender[], others: readonly Sender[]): number {
  let sum = 0;
  let at = 0;
  for (const sender of senders) {
    const clicks = clicksOf(sender);
    let other = others[at];
    while (other && isFarBelow(clicksOf(other), clicks)) other = others[++at];
    // Those that the user told apart are few.
    for (let next = at; other && sender.apart.has(keyOf(other.connection, other.id)); ) {
      other = others[++next];
    }
    if (other && !isFarBelow(clicks, clicksOf(other))) sum += clicks;
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

/** Is an offer in no link by hand? Such a link overrides what would be found. */
type IsFree = (connection: string, offerId: string) => boolean;

const keyOf = (connection: string, id: string): string => `${connection}\n${id}`;

function freeOf(links: readonly Link[]): IsFree {
  const linked = new Set(
    links.flatMap(({ members }) => members.map((one) => keyOf(one.connection, one.campaignId))),
  );
  return (connection, id) => !linked.has(keyOf(connection, id));
}

/** A side's offers, each with the sum over its campaigns, and what is behind the sums. */
interface KnownSide extends Side {
  readonly kind: OfferSide['kind'];
  /** The report's rows by offer. Clicks without an offer are left out. */
  readonly reported: ReadonlyMap<string, readonly ReportRow[]>;
  /** By id, with the ids of the offers that each sends to; a network has none. */
  readonly campaigns: ReadonlyMap<
    string,
    { readonly name: string; readonly offers: ReadonlySet<string> }
  >;
}

function readSide({ connection, currency, kind, report }: OfferSide): KnownSide {
  const offers = new Map<string, { name: string; rows: ReportRow[] }>();
  const campaigns = new Map<string, { name: string; offers: Set<string> }>();
  for (const row of report?.rows ?? []) {
    const [offer, campaign] = row.values;
    if (campaign && !campaigns.has(campaign.id)) {
      campaigns.set(campaign.id, { name: campaign.name, offers: new Set() });
    }
    if (!offer?.id) continue;
    if (campaign) campaigns.get(campaign.id)?.offers.add(offer.id);
    const known = offers.get(offer.id);
    if (known) known.rows.push(row);
    else offers.set(offer.id, { name: offer.name, rows: [row] });
  }
  return {
    ...{ connection, currency, kind, campaigns },
    rows: [...offers].map(([id, { name, rows }]) => ({
      ...{ id, name },
      metrics: sumMetrics(rows.map(({ metrics }) => metrics)),
    })),
    reported: new Map([...offers].map(([id, { rows }]) => [id, rows])),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Of each campaign: those that it is told apart from. */
function partners(rejected: readonly Rejection[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (a: string, b: string) => found.set(a, (found.get(a) ?? new Set()).add(b));
  for (const { members } of rejected) {
    const [one, other] = members;
    const [a, b] = [
      keyOf(one.connection, one.campaignId),
      keyOf(other.connection, other.campaignId),
    ];
    add(a, b);
    add(b, a);
  }
  return found;
}

/** The campaigns that count. */
function campaignsOnce(
  sides: readonly KnownSide[],
  links: readonly Link[],
  rejected: readonly Rejection[],
): ReadonlyMap<string, Omit<Sender, 'metrics'>> {
  const joined = joinSides(
    sides.map(({ connection, currency, campaigns }) => ({
      ...{ connection, currency },
      rows: [...campaigns].map(([id, { name }]) => ({ id, name, metrics: NO_METRICS })),
    })),
    links,
    rejected,
  );
  const counted = countedOnce(joined, sides.length);
  const apartFrom = partners(rejected);
  return new Map(
    joined.flatMap(({ cells }) => {
      const on = sides.flatMap(({ connection }, at) => (cells[at] ? connection : []));
      return sides.flatMap(({ connection }, at) => {
        const cell = cells[at];
        const all = cell ? [cell, ...(cell.also ?? [])] : [];
        return all
          .filter(({ id }) => counted[at]?.has(id))
          .map(({ id, name }) => {
            const key = keyOf(connection, id);
            return [key, { id, name, connection, on, apart: apartFrom.get(key) ?? NONE }] as const;
          });
      });
    }),
  );
}

/**
 * A number that a name marks as an id: "#701", "[701]", "(id 701)", "offer 701", "701 - Sweeps". The
 * first of a range of numbers ("18-35 Dating") is none.
 */
const MARKED =
  /(?<=[#№[({]\s*|\b(?:id|offer)\s*[:=#№-]?\s*)\d{2,}(?!\s*[-–—]\s*\d)(?=[\s\])},;:|_-]|$)|^\d{2,}(?!\s*[-–—]\s*\d)(?=\s*[-–—|:_])/giu;

const markedIn = (name: string): Set<string> =>
  new Set([...name.matchAll(MARKED)].map(([id]) => id));

/** Links offers of trackers to the one network's offer whose id their names carry. */
function idLinks(sides: readonly KnownSide[], free: IsFree): Joining[] {
  const known = Map.groupBy(
    sides
      .filter(({ kind }) => kind === 'network')
      .flatMap(({ connection, rows }) => rows.map(({ id }) => ({ connection, campaignId: id }))),
    ({ campaignId }) => campaignId,
  );
  const links = new Map<string, Joining['members']>();
  for (const { kind, connection, rows } of sides) {
    for (const { id, name } of rows) {
      if (kind !== 'tracker' || !free(connection, id)) continue;
      const [network, ...others] = [...markedIn(name)].flatMap((one) => known.get(one) ?? []);
      // The same number in two networks, or two ids in a name: nobody can tell.
      if (!network || others.length > 0) continue;
      const key = keyOf(network.connection, network.campaignId);
      links.set(key, [...(links.get(key) ?? [network]), { connection, campaignId: id }]);
    }
  }
  return [...links].map(([key, members]) => ({ id: `id:${key}`, members }));
}

/** Where a campaign is linked to offers of networks, the one offer that it sends to is all of these. */
function campaignLinks(
  sides: readonly KnownSide[],
  links: readonly Link[],
  free: IsFree,
): Array<Pick<Link, 'id' | 'members'>> {
  const sideOf = new Map(sides.map((side) => [side.connection, side]));
  return links.flatMap(({ id, members }) => {
    const theirs = members.filter(({ connection }) => sideOf.get(connection)?.kind === 'network');
    if (theirs.length === 0) return [];
    const sent = members.flatMap(({ connection, campaignId }) => {
      const [only, ...others] = sideOf.get(connection)?.campaigns.get(campaignId)?.offers ?? [];
      if (only === undefined || others.length > 0 || !free(connection, only)) return [];
      return [{ connection, campaignId: only, name: '' }];
    });
    return sent.length > 0 ? [{ id: `offers of ${id}`, members: [...theirs, ...sent] }] : [];
  });
}
