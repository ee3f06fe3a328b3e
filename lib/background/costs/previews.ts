import { isYoung } from '../../age.ts';
import { CrosstrackError } from '../../errors.ts';
import { nextTurn } from '../../journal/journal.ts';
import type { JournalRecords } from '../../journal/records.ts';
import { type RecordOf, type WriteRecord, writeRecordSchema } from '../../journal/write-record.ts';
import type { Caller } from '../../rpc/callers.ts';
import type { Transaction } from '../../store/database.ts';
import { transact } from '../../store/transact.ts';
import { z } from '../../zod.ts';
import type { Services } from '../services.ts';

/** A preview can be confirmed for ten minutes; then its figures are too old. */
const PREVIEW_MS = 10 * 60_000;

const previewSchema = z.object({
  id: z.string(),
  asker: z.string(),
  createdAt: z.number(),
  record: writeRecordSchema,
});

/** Only whoever saw a preview may send it, not a tab that has moved on to another tracker. */
const callerKey = (caller: Caller): string =>
  [caller.kind, caller.tab, caller.kind !== 'extension' ? caller.connection : ''].join(':');

function surfaceOf(caller: Caller): WriteRecord['confirmedOn'] {
  if (caller.kind !== 'extension') return { surface: 'panel', connection: caller.connection };
  return { surface: caller.tab === null ? 'popup' : 'page', connection: null };
}

/** Previews that a user may still confirm. */
export interface Previews {
  /** Stores the record that a preview would create, for its caller, and removes expired ones. */
  store(record: WriteRecord, caller: Caller): Promise<void>;
  /**
   * Moves a preview's record to the journal in one transaction, so a second click finds nothing.
   * @throws CrosstrackError `conflict` when it is gone, expired, of another kind, or another caller's
   */
  plan<K extends WriteRecord['kind']>(id: string, caller: Caller, kind: K): Promise<RecordOf<K>>;
  /** The same for several, all or none of them. Their turns follow their order. */
  planAll<K extends WriteRecord['kind']>(
    ids: readonly string[],
    caller: Caller,
    kind: K,
  ): Promise<Array<RecordOf<K>>>;
  /** Removes expired previews. */
  purge(): Promise<void>;
}

export function createPreviews(
  { database, now }: Pick<Services, 'database' | 'now'>,
  journal: JournalRecords,
): Previews {
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

  const planAll = async <K extends WriteRecord['kind']>(
    ids: readonly string[],
    caller: Caller,
    kind: K,
  ): Promise<Array<RecordOf<K>>> =>
    journal.write(['previews'], async ({ transaction, before, add }) => {
      const previews = transaction.objectStore('previews');
      const records: Array<RecordOf<K>> = [];
      for (const id of ids) {
        const stored = previewSchema.safeParse(await previews.get(id));
        const usable =
          stored.success &&
          stored.data.record.kind === kind &&
          stored.data.asker === callerKey(caller) &&
          isYoung(stored.data.createdAt, now(), PREVIEW_MS);
        if (!usable) throw new CrosstrackError({ kind: 'conflict', text: 'problem_preview_gone' });
        const at = now();
        const record = {
          ...stored.data.record,
          ...(kind === 'cost' ? { turn: nextTurn([...records, ...before], at) } : {}),
          createdAt: at,
          history: [{ at, state: 'planned' as const }],
          confirmedOn: surfaceOf(caller),
        };
        await previews.delete(id);
        await add(record);
        records.push(record as RecordOf<K>);
      }
      return records;
    });

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
    plan: async (id, caller, kind) => {
      const [record] = await planAll([id], caller, kind);
      return record as RecordOf<typeof kind>;
    },
    planAll,
  };
}
