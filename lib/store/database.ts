import { type DBSchema, openDB } from 'idb';

export type StoreName =
  | 'connections'
  | 'links'
  | 'reports'
  | 'previews'
  | 'journal'
  | 'exports'
  | 'settings';
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
  previews: Row;
  journal: Row & { indexes: { state: string; createdAt: number } };
  exports: Row & { indexes: { at: number } };
  settings: Row;
  cryptoKeys: { key: string; value: CryptoKey };
}

/** What the steps make their stores of: a database that is being upgraded. */
export interface Making {
  createObjectStore(
    name: AnyStore,
    options?: { keyPath: string },
  ): { createIndex(name: string, keyPath: string): unknown };
}

/** One step per version, applied in order; a step that has shipped is never changed. */
export const UPGRADES: ReadonlyArray<(database: Making) => void> = [
  (database) => {
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
];

/**
 * Opens the database of the browser's profile, upgrading it step by step from whatever version is there.
 * @param onClosed told when it was closed under us: its data was cleared, or a newer version wants it
 * @throws DOMException of IndexedDB when the browser does not open it
 */
export async function openDatabase(onClosed: () => void = () => {}): Promise<Database> {
  const opened = await openDB<Schema>('crosstrack', UPGRADES.length, {
    upgrade(database, from) {
      for (const step of UPGRADES.slice(from)) step(database);
    },
    blocking(_current, _blocked, event) {
      // A newer version of the extension wants to upgrade: let it.
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
  // Its types cannot say of a transaction in general that it can be written in.
  return opened as Database;
}
