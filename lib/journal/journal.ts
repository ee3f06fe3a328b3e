import { CrosstrackError, type Problem } from '../errors.ts';
import type { OpenDatabase } from '../store/database.ts';
import {
  JOURNAL_MOVES,
  type JournalRecord,
  type JournalState,
  journalRecordSchema,
} from './record.ts';

/** Fields that may change during a record's life. */
export type JournalPatch = Partial<Pick<JournalRecord, 'seen' | 'readBacks' | 'notBefore'>> & {
  readonly problem?: Problem;
};

export interface Journal {
  /** Adds a record. Resolves when it is durable. */
  add(record: JournalRecord): Promise<void>;
  get(id: string): Promise<JournalRecord | null>;
  /** Newest first. */
  list(): Promise<JournalRecord[]>;
  inStates(states: readonly JournalState[]): Promise<JournalRecord[]>;
  /**
   * Moves a record to another state, durably, in one transaction with the check that the move is
   * allowed.
   * @throws CrosstrackError `conflict` when its present state does not allow the move.
   */
  move(id: string, to: JournalState, patch?: JournalPatch): Promise<JournalRecord>;
  /** Changes fields without changing the state. */
  note(id: string, patch: JournalPatch): Promise<JournalRecord>;
  /** Calls back after every change; returns the unsubscribe function. */
  onChange(listener: (record: JournalRecord) => void): () => void;
}

export function createJournal(database: OpenDatabase, now: () => number): Journal {
  const listeners = new Set<(record: JournalRecord) => void>();

  const change = async (
    id: string,
    update: (record: JournalRecord) => JournalRecord,
  ): Promise<JournalRecord> => {
    const transaction = (await database()).transaction('journal', 'readwrite', {
      durability: 'strict',
    });
    const stored = journalRecordSchema.safeParse(await transaction.store.get(id));
    if (!stored.success) {
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
    }
    const changed = update(stored.data);
    await Promise.all([transaction.store.put(changed), transaction.done]);
    for (const listener of listeners) listener(changed);
    return changed;
  };

  const list = async (): Promise<JournalRecord[]> => {
    const stored = await (await database()).getAllFromIndex('journal', 'createdAt');
    return stored
      .flatMap((record) => {
        const parsed = journalRecordSchema.safeParse(record);
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
      const parsed = journalRecordSchema.safeParse(await (await database()).get('journal', id));
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
