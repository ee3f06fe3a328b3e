import { CrosstrackError } from '../errors.ts';
import type { OpenDatabase } from '../store/database.ts';
import { z } from '../zod.ts';

/** Wrong passphrases allowed before waits begin; then the wait doubles each time. */
const FREE = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Name of the record in the store `vault`. */
export const TRIES = 'tries';

const triesSchema = z.object({ failures: z.int(), notBefore: z.number() });

/** Counts wrong passphrases in the database, so that the count outlives the worker. */
export interface Tries {
  /**
   * Records an attempt as failed before it is made, so that killing the worker gains none.
   * @throws CrosstrackError `auth` with `retryAfterMs` while it is too early; then nothing is recorded.
   */
  book(): Promise<void>;
  /** The error for a recorded wrong passphrase; with `retryAfterMs` where the next must wait. */
  wrong(): Promise<CrosstrackError>;
  /** The passphrase was right: resets the count. */
  clear(): Promise<void>;
  /** Milliseconds until the next attempt is allowed; 0 = now. */
  wait(): Promise<number>;
}

export function createTries(database: OpenDatabase, now: () => number): Tries {
  const read = async () => {
    const tries = triesSchema.safeParse(await (await database()).get('vault', TRIES));
    return tries.success ? tries.data : { failures: 0, notBefore: 0 };
  };
  // A clock that was set back must not lengthen the wait.
  const wait = async () => Math.max(0, Math.min((await read()).notBefore - now(), LONGEST_WAIT_MS));
  /** The error for an attempt that is too early. */
  const waiting = (ms: number) =>
    ms === 0 ? {} : { values: [String(Math.ceil(ms / 1000))], retryAfterMs: ms };
  return {
    wait,
    async book() {
      const ms = await wait();
      if (ms > 0) {
        throw new CrosstrackError({
          kind: 'auth',
          reason: 'too-early',
          text: 'problem_passphrase_wait',
          ...waiting(ms),
        });
      }
      const failures = (await read()).failures + 1;
      const next =
        failures < FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE), LONGEST_WAIT_MS);
      await (await database()).put('vault', { failures, notBefore: now() + next }, TRIES);
    },
    async wrong() {
      return new CrosstrackError({
        kind: 'auth',
        text: 'problem_passphrase_wrong',
        ...waiting(await wait()),
      });
    },
    async clear() {
      await (await database()).delete('vault', TRIES);
    },
  };
}
