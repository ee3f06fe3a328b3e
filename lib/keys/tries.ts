import { CrosstrackError } from '../errors.ts';
import type { OpenDatabase } from '../store/database.ts';
import { z } from '../zod.ts';

/** Wrong passphrases before waiting begins; then the wait doubles each time. */
const FREE = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** Name of the record in the store `vault`. */
export const TRIES = 'tries';

const triesSchema = z.object({ failures: z.int(), notBefore: z.number() });

/** Counts wrong passphrases in the database, so that a new worker goes on counting. */
export interface Tries {
  /**
   * Books a try as failed before it is made: killing the worker gives none for free.
   * @throws CrosstrackError `auth` with `retryAfterMs` while it is too early; then nothing is booked.
   */
  book(): Promise<void>;
  /** The error for a passphrase that was booked and is wrong; `retryAfterMs` where the next has to wait. */
  wrong(): Promise<CrosstrackError>;
  /** It was right: forgets the failures. */
  clear(): Promise<void>;
  /** Milliseconds until the next try may be made; 0 = now. */
  wait(): Promise<number>;
}

export function createTries(database: OpenDatabase, now: () => number): Tries {
  const read = async () => {
    const tries = triesSchema.safeParse(await (await database()).get('vault', TRIES));
    return tries.success ? tries.data : { failures: 0, notBefore: 0 };
  };
  // A clock that was put back must not lock anybody out for longer.
  const wait = async () => Math.max(0, Math.min((await read()).notBefore - now(), LONGEST_WAIT_MS));
  /** What is asked of who may not try yet. */
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
