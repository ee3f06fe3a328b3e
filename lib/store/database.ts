import { type DBSchema, openDB } from 'idb';

/**
 * The object stores:
 * - `connections`, `links`, `journal`, `exports`: the user's data
 * - `rejections`: proposed links that the user rejected
 * - `settings`: the user's settings, one record
 * - `previews`: previews of cost updates, for some minutes
 * - `reports`: cached reports; `reportSizes`: the length of each
 * - `connectionData`: other data about a connection, by kind
 * - `pending`: the change of connections under way
 * - `policy`: the administrator's last policy
 * - `vault`: how the data key of the keys is protected; `cryptoKeys`: the data key, if there is no passphrase
 */
export type StoreName =
  | 'connections'
  | 'links'
  | 'rejections'
  | 'reports'
  | 'reportSizes'
  | 'previews'
  | 'journal'
  | 'exports'
  | 'settings'
  | 'connectionData'
  | 'pending'
  | 'policy'
  | 'vault';
export type AnyStore = StoreName | 'cryptoKeys';

/**
 * The extension's database: the part of IndexedDB that is used, in the style of `idb`. Content scripts
 * cannot reach it, as they can `storage.local` in Firefox, so it holds everything but sealed keys.
 * Values are `unknown`: each reader parses what it reads.
 */
export interface Database {
  readonly objectStoreNames: Iterable<AnyStore>;
  get(store: AnyStore, key: string): Promise<unknown>;
  /** In key order, as are the keys. */
  getAll(store: AnyStore): Promise<unknown[]>;
  getAllKeys(store: AnyStore): Promise<string[]>;
  /** Those with this value (null = any), in index order. */
  getAllFromIndex(store: StoreName, index: string, value: string | null): Promise<unknown[]>;
  count(store: AnyStore): Promise<number>;
  /** Resolves with the key, once durable. */
  put(store: AnyStore, value: unknown, key?: string): Promise<string>;
  delete(store: AnyStore, key: string): Promise<void>;
  clear(store: AnyStore): Promise<void>;
  /** Commits automatically when no more requests are made, as in IndexedDB. */
  transaction(store: AnyStore, mode: 'readwrite', options?: Durability): StoreTransaction;
  transaction(stores: AnyStore[], mode: 'readwrite', options?: Durability): Transaction;
}

/** Returns the open database, reopened if it was closed. Call it anew for each use. */
export type OpenDatabase = () => Promise<Database>;

interface Durability {
  readonly durability: 'strict';
}

export interface Transaction {
  objectStore(name: AnyStore): ObjectStore;
  abort(): void;
  /** Why it was aborted; null = not aborted, or by `abort`. */
  readonly error: unknown;
  /** Resolves when everything is durable; rejects when it was aborted. */
  readonly done: Promise<void>;
}

/** A transaction over a single store. */
export interface StoreTransaction extends Transaction {
  readonly store: ObjectStore;
}

export interface ObjectStore {
  get(key: IDBValidKey): Promise<unknown>;
  /** undefined = no such record. */
  getKey(key: IDBValidKey): Promise<unknown>;
  getAll(): Promise<unknown[]>;
  getAllKeys(): Promise<IDBValidKey[]>;
  count(): Promise<number>;
  put(value: unknown, key?: string): Promise<IDBValidKey>;
  /** Rejects with a `ConstraintError` when the key exists. */
  add(value: unknown, key?: string): Promise<IDBValidKey>;
  delete(key: IDBValidKey): Promise<void>;
  clear(): Promise<void>;
  index(name: string): {
    /** Keys of the records with this value (null = any), in index order. */
    getAllKeys(value: string | number | null, most?: number): Promise<IDBValidKey[]>;
  };
}

/** The stores as `idb` types them. */
interface Row {
  key: string;
  value: unknown;
}
interface Schema extends DBSchema {
  connections: Row;
  links: Row;
  rejections: Row;
  reports: Row & { indexes: { connection: string; savedAt: number } };
  reportSizes: Row;
  previews: Row;
  journal: Row & { indexes: { state: string; createdAt: number } };
  exports: Row & { indexes: { at: number; campaignId: string } };
  settings: Row;
  connectionData: Row & { indexes: { connection: string } };
  pending: Row;
  policy: Row;
  vault: Row;
  cryptoKeys: { key: string; value: CryptoKey };
}

