import type { AnyStore, Database, Transaction } from './database.ts';

/**
 * All writes or, when one throws, none: what was put before it would be committed by itself.
 * @param options `durability: 'strict'` where the disk has to have it before anything else happens
 * @returns what `write` answers, when it is committed
 */
export async function transact<T>(
  database: Database,
  stores: AnyStore[],
  write: (transaction: Transaction) => Promise<T>,
  options?: { readonly durability: 'strict' },
): Promise<T> {
  const transaction = database.transaction(stores, 'readwrite', options);
  const done = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  let answer: T;
  try {
    answer = await write(transaction);
  } catch (error) {
    // A write that the database itself refused has aborted it already, and says why.
    if (transaction.error === null) transaction.abort();
    await done;
    throw transaction.error ?? error;
  }
  const failed = await done;
  if (failed) throw failed.error;
  return answer;
}
