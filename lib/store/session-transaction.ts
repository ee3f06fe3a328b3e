import type { AnyStore, ObjectStore, Transaction } from './database.ts';

/** A store as it lies in memory. */
export interface Shelf {
  /** Where a record says its key; null = the key is given beside it. */
  readonly keyPath: string | null;
  /** Paths of the indexes by their names. */
  readonly indexes: Map<string, string>;
  records: Map<string, unknown>;
}

/** A store as a transaction will leave it. */
export interface Draft {
  readonly records: Map<string, unknown>;
  /** Keys of what was put or removed. */
  readonly touched: Set<string>;
}

/**
 * A transaction over stores in memory, as IndexedDB does it: it works on drafts,
 * commits when it has been asked for nothing more by the next task, and a request
 * that fails aborts it.
 * @param before when it may begin
 * @param commit makes the drafts count; when it rejects, the transaction was aborted
 * @returns `commit` commits now, where it is known that nothing more will be asked; `over` resolves
 * when the next one may begin
 */
export function createTransaction(
  stores: readonly AnyStore[],
  shelfOf: (store: AnyStore) => Shelf,
  before: Promise<unknown>,
  commit: (drafts: ReadonlyMap<AnyStore, Draft>) => Promise<void>,
): { transaction: Transaction; commit(): void; over: Promise<unknown> } {
  const drafts = new Map<AnyStore, Draft>();
  const done = Promise.withResolvers<void>();
  // Not everybody waits for the end.
  done.promise.catch(() => {});
  let open = true;
  let waiting = 0;
  let error: unknown = null;

  const end = (reason: unknown): void => {
    open = false;
    done.reject(reason);
  };
  const settle = async (): Promise<void> => {
    if (!open || waiting > 0) return;
    open = false;
    try {
      if (drafts.size > 0) await commit(drafts);
      done.resolve();
    } catch (reason) {
      error = reason;
      end(reason);
    }
  };

  /** Looks in a task of its own: what follows from an answer has been asked for by then. */
  const atRest = (): void => void setTimeout(settle);

  const request = async <T>(answer: () => T): Promise<T> => {
    if (!open) throw new DOMException('The transaction is over.', 'TransactionInactiveError');
    waiting += 1;
    try {
      await before;
      if (!open) throw aborted();
      return answer();
    } catch (reason) {
      if (open) error = reason;
      end(reason);
      throw reason;
    } finally {
      waiting -= 1;
      atRest();
    }
  };

  const objectStore = (store: AnyStore): ObjectStore => {
    if (!open) throw new DOMException('The transaction is over.', 'InvalidStateError');
    if (!stores.includes(store)) {
      throw new DOMException(`${store} is none of its stores.`, 'NotFoundError');
    }
    const { keyPath, indexes } = shelfOf(store);
    const read = () => drafts.get(store)?.records ?? shelfOf(store).records;
    const draft = (): Draft => {
      const made = drafts.get(store) ?? { records: new Map(read()), touched: new Set() };
      drafts.set(store, made);
      return made;
    };
    const change = (key: string, record: unknown): void => {
      const { records, touched } = draft();
      touched.add(key);
      if (record === undefined) records.delete(key);
      else records.set(key, record);
    };
    const put = async (value: unknown, beside: string | undefined, isNew: boolean) => {
      // As it is now: it may be changed before its turn comes.
      const record: unknown = structuredClone(value);
      const key = keyOf(keyPath === null ? beside : Object(record)[keyPath]);
      return request(() => {
        if (isNew && read().has(key)) throw new DOMException(key, 'ConstraintError');
        change(key, record);
        return key;
      });
    };
    const sorted = () => [...read().keys()].sort();
    return {
      get: async (key) => request(() => structuredClone(read().get(keyOf(key)))),
      getKey: async (key) => request(() => (read().has(keyOf(key)) ? key : undefined)),
      getAll: () => request(() => sorted().map((key) => structuredClone(read().get(key)))),
      getAllKeys: () => request(sorted),
      count: () => request(() => read().size),
      put: (value, key) => put(value, key, false),
      add: (value, key) => put(value, key, true),
      delete: (key) => request(() => change(keyOf(key), undefined)),
      clear: () => request(() => sorted().forEach((key) => void change(key, undefined))),
      index(name) {
        const path = indexes.get(name);
        if (path === undefined) throw new DOMException(`No index ${name}.`, 'NotFoundError');
        return {
          getAllKeys: (value, most) =>
            request(() =>
              sorted()
                .map((key) => ({ key, at: Object(read().get(key))[path] as unknown }))
                .filter(({ at }) => isIndexed(at) && (value === null || at === value))
                .sort((a, b) => compare(a.at, b.at))
                .slice(0, most)
                .map(({ key }) => key),
            ),
        };
      },
    };
  };

  void before.then(atRest);
  const over = Promise.allSettled([before, done.promise]).then(() => {});
  return {
    over,
    commit: () => void settle(),
    transaction: {
      objectStore,
      abort() {
        if (open) end(aborted());
      },
      get error() {
        return error;
      },
      done: done.promise,
    },
  };
}

const aborted = () => new DOMException('The transaction was aborted.', 'AbortError');

function keyOf(key: unknown): string {
  if (typeof key === 'string') return key;
  throw new DOMException('Every key is a text here.', 'DataError');
}

/** What has no such value is in no index. */
const isIndexed = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number';

/** Numbers before texts, each in their order; what is equal stays in the order of the keys. */
function compare(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  if (a === b) return 0;
  const less = typeof a === 'number' ? a < Number(b) : String(a) < String(b);
  return less ? -1 : 1;
}
