import type { Connection } from '../../connections/connection.ts';
import { hostPatterns } from '../../connections/hosts.ts';
import { lacksKey, problemOf } from '../../errors.ts';
import type { Credentials } from '../../keys/credentials.ts';
import type { SealedFor } from '../../keys/seal.ts';
import { createMutex, type Mutex } from '../../mutex.ts';
import type { AnyStore, Transaction } from '../../store/database.ts';
import { transact } from '../../store/transact.ts';
import { accountOf } from '../connections/account.ts';
import { forgetData } from '../connections/data.ts';
import { sealedFor, waitingFor } from '../connections/sealed-for.ts';
import type { Services } from '../services.ts';
import type { Pending, PendingChange } from './pending.ts';

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
}

/** Those that a change of connections writes to, with what an imported file brings along. */
const CHANGED_STORES: AnyStore[] = [
  'connections',
  'connectionData',
  'links',
  'settings',
  'pending',
];

export function createChanges(
  services: Pick<Services, 'database' | 'connections' | 'keys' | 'reports' | 'permissions'>,
  pendingChange: PendingChange,
  /** Told after every change. */
  onChange: () => Promise<void>,
): Changes {
  const { database, connections, keys, reports, permissions } = services;
  const inTurn = createMutex();

  const finishNow = async (): Promise<void> => {
    const pending = await pendingChange.read();
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
    const used = new Set((await connections.list()).flatMap(hostPatterns));
    const origins = committed ? left.filter((host) => !used.has(host)) : [];
    // Hosts that the manifest grants cannot be given back; nothing is lost by trying.
    if (origins.length > 0) await permissions.remove({ origins }).catch(() => false);
    try {
      if (committed) await onChange();
    } finally {
      await pendingChange.clear();
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

  /** Everything but the keys, and that it is there. */
  const commit = async ({ connections: changed = [], write }: Change, pending: Pending) => {
    const work = async (transaction: Transaction): Promise<void> => {
      const records = transaction.objectStore('connections');
      const stale = pending.removed === undefined ? [] : [pending.removed];
      for (const id of stale) await records.delete(id);
      for (const one of changed) {
        // What was learnt of another tracker account is nothing that this one has.
        if (accountOf(Object(await records.get(one.id))) !== accountOf(one)) stale.push(one.id);
        await records.put(one);
      }
      for (const id of stale) await forgetData(transaction, id);
      await write?.(transaction);
      await pendingChange.writeIn(transaction, { ...pending, committed: true });
    };
    await transact(await database(), CHANGED_STORES, work, { durability: 'strict' });
  };

  return {
    inTurn,
    /** Keys wait outside until one transaction has brought in everything else, and says so. */
    async apply(change) {
      const { connections: changed = [], keys: typed = [], removed, left = [] } = change;
      const forget = () => Promise.all(changed.map(({ id }) => reports.forget(id)));
      const pending: Pending = {
        committed: false,
        keys: typed.map(({ connection }) => sealedFor(connection)),
        ...(removed === undefined ? {} : { removed }),
        left: [...left],
      };
      await finishNow();
      try {
        await forget();
        if (typed.length > 0) {
          await pendingChange.write(pending);
          for (const { connection, credentials } of typed) {
            await keys.set(credentials, waitingFor(sealedFor(connection)));
          }
        }
        await commit(change, pending);
        // Answers to questions that were under way when the connections changed.
        await forget();
      } finally {
        await finishNow();
      }
    },
    finish: () => inTurn(finishNow),
  };
}
