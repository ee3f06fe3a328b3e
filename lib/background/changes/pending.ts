import type { SealedFor } from '../../keys/seal.ts';
import type { OpenDatabase, Transaction } from '../../store/database.ts';
import { z } from '../../zod.ts';
import { waitingFor } from '../connections/sealed-for.ts';

const pendingSchema = z.object({
  /** Is everything but the keys there? Then it is gone through with, else dropped. */
  committed: z.boolean(),
  /** What comes with a key. */
  keys: z.array(z.object({ connection: z.string(), origin: z.string() })),
  /** Id of the connection that goes. */
  removed: z.optional(z.string()),
  /** Hosts that may not be needed any more. */
  left: z.array(z.string()),
});
export type Pending = z.infer<typeof pendingSchema>;

/** Where a change of the connections writes down how far it is, for the worker after a killed one. */
export interface PendingChange {
  /** null = none is under way. */
  read(): Promise<Pending | null>;
  write(pending: Pending): Promise<void>;
  /** In a transaction over its store, `pending`. */
  writeIn(transaction: Transaction, pending: Pending): Promise<void>;
  clear(): Promise<void>;
  /** What keys on their way to their connections are sealed for. */
  waiting(): Promise<SealedFor[]>;
}

const STORE = 'pending';
const NAME = 'change';

export function createPendingChange(database: OpenDatabase): PendingChange {
  const read = async (): Promise<Pending | null> =>
    pendingSchema.safeParse(await (await database()).get(STORE, NAME)).data ?? null;
  return {
    read,
    async write(pending) {
      await (await database()).put(STORE, pending, NAME);
    },
    async writeIn(transaction, pending) {
      await transaction.objectStore(STORE).put(pending, NAME);
    },
    async clear() {
      await (await database()).delete(STORE, NAME);
    },
    waiting: async () => (await read())?.keys.map(waitingFor) ?? [],
  };
}
