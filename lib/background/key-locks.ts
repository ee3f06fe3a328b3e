import type { KeysState, keyCalls } from '../contract/keys.ts';
import type { LockableKeyStore, SealedArea } from '../keys/key-store.ts';
import { createMutex } from '../mutex.ts';
import type { HandlersOf } from '../rpc/server.ts';
import type { OpenDatabase } from '../store/database.ts';
import { z } from '../zod.ts';

type KeyCalls = HandlersOf<typeof keyCalls>;

export interface KeyLocksDeps {
  readonly keys: LockableKeyStore;
  readonly database: OpenDatabase;
  /** `browser.storage.session`. */
  readonly session: SealedArea;
  /** Epoch ms. */
  readonly now: () => number;
  /** Sets the alarm (epoch ms) that calls `check()`; null = none. */
  lockAt(at: number | null): void;
  /** Called when keys become usable again. */
  onUnlock(): void;
  /** Called when keys were locked, unlocked or forgotten, or their passphrase changed. */
  onChange(): void;
}

export interface KeyLocks {
  readonly calls: KeyCalls;
  /** The extension is in use: restarts the idle time, unless it is over already. */
  used(): Promise<void>;
  /** Locks if the idle time is over. Call after a start and at the alarm. */
  check(): Promise<void>;
}

/** Name of the record in the store `vault`. */
const IDLE = 'idle';
const DEFAULT_IDLE_MINUTES = 60;
const idleSchema = z.int().check(z.gte(0));

/** Session key: when keys under a passphrase were last used (epoch ms); present while they are unlocked. */
const USED = 'keys-used';
/** Uses within this time of the last one are not recorded. */
const STEP_MS = 15_000;

/** Idle locking, and the passphrase calls. */
export function createKeyLocks(deps: KeyLocksDeps): KeyLocks {
  const { keys, session, now } = deps;
  const inTurn = createMutex();
  /** undefined = not read yet; null = nothing to lock. */
  let usedAt: number | null | undefined;

  const idleMinutes = async (): Promise<number> => {
    const stored = idleSchema.safeParse(await (await deps.database()).get('vault', IDLE));
    return stored.success ? stored.data : DEFAULT_IDLE_MINUTES;
  };

  const mark = async (): Promise<void> => {
    usedAt = now();
    await session.set({ [USED]: usedAt });
    const minutes = await idleMinutes();
    deps.lockAt(minutes > 0 ? usedAt + minutes * 60_000 : null);
  };

  const unmark = async (): Promise<void> => {
    usedAt = null;
    await session.remove(USED);
    deps.lockAt(null);
  };

  const lock = async (): Promise<void> => {
    await keys.lock();
    await unmark();
    deps.onChange();
  };

  /** Milliseconds since the last use; null = nothing to lock. */
  const idleSince = async (): Promise<number | null> => {
    if (usedAt === undefined) {
      const stored = z.number().safeParse((await session.get(USED))[USED]);
      usedAt = stored.success ? stored.data : null;
    }
    if (usedAt === null) return null;
    const since = now() - usedAt;
    if (since < STEP_MS) return since;
    const minutes = await idleMinutes();
    if (minutes === 0 || since < minutes * 60_000) return since;
    await lock();
    return null;
  };

  const state = async (): Promise<KeysState> => ({
    ...(await keys.state()),
    idleMinutes: await idleMinutes(),
  });

  /** Wraps a call that changes the lock, and updates the idle time afterwards. */
  const changing = (work: () => Promise<void>, after: () => Promise<void>): Promise<KeysState> =>
    // Key derivation is slow; other calls do not wait for it.
    work().then(() =>
      inTurn(async () => {
        await after();
        deps.onChange();
        return state();
      }),
    );

  const unlocked = async (): Promise<void> => {
    await mark();
    deps.onUnlock();
  };

  return {
    used: () =>
      inTurn(async () => {
        const since = await idleSince();
        // A clock that was set back counts as use, or keys would stay unlocked for hours.
        if (since !== null && (since >= STEP_MS || since < 0)) await mark();
      }),
    check: () => inTurn(async () => void (await idleSince())),
    calls: {
      'keys.state': state,
      'keys.setPassphrase': ({ passphrase }) =>
        changing(() => keys.setPassphrase(passphrase), mark),
      'keys.changePassphrase': ({ passphrase, next }) =>
        changing(() => keys.changePassphrase(passphrase, next), unlocked),
      'keys.removePassphrase': ({ passphrase }) =>
        changing(
          () => keys.removePassphrase(passphrase),
          async () => {
            await unmark();
            deps.onUnlock();
          },
        ),
      'keys.unlock': ({ passphrase }) => changing(() => keys.unlock(passphrase), unlocked),
      'keys.lock': () => changing(keys.lock, unmark),
      'keys.forget': () => changing(keys.forget, unmark),
      'keys.idle': async ({ minutes }) => {
        await (await deps.database()).put('vault', minutes, IDLE);
        return inTurn(async () => {
          if ((await idleSince()) !== null) await mark();
          return state();
        });
      },
    },
  };
}
