import type { Connection } from '../../connections/connection.ts';
import { hostPattern } from '../../connections/hosts.ts';
import { cleanAddress, originOf } from '../../connections/recognise.ts';
import type { TrackerAdapter, TrackerClient } from '../../trackers/adapter.ts';
import type { Managed } from '../policy/managed.ts';
import type { Services } from '../services.ts';
import { requireAccess } from './access.ts';

/** Milliseconds in which everybody who is asked has to have answered. */
const PROBE_MS = 10_000;

/** A connection that nobody has made yet, to ask with. */
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
 * The tracker that answers at a pasted address; all are asked side by side, without a key.
 * Null: none, or several, which is a site that refuses whatever it is asked.
 * @throws CrosstrackError `permission` when the host is not granted, `input` for no address
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
          // Where its API lies elsewhere the address itself says whose it is.
          if ([address.api, ...pages].some((url) => new URL(url).origin !== origin)) return false;
          const { id: tracker } = adapter;
          const draft: Connection = { ...PROBING, templates: [], ...address, pages, tracker };
          const asking = async (client: TrackerClient) => adapter.answersHere?.(client);
          return await clients.run(draft, limit, asking, { key: '' });
        } catch {
          // Who cannot be asked now is not there now.
          signal.throwIfAborted();
          return false;
        }
      }),
    );
    const [found, ...more] = trackers.filter((_, index) => there[index]);
    return found && more.length === 0 ? found : null;
  };
}
