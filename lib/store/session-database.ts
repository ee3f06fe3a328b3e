import { CrosstrackError, SESSION_FULL } from '../errors.ts';
import { z } from '../zod.ts';
import type {
  AnyStore,
  Database,
  Making,
  ObjectStore,
  StoreTransaction,
  Transaction,
  Upgrade,
} from './database.ts';
import { createTransaction, type Draft, type Shelf } from './session-transaction.ts';

/** The part of `browser.storage.session` that a database needs. */
export interface SessionArea {
  /** null = everything. */
  get(key: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

/** In the area: the database's version, and each record of it as JSON under `db:<store>:<key>`. */
export const MARK = 'db';
const nameOf = (store: string, key: string): string => `${MARK}:${store}:${key}`;
const RECORD = /^db:(\w+):(.*)$/s;

/** The store of what can be asked for again. */
const CACHE = 'reports';
const CACHE_STORES: readonly AnyStore[] = [CACHE, 'reportSizes'];
/**
 * Length of the cached reports as JSON; the oldest go first, and one that is
 * longer alone is known only as long as the worker lives. Firefox gives an
 * extension 10 MB of session, and a letter may take two bytes.
 */
const CACHE_LENGTH = 2_500_000;

/**
 * The database where the browser keeps none: in memory, and every commit in
 * `storage.session` before it counts, so that the next worker finds what this
 * one was told is durable. Nothing of it is left when the browser is closed.
 *
 * Transactions go one after another, whatever their stores: what has not come
 * into the session yet is seen by nobody, and what does not get in never was.
 * A CryptoKey has to be extractable to be put.
 *
 * @param upgrades all that there are; the area's version says which of them have moved its records
 * @throws whatever the area does when it takes nothing
 */
export async function openSessionDatabase(
  area: SessionArea,
  upgrades: readonly Upgrade[],
): Promise<Database> {
  const stored = await area.get(null);
  const shelves = new Map<AnyStore, Shelf>();
  const making: Making = {
    createObjectStore(name, options) {
      const indexes = new Map<string, string>();
      shelves.set(name, { keyPath: options?.keyPath ?? null, indexes, records: new Map() });
      return { createIndex: (index, path) => indexes.set(index, path) };
    },
  };
  for (const { make } of upgrades) make(making);
  const shelfOf = (store: AnyStore): Shelf => {
    const shelf = shelves.get(store);
    if (!shelf) throw new DOMException(`There is no store ${store}.`, 'NotFoundError');
    return shelf;
  };

  /** Lengths of the reports that are in the area. */
  const lengths = new Map<string, number>();
  for (const [name, text] of Object.entries(stored)) {
    const [, of, key = ''] = RECORD.exec(name) ?? [];
    const [store, shelf] = shelves.entries().find(([one]) => one === of) ?? [];
    // What was removed may have left its name.
    if (!store || !shelf || typeof text !== 'string') continue;
    shelf.records.set(key, await decoded(store, text));
    if (store === CACHE) lengths.set(key, text.length);
  }

  /** Brings a commit into the area, all or nothing of it. */
  const write = async (items: Items): Promise<void> => {
    const removed = Object.keys(items).filter((name) => items[name] === null);
    if (removed.length === Object.keys(items).length) await area.remove(removed);
    else {
      await area.set(items);
      // A name without its record does no harm.
      if (removed.length > 0) await area.remove(removed).catch(() => {});
    }
    for (const [name, text] of Object.entries(items)) {
      const [, store, key = ''] = RECORD.exec(name) ?? [];
      if (store !== CACHE) continue;
      if (text === null) lengths.delete(key);
      else lengths.set(key, text.length);
    }
  };

  /** The cache makes room for whatever is more than that. */
  const writeInstead = async (items: Items): Promise<void> => {
    await area.remove([...lengths.keys()].map((key) => nameOf(CACHE, key)));
    lengths.clear();
    await write(items);
  };

  const commit = async (drafts: ReadonlyMap<AnyStore, Draft>): Promise<void> => {
    const items: Items = {};
    for (const [store, { records, touched }] of drafts) {
      for (const key of touched) {
        const record = records.get(key);
        items[nameOf(store, key)] = record === undefined ? null : await encoded(record);
      }
    }
    const cached = drafts.get(CACHE);
    if (cached) fitCache(cached, items, lengths);
    try {
      await write(items).catch(() => writeInstead(items));
    } catch (cause) {
      // An answer that cannot be kept is still an answer: this worker knows it.
      const isCache = [...drafts.keys()].every((store) => CACHE_STORES.includes(store));
      if (!isCache) throw new CrosstrackError(SESSION_FULL, { cause });
    }
    for (const [store, { records }] of drafts) shelfOf(store).records = records;
  };

  let queue: Promise<unknown> = Promise.resolve();
  const begin = (stores: readonly AnyStore[]) => {
    const opened = createTransaction(stores, shelfOf, queue, commit);
    queue = opened.over;
    return opened;
  };
  /** One request in a transaction of its own. */
  const inOwnTransaction = async <T>(
    store: AnyStore,
    request: (of: ObjectStore) => Promise<T>,
  ): Promise<T> => {
    const { transaction, commit: commitNow } = begin([store]);
    const requested = request(transaction.objectStore(store));
    const [answer] = await Promise.all([requested.finally(commitNow), transaction.done]);
    return answer;
  };

  function transaction(store: AnyStore): StoreTransaction;
  function transaction(stores: AnyStore[]): Transaction;
  function transaction(stores: AnyStore | AnyStore[]): Transaction {
    if (typeof stores !== 'string') return begin(stores).transaction;
    const { transaction } = begin([stores]);
    return Object.assign(transaction, { store: transaction.objectStore(stores) });
  }

  if (stored[MARK] !== upgrades.length) {
    // Killed before its version is noted it is done once more, and finds nothing left to move.
    const opened = begin([...shelves.keys()]);
    for (const { move } of upgrades.slice(versionOf(stored))) await move?.(opened.transaction);
    opened.commit();
    await opened.transaction.done;
    await area.set({ [MARK]: upgrades.length });
  }

  return {
    objectStoreNames: [...shelves.keys()],
    get: (store, key) => inOwnTransaction(store, (of) => of.get(key)),
    getAll: (store) => inOwnTransaction(store, (of) => of.getAll()),
    getAllKeys: (store) =>
      inOwnTransaction(store, async (of) => (await of.getAllKeys()).map(String)),
    getAllFromIndex: (store, index) =>
      inOwnTransaction(store, async (of) => {
        const keys = await of.index(index).getAllKeys(null);
        return Promise.all(keys.map((key) => of.get(key)));
      }),
    count: (store) => inOwnTransaction(store, (of) => of.count()),
    put: (store, value, key) =>
      inOwnTransaction(store, async (of) => String(await of.put(value, key))),
    delete: (store, key) => inOwnTransaction(store, (of) => of.delete(key)),
    clear: (store) => inOwnTransaction(store, (of) => of.clear()),
    transaction,
  };
}

/** Of what is in the area; the first was no number. */
const versionOf = (stored: Record<string, unknown>): number =>
  stored[MARK] === true ? 1 : Number(stored[MARK] ?? 0);

/** JSON by names in the area; null = removed. */
type Items = Record<string, string | null>;

/** Leaves out what is too long, and lets the oldest go until the rest fits. */
function fitCache({ records, touched }: Draft, items: Items, known: ReadonlyMap<string, number>) {
  const lengths = new Map(known);
  for (const key of touched) {
    const name = nameOf(CACHE, key);
    const length = items[name]?.length ?? 0;
    if (length > CACHE_LENGTH) items[name] = null;
    if (items[name] === null) lengths.delete(key);
    else lengths.set(key, length);
  }
  let total = lengths.values().reduce((sum, length) => sum + length, 0);
  const savedAt = (key: string): number => Number(Object(records.get(key)).savedAt);
  const oldestFirst = [...lengths].sort(([a], [b]) => savedAt(a) - savedAt(b));
  for (const [key, length] of oldestFirst) {
    if (total <= CACHE_LENGTH) return;
    total -= length;
    records.delete(key);
    items[nameOf(CACHE, key)] = null;
  }
}

/** Instead of a CryptoKey, which no storage area takes. */
const rawSchema = z.object({ cryptoKey: z.string() });

async function encoded(record: unknown): Promise<string> {
  if (!(record instanceof CryptoKey)) return JSON.stringify(record);
  const raw = await crypto.subtle.exportKey('raw', record);
  return JSON.stringify({ cryptoKey: new Uint8Array(raw).toBase64() });
}

async function decoded(store: string, text: string): Promise<unknown> {
  const record: unknown = JSON.parse(text);
  if (store !== 'cryptoKeys') return record;
  const raw = Uint8Array.fromBase64(rawSchema.parse(record).cryptoKey);
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