/** A database during an upgrade. */
export interface Making {
  createObjectStore(
    name: AnyStore,
    options?: { keyPath: string },
  ): { createIndex(name: string, keyPath: string): unknown };
  /** Of a store that is there. */
  createIndex(store: AnyStore, name: string, keyPath: string): void;
}

/** A step from one version to the next. */
export interface Upgrade {
  /** Creates new stores and indexes. */
  make(database: Making): void;
  /** Moves records, in the upgrade's transaction. */
  move?(transaction: Transaction): Promise<void>;
}

/** One step per version, applied in order; a step that has shipped is never changed. */
export const UPGRADES: readonly Upgrade[] = [
  {
    make(database) {
      database.createObjectStore('connections', { keyPath: 'id' });
      database.createObjectStore('links', { keyPath: 'id' });
      const reports = database.createObjectStore('reports', { keyPath: 'key' });
      reports.createIndex('connection', 'connection');
      reports.createIndex('savedAt', 'savedAt');
      database.createObjectStore('previews', { keyPath: 'id' });
      const journal = database.createObjectStore('journal', { keyPath: 'id' });
      journal.createIndex('state', 'state');
      journal.createIndex('createdAt', 'createdAt');
      const exports = database.createObjectStore('exports', { keyPath: 'id' });
      exports.createIndex('at', 'at');
      database.createObjectStore('settings');
      database.createObjectStore('cryptoKeys');
    },
  },
  {
    make(database) {
      const data = database.createObjectStore('connectionData', { keyPath: 'key' });
      data.createIndex('connection', 'connection');
      database.createObjectStore('reportSizes', { keyPath: 'key' });
      database.createObjectStore('pending');
      database.createObjectStore('policy');
      database.createObjectStore('vault');
    },
    move: splitSettings,
  },
  {
    make(database) {
      database.createObjectStore('rejections', { keyPath: 'id' });
    },
  },
  {
    make(database) {
      database.createIndex('exports', 'campaignId', 'campaignId');
    },
  },
];

/** Where records of `settings` that are not settings moved: store and key there. */
const MOVED: Readonly<Record<string, readonly [StoreName, string]>> = {
  keys: ['vault', 'ring'],
  'keys-tries': ['vault', 'tries'],
  'keys-idle': ['vault', 'idle'],
  change: ['pending', 'change'],
  policy: ['policy', 'last'],
};

/** `settings` held everything that had no store of its own, connection data as "<kind>:<connection>". */
async function splitSettings(transaction: Transaction): Promise<void> {
  const settings = transaction.objectStore('settings');
  for (const key of await settings.getAllKeys()) {
    const [, kind, connection] = /^(campaigns|memory|twins):(.*)$/s.exec(String(key)) ?? [];
    const [store, name] = MOVED[String(key)] ?? [];
    if (!store && kind === undefined) continue;
    const value = await settings.get(key);
    if (store) await transaction.objectStore(store).put(value, name);
    else await transaction.objectStore('connectionData').put({ key, connection, value });
    await settings.delete(key);
  }
}

/**
 * Opens the profile's database and upgrades it step by step.
 * @param onClosed called when it was closed from outside: its data was cleared, or a newer version is upgrading it
 * @throws DOMException when the browser does not open it
 */
export async function openDatabase(onClosed: () => void = () => {}): Promise<Database> {
  let failure: { readonly error: unknown } | null = null;
  const opening = openDB<Schema>('crosstrack', UPGRADES.length, {
    async upgrade(database, from, _, transaction) {
      const making: Making = {
        createObjectStore: (name, options) => database.createObjectStore(name, options),
        createIndex(store, name, path) {
          const made: ReturnType<Making['createObjectStore']> = transaction.objectStore(store);
          made.createIndex(name, path);
        },
      };
      try {
        for (const { make, move } of UPGRADES.slice(from)) {
          make(making);
          await move?.(transaction as Transaction);
        }
      } catch (error) {
        failure = { error };
        // The next open retries, from the former version.
        if (transaction.error === null) transaction.abort();
        await transaction.done.catch(() => {});
      }
    },
    blocking(_current, _blocked, event) {
      // A newer version of the extension wants to upgrade: let it.
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
  const opened = await opening.catch((error: unknown) => {
    throw failure ? failure.error : error;
  });
  // `idb`'s types cannot express that a transaction of any mode is writable.
  return opened as Database;
}
