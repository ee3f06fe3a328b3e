import type { Connection } from '../connections/connection.ts';
import { hostPatterns } from '../connections/hosts.ts';
import { lacksKey, problemOf } from '../errors.ts';
import type { Credentials } from '../keys/credentials.ts';
import type { SealedFor } from '../keys/seal.ts';
import { createMutex, type Mutex } from '../mutex.ts';
import type { Database } from '../store/database.ts';
import { z } from '../zod.ts';
import type { Services } from './deps.ts';
import { KEPT } from './kept.ts';
import { accountOf } from './managed.ts';

type Transaction = ReturnType<typeof begin>;

/** Connections to come, to be changed or to go, with what goes along with them. */
export interface Change {
  readonly connections?: readonly Connection[];
  /** Keys of those; the others keep theirs. */
  readonly keys?: ReadonlyArray<{
    readonly connection: Connection;
    readonly credentials: Credentials;
  }>;
  /** Id of one that goes. */
  readonly removed?: string;
  /** Hosts that may not be needed any more. */
  readonly left?: readonly string[];
  /** Writes more in the same transaction. */
  write?(transaction: Transaction): Promise<void>;
}

/**
 * Changes of the set of connections: all of one arrives or nothing of it,
 * wherever the worker is killed, though keys lie in one storage and everything
 * else in another.
 */
export interface Changes {
  /** One at a time: what ends a broken change must not meet one that is under way. */
  readonly inTurn: Mutex;
  /** Only in a turn. */
  apply(change: Change): Promise<void>;
  /** Ends a change that was cut off: goes through with it when it was committed, else drops it. */
  finish(): Promise<void>;
  /** What keys on their way to their connections are sealed for. */
  waiting(): Promise<SealedFor[]>;
}

/** Where a change writes down how far it is (store `settings`). */
const PENDING = 'change';
const pendingSchema = z.object({
  committed: z.boolean(),
  keys: z.array(z.object({ connection: z.string(), origin: z.string() })),
  removed: z.optional(z.string()),
  left: z.array(z.string()),
});

export const sealedFor = ({ id, api }: Connection): SealedFor => ({
  connection: id,
  origin: new URL(api).origin,
});
/** A key that waits for its change to be committed lies beside the one it will replace. */
const waitingFor = (of: SealedFor): SealedFor => ({ ...of, connection: `import:${of.connection}` });

export function createChanges(
  services: Pick<Services, 'database' | 'connections' | 'keys' | 'reports' | 'permissions'>,
  /** Told after every change. */
  onChange: () => Promise<void>,
): Changes {
  const { database, connections, keys, reports, permissions } = services;
  const inTurn = createMutex();

  const readPending = async () =>
    pendingSchema.safeParse(await (await database()).get('settings', PENDING)).data;

  const finishNow = async (): Promise<void> => {
    const pending = await readPending();
    if (!pending) return;
    const { committed, removed, left } = pending;
    for (const of of pending.keys) {
      if (committed) await takeOver(of);
      await keys.remove(waitingFor(of).connection);
    }
    if (removed !== undefined) {
      await keys.remove(removed);
      await reports.forget(removed);
    }
    const used = new Set((await connections.all()).flatMap(hostPatterns));
    const origins = committed ? left.filter((host) => !used.has(host)) : [];
    // Hosts that the manifest grants cannot be given back; nothing is lost by trying.
    if (origins.length > 0) await permissions.remove({ origins }).catch(() => false);
    try {
      if (committed) await onChange();
    } finally {
      await (await database()).delete('settings', PENDING);
    }
  };

  const takeOver = async (of: SealedFor): Promise<void> => {
    try {
      await keys.set(await keys.get(waitingFor(of)), of);
    } catch (error) {
      // Taken over before the worker was stopped, or sealed by a profile that is gone; the row says
      // when a key is missing. Anything else is tried again at the next start.
      if (!lacksKey(problemOf(error))) throw error;
    }
  };

  return {
    inTurn,
    /** Keys wait outside until one transaction has brought in everything else, and says so. */
    async apply({ connections: changed = [], keys: typed = [], removed, left = [], write }) {
      const the = await database();
      const forget = () => Promise.all(changed.map(({ id }) => reports.forget(id)));
      const pending = {
        committed: false,
        keys: typed.map(({ connection }) => sealedFor(connection)),
        removed,
        left,
      };
      await finishNow();
      try {
        await forget();
        if (typed.length > 0) {
          await the.put('settings', pending, PENDING);
          for (const { connection, credentials } of typed) {
            await keys.set(credentials, waitingFor(sealedFor(connection)));
          }
        }
        await inOneTransaction(the, async (transaction) => {
          const records = transaction.objectStore('connections');
          const settings = transaction.objectStore('settings');
          const stale = removed === undefined ? [] : [removed];
          for (const id of stale) await records.delete(id);
          for (const one of changed) {
            // What was learnt of another tracker account is nothing that this one has.
            if (accountOf(Object(await records.get(one.id))) !== accountOf(one)) stale.push(one.id);
            await records.put(one);
          }
          for (const id of stale) {
            for (const what of KEPT) await settings.delete(`${what}:${id}`);
          }
          await write?.(transaction);
          await settings.put({ ...pending, committed: true }, PENDING);
        });
        // Answers to questions that were under way when the connections changed.
        await forget();
      } finally {
        await finishNow();
      }
    },
    finish: () => inTurn(finishNow),
    waiting: async () => (await readPending())?.keys.map(waitingFor) ?? [],
  };
}

const begin = (database: Database) =>
  database.transaction(['connections', 'links', 'settings'], 'readwrite', {
    durability: 'strict',
  });

/** All writes or, when one throws, none: what was put before it would be committed by itself. */
async function inOneTransaction(
  database: Database,
  write: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const transaction = begin(database);
  const done = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    await write(transaction);
  } catch (error) {
    // A write that the database itself refused has aborted it already.
    if (transaction.error === null) transaction.abort();
    await done;
    throw error;
  }
  const failed = await done;
  if (failed) throw failed.error;
}
