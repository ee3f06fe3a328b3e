import { isYoung } from '../../age.ts';
import type { Answer } from '../../cache/report-cache.ts';
import type { Hindrance } from '../../compare/comparable.ts';
import {
  factsIn,
  type JoinedOffer,
  joinOffers,
  type OfferSide,
  type Sender,
  sumSent,
} from '../../compare/offers.ts';
import type { Rate } from '../../compare/rates.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Input } from '../../contract/calls.ts';
import type { OfferPart, OfferSenders, offerCalls, SentToOffer } from '../../contract/offers.ts';
import type { Question, Report } from '../../report/question.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Linked, LinkRepository } from '../campaigns/links.ts';
import type { Services } from '../services.ts';
import type { SettingsStore } from '../settings.ts';
import { createElsewhere, type ElsewhereParts } from './elsewhere.ts';
import { namedOffers } from './named.ts';
import { findPart } from './part.ts';
import { createOfferReports } from './reports.ts';

/** Campaigns that are asked one by one for the dashboard, and for the panel, which opens often. */
const MOST = 100;
const MOST_IN_PANEL = 25;
/** Age at which the panel asks again for what all campaigns sent to all offers. */
const REPORT_MS = 5 * 60_000;
const LIST_MS = 10 * 60_000;

export function createOffers(
  services: Pick<Services, 'connections' | 'reports' | 'clients' | 'now'>,
  links: Pick<LinkRepository, 'all' | 'rejections'>,
  {
    campaignLists,
    keptLists,
    readSettings,
    invalidate,
  }: Omit<ElsewhereParts, 'offerReports'> & { readonly readSettings: SettingsStore['read'] },
): HandlersOf<typeof offerCalls> {
  const { connections, reports, clients, now } = services;
  const offerReports = createOfferReports(services);
  const elsewhere = createElsewhere({ campaignLists, keptLists, offerReports, invalidate, now });
  const sideOf = ({ tracker }: Connection) => clients.adapter(tracker).side;
  const linked = async (): Promise<Linked> => ({
    links: await links.all(),
    rejections: await links.rejections(),
  });

  /** Connections that can share a table with `own`, it first. */
  const comparable = async (own: string): Promise<Connection[]> => {
    const here = await connections.get(own);
    const others = (await connections.list()).filter(
      ({ id, demo, off }) => id !== own && demo === here.demo && !off,
    );
    return [here, ...others];
  };

  /**
   * Trackers, `own` first, with their figures by offer and campaign; the offers of other networks, where
   * they are known; last those of the network that is asked about.
   */
  const sidesOf = async (of: Asked, signal: AbortSignal) => {
    const { own, network, offerId, range, fresh } = of;
    const all = await comparable(own);
    const trackers = all.filter((one) => sideOf(one) === 'tracker');
    const otherNetworks = all.filter((one) => sideOf(one) === 'network' && one.id !== network);
    const options = { most: MOST_IN_PANEL };
    const read = async ({ id }: Connection): Promise<Answer> => {
      const known = await offerReports(id, range, { ...options, fresh: false }, signal);
      const young = known.report && isYoung(known.report.fetchedAt, now(), REPORT_MS);
      if (!fresh || young) return known;
      return offerReports(id, range, { ...options, fresh: true }, signal);
    };
    const [answers, others, asked] = await Promise.all([
      Promise.all(trackers.map(read)),
      Promise.all(otherNetworks.map((one) => elsewhere.offersOf(one, fresh))),
      connections
        .get(network)
        .then(async (one) => namedOffers(one, await campaignLists(network, LIST_MS, signal))),
    ]);
    const known = others.filter((one) => one !== null);
    const ours = trackers.map(({ id, currency }, at): OfferSide => {
      const report = answers[at]?.report ?? null;
      return { connection: id, currency, kind: 'tracker', report };
    });
    const row = rowOf([...ours, ...known, asked], await linked(), offerId);
    const got = await Promise.all(
      known.map((side, at) =>
        row?.cells[ours.length + at] ? elsewhere.withReport(side, of) : side,
      ),
    );
    return {
      sides: [...ours, ...got, asked],
      answers,
      networksKnown: known.length === otherNetworks.length,
    };
  };

  /** The sub that carries a tracker's campaign ids, where it was found. */
  const slots = new Map<string, number>();

  return {
    'offers.figures': ({ connection, range, fresh }, { signal }) =>
      offerReports(connection, range, { fresh, most: MOST }, signal),

    'offer.senders': async (asked, { signal }) => {
      const known = await sidesOf(asked, signal);
      const { rates } = await readSettings();
      return sendersOf(known, await linked(), asked.offerId, rates);
    },

    'offer.part': async (asked, { signal }): Promise<OfferPart | null> => {
      const { own, campaignId, network, offerId, range, fresh } = asked;
      const { tokens } = clients.adapter((await connections.get(network)).tracker).capabilities;
      const { sides } = await sidesOf(asked, signal);
      const all = sendersIn(sides, await linked(), offerId).senders;
      const [senders, others] = [
        all.filter(({ connection }) => connection === own),
        all.filter(({ connection }) => connection !== own),
      ];
      const mine = senders.find(({ id }) => id === campaignId);
      const facts = sides.find(({ connection }) => connection === own)?.report;
      // Alone, it sent the whole.
      if (!mine || !facts || all.length < 2) return null;
      const ask = async (question: Question): Promise<Report | null> => {
        const known = await reports.known(network, question);
        const young = known && isYoung(known.fetchedAt, now(), REPORT_MS);
        return young || !fresh ? known : reports.refresh(network, question, signal);
      };
      const key = JSON.stringify([own, network]);
      const first = slots.get(key);
      const found = await findPart(
        {
          ...{ offerId, campaign: campaignId, senders, others, range },
          slots: Array.from({ length: tokens }, (_, at) => at + 1).toSorted(
            (a, b) => Number(b === first) - Number(a === first),
          ),
        },
        ask,
      );
      if (!found) return null;
      slots.set(key, found.slot);
      return { ...found, sent: mine.metrics, sentFacts: factsIn(facts) };
    },
  };
}

