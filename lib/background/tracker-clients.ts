import type { Connection } from '../connections/connection.ts';
import { CrosstrackError, problemOf } from '../errors.ts';
import type { Http } from '../http/http.ts';
import type { Credentials } from '../keys/credentials.ts';
import type { OpenDatabase } from '../store/database.ts';
import type { TrackerAdapter, TrackerClient } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import { readData, writeData } from './connections/data.ts';

/** The adapters, each run with a client for one connection. */
export interface TrackerClients {
  adapter(tracker: string): TrackerAdapter;
  /**
   * Runs one use of an adapter for a connection, and stores what it learnt.
   * @param credentials replace the stored ones, for a connection that is not saved yet
   */
  run<T>(
    connection: Connection,
    signal: AbortSignal,
    use: (client: TrackerClient, adapter: TrackerAdapter) => Promise<T>,
    credentials?: Credentials,
  ): Promise<T>;
}

/** Memory key: the tracker refused this connection's last write for lack of rights. Few trackers say beforehand what a key may do. */
export const READ_ONLY = 'read only';

/** Learns from the answers to writes whether the key may write. */
const learningRights = (http: Http, memory: Map<string, string>): Http => ({
  async send(request, signal) {
    if (!request.write) return http.send(request, signal);
    try {
      const answer = await http.send(request, signal);
      memory.delete(READ_ONLY);
      return answer;
    } catch (error) {
      const { kind, status } = problemOf(error);
      // Without a status it is the browser's permission that is missing.
      if (kind === 'permission' && status !== undefined) memory.set(READ_ONLY, 'yes');
      throw error;
    }
  },
});

const memorySchema = z.array(z.tuple([z.string(), z.string()]));

export interface TrackerClientsDeps {
  readonly trackers: readonly TrackerAdapter[];
  readonly database: OpenDatabase;
  readonly now: () => number;
  http(connection: Connection, adapter: TrackerAdapter, credentials?: Credentials): Http;
}

export function createTrackerClients(deps: TrackerClientsDeps): TrackerClients {
  const adapter = (tracker: string): TrackerAdapter => {
    const found = deps.trackers.find(({ id }) => id === tracker);
    if (!found) {
      throw new CrosstrackError({
        kind: 'unsupported',
        text: 'problem_tracker_unknown',
        values: [tracker],
      });
    }
    return found;
  };
  const memoryIn = (stored: unknown) => new Map(memorySchema.safeParse(stored).data);
  const recall = async (connection: string): Promise<Map<string, string>> =>
    memoryIn(await readData(await deps.database(), 'memory', connection));
  /** Merges into what is stored now: another use of the connection may have learnt something meanwhile. */
  const remember = async (
    connection: string,
    learnt: Iterable<[string, string]>,
    unlearnt: Iterable<string>,
  ) => {
    await writeData(await deps.database(), 'memory', connection, (stored) => {
      const all = memoryIn(stored);
      for (const [key, value] of learnt) all.set(key, value);
      for (const key of unlearnt) all.delete(key);
      return [...all];
    });
  };
  return {
    adapter,
    async run(connection, signal, use, credentials) {
      const tracker = adapter(connection.tracker);
      const memory = await recall(connection.id);
      const before = new Map(memory);
      const http = learningRights(deps.http(connection, tracker, credentials), memory);
      try {
        return await use({ http, connection, signal, now: deps.now, memory }, tracker);
      } finally {
        const learnt = [...memory].filter(([name, value]) => before.get(name) !== value);
        const unlearnt = [...before.keys()].filter((name) => !memory.has(name));
        if (learnt.length + unlearnt.length > 0) await remember(connection.id, learnt, unlearnt);
      }
    },
  };
}
