import { CrosstrackError } from '../errors.ts';
import type { SealedArea } from '../keys/key-store.ts';
import { type Database, type OpenDatabase, openDatabase, UPGRADES } from './database.ts';
import { MARK, openSessionDatabase, type SessionArea } from './session-database.ts';

/**
 * How long what is stored is kept:
 * - `profile`: as long as the browser's profile
 * - `private`: until the browser closes; it is set to never remember anything
 * - `session`: until the browser closes; it opens no database for us, for another reason
 */
export type Retention = 'profile' | 'private' | 'session';

/** Where the background keeps everything. */
export interface Storage {
  /**
   * Rejects with CrosstrackError `unsupported` where the browser keeps nothing at all, or with its
   * DOMException; who asks next makes it try again.
   */
  readonly database: OpenDatabase;
  /** For sealed keys: `storage.local`, and the session where the data key that opens them is there. */
  readonly area: SealedArea;
  /** `storage.session`. */
  readonly session: SealedArea;
  /** Rejects as the database does. */
  retention(): Promise<Retention>;
}

/**
 * Opens the profile's database. Where the browser has none for extensions, as
 * Firefox in private browsing, everything is kept in `storage.session` instead
 * and nothing beyond it: `storage.local` is left as it is, for the day on
 * which the profile's database can be opened again.
 *
 * Once anything is kept in the session that stays so until the browser closes:
 * a journal is not left behind for a database that does not know of it.
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

/** Errors with which a browser says that it does not open databases for us, not that this one is broken. */
const REFUSALS = ['InvalidStateError', 'SecurityError'];

function isForGood(error: unknown, isPrivate: boolean): boolean {
  if (!globalThis.indexedDB) return true;
  const { name } = Object(error);
  return REFUSALS.includes(name) || (isPrivate && name === 'UnknownError');
}

/** Opens once, and again after it was closed or could not be opened. */
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
