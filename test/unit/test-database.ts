import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { type Database, openDatabase } from '../../lib/store/database.ts';

/** A database of its own for a test; `reopen` gives what a restarted worker would find. */
export function testDatabase(): { database: Promise<Database>; reopen(): Promise<Database> } {
  globalThis.indexedDB = new IDBFactory();
  return { database: openDatabase(), reopen: () => openDatabase() };
}