type Asked = Input<'offer.senders'>;

/** The row of an offer of the last side. */
const rowOf = (
  ordered: readonly OfferSide[],
  { links, rejections }: Linked,
  offerId: string,
): JoinedOffer | undefined =>
  joinOffers(ordered, links, rejections).find(({ cells }) => {
    const cell = cells.at(-1);
    return [cell, ...(cell?.also ?? [])].some((one) => one?.id === offerId);
  });

/**
 * The campaigns that send to an offer of the last side; each counts on the first side that has it.
 *
 * @returns hindered 'offer' where other networks have the offer, too: each got a part of what was sent,
 * and nobody tells which
 */
function sendersIn(
  ordered: readonly OfferSide[],
  linked: Linked,
  offerId: string,
): { readonly senders: readonly Sender[]; readonly hindered: readonly Hindrance[] } {
  const row = rowOf(ordered, linked, offerId);
  const networks = ordered.filter(({ kind }, at) => kind === 'network' && row?.cells[at]);
  return { senders: row?.senders ?? [], hindered: networks.length > 1 ? ['offer'] : [] };
}

/**
 * @param known.sides the trackers, then the networks, the one that is asked about last
 * @param known.answers the trackers'
 * @param known.networksKnown are the offers of all networks known?
 */
function sendersOf(
  {
    sides,
    answers,
    networksKnown,
  }: {
    readonly sides: readonly OfferSide[];
    readonly answers: readonly Answer[];
    readonly networksKnown: boolean;
  },
  linked: Linked,
  offerId: string,
  rates: readonly Rate[],
): OfferSenders {
  const trackers = sides.filter(({ kind }) => kind === 'tracker');
  const untold = trackers.flatMap(({ connection, report }, at) =>
    report?.complete ? [] : [{ connection, problem: answers[at]?.problem ?? null }],
  );
  const sum = (senders: readonly Sender[], hindered: readonly Hindrance[]): SentToOffer | null => {
    const sent = sumSent(senders, sides, rates);
    return (
      sent && {
        ...sent,
        hindered: [
          ...sent.hindered,
          ...hindered,
          ...(untold.length > 0 ? (['incomplete'] as const) : []),
          ...(networksKnown ? [] : (['networks'] as const)),
        ],
        campaigns: [...senders]
          .sort((a, b) => (b.metrics.clicks ?? 0) - (a.metrics.clicks ?? 0))
          .map(({ id, name }) => ({ id, name })),
      }
    );
  };
  const by = trackers.flatMap(({ connection }) => {
    // This tracker first: what it shares with others counts on it.
    const [own, others] = [
      sides.filter((side) => side.connection === connection),
      sides.filter((side) => side.connection !== connection),
    ];
    // The network stays the last.
    const { senders: all, hindered } = sendersIn([...own, ...others], linked, offerId);
    const senders = all.filter((sender) => sender.connection === connection);
    const sent = sum(senders, senders.length < all.length ? ['offer'] : hindered);
    return sent ? [[connection, sent] as const] : [];
  });
  const { senders, hindered } = sendersIn(sides, linked, offerId);
  return { all: sum(senders, hindered), by: Object.fromEntries(by), untold };
}
