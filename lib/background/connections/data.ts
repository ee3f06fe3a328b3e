import type { Database, Transaction } from '../../store/database.ts';
import { transact } from '../../store/transact.ts';

/**
 * Data about a connection besides its reports, deleted with it:
 * - `campaigns`: its last campaign list
 * - `memory`: what its adapter learnt about the tracker
 * - `arrivals`: when its campaigns' conversions arrive
 * - `firstDays`: the days that careful looks at its campaigns count from
 * - `payouts`: the payouts that the user has entered for its campaigns
 * - `twins`: its campaigns with their ids at the source
 */
export type DataKind = 'campaigns' | 'memory' | 'arrivals' | 'firstDays' | 'payouts' | 'twins';

const STORE = 'connectionData';
const keyOf = (kind: DataKind, connection: string): string => `${kind}:${connection}`;
const valueIn = (record: unknown): unknown => Object(record).value;

/** The stored value; undefined = none. */
export const readData = async (
  database: Database,
  kind: DataKind,
  connection: string,
): Promise<unknown> => valueIn(await database.get(STORE, keyOf(kind, connection)));

/**
 * Stores a value for a connection, in one transaction with reading the former one. Stores nothing
 * when the connection is removed or not saved yet, and ignores errors: what cannot be stored is
 * fetched again.
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

/** Deletes a connection's data, within a transaction over the store `connectionData`. */
export async function forgetData(transaction: Transaction, connection: string): Promise<void> {
  const store = transaction.objectStore(STORE);
  for (const key of await store.index('connection').getAllKeys(connection)) await store.delete(key);
}
