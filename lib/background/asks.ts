import type { Connection } from '../connections/connection.ts';
import { CrosstrackError } from '../errors.ts';
import type { Http } from '../http/http.ts';
import type { Database } from '../store/database.ts';
import type { Ask, TrackerAdapter } from '../trackers/adapter.ts';
import { z } from '../zod.ts';

/** The way to a tracker: an adapter and what it needs to ask. */
export interface Asks {
  adapter(tracker: string): TrackerAdapter;
  /**
   * Runs one use of an adapter for a connection.
   * @param key instead of the stored one, for a connection that is not saved yet
   */
  run<T>(
    connection: Connection,
    signal: AbortSignal,
    use: (ask: Ask, adapter: TrackerAdapter) => Promise<T>,
    key?: string,
  ): Promise<T>;
}

const memorySchema = z.array(z.tuple([z.string(), z.string()]));

export interface AsksDeps {
  readonly trackers: readonly TrackerAdapter[];
  readonly database: Promise<Database>;
  readonly now: () => number;
  http(connection: Connection, adapter: TrackerAdapter, key?: string): Http;
}

export function createAsks(deps: AsksDeps): Asks {
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
  const recall = async (connection: string): Promise<Map<string, string>> => {
    const stored = await (await deps.database).get('settings', `memory:${connection}`);
    const parsed = memorySchema.safeParse(stored);
    return new Map(parsed.success ? parsed.data : []);
  };
  return {
    adapter,
    async run(connection, signal, use, key) {
      const the = adapter(connection.tracker);
      const memory = await recall(connection.id);
      const before = JSON.stringify([...memory]);
      const http = deps.http(connection, the, key);
      try {
        return await use({ http, connection, signal, now: deps.now, memory }, the);
      } finally {
        if (JSON.stringify([...memory]) !== before) {
          await (await deps.database).put('settings', [...memory], `memory:${connection.id}`);
        }
      }
    },
  };
}
