import { isYoung } from '../age.ts';
import { type Problem, problemOf } from '../errors.ts';
import type { Journal } from './journal.ts';
import type { PauseRecord } from './pause-record.ts';
import type { JournalState } from './record.ts';
import { undoMoves } from './undo-moves.ts';

export interface PauseWriterDeps {
  readonly journal: Journal<PauseRecord>;
  /** Sends a record's request once. */
  send(record: PauseRecord): Promise<void>;
  /** Is the campaign active, as the tracker says now? null = the tracker does not list it. */
  readBack(record: PauseRecord): Promise<boolean | null>;
  /** Epoch ms. */
  readonly now: () => number;
  sleep(ms: number): Promise<void>;
  /** Schedules a call of `settle` after that many milliseconds, even if the worker dies. */
  wakeAfter(ms: number): void;
}

export interface PauseWriter {
  /** Sends a planned record and reads it back until it is settled or an alarm takes over. */
  run(id: string): Promise<void>;
  /** Resumes what a killed worker left. Sends nothing twice and forgets nothing. */
  settle(): Promise<void>;
  /** Reads back once more, on the user's request; null = no such record. */
  readAgain(id: string): Promise<PauseRecord | null>;
}

/** Delays between read-backs (ms) while the worker lives; then alarms take over. */
const WAITS = [0, 1_000, 2_000, 4_000, 8_000];
/** Read-backs after which a write that does not show is settled as it is seen. */
const READ_BACKS = WAITS.length;
const ALARM_MS = 30_000;
/** Within this time a confirmed write is sent, and a sent one is to be seen. */
const STALE_MS = 10 * 60_000;

const OPEN: readonly JournalState[] = ['planned', 'sending', 'accepted', 'unknown'];
/** Settled, and not as ordered: the tracker may come round. */
const MAY_SHOW_LATER: readonly JournalState[] = ['mismatch', 'failed', 'notKnown'];

/** Is the tracker still to be asked, or to be told? */
export const isUnsettled = ({ state }: PauseRecord): boolean => OPEN.includes(state);

/**
 * Takes pauses and resumptions through plan → send → read back → verified. A record becomes `sending`
 * before its request leaves. After a crash it may have arrived, so it is read back, never sent again.
 */
export function createPauseWriter({
  journal,
  send,
  readBack,
  now,
  sleep,
  wakeAfter,
}: PauseWriterDeps): PauseWriter {
  const active = new Set<string>();

  /** One at a time for each record; the second is left out. */
  const once = async (id: string, work: () => Promise<void>): Promise<void> => {
    if (active.has(id)) return;
    active.add(id);
    try {
      await work();
    } finally {
      active.delete(id);
    }
  };

  const finish = async (
    record: PauseRecord,
    state: 'verified' | 'mismatch' | 'failed' | 'notKnown',
    seen: boolean | null,
    problem?: Problem,
  ): Promise<PauseRecord> => {
    const [moved] = await journal.moveAll((all) => [
      { id: record.id, to: state, patch: { seen, ...(problem ? { problem } : {}) } },
      ...(state === 'verified' ? undoMoves(record, all) : []),
    ]);
    return moved as PauseRecord;
  };

  const read = async (record: PauseRecord): Promise<PauseRecord> => {
    const readBacks = record.readBacks + 1;
    let seen: boolean | null;
    try {
      seen = await readBack(record);
    } catch (error) {
      const since = record.history.at(-1)?.at ?? record.createdAt;
      // The tracker cannot be reached: the record keeps its state and is read back later.
      if (isYoung(since, now(), STALE_MS)) return record;
      return finish(record, 'notKnown', record.seen, problemOf(error));
    }
    if (seen === record.active) return finish(record, 'verified', seen);
    if (readBacks < READ_BACKS) return journal.note(record.id, { seen, readBacks });
    if (seen === null) return finish(record, 'notKnown', seen, NOT_LISTED);
    // Unknown and unchanged: it never arrived.
    return record.state === 'unknown'
      ? finish(record, 'failed', seen, NOT_ARRIVED)
      : finish(record, 'mismatch', seen, NOT_AS_ORDERED);
  };

  const follow = async (sent: PauseRecord): Promise<void> => {
    let record = sent;
    for (const wait of WAITS) {
      if (!isUnsettled(record)) return;
      await sleep(wait);
      record = await read(record);
    }
    if (isUnsettled(record)) wakeAfter(ALARM_MS);
  };

  const sendPlanned = async (record: PauseRecord): Promise<void> => {
    const { id } = record;
    wakeAfter(ALARM_MS);
    await journal.move(id, 'sending');
    const problem = await send(record).then(() => null, problemOf);
    const answer = problem?.maybeApplied ? 'unknown' : 'failed';
    await follow(
      problem === null
        ? await journal.move(id, 'accepted')
        : await journal.move(id, answer, { problem }),
    );
  };

  const settleOne = async (record: PauseRecord): Promise<void> => {
    const { id, state } = record;
    if (state === 'planned') {
      if (isYoung(record.createdAt, now(), STALE_MS)) await sendPlanned(record);
      else await journal.move(id, 'notSent', { problem: NEVER_SENT });
      return;
    }
    const left =
      state === 'sending' ? await journal.move(id, 'unknown', { problem: INTERRUPTED }) : record;
    if (isUnsettled(await read(left))) wakeAfter(ALARM_MS);
  };

  return {
    run: (id) =>
      once(id, async () => {
        const record = await journal.get(id);
        if (record?.state === 'planned') await sendPlanned(record);
      }),
    async settle() {
      for (const { id } of await journal.inStates(OPEN)) {
        await once(id, async () => {
          // Another one may have taken long.
          const record = await journal.get(id);
          if (record && isUnsettled(record)) await settleOne(record);
        });
      }
    },
    async readAgain(id) {
      const record = await journal.get(id);
      if (!record || active.has(id)) return record;
      if (record.state === 'accepted' || record.state === 'unknown') return read(record);
      if (!MAY_SHOW_LATER.includes(record.state)) return record;
      const seen = await readBack(record);
      if (seen === record.active) return finish(record, 'verified', seen);
      return journal.note(id, { seen });
    },
  };
}

const INTERRUPTED: Problem = { kind: 'network', text: 'problem_interrupted' };
const NEVER_SENT: Problem = { kind: 'conflict', text: 'pause_never_sent' };
const NOT_ARRIVED: Problem = { kind: 'network', text: 'pause_not_arrived' };
const NOT_LISTED: Problem = { kind: 'conflict', text: 'pause_not_listed' };
const NOT_AS_ORDERED: Problem = { kind: 'conflict', text: 'pause_not_as_ordered' };
