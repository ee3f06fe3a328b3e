import { CrosstrackError } from '../errors.ts';
import type { SealedArea } from '../keys/key-store.ts';
import { type Database, type OpenDatabase, openDatabase, UPGRADES } from './database.ts';
import { MARK, openSessionDatabase, type SessionArea } from './session-database.ts';

/**
 * How long stored data lasts:
 * - `profile`: as long as the browser profile
 * - `private`: until the browser closes, because it is in private browsing
 * - `session`: until the browser closes, because it opens no database for another reason
 */
export type Retention = 'profile' | 'private' | 'session';

/** The background's storage. */
export interface Storage {
  /**
   * Rejects with CrosstrackError `unsupported` where the browser stores nothing at all, or with the
   * browser's DOMException; the next call retries.
   */
  readonly database: OpenDatabase;
  /** For sealed keys: `storage.local`, or the session where the data key is in the session too. */
  readonly area: SealedArea;
  /** `storage.session`. */
  readonly session: SealedArea;
  /** Rejects as the database does. */
  retention(): Promise<Retention>;
}

/**
 * Opens the profile's database. Where extensions have none, as in Firefox's private browsing,
 * everything is stored in `storage.session` instead. `storage.local` stays untouched until the
 * profile's database can be opened again.
 *
 * Once data is in the session, storage stays there until the browser closes, so that the journal is
 * not split over two databases.
 *
 * @param isPrivate does the extension itself run in private browsing?
 */
export function openStorage(
  areas: { readonly local: SealedArea; readonly session: SessionArea },
  isPrivate: boolean,
): Storage {
  const { local, session } = areas;
  let retention: Retention | null = null;

  const isMarked = async (): Promise<boolean> => {
    if (retention === 'profile') return false;
    return MARK in (await session.get(MARK).catch(() => ({})));
  };
  const open = async (onClosed: () => void): Promise<Database> => {
    try {
      if (!(await isMarked())) {
        const database = await openDatabase(onClosed);
        retention = 'profile';
        return database;
      }
    } catch (error) {
      if (retention === 'profile' || !isForGood(error, isPrivate)) throw error;
    }
    try {
      const database = await openSessionDatabase(session, UPGRADES);
      retention = isPrivate ? 'private' : 'session';
      return database;
    } catch (cause) {
      throw new CrosstrackError({ kind: 'unsupported', text: 'problem_no_storage' }, { cause });
    }
  };

  const database = reopened(open);
  const currentRetention = async (): Promise<Retention> => {
    await database();
    return retention ?? 'profile';
  };
  const area = async (): Promise<SealedArea> =>
    (await currentRetention()) === 'profile' ? local : session;
  return {
    database,
    session,
    retention: currentRetention,
    area: {
      get: async (key) => (await area()).get(key),
      set: async (items) => (await area()).set(items),
      remove: async (key) => (await area()).remove(key),
    },
  };
}

/** Errors by which a browser denies databases to us, as opposed to a broken database. */
const REFUSALS = ['InvalidStateError', 'SecurityError'];

function isForGood(error: unknown, isPrivate: boolean): boolean {
  if (!globalThis.indexedDB) return true;
  const { name } = Object(error);
  return REFUSALS.includes(name) || (isPrivate && name === 'UnknownError');
}

/** Opens once; reopens after the database was closed or could not be opened. */
function reopened<T>(open: (onClosed: () => void) => Promise<T>): () => Promise<T> {
  let current: Promise<T> | null = null;
  return () => {
    if (current) return current;
    const forget = () => {
      if (current === opening) current = null;
    };
    const opening = open(forget);
    opening.catch(forget);
    current = opening;
    return opening;
  };
}
