import { createMutex } from '../mutex.ts';
import type { AnyStore, Database, OpenDatabase, Transaction } from '../store/database.ts';
import { transact } from '../store/transact.ts';
import { type WriteRecord, writeRecordSchema } from './write-record.ts';

/**
 * The records of the journal, of every kind. They are read from the database once in a worker's life
 * and then kept up with what is written: each step of a write asks what it means for all others, and
 * a journal only grows. Nobody else may write to that store.
 */
export interface JournalRecords {
  /** Newest first. Records that cannot be read are left out; they stay stored. */
  list(): Promise<WriteRecord[]>;
  /** null = no such record. */
  get(id: string): Promise<WriteRecord | null>;
  /**
   * Changes records in one transaction, durably; tasks run one after another.
   * @param others stores that are changed with the journal, all or none
   */
  write<T>(others: readonly AnyStore[], task: (changes: JournalChanges) => Promise<T>): Promise<T>;
  /** Calls back with the records that a task added or changed; returns the unsubscribe function. */
  onChange(listener: (records: readonly WriteRecord[]) => void): () => void;
}

/** A transaction over the journal and other stores. */
export interface JournalChanges {
  readonly transaction: Transaction;
  /** The records before it, newest first. */
  readonly before: readonly WriteRecord[];
  /** null = no such record. */
  get(id: string): Promise<WriteRecord | null>;
  /** Rejects with a `ConstraintError` when there is a record of that id. */
  add(record: WriteRecord): Promise<void>;
  put(record: WriteRecord): Promise<void>;
  delete(id: string): Promise<void>;
}

/** What is known of one opened database: when it is closed from outside, another one is opened. */
interface Known {
  readonly database: Database;
  readonly records: Map<string, WriteRecord>;
  /** Their ids, newest first; null = to be sorted again. */
  order: readonly string[] | null;
}

export function createJournalRecords(open: OpenDatabase): JournalRecords {
  const listeners = new Set<(records: readonly WriteRecord[]) => void>();
  const inTurn = createMutex();
  let reading: { readonly database: Database; readonly known: Promise<Known> } | null = null;

  const current = async (): Promise<Known> => {
    const database = await open();
    if (reading?.database !== database) {
      const mine = { database, known: read(database) };
      reading = mine;
      mine.known.catch(() => {
        if (reading === mine) reading = null;
      });
    }
    return reading.known;
  };

  return {
    list: async () => sorted(await current()),
    get: async (id) => (await current()).records.get(id) ?? null,
    write: (others, task) =>
      inTurn(async () => {
        const known = await current();
        /** As another worker would read them; null = gone, or unreadable. */
        const written = new Map<string, WriteRecord | null>();
        const answer = await transact(
          known.database,
          ['journal', ...others],
          async (transaction) => {
            const store = transaction.objectStore('journal');
            return task({
              transaction,
              before: sorted(known),
              get: async (id) => parsed(await store.get(id)),
              async add(record) {
                await store.add(record);
                written.set(record.id, parsed(record));
              },
              async put(record) {
                await store.put(record);
                written.set(record.id, parsed(record));
              },
              async delete(id) {
                await store.delete(id);
                written.set(id, null);
              },
            });
          },
          { durability: 'strict' },
        );
        for (const [id, record] of written) {
          if (record?.createdAt !== known.records.get(id)?.createdAt) known.order = null;
          if (record === null) known.records.delete(id);
          else known.records.set(id, record);
        }
        const present = [...written.values()].filter((record) => record !== null);
        if (present.length > 0) for (const listener of listeners) listener(present);
        return answer;
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const parsed = (stored: unknown): WriteRecord | null =>
  writeRecordSchema.safeParse(stored).data ?? null;

async function read(database: Database): Promise<Known> {
  const records = (await database.getAll('journal'))
    .map(parsed)
    .filter((record) => record !== null);
  return { database, records: new Map(records.map((record) => [record.id, record])), order: null };
}

function sorted(known: Known): WriteRecord[] {
  // Of the same time, the greater id first, as the store's own index read backwards.
  known.order ??= [...known.records.values()]
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
  return known.order.flatMap((id) => known.records.get(id) ?? []);
}
