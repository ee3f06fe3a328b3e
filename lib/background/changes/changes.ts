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

/** Connections to add, change or remove, with everything that belongs to them. */
export interface Change {
  readonly connections?: readonly Connection[];
  /** Their new keys; connections not listed keep theirs. */
  readonly keys?: ReadonlyArray<{
    readonly connection: Connection;
    readonly credentials: Credentials;
  }>;
  /** Id of a connection to remove. */
  readonly removed?: string;
  /** Host patterns that may no longer be needed. */
  readonly left?: readonly string[];
  /** Writes more within the same transaction. */
  write?(transaction: Transaction): Promise<void>;
}

/**
 * Changes the set of connections. Each change is atomic, wherever the worker is killed, although
 * keys are in one storage area and everything else is in the database.
 */
export interface Changes {
  /** Runs one task at a time, so that finishing an interrupted change cannot meet a running one. */
  readonly inTurn: Mutex;
  /** Call only within `inTurn`. */
  apply(change: Change): Promise<void>;
  /** Finishes an interrupted change: completes it if it was committed, else drops it. */
  finish(): Promise<void>;
}

/** Stores that a change of connections, or an import, writes to. */
const CHANGED_STORES: AnyStore[] = [
  'connections',
  'connectionData',
  'links',
  'rejections',
  'settings',
  'pending',
];

export function createChanges(
  services: Pick<Services, 'database' | 'connections' | 'keys' | 'reports' | 'permissions'>,
  pendingChange: PendingChange,
  /** Called after every change. */
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
    // Hosts granted by the manifest cannot be revoked; trying does no harm.
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
      // Already taken over before the worker stopped, or sealed by a profile that is gone; the list
      // shows a missing key. Anything else is retried at the next start.
      if (!lacksKey(problemOf(error))) throw error;
    }
  };

  /** Writes everything but the keys, and the mark that it is committed. */
  const commit = async ({ connections: changed = [], write }: Change, pending: Pending) => {
    const work = async (transaction: Transaction): Promise<void> => {
      const records = transaction.objectStore('connections');
      const stale = pending.removed === undefined ? [] : [pending.removed];
      for (const id of stale) await records.delete(id);
      for (const one of changed) {
        // What was learnt about another account does not hold for this one.
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
    /** New keys wait beside the old ones until one transaction has committed everything else. */
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
        // Also reports that were under way when the connections changed.
        await forget();
      } finally {
        await finishNow();
      }
    },
    finish: () => inTurn(finishNow),
  };
}
