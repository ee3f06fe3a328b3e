import { isYoung } from '../age.ts';
import { judgeReadBack } from '../costs/verify.ts';
import { type Problem, problemOf } from '../errors.ts';
import type { Journal } from './journal.ts';
import type { JournalRecord } from './record.ts';

/** Cost and clicks of a record's segment as the tracker shows them now. */
export interface Segment {
  readonly cost: number | null;
  readonly clicks: number | null;
}

export interface WriterDeps {
  readonly journal: Journal;
  /** Sends a record's update once. */
  send(record: JournalRecord): Promise<void>;
  /** Reads the segment from the tracker, bypassing the cache. */
  readBack(record: JournalRecord): Promise<Segment>;
  /** Called when a tracker's figures have changed, or may have. */
  changed(connection: string): Promise<void>;
  readonly now: () => number;
  sleep(ms: number): Promise<void>;
  /** Schedules a call of `settle` after that many milliseconds, even if the worker dies. */
  wakeAfter(ms: number): void;
}

/** Delays between read-backs (ms) while the worker lives; then alarms take over. */
const WAITS = [0, 1_000, 2_000, 4_000, 8_000];
/** Read-backs after which a write that does not show counts as a mismatch. */
const READ_BACKS_AT_ONCE = 3;
const READ_BACKS_LATER = 25;
const ALARM_MS = 30_000;
/** A confirmed write that was not sent within this time is not sent any more. */
const STALE_MS = 10 * 60_000;

export interface Writer {
  /** Sends a planned record and reads it back until it is settled or an alarm takes over. */
  run(id: string): Promise<void>;
  /** Resumes what a killed worker left. Sends nothing twice and forgets nothing. */
  settle(): Promise<void>;
  /** Reads back once more, on the user's request; null = no such record. */
  readAgain(id: string): Promise<JournalRecord | null>;
}

/**
 * Takes records through plan → send → read back → verified.
 * A record becomes `sending` before the request leaves. After a crash it may have arrived, so it is
 * read back, never sent again.
 */
export function createWriter(deps: WriterDeps): Writer {
  const { journal, now } = deps;
  const active = new Set<string>();

  const send = async (record: JournalRecord): Promise<void> => {
    await journal.move(record.id, 'sending', { notBefore: null });
    try {
      await deps.send(record);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.maybeApplied) {
        await journal.move(record.id, 'unknown', { problem });
      } else if (problem.kind === 'rate') {
        const wait = Math.max(problem.retryAfterMs ?? 60_000, 1_000);
        await journal.move(record.id, 'planned', { problem, notBefore: now() + wait });
        deps.wakeAfter(wait);
      } else {
        await journal.move(record.id, 'failed', { problem });
      }
      return;
    }
    await journal.move(record.id, 'accepted');
  };

  const readOnce = async (record: JournalRecord): Promise<JournalRecord> => {
    let segment: Segment;
    try {
      segment = await deps.readBack(record);
    } catch {
      // The tracker cannot be reached: the record keeps its state and is read back later.
      return journal.note(record.id, { readBacks: record.readBacks + 1 });
    }
    const seen = segment.cost;
    const readBacks = record.readBacks + 1;
    const judged = judgeReadBack({
      expected: record.expected,
      before: record.before.cost,
      seen,
      clicks: segment.clicks,
    });
    if (judged === 'verified') return finish(record, 'verified', seen);
    const tries = record.state === 'accepted' ? triesFor(record) : READ_BACKS_AT_ONCE;
    if (readBacks < tries) return journal.note(record.id, { seen, readBacks });
    // Unknown and unchanged: it never arrived, so the user may send it again.
    const end = record.state === 'unknown' && judged === 'unchanged' ? 'failed' : 'mismatch';
    return finish(record, end, seen, end === 'failed' ? NOT_ARRIVED : NOT_AS_ORDERED);
  };

  const finish = async (
    record: JournalRecord,
    state: 'verified' | 'mismatch' | 'failed',
    seen: number | null,
    problem?: Problem,
  ): Promise<JournalRecord> => {
    const moved = await journal.move(record.id, state, { seen, ...(problem ? { problem } : {}) });
    await deps.changed(record.order.connection);
    if (state === 'verified' && record.undoes !== null) {
      await journal.move(record.undoes, 'undone').catch(() => {});
    }
    return moved;
  };

  const follow = async (id: string): Promise<void> => {
    for (const wait of WAITS) {
      if (wait > 0) await deps.sleep(wait);
      const record = await journal.get(id);
      if (!record || !isOpen(record)) return;
      if (!isOpen(await readOnce(record))) return;
    }
    deps.wakeAfter(ALARM_MS);
  };

  const once = async (id: string, work: () => Promise<void>): Promise<void> => {
    if (active.has(id)) return;
    active.add(id);
    try {
      await work();
    } finally {
      active.delete(id);
    }
  };

  const run = (id: string): Promise<void> =>
    once(id, async () => {
      const record = await journal.get(id);
      if (record?.state !== 'planned') return;
      deps.wakeAfter(ALARM_MS);
      await send(record);
      await follow(id);
    });

  return {
    run,
    async settle() {
      const open = await journal.inStates(['planned', 'sending', 'accepted', 'unknown']);
      const idle = open.filter(({ id }) => !active.has(id));
      for (const record of idle) {
        if (record.state === 'planned') {
          const { createdAt, notBefore } = record;
          const heldSince = record.history.at(-1)?.at ?? createdAt;
          // A hold from the future dates from before the clock was set back: try, the tracker may refuse.
          if (notBefore !== null && notBefore > now() && heldSince <= now()) {
            deps.wakeAfter(notBefore - now());
          } else if (notBefore === null && !isYoung(createdAt, now(), STALE_MS)) {
            await journal.move(record.id, 'notSent', { problem: NEVER_SENT });
          } else {
            await run(record.id);
          }
        } else {
          await once(record.id, async () => {
            if (record.state === 'sending') {
              await journal.move(record.id, 'unknown', { problem: INTERRUPTED });
            }
            const current = await journal.get(record.id);
            if (current && isOpen(await readOnce(current))) deps.wakeAfter(ALARM_MS);
          });
        }
      }
    },
    async readAgain(id) {
      const record = await journal.get(id);
      if (!record || active.has(id)) return record;
      const read = isOpen(record) ? await readOnce(record) : await readSettled(record);
      // `finish` reports a new state; a new cost alone must be reported here.
      if (read.state === record.state && read.seen !== record.seen) {
        await deps.changed(record.order.connection);
      }
      return read;
    },
  };

  async function readSettled(record: JournalRecord): Promise<JournalRecord> {
    if (record.state !== 'mismatch') return record;
    const { cost } = await deps.readBack(record);
    const judged = judgeReadBack({
      expected: record.expected,
      before: record.before.cost,
      seen: cost,
      clicks: record.before.clicks,
    });
    if (judged === 'verified') return finish(record, 'verified', cost);
    return journal.note(record.id, { seen: cost });
  }

  function triesFor(record: JournalRecord): number {
    return record.appliedLater ? READ_BACKS_LATER : READ_BACKS_AT_ONCE;
  }
}

const isOpen = ({ state }: JournalRecord): boolean => state === 'accepted' || state === 'unknown';

const INTERRUPTED: Problem = { kind: 'network', text: 'problem_interrupted' };
const NEVER_SENT: Problem = { kind: 'conflict', text: 'problem_never_sent' };
const NOT_ARRIVED: Problem = { kind: 'network', text: 'problem_not_arrived' };
const NOT_AS_ORDERED: Problem = { kind: 'conflict', text: 'problem_not_as_ordered' };
