import type { SealedFor } from '../../keys/seal.ts';
import type { OpenDatabase, Transaction } from '../../store/database.ts';
import { z } from '../../zod.ts';
import { waitingFor } from '../connections/sealed-for.ts';

const pendingSchema = z.object({
  /** Is everything but the keys written? Then the change is completed, else dropped. */
  committed: z.boolean(),
  /** What the new keys are sealed for. */
  keys: z.array(z.object({ connection: z.string(), origin: z.string() })),
  /** Id of the connection to remove. */
  removed: z.optional(z.string()),
  /** Host patterns that may no longer be needed. */
  left: z.array(z.string()),
});
export type Pending = z.infer<typeof pendingSchema>;

/** The progress of a change of connections, stored for the worker that follows a killed one. */
export interface PendingChange {
  /** null = no change is under way. */
  read(): Promise<Pending | null>;
  write(pending: Pending): Promise<void>;
  /** Writes within a transaction over the store `pending`. */
  writeIn(transaction: Transaction, pending: Pending): Promise<void>;
  clear(): Promise<void>;
  /** What the waiting keys are sealed for. */
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
