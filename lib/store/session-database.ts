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
  /** `key` null = everything. */
  get(key: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

/** Key of the database's version in the area; records are JSON under `db:<store>:<key>`. */
export const MARK = 'db';
const nameOf = (store: string, key: string): string => `${MARK}:${store}:${key}`;
const RECORD = /^db:(\w+):(.*)$/s;

/** The store of cached reports, which can be fetched again. */
const CACHE = 'reports';
const CACHE_STORES: readonly AnyStore[] = [CACHE, 'reportSizes'];
/**
 * Longest total of cached reports, in characters of JSON. The oldest are evicted first, and a longer
 * report lasts only as long as the worker. Firefox gives an extension 10 MB of session storage, and a
 * character may take two bytes.
 */
const CACHE_LENGTH = 2_500_000;

/**
 * A database for browsers that have none. It lives in memory, and each commit is written to
 * `storage.session` first, so that the next worker finds what was durable. The data is gone when the
 * browser closes.
 *
 * Transactions run one after another, whatever their stores, so nobody sees data that is not in the
 * session yet. A CryptoKey must be extractable to be stored.
 *
 * @param upgrades all upgrade steps; the area's version says which have run
 * @throws the area's error when it stores nothing
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
    createIndex: (store, name, path) => void shelves.get(store)?.indexes.set(name, path),
  };
  for (const { make } of upgrades) make(making);
  const shelfOf = (store: AnyStore): Shelf => {
    const shelf = shelves.get(store);
    if (!shelf) throw new DOMException(`There is no store ${store}.`, 'NotFoundError');
    return shelf;
  };

  /** Lengths of the reports in the area. */
  const lengths = new Map<string, number>();
  for (const [name, text] of Object.entries(stored)) {
    const [, of, key = ''] = RECORD.exec(name) ?? [];
    const [store, shelf] = shelves.entries().find(([one]) => one === of) ?? [];
    // A removed record may have left its name.
    if (!store || !shelf || typeof text !== 'string') continue;
    shelf.records.set(key, await decoded(store, text));
    if (store === CACHE) lengths.set(key, text.length);
  }

  /** Writes a commit to the area, all or nothing. */
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

  /** Evicts cached reports to make room for other data. */
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
      // A report that cannot be stored is still valid while this worker lives.
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
  /** Runs one request in its own transaction. */
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
    // A worker killed before this point repeats the upgrade, which then finds nothing to move.
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
    getAllFromIndex: (store, index, value) =>
      inOwnTransaction(store, async (of) => {
        const keys = await of.index(index).getAllKeys(value);
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

/** The area's version; version 1 was stored as `true`. */
const versionOf = (stored: Record<string, unknown>): number =>
  stored[MARK] === true ? 1 : Number(stored[MARK] ?? 0);

/** JSON by names in the area; null = removed. */
type Items = Record<string, string | null>;

/** Drops reports that are too long, then the oldest, until the rest fits. */
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

/** Stands for a CryptoKey, which storage areas cannot hold. */
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
