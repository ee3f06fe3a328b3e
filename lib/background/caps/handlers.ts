import { isYoung } from '../../age.ts';
import type { Connection } from '../../connections/connection.ts';
import type { capCalls } from '../../contract/caps.ts';
import { type Cap, type CapUse, useOfCap } from '../../report/caps.ts';
import type { Conversion } from '../../report/log.ts';
import { dayOf, type Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Offer } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';

/** Age at which offers are fetched again. */
const OFFERS_MS = 10 * 60_000;

/** The cap's running period; null = it has no end, so that no log covers it. */
function periodOf({ period }: Cap, now: number, zone: string): Range | null {
  const to = dayOf(now, zone);
  if (period === 'all') return null;
  return { from: period === 'day' ? to : `${to.slice(0, 8)}01`, to, zone };
}

export function createCaps({
  connections,
  clients,
  now,
}: Pick<Services, 'connections' | 'clients' | 'now'>): HandlersOf<typeof capCalls> {
  const stored = new Map<string, { readonly offers: readonly Offer[]; readonly at: number }>();

  const offersOf = async (connection: Connection, signal: AbortSignal) => {
    const known = stored.get(connection.id);
    if (known && isYoung(known.at, now(), OFFERS_MS)) return known.offers;
    const offers = await clients.run(
      connection,
      signal,
      async (client, adapter) => (await adapter.offers?.(client)) ?? [],
    );
    stored.set(connection.id, { offers, at: now() });
    return offers;
  };

  return {
    'offers.caps': async ({ connection: id, offerId }, { signal }) => {
      const connection = await connections.get(id);
      // A tracker's offers are the buyer's own: their caps are not the network's.
      if (clients.adapter(connection.tracker).side !== 'network') return [];
      const offers = await offersOf(connection, signal);
      const caps = offers.find((offer) => offer.id === offerId)?.caps ?? [];
      const conversionsIn = (range: Range): Promise<readonly Conversion[]> =>
        clients.run(connection, signal, async (client, adapter) => {
          const question = { range, campaignId: offerId, clickId: null };
          return (await adapter.conversions?.(client, question))?.entries ?? [];
        });
      return Promise.all(
        caps.map(async (cap): Promise<CapUse> => {
          const range = periodOf(cap, now(), connection.zone);
          if (!range || !cap.allGoals) return { cap, used: null, reachedAt: null };
          return useOfCap(cap, await conversionsIn(range));
        }),
      );
    },
  };
}
