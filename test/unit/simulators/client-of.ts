import { parseAddress } from '../../../lib/connections/recognise.ts';
import { createHttp } from '../../../lib/http/client.ts';
import { createPacer } from '../../../lib/http/pacer.ts';
import type { TrackerAdapter, TrackerClient } from '../../../lib/trackers/adapter.ts';
import { trackers } from '../../../lib/trackers/index.ts';
import type { SimulatorId, Simulators } from '../../simulators/start.ts';

export const IDS = ['keitaro', 'binom', 'binom2', 'redtrack', 'affise'] as const;

export const adapterOf = (id: SimulatorId): TrackerAdapter => {
  const found = trackers.find((tracker) => tracker.id === id);
  if (!found) throw new Error(`no adapter ${id}`);
  return found;
};

/** The adapters' clock: the first of August is the first of the seven days whose clicks a network tells. */
export const NOW = Date.parse('2026-08-07T20:00:00Z');

export interface AskOptions {
  readonly key?: string;
  /** Adapter to ask with; default the one of the same name. */
  readonly adapter?: SimulatorId;
  /** Do time-outs come at once instead of never? Other waits always pass at once. */
  readonly impatient?: boolean;
  readonly currency?: string;
}

/** An adapter pointed at a simulator over the real lib/http, on a clock that need not be waited for. */
export function clientOf(
  simulators: Simulators,
  id: SimulatorId,
  options: AskOptions = {},
): { client: TrackerClient; adapter: TrackerAdapter } {
  const adapter = adapterOf(options.adapter ?? id);
  const { url, zone, apiKey } = simulators[id];
  const currency = options.currency ?? simulators[id].currency;
  // Node resolves no *.localhost; the path that the address leads to stays.
  const address = adapter.address(parseAddress(url.replace(`${id}.localhost`, '127.0.0.1')));
  let slept = 0;
  const clock = {
    now: () => Date.now() + slept,
    sleep(ms: number, signal: AbortSignal): Promise<void> {
      if (ms < 20_000) {
        slept += ms;
        return Promise.resolve();
      }
      // A time-out: of real time enough that an answer on loopback is there before.
      return new Promise((resolve, reject) => {
        if (options.impatient) {
          const timer = setTimeout(resolve, 300);
          signal.addEventListener('abort', () => clearTimeout(timer));
        }
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
  };
  const connection = {
    id,
    tracker: adapter.id,
    name: id,
    api: address.api,
    pages: [...address.pages],
    currency,
    zone,
    basis: 'visit',
    templates: [],
    order: 0,
    createdAt: 0,
  } as const;
  const http = createHttp({
    connection,
    adapter,
    credentials: async () => ({ key: options.key ?? apiKey }),
    fetch,
    clock,
    pacer: createPacer(clock),
    random: () => 0,
  });
  const client: TrackerClient = {
    http,
    connection: { ...connection, pages: [...address.pages], templates: [] },
    signal: new AbortController().signal,
    now: () => NOW,
    memory: new Map(),
  };
  return { client, adapter };
}
