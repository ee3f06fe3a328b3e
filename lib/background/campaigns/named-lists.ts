import { isYoung } from '../../age.ts';
import type { LinkKind } from '../../compare/link-kinds.ts';
import type { Named } from '../../compare/proposals.ts';
import type { Services } from '../services.ts';
import type { CampaignLists } from './lists.ts';

/** Age at which a list is fetched again. */
const LIST_MS = 10 * 60_000;

export interface Listed extends Named {
  /** Id of a campaign's traffic source; null = unknown, or it is an offer. */
  readonly source: string | null;
  /** Address that an offer's clicks are sent to; absent = not told, or it is a campaign. */
  readonly url?: string | undefined;
}

/** The campaigns of a connection, or its offers; a network's campaigns are its offers. */
export type NamedLists = (
  connection: string,
  kind: LinkKind,
  signal: AbortSignal,
) => Promise<readonly Listed[]>;

export function createNamedLists(
  { connections, clients, now }: Pick<Services, 'connections' | 'clients' | 'now'>,
  campaignLists: CampaignLists,
): NamedLists {
  const known = new Map<string, { readonly offers: readonly Listed[]; readonly at: number }>();
  return async (id, kind, signal) => {
    const connection = await connections.get(id);
    const { side, capabilities } = clients.adapter(connection.tracker);
    if (kind === 'campaign' || (side === 'network' && !capabilities.offers.can)) {
      const { campaigns } = await campaignLists(id, LIST_MS, signal);
      return campaigns.map(({ id: campaignId, name, source }) => ({
        id: campaignId,
        name,
        source: source?.id ?? null,
      }));
    }
    const stored = known.get(id);
    if (stored && isYoung(stored.at, now(), LIST_MS)) return stored.offers;
    const offers = await clients.run(connection, signal, async (client, adapter) =>
      ((await adapter.offers?.(client)) ?? []).map(({ id: offerId, name, url }) => ({
        id: offerId,
        name,
        source: null,
        url,
      })),
    );
    known.set(id, { offers, at: now() });
    return offers;
  };
}
