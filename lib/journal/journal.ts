import { CrosstrackError, type Problem } from '../errors.ts';
import type { OpenDatabase } from '../store/database.ts';
import { transact } from '../store/transact.ts';
import type { z } from '../zod.ts';
import { type MarksRecord, marksRecordSchema } from './marks-record.ts';
import { type PauseRecord, pauseRecordSchema } from './pause-record.ts';
import {
  JOURNAL_MOVES,
  type JournalRecord,
  type JournalState,
  journalRecordSchema,
} from './record.ts';
import type { WriteRecord } from './write-record.ts';

type Changing =
  | 'seen'
  | 'seenClicks'
  | 'former'
  | 'growth'
  | 'sentAt'
  | 'nextAt'
  | 'readBacks'
  | 'values';

/** Why a record moves to its next state, if something went wrong. */
interface Cause {
  readonly problem?: Problem;
}

/** Fields that may change during a record's life. */
export type JournalPatch<R extends WriteRecord = JournalRecord> = Partial<
  Pick<R, Extract<keyof R, Changing>>
> &
  Cause;

/** A change of one record. */
export interface JournalMove<R extends WriteRecord = JournalRecord> {
  readonly id: string;
  /** null = it keeps its state. */
  readonly to: JournalState | null;
  readonly patch?: JournalPatch<R> | Cause;
}

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
  move(id: string, to: JournalState, patch?: JournalPatch<R> | Cause): Promise<R>;
  /**
   * Moves records together: all of them or, when one may not be moved, none.
   * @param moves or what tells them from the records as they are then
   */
  moveAll(
    moves: ReadonlyArray<JournalMove<R>> | ((all: readonly R[]) => ReadonlyArray<JournalMove<R>>),
  ): Promise<R[]>;
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

/** The journal of marks of placements. */
export const createMarksJournal = (
  database: OpenDatabase,
  now: () => number,
): Journal<MarksRecord> => journalOf<MarksRecord>(marksRecordSchema, database, now);

function journalOf<R extends WriteRecord>(
  schema: z.ZodMiniType<R>,
  database: OpenDatabase,
  now: () => number,
): Journal<R> {
  const listeners = new Set<(record: R) => void>();

  const ofKind = (stored: readonly unknown[]): R[] =>
    stored.flatMap((record) => {
      const parsed = schema.safeParse(record);
      return parsed.success ? [parsed.data] : [];
    });

  const moveAll: Journal<R>['moveAll'] = async (wanted) => {
    const changed = await transact(
      await database(),
      ['journal'],
      async (transaction) => {
        const store = transaction.objectStore('journal');
        const moves = typeof wanted === 'function' ? wanted(ofKind(await store.getAll())) : wanted;
        const records: R[] = [];
        for (const move of moves) {
          const stored = schema.safeParse(await store.get(move.id));
          if (!stored.success) {
            throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
          }
          const record = moved(stored.data, move, now());
          await store.put(record);
          records.push(record);
        }
        return records;
      },
      { durability: 'strict' },
    );
    for (const record of changed) for (const listener of listeners) listener(record);
    return changed;
  };
  const one = async (move: JournalMove<R>): Promise<R> => {
    const [record] = await moveAll([move]);
    return record as R;
  };
  const list = async (): Promise<R[]> =>
    ofKind(await (await database()).getAllFromIndex('journal', 'createdAt')).reverse();

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
    move: (id, to, patch) => one({ id, to, ...(patch ? { patch } : {}) }),
    moveAll,
    note: (id, patch) => one({ id, to: null, patch }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A record after a move at that time. */
function moved<R extends WriteRecord>(record: R, { to, patch }: JournalMove<R>, at: number): R {
  const { problem, ...fields }: Cause = patch ?? {};
  if (to === null) return { ...record, ...fields };
  if (!JOURNAL_MOVES[record.state].includes(to)) {
    throw new CrosstrackError({
      kind: 'conflict',
      text: 'problem_record_moved',
      said: `${record.state} → ${to}`,
    });
  }
  const entry = { at, state: to, ...(problem ? { problem } : {}) };
  return { ...record, ...fields, state: to, history: [...record.history, entry] };
}

/**
 * The turn of a record that is confirmed at `now` (epoch ms): after every stored one, even if the
 * clock was set back.
 */
export function nextTurn(stored: readonly unknown[], now: number): number {
  const turns = stored.flatMap((record) => {
    const parsed = journalRecordSchema.safeParse(record);
    return parsed.success ? [parsed.data.turn] : [];
  });
  return Math.max(now, ...turns.map((turn) => turn + 1));
}
