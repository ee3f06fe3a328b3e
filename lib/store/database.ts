import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * The extension's own IndexedDB. Pages and content scripts cannot reach it
 * (they can read `storage.local` in Firefox), so everything but sealed keys
 * lives here. Values are `unknown`: each reader parses what it reads.
 */
interface Schema extends DBSchema {
  connections: { key: string; value: unknown };
  links: { key: string; value: unknown };
  reports: { key: string; value: unknown; indexes: { connection: string; savedAt: number } };
  previews: { key: string; value: unknown };
  journal: { key: string; value: unknown; indexes: { state: string; createdAt: number } };
  exports: { key: string; value: unknown; indexes: { at: number } };
  settings: { key: string; value: unknown };
  cryptoKeys: { key: string; value: CryptoKey };
}
export type Database = IDBPDatabase<Schema>;
export type StoreName =
  | 'connections'
  | 'links'
  | 'reports'
  | 'previews'
  | 'journal'
  | 'exports'
  | 'settings';

/** One step per version, applied in order; a step that has shipped is never changed. */
const UPGRADES: ReadonlyArray<(database: Database) => void> = [
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

/** Opens the database, upgrading it step by step from whatever version is there. */
export function openDatabase(name = 'crosstrack'): Promise<Database> {
  const opened: Promise<Database> = openDB<Schema>(name, UPGRADES.length, {
    upgrade(database, from) {
      for (const step of UPGRADES.slice(from)) step(database);
    },
    blocking(_current, _blocked, event) {
      // A newer version of the extension wants to upgrade: let it.
      (event.target as IDBDatabase).close();
    },
  });
  return opened;
}
