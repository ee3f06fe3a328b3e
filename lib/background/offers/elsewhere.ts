import { isYoung } from '../../age.ts';
import type { OfferSide } from '../../compare/offers.ts';
import type { Connection } from '../../connections/connection.ts';
import type { CallName } from '../../contract/calls.ts';
import type { Range } from '../../report/range.ts';
import type { CampaignLists, KeptLists } from '../campaigns/lists.ts';
import type { Services } from '../services.ts';
import { namedOffers } from './named.ts';
import type { OfferReports } from './reports.ts';

/** Which offers a network has seldom changes. */
const LIST_MS = 24 * 60 * 60_000;
/** Age at which it is asked again what it got. */
const REPORT_MS = 5 * 60_000;
/** Calls to invalidate when something of another network has become known. */
const OF_OFFERS: readonly CallName[] = ['offer.senders', 'offer.part'];

export interface ElsewhereParts {
  readonly campaignLists: CampaignLists;
  readonly keptLists: KeptLists;
  readonly offerReports: OfferReports;
  invalidate(calls: readonly CallName[]): void;
}

/** Offers of networks besides the one that is asked about: they may have got a part of what was sent. */
export function createElsewhere({
  campaignLists,
  keptLists,
  offerReports,
  invalidate,
  now,
}: ElsewhereParts & Pick<Services, 'now'>) {
  /** What is on its way from other networks. */
  const reading = new Set<string>();
  /**
   * Reads something of another network, and has its askers ask again if it is news. Nobody waits for
   * it: the network's host may be dead.
   * @param since epoch ms of what is known; 0 = nothing is
   */
  const readLater = async (
    what: string,
    since: number,
    read: (signal: AbortSignal) => Promise<number>,
  ): Promise<void> => {
    if (reading.has(what)) return;
    reading.add(what);
    try {
      // Whoever asked may leave meanwhile.
      if ((await read(new AbortController().signal)) > since) invalidate(OF_OFFERS);
    } catch {
      // What is known stays, and the next call tries again.
    } finally {
      reading.delete(what);
    }
  };
  /** Another network's offers by name; null = not known. */
  const offersOf = async (one: Connection, fresh: boolean): Promise<OfferSide | null> => {
    const kept = await keptLists(one.id);
    if (fresh && !(kept && isYoung(kept.fetchedAt, now(), LIST_MS))) {
      const read = async (signal: AbortSignal) =>
        (await campaignLists(one.id, 0, signal)).fetchedAt;
      void readLater(one.id, kept?.fetchedAt ?? 0, read);
    }
    return kept && namedOffers(one, kept);
  };
  /** What another network that has an offer of that name got; where that is not known, as it was. */
  const withReport = async (
    side: OfferSide,
    { range, fresh }: { readonly range: Range; readonly fresh: boolean },
  ): Promise<OfferSide> => {
    const { connection } = side;
    const reportOf = (anew: boolean, signal: AbortSignal) =>
      offerReports(connection, range, { most: 0, fresh: anew }, signal);
    const { report } = await reportOf(false, new AbortController().signal);
    if (fresh && !(report && isYoung(report.fetchedAt, now(), REPORT_MS))) {
      void readLater(
        JSON.stringify([connection, range]),
        report?.fetchedAt ?? 0,
        async (signal) => (await reportOf(true, signal)).report?.fetchedAt ?? 0,
      );
    }
    return report?.complete ? { ...side, report } : side;
  };

  return { offersOf, withReport };
}
