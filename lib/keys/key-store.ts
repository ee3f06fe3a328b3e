import { CrosstrackError, KEY_UNREADABLE, LOCKED, NO_KEY } from '../errors.ts';
import { createMutex } from '../mutex.ts';
import type { OpenDatabase } from '../store/database.ts';
import { z } from '../zod.ts';
import { type Credentials, readCredentials, writeCredentials } from './credentials.ts';
import { ROUNDS } from './derive.ts';
import { deviceKeyOf, makeDeviceKey, type Ring, readRing, replaceRing } from './key-ring.ts';
import { checkPassphrase, lockDataKey, unlockDataKey } from './passphrase.ts';
import { type SealedFor, seal, sealedSchema, unseal } from './seal.ts';
import { createTries } from './tries.ts';

/** The part of `browser.storage.local` and `browser.storage.session` that keys need. */
export interface SealedArea {
  /** null = everything. */
  get(key: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface KeyStore {
  /**
   * Seals and stores a key, replacing the former one.
   * @throws CrosstrackError `auth`, `problem_locked` while keys are locked.
   */
  set(credentials: Credentials, of: SealedFor): Promise<void>;
  /** @throws CrosstrackError `auth` when there is none, it cannot be opened, or keys are locked. */
  get(of: SealedFor): Promise<Credentials>;
  remove(connection: string): Promise<void>;
}

/** Keys with an optional passphrase. A wrong passphrase is an `auth` error, with `retryAfterMs` after several. */
export interface LockableKeyStore extends KeyStore {
  state(): Promise<LockState>;
  /** @throws CrosstrackError `input` when it is too short, `conflict` when there is one already. */
  setPassphrase(next: string): Promise<void>;
  changePassphrase(passphrase: string, next: string): Promise<void>;
  removePassphrase(passphrase: string): Promise<void>;
  unlock(passphrase: string): Promise<void>;
  /** Does nothing without a passphrase: the keys would be lost. */
  lock(): Promise<void>;
  /** Deletes every sealed key and the passphrase. */
  forget(): Promise<void>;
  /** Removes leftovers of a killed worker. */
  sweep(): Promise<void>;
}

export interface LockState {
  readonly passphrase: boolean;
  readonly locked: boolean;
  /** Milliseconds until a passphrase may be tried; 0 = now. */
  readonly retryAfterMs: number;
}

export interface KeyStoreOptions {
  /** `storage.session`: holds the unlocked data key across workers. */
  readonly session?: SealedArea;
  /** What the stored keys are sealed for, so that they can be resealed. */
  readonly sealedFor?: () => Promise<readonly SealedFor[]>;
  /** Epoch ms. */
  readonly now?: () => number;
  /** Must the database be able to export the data key? Default: no. */
  readonly extractable?: () => Promise<boolean>;
  /** PBKDF2 iterations for new passphrases. */
  readonly rounds?: number;
}

const NOWHERE: SealedArea = { get: async () => ({}), set: async () => {}, remove: async () => {} };

const UNLOCKED = 'keys-unlocked';
const unlockedSchema = z.object({ id: z.string(), raw: z.string() });

const prefixOf = (ring: string): string => (ring === 'main' ? 'key:' : `key@${ring}:`);
const isSealedName = (name: string): boolean => /^key[:@]/.test(name);

const importDataKey = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/**
 * Stores keys as ciphertext in `storage.local`. A data key seals them; `key-ring.ts` says where that
 * one is. To change the data key, all keys are resealed beside the old ones, the ring is switched in
 * one transaction, and the old ones are removed. Interrupted anywhere, all keys still open, the old
 * way or the new.
 */
export function createKeyStore(
  database: OpenDatabase,
  area: SealedArea,
  options: KeyStoreOptions = {},
): LockableKeyStore {
  const { session = NOWHERE, sealedFor = async () => [], rounds = ROUNDS } = options;
  const makeKey = async () => makeDeviceKey((await options.extractable?.()) ?? false);
  const tries = createTries(database, options.now ?? Date.now);
  const inTurn = createMutex();
  const tryInTurn = createMutex();
  let open: { readonly id: string; readonly key: CryptoKey } | null = null;
  /** Origins of keys that were set while their connections may not be saved yet. */
  const setHere = new Map<string, string>();

  const ringNow = async (): Promise<Ring> => readRing(await database());

  const dataKeyOf = async (ring: Ring): Promise<CryptoKey> => {
    if (open?.id === ring.id) return open.key;
    const key = await (ring.lock
      ? fromSession(ring.id)
      : deviceKeyOf(await database(), ring.id, makeKey));
    open = { id: ring.id, key };
    return key;
  };

  const read = async (of: SealedFor): Promise<Credentials> => {
    const ring = await ringNow();
    const name = prefixOf(ring.id) + of.connection;
    const stored = (await area.get(name))[name];
    if (stored === undefined) throw new CrosstrackError(NO_KEY);
    const key = await dataKeyOf(ring);
    const sealed = sealedSchema.safeParse(stored);
    if (sealed.success) return readCredentials(await unseal(key, sealed.data, of));
    throw new CrosstrackError(KEY_UNREADABLE);
  };

  const fromSession = async (id: string): Promise<CryptoKey> => {
    const held = unlockedSchema.safeParse((await session.get(UNLOCKED))[UNLOCKED]);
    if (!held.success || held.data.id !== id) throw new CrosstrackError(LOCKED);
    return importDataKey(Uint8Array.fromBase64(held.data.raw));
  };

  const keep = (id: string, raw: Uint8Array): Promise<void> =>
    session.set({ [UNLOCKED]: { id, raw: raw.toBase64() } });

  const sealedNames = async (): Promise<Array<[string, unknown]>> =>
    Object.entries(await area.get(null)).filter(([name]) => isSealedName(name));

  const sweep = async (ring: string): Promise<void> => {
    for (const [name] of await sealedNames()) {
      if (!name.startsWith(prefixOf(ring))) await area.remove(name);
    }
  };

  /** All keys of the ring, resealed with another data key, under their new names. */
  const sealAnew = async (ring: Ring, from: CryptoKey, id: string, to: CryptoKey) => {
    const origins = new Map((await sealedFor()).map((of) => [of.connection, of.origin]));
    for (const [connection, origin] of setHere) origins.set(connection, origin);
    const copies: Record<string, unknown> = {};
    for (const [name, stored] of await sealedNames()) {
      if (!name.startsWith(prefixOf(ring.id))) continue;
      const connection = name.slice(prefixOf(ring.id).length);
      const of = { connection, origin: origins.get(connection) ?? '' };
      const sealed = sealedSchema.safeParse(stored);
      copies[prefixOf(id) + connection] = sealed.success
        ? await unseal(from, sealed.data, of).then(
            (key) => seal(to, key, of),
            // It cannot be opened before or after: its connection shows that, no reason to stop.
            () => stored,
          )
        : stored;
    }
    return copies;
  };

  /** @param passphrase null = back to the profile's own key */
  const replace = async (before: Ring, from: CryptoKey, passphrase: string | null) => {
    const id = crypto.randomUUID();
    const raw = passphrase === null ? null : crypto.getRandomValues(new Uint8Array(32));
    const to = await (raw ? importDataKey(raw) : makeKey());
    const lock = raw && passphrase !== null ? await lockDataKey(raw, passphrase, id, rounds) : null;
    await inTurn(async () => {
      if ((await ringNow()).id !== before.id) throw changedMeanwhile();
      await area.set(await sealAnew(before, from, id, to));
      await replaceRing(await database(), { id, lock }, raw ? null : to);
      open = { id, key: to };
      await (raw ? keep(id, raw) : session.remove(UNLOCKED));
      await sweep(id);
    });
  };

  /** One attempt at a time: the count after one decides on the next. */
  const tryPassphrase = (passphrase: string) =>
    tryInTurn(async () => {
      const ring = await ringNow();
      if (!ring.lock)
        throw new CrosstrackError({ kind: 'conflict', text: 'problem_no_passphrase' });
      await tries.book();
      const raw = await unlockDataKey(ring.lock, passphrase, ring.id);
      if (!raw) throw await tries.wrong();
      await tries.clear();
      return { ring, raw, key: await importDataKey(raw) };
    });

  return {
    set: (credentials, of) =>
      inTurn(async () => {
        const ring = await ringNow();
        const sealed = await seal(await dataKeyOf(ring), writeCredentials(credentials), of);
        setHere.set(of.connection, of.origin);
        await area.set({ [prefixOf(ring.id) + of.connection]: sealed });
      }),
    // Concurrently. A key that fails may have been resealed meanwhile, so it is read again in turn.
    get: (of) => read(of).catch(() => inTurn(() => read(of))),
    remove: (connection) =>
      inTurn(async () => area.remove(prefixOf((await ringNow()).id) + connection)),
    state: () =>
      inTurn(async () => {
        const ring = await ringNow();
        const locked =
          ring.lock !== null &&
          (await dataKeyOf(ring).then(
            () => false,
            () => true,
          ));
        return { passphrase: ring.lock !== null, locked, retryAfterMs: await tries.wait() };
      }),
    async setPassphrase(next) {
      checkPassphrase(next);
      const ring = await ringNow();
      if (ring.lock) throw changedMeanwhile();
      await replace(ring, await inTurn(() => dataKeyOf(ring)), next);
    },
    async changePassphrase(passphrase, next) {
      checkPassphrase(next);
      const { ring, key } = await tryPassphrase(passphrase);
      await replace(ring, key, next);
    },
    async removePassphrase(passphrase) {
      const { ring, key } = await tryPassphrase(passphrase);
      await replace(ring, key, null);
    },
    async unlock(passphrase) {
      const { ring, raw, key } = await tryPassphrase(passphrase);
      await inTurn(async () => {
        if ((await ringNow()).id !== ring.id) throw changedMeanwhile();
        await keep(ring.id, raw);
        open = { id: ring.id, key };
      });
    },
    lock: () =>
      inTurn(async () => {
        open = null;
        await session.remove(UNLOCKED);
      }),
    forget: () =>
      inTurn(async () => {
        const id = crypto.randomUUID();
        await replaceRing(await database(), { id, lock: null }, null);
        open = null;
        await session.remove(UNLOCKED);
        await sweep(id);
      }),
    sweep: () => inTurn(async () => sweep((await ringNow()).id)),
  };
}

const changedMeanwhile = () =>
  new CrosstrackError({ kind: 'conflict', text: 'problem_keys_changed' });
