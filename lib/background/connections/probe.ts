import type { Connection } from '../../connections/connection.ts';
import { hostPattern } from '../../connections/hosts.ts';
import { cleanAddress, originOf } from '../../connections/recognise.ts';
import type { TrackerAdapter, TrackerClient } from '../../trackers/adapter.ts';
import type { Managed } from '../policy/managed.ts';
import type { Services } from '../services.ts';
import { requireAccess } from './access.ts';

/** Time limit for all requests of a probe. */
const PROBE_MS = 10_000;

/** A stand-in connection for requests without a key. */
const PROBING = {
  id: '',
  name: '',
  currency: 'USD',
  zone: 'UTC',
  basis: 'visit',
  order: 0,
  createdAt: 0,
} as const;

/**
 * Finds the tracker that answers at a pasted address, by parallel requests without a key. null = none,
 * or several, as on a site that refuses everything alike.
 * @throws CrosstrackError `permission` when the host is not granted, `input` for an invalid address
 */
export type Probe = (
  pasted: string,
  plainHttp: boolean | undefined,
  signal: AbortSignal,
) => Promise<TrackerAdapter | null>;

export function createProbe(
  { clients, permissions }: Pick<Services, 'clients' | 'permissions'>,
  trackers: readonly TrackerAdapter[],
  managed: Pick<Managed, 'allow'>,
): Probe {
  return async (pasted, plainHttp, signal) => {
    const origin = originOf(pasted, plainHttp);
    if (origin.startsWith('http:')) await managed.allow('http');
    await requireAccess(permissions, [hostPattern(origin)], origin);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]);
    const there = await Promise.all(
      trackers.map(async (adapter) => {
        try {
          const { removed: _, ...address } = cleanAddress(adapter, pasted, plainHttp);
          const pages = [...address.pages];
          // If its API is on another host, the address itself says whose it is.
          if ([address.api, ...pages].some((url) => new URL(url).origin !== origin)) return false;
          const { id: tracker } = adapter;
          const draft: Connection = { ...PROBING, templates: [], ...address, pages, tracker };
          const asking = async (client: TrackerClient) => adapter.answersHere?.(client);
          return await clients.run(draft, limit, asking, { key: '' });
        } catch {
          // A tracker that cannot be reached counts as absent.
          signal.throwIfAborted();
          return false;
        }
      }),
    );
    const [found, ...more] = trackers.filter((_, index) => there[index]);
    return found && more.length === 0 ? found : null;
  };
}
