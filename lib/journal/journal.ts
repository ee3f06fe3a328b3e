import { CrosstrackError, type Problem } from '../errors.ts';
import type { OpenDatabase } from '../store/database.ts';
import type { z } from '../zod.ts';
import { type PauseRecord, pauseRecordSchema, type WriteRecord } from './pause-record.ts';
import {
  JOURNAL_MOVES,
  type JournalRecord,
  type JournalState,
  journalRecordSchema,
} from './record.ts';

/** Fields that may change during a record's life. */
export type JournalPatch<R extends WriteRecord = JournalRecord> = Partial<
  Pick<R, Extract<keyof R, 'seen' | 'readBacks' | 'notBefore'>>
> & {
  readonly problem?: Problem;
};

/** The records of one kind; those of other kinds lie in the same store and are not seen. */
export interface Journal<R extends WriteRecord = JournalRecord> {
  /** Adds a record. Resolves when it is durable. */
  add(record: R): Promise<void>;
  get(id: string): Promise<R | null>;
  /** Newest first. */
  list(): Promise<R[]>;
  inStates(states: readonly JournalState[]): Promise<R[]>;
  /**
   * Moves a record to another state, durably, in one transaction with the check that the move is
   * allowed.
   * @throws CrosstrackError `conflict` when its present state does not allow the move.
   */
  move(id: string, to: JournalState, patch?: JournalPatch<R>): Promise<R>;
  /** Changes fields without changing the state. */
  note(id: string, patch: JournalPatch<R>): Promise<R>;
  /** Calls back after every change; returns the unsubscribe function. */
  onChange(listener: (record: R) => void): () => void;
}

/** The journal of cost updates. */
export const createJournal = (database: OpenDatabase, now: () => number): Journal =>
  journalOf<JournalRecord>(journalRecordSchema, database, now);

/** The journal of pauses and resumptions. */
export const createPauseJournal = (
  database: OpenDatabase,
  now: () => number,
): Journal<PauseRecord> => journalOf<PauseRecord>(pauseRecordSchema, database, now);

function journalOf<R extends WriteRecord>(
  schema: z.ZodMiniType<R>,
  database: OpenDatabase,
  now: () => number,
): Journal<R> {
  const listeners = new Set<(record: R) => void>();

  const change = async (id: string, update: (record: R) => R): Promise<R> => {
    const transaction = (await database()).transaction('journal', 'readwrite', {
      durability: 'strict',
    });
    const stored = schema.safeParse(await transaction.store.get(id));
    if (!stored.success) {
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
    }
    const changed = update(stored.data);
    await Promise.all([transaction.store.put(changed), transaction.done]);
    for (const listener of listeners) listener(changed);
    return changed;
  };

  const list = async (): Promise<R[]> => {
    const stored = await (await database()).getAllFromIndex('journal', 'createdAt');
    return stored
      .flatMap((record) => {
        const parsed = schema.safeParse(record);
        return parsed.success ? [parsed.data] : [];
      })
      .reverse();
  };

  return {
    async add(record) {
      const transaction = (await database()).transaction('journal', 'readwrite', {
        durability: 'strict',
      });
      await Promise.all([transaction.store.add(record), transaction.done]);
      for (const listener of listeners) listener(record);
    },
    async get(id) {
      const parsed = schema.safeParse(await (await database()).get('journal', id));
      return parsed.success ? parsed.data : null;
    },
    list,
    async inStates(states) {
      return (await list()).filter((record) => states.includes(record.state));
    },
    move(id, to, { problem, ...patch } = {}) {
      return change(id, (record) => {
        if (!JOURNAL_MOVES[record.state].includes(to)) {
          throw new CrosstrackError({
            kind: 'conflict',
            text: 'problem_record_moved',
            said: `${record.state} → ${to}`,
          });
        }
        const moved = { at: now(), state: to, ...(problem ? { problem } : {}) };
        return {
          ...record,
          readBacks: 0,
          ...patch,
          state: to,
          history: [...record.history, moved],
        };
      });
    },
    note(id, { problem: _, ...patch }) {
      return change(id, (record) => ({ ...record, ...patch }));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
