import { type DBSchema, openDB } from 'idb';

/**
 * What lies where:
 * - `connections`, `links`, `journal`, `exports`: the user's, one record each
 * - `settings`: the user's settings, one record
 * - `previews`: of cost updates, for some minutes
 * - `reports`: answers of trackers, which can be asked for again; `reportSizes`: how long each is
 * - `connectionData`: what was learnt of a connection beside its reports, by kind
 * - `pending`: the change of connections that is under way
 * - `policy`: the administrator's, as it was last time
 * - `vault`: how the keys' data key is protected; `cryptoKeys`: that key, without a passphrase
 */
export type StoreName =
  | 'connections'
  | 'links'
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
 * The extension's own database, as much of IndexedDB (in the manner of `idb`)
 * as is used. Pages and content scripts cannot reach it (they can read
 * `storage.local` in Firefox), so everything but sealed keys lives here.
 * Values are `unknown`: each reader parses what it reads.
 */
export interface Database {
  readonly objectStoreNames: Iterable<AnyStore>;
  get(store: AnyStore, key: string): Promise<unknown>;
  /** In the order of their keys, as are the keys. */
  getAll(store: AnyStore): Promise<unknown[]>;
  getAllKeys(store: AnyStore): Promise<string[]>;
  /** In the order of the index. */
  getAllFromIndex(store: StoreName, index: string): Promise<unknown[]>;
  count(store: AnyStore): Promise<number>;
  /** Resolves with the key, when it is durable. */
  put(store: AnyStore, value: unknown, key?: string): Promise<string>;
  delete(store: AnyStore, key: string): Promise<void>;
  clear(store: AnyStore): Promise<void>;
  /** Commits by itself when it is asked for nothing more, as IndexedDB does. */
  transaction(store: AnyStore, mode: 'readwrite', options?: Durability): StoreTransaction;
  transaction(stores: AnyStore[], mode: 'readwrite', options?: Durability): Transaction;
}

/** The database that is open now: one that was closed under us is opened anew, so nobody keeps it for later. */
export type OpenDatabase = () => Promise<Database>;

interface Durability {
  readonly durability: 'strict';
}

export interface Transaction {
  objectStore(name: AnyStore): ObjectStore;
  abort(): void;
  /** Why it was aborted; null = it was not, or only by `abort`. */
  readonly error: unknown;
  /** Resolves when all is durable; rejects when nothing of it was kept. */
  readonly done: Promise<void>;
}

/** A transaction of one store alone. */
export interface StoreTransaction extends Transaction {
  readonly store: ObjectStore;
}

export interface ObjectStore {
  get(key: IDBValidKey): Promise<unknown>;
  /** undefined = there is no such record. */
  getKey(key: IDBValidKey): Promise<unknown>;
  getAll(): Promise<unknown[]>;
  getAllKeys(): Promise<IDBValidKey[]>;
  count(): Promise<number>;
  put(value: unknown, key?: string): Promise<IDBValidKey>;
  /** Rejects with a `ConstraintError` where there is one of this key. */
  add(value: unknown, key?: string): Promise<IDBValidKey>;
  delete(key: IDBValidKey): Promise<void>;
  clear(): Promise<void>;
  index(name: string): {
    /** Keys of the records with this value, null = with any; in the order of the index. */
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
  reports: Row & { indexes: { connection: string; savedAt: number } };
  reportSizes: Row;
  previews: Row;
  journal: Row & { indexes: { state: string; createdAt: number } };
  exports: Row & { indexes: { at: number } };
  settings: Row;
  connectionData: Row & { indexes: { connection: string } };
  pending: Row;
  policy: Row;
  vault: Row;
  cryptoKeys: { key: string; value: CryptoKey };
}

/** What the steps make their stores of: a database that is being upgraded. */
export interface Making {
  createObjectStore(
    name: AnyStore,
    options?: { keyPath: string },
  ): { createIndex(name: string, keyPath: string): unknown };
}

/** A step from one version to the next. */
export interface Upgrade {
  /** Makes the stores that are new. */
  make(database: Making): void;
  /** Moves records, in one transaction with the whole upgrade. */
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
];

/** Where the records of `settings` that are no settings went: store, and name there. */
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
 * Opens the database of the browser's profile, upgrading it step by step from whatever version is there.
 * @param onClosed told when it was closed under us: its data was cleared, or a newer version wants it
 * @throws DOMException of IndexedDB when the browser does not open it
 */
export async function openDatabase(onClosed: () => void = () => {}): Promise<Database> {
  let failure: { readonly error: unknown } | null = null;
  const opening = openDB<Schema>('crosstrack', UPGRADES.length, {
    async upgrade(database, from, _, transaction) {
      try {
        for (const { make, move } of UPGRADES.slice(from)) {
          make(database);
          await move?.(transaction as Transaction);
        }
      } catch (error) {
        failure = { error };
        // The next to open it tries again, from what was there.
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
  // Its types cannot say of a transaction in general that it can be written in.
  return opened as Database;
}
