import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { type OpenDatabase, openDatabase } from '../../lib/store/database.ts';

/** Opened once, as a worker does. */
const opened = (): OpenDatabase => {
  const database = openDatabase();
  return () => database;
};

/** A database of its own for a test; `reopen` gives what a restarted worker would find. */
export function testDatabase(): { database: OpenDatabase; reopen(): OpenDatabase } {
  globalThis.indexedDB = new IDBFactory();
  return { database: opened(), reopen: opened };
}
