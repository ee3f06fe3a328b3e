import { CrosstrackError, type Problem } from '../errors.ts';
import type { MarksRecord } from './marks-record.ts';
import type { PauseRecord } from './pause-record.ts';
import { JOURNAL_MOVES, type JournalRecord, type JournalState } from './record.ts';
import type { JournalRecords } from './records.ts';
import type { RecordOf, WriteRecord } from './write-record.ts';

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
  /** Calls back with the records that changed together; returns the unsubscribe function. */
  onChange(listener: (records: readonly R[]) => void): () => void;
}

/** The journal of cost updates. */
export const createJournal = (records: JournalRecords, now: () => number): Journal =>
  journalOf('cost', records, now);

/** The journal of pauses and resumptions. */
export const createPauseJournal = (
  records: JournalRecords,
  now: () => number,
): Journal<PauseRecord> => journalOf('pause', records, now);

/** The journal of marks of placements. */
export const createMarksJournal = (
  records: JournalRecords,
  now: () => number,
): Journal<MarksRecord> => journalOf('marks', records, now);

function journalOf<K extends WriteRecord['kind']>(
  kind: K,
  records: JournalRecords,
  now: () => number,
): Journal<RecordOf<K>> {
  type R = RecordOf<K>;
  const isOfKind = (record: WriteRecord | null): record is R => record?.kind === kind;
  const list = async (): Promise<R[]> => (await records.list()).filter(isOfKind);

  const moveAll: Journal<R>['moveAll'] = (wanted) =>
    records.write([], async ({ before, get, put }) => {
      const moves = typeof wanted === 'function' ? wanted(before.filter(isOfKind)) : wanted;
      const changed: R[] = [];
      for (const move of moves) {
        const record = await get(move.id);
        if (!isOfKind(record)) {
          throw new CrosstrackError({ kind: 'conflict', text: 'problem_record_gone' });
        }
        const next = moved(record, move, now());
        await put(next);
        changed.push(next);
      }
      return changed;
    });
  const one = async (move: JournalMove<R>): Promise<R> => {
    const [record] = await moveAll([move]);
    return record as R;
  };

  return {
    add: (record) => records.write([], ({ add }) => add(record)),
    async get(id) {
      const record = await records.get(id);
      return isOfKind(record) ? record : null;
    },
    list,
    async inStates(states) {
      return (await list()).filter((record) => states.includes(record.state));
    },
    move: (id, to, patch) => one({ id, to, ...(patch ? { patch } : {}) }),
    moveAll,
    note: (id, patch) => one({ id, to: null, patch }),
    onChange: (listener) =>
      records.onChange((written) => {
        const those = written.filter(isOfKind);
        if (those.length > 0) listener(those);
      }),
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
 * The turn of a record that is confirmed at `now` (epoch ms): after every other one, even if the
 * clock was set back.
 */
export const nextTurn = (others: readonly WriteRecord[], now: number): number =>
  others.reduce(
    (turn, record) => (record.kind === 'cost' ? Math.max(turn, record.turn + 1) : turn),
    now,
  );
