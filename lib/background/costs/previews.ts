import { isYoung } from '../../age.ts';
import { CrosstrackError } from '../../errors.ts';
import { type JournalRecord, journalRecordSchema } from '../../journal/record.ts';
import type { Caller } from '../../rpc/callers.ts';
import type { Transaction } from '../../store/database.ts';
import { transact } from '../../store/transact.ts';
import { z } from '../../zod.ts';
import type { Services } from '../services.ts';

/** A preview waits ten minutes for its confirmation; after that its figures are too old. */
const PREVIEW_MS = 10 * 60_000;

const previewSchema = z.object({
  id: z.string(),
  asker: z.string(),
  createdAt: z.number(),
  record: journalRecordSchema,
});

/** Whoever saw a preview may send it: a tab that went on to another tracker did not. */
const callerKey = (caller: Caller): string =>
  [caller.kind, caller.tab, caller.kind !== 'extension' ? caller.connection : ''].join(':');

/** What may be sent, as it was shown to somebody. */
export interface Previews {
  /** Keeps the record that a preview would make, for its asker; those that are too old go. */
  store(record: JournalRecord, caller: Caller): Promise<void>;
  /**
   * Takes a preview and writes the journal in one transaction: a second click finds nothing.
   * @throws CrosstrackError `conflict` when it is gone, too old, or another asker's
   */
  plan(id: string, caller: Caller): Promise<JournalRecord>;
  /** Removes those that nobody can send any more. */
  purge(): Promise<void>;
}

export function createPreviews({ database, now }: Pick<Services, 'database' | 'now'>): Previews {
  const isUsable = (preview: unknown): boolean => {
    const { success, data } = previewSchema.safeParse(preview);
    return success && isYoung(data.createdAt, now(), PREVIEW_MS);
  };
  const purgeIn = async (transaction: Transaction): Promise<void> => {
    const store = transaction.objectStore('previews');
    for (const key of await store.getAllKeys()) {
      if (!isUsable(await store.get(key))) await store.delete(key);
    }
  };

  return {
    async store(record, caller) {
      const { id } = record;
      await transact(await database(), ['previews'], async (transaction) => {
        await purgeIn(transaction);
        const preview = { id, asker: callerKey(caller), createdAt: now(), record };
        await transaction.objectStore('previews').put(preview);
      });
    },
    purge: async () => transact(await database(), ['previews'], purgeIn),
    async plan(id, caller) {
      return transact(
        await database(),
        ['previews', 'journal'],
        async (transaction) => {
          const previews = transaction.objectStore('previews');
          const stored = previewSchema.safeParse(await previews.get(id));
          const usable =
            stored.success &&
            stored.data.asker === callerKey(caller) &&
            isYoung(stored.data.createdAt, now(), PREVIEW_MS);
          if (!usable)
            throw new CrosstrackError({ kind: 'conflict', text: 'problem_preview_gone' });
          const at = now();
          const record: JournalRecord = {
            ...stored.data.record,
            createdAt: at,
            history: [{ at, state: 'planned' }],
          };
          await previews.delete(id);
          await transaction.objectStore('journal').add(record);
          return record;
        },
        { durability: 'strict' },
      );
    },
  };
}
