import { CrosstrackError, KEY_UNREADABLE } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { z } from '../zod.ts';
import { lockSchema } from './passphrase.ts';
import { TRIES } from './tries.ts';

/** Name of the record in the store `vault`: IndexedDB, which no content script can read. */
const RING = 'ring';

/**
 * Which data key seals the connections' keys.
 * `lock: null` = a CryptoKey with the same id in the database, which never leaves it.
 * Otherwise the data key exists only locked by a passphrase.
 */
const ringSchema = z.object({ id: z.string(), lock: z.nullable(lockSchema) });
export type Ring = z.infer<typeof ringSchema>;

/** The ring until a passphrase is first set. */
const FIRST: Ring = { id: 'main', lock: null };

/** @throws CrosstrackError `auth` when the record is damaged: another data key would not help. */
export async function readRing(database: Database): Promise<Ring> {
  const stored = await database.get('vault', RING);
  if (stored === undefined) return FIRST;
  const ring = ringSchema.safeParse(stored);
  if (ring.success) return ring.data;
  throw new CrosstrackError(KEY_UNREADABLE);
}

/** Switches to a new ring and its key, and deletes the former ones, in one transaction. */
export async function replaceRing(
  database: Database,
  ring: Ring,
  deviceKey: CryptoKey | null,
): Promise<void> {
  const transaction = database.transaction(['vault', 'cryptoKeys'], 'readwrite', {
    durability: 'strict',
  });
  const vault = transaction.objectStore('vault');
  const cryptoKeys = transaction.objectStore('cryptoKeys');
  await Promise.all([
    vault.put(ring, RING),
    vault.delete(TRIES),
    cryptoKeys.clear(),
    deviceKey && cryptoKeys.put(deviceKey, ring.id),
    transaction.done,
  ]);
}

/** @param extractable only where the database is the session, which cannot store a CryptoKey as such */
export function makeDeviceKey(extractable: boolean): Promise<CryptoKey> {
  const cipher = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.generateKey(cipher, extractable, ['encrypt', 'decrypt']);
}

/** The profile's AES key, created on first use; concurrent callers get the same one. */
export async function deviceKeyOf(
  database: Database,
  id: string,
  make: () => Promise<CryptoKey>,
): Promise<CryptoKey> {
  const existing = await database.get('cryptoKeys', id);
  if (existing instanceof CryptoKey) return existing;
  const made = await make();
  const transaction = database.transaction('cryptoKeys', 'readwrite', { durability: 'strict' });
  const other = await transaction.store.get(id);
  const winner = other instanceof CryptoKey ? other : made;
  if (winner === made) await transaction.store.put(made, id);
  await transaction.done;
  return winner;
}
