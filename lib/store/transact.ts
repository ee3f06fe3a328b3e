import type { AnyStore, Database, Transaction } from './database.ts';

/**
 * Runs writes in one transaction and aborts it when `write` throws, which IndexedDB would not do.
 * @param options `durability: 'strict'` where data must be on disk before anything else happens
 * @returns the result of `write`, once committed
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
    // A write that the database rejected has aborted it already, with the reason.
    if (transaction.error === null) transaction.abort();
    await done;
    throw transaction.error ?? error;
  }
  const failed = await done;
  if (failed) throw failed.error;
  return answer;
}
