import { CrosstrackError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { type SealedFor, seal, sealedSchema, unseal } from './seal.ts';

/** The part of `browser.storage.local` that keys need. */
export interface SealedArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface KeyStore {
  /** Seals and stores; what was there before is replaced. */
  set(key: string, of: SealedFor): Promise<void>;
  /** @throws CrosstrackError `auth` when there is none or it does not open. */
  get(of: SealedFor): Promise<string>;
  remove(connection: string): Promise<void>;
}

const nameOf = (connection: string): string => `key:${connection}`;

/**
 * Keys at rest. The AES key is not extractable and stays in the extension's
 * IndexedDB; ciphertext alone goes to `storage.local`.
 */
export function createKeyStore(database: Promise<Database>, area: SealedArea): KeyStore {
  let cryptoKey: Promise<CryptoKey> | null = null;
  const theCryptoKey = (): Promise<CryptoKey> => {
    cryptoKey ??= database.then(cryptoKeyOf).catch((error: unknown) => {
      cryptoKey = null;
      throw error;
    });
    return cryptoKey;
  };
  return {
    async set(key, of) {
      await area.set({ [nameOf(of.connection)]: await seal(await theCryptoKey(), key, of) });
    },
    async get(of) {
      const name = nameOf(of.connection);
      const stored = (await area.get(name))[name];
      if (stored === undefined) throw new CrosstrackError({ kind: 'auth', text: 'problem_no_key' });
      const sealed = sealedSchema.safeParse(stored);
      if (!sealed.success) {
        throw new CrosstrackError({ kind: 'auth', text: 'problem_key_unreadable' });
      }
      return unseal(await theCryptoKey(), sealed.data, of);
    },
    async remove(connection) {
      await area.remove(nameOf(connection));
    },
  };
}

/** The profile's AES key, made on first use; two makers at once end with the same one. */
async function cryptoKeyOf(database: Database): Promise<CryptoKey> {
  const existing = await database.get('cryptoKeys', 'main');
  if (existing) return existing;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const transaction = database.transaction('cryptoKeys', 'readwrite', { durability: 'strict' });
  const winner = (await transaction.store.get('main')) ?? made;
  if (winner === made) await transaction.store.put(made, 'main');
  await transaction.done;
  return winner;
}
