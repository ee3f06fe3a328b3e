import type { Database, Transaction } from '../../store/database.ts';
import { transact } from '../../store/transact.ts';

/**
 * What is learnt of a connection beside its reports, and forgotten with it:
 * - `campaigns`: the last list of its campaigns
 * - `memory`: what its adapter noted of the tracker
 * - `twins`: campaigns with their ids at the source
 */
export type DataKind = 'campaigns' | 'memory' | 'twins';

const STORE = 'connectionData';
const keyOf = (kind: DataKind, connection: string): string => `${kind}:${connection}`;
const valueIn = (record: unknown): unknown => Object(record).value;

/** As it was kept; undefined = nothing was. */
export const readData = async (
  database: Database,
  kind: DataKind,
  connection: string,
): Promise<unknown> => valueIn(await database.get(STORE, keyOf(kind, connection)));

/**
 * Keeps something of a connection, in one transaction with what was kept before.
 * An answer that comes when the connection is gone, or not saved yet, is not kept.
 * Nor is one that the storage does not take: it is asked for again, and is good all the same.
 */
export async function writeData(
  database: Database,
  kind: DataKind,
  connection: string,
  next: (before: unknown) => unknown,
): Promise<void> {
  const key = keyOf(kind, connection);
  await transact(database, ['connections', STORE], async (transaction) => {
    const known = await transaction.objectStore('connections').getKey(connection);
    if (known === undefined) return;
    const store = transaction.objectStore(STORE);
    await store.put({ key, connection, value: next(valueIn(await store.get(key))) });
  }).catch(() => {});
}

/** In a transaction over its store, `connectionData`. */
export async function forgetData(transaction: Transaction, connection: string): Promise<void> {
  const store = transaction.objectStore(STORE);
  for (const key of await store.index('connection').getAllKeys(connection)) await store.delete(key);
}
