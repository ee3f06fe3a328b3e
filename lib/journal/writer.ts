import { isYoung } from '../age.ts';
import {
  CrosstrackError,
  isLocked,
  lacksAccess,
  lacksKey,
  type Problem,
  problemOf,
} from '../errors.ts';
import { mayShow } from './choices.ts';
import { createLook, type LookDeps } from './look.ts';
import type { JournalRecord } from './record.ts';
import { dueAt, STALE_MS, staleAt } from './schedule.ts';
import { isBlocked, isLeftAlone, isReplaced, overtaken, replacedMove } from './turns.ts';

export interface WriterDeps extends LookDeps {
  /**
   * Resolves when a record may be sent now.
   * @throws CrosstrackError why it may not: forbidden, locked, without access, turned off, removed
   */
  allow(record: JournalRecord): Promise<void>;
  /** Sends a record's update once. */
  send(record: JournalRecord): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** Schedules a call of `settle` after that many milliseconds, even if the worker dies; replaces the former one. */
  wakeAfter(ms: number): void;
}

/** Longest sleep between two looks; for a longer one the worker may die, and an alarm takes over. */
const AWAKE_MS = 8_000;
/** When the alarm comes while something is under way, in case the worker dies. */
const ALARM_MS = 30_000;

export interface Writer {
  /** Sends a planned record and reads it back until it is settled or an alarm takes over. */
  run(id: string): Promise<void>;
  /**
   * Does what is due. Sends nothing twice and forgets nothing.
   * @param all reads back every record that is on its way, due or not
   */
  settle(all?: boolean): Promise<void>;
  /**
   * Reads back once more, on the user's request; null = no such record.
   * @throws CrosstrackError when the tracker cannot be read
   */
  readAgain(id: string): Promise<JournalRecord | null>;
  /**
   * Withdraws a record that waits to be sent.
   * @throws CrosstrackError `conflict` when it has left already
   */
  cancel(id: string): Promise<JournalRecord>;
}

/**
 * Takes records through plan → send → read back → settled.
 *
 * A record becomes `sending` before the request leaves. After a crash it may have arrived, so it is
 * read back, never sent again. Writes to the same clicks leave in the order of their confirmation.
 */
export function createWriter(deps: WriterDeps): Writer {
  const { journal, now } = deps;
  const look = createLook(deps);
  const active = new Set<string>();
  /** Records that could not be changed since the last alarm: storage is full, or something is broken. */
  const stuck = new Set<string>();

  const send = async (record: JournalRecord): Promise<void> => {
    const { id } = record;
    const stop = (problem: Problem) => journal.move(id, 'notSent', { nextAt: null, problem });
    const all = await journal.list();
    if (!isYoung(record.createdAt, now(), STALE_MS)) {
      await stop(isBlocked(record, all) ? STILL_WAITING : NEVER_SENT);
      return;
    }
    if (isLeftAlone(record, all)) {
      await stop(LEFT_ALONE);
      return;
    }
    try {
      await deps.allow(record);
    } catch (error) {
      await stop(problemOf(error));
      return;
    }
    await journal.move(id, 'sending', { nextAt: null, sentAt: now() });
    try {
      await deps.send(record);
    } catch (error) {
      await notAccepted(id, error);
      return;
    }
    await journal.moveAll([
      { id, to: 'accepted', patch: { nextAt: now() } },
      ...overtaken(record, await journal.list()),
    ]);
  };

  const notAccepted = async (id: string, error: unknown): Promise<void> => {
    const problem = problemOf(error);
    // A fault of the browser or of ours may come after the request.
    if (problem.maybeApplied || !(error instanceof CrosstrackError)) {
      await journal.move(id, 'unknown', { problem, nextAt: now() });
    } else if (problem.kind === 'rate') {
      const wait = Math.max(problem.retryAfterMs ?? 60_000, 1_000);
      await journal.move(id, 'planned', { problem, nextAt: now() + wait, sentAt: null });
    } else {
      const neverLeft = isLocked(problem) || lacksKey(problem) || lacksAccess(problem);
      await journal.move(id, neverLeft ? 'notSent' : 'failed', {
        problem,
        nextAt: null,
        sentAt: null,
      });
    }
  };

  /** Does the next thing for a record; false = there is nothing to do now. */
  const step = async (record: JournalRecord, atOnce: boolean): Promise<boolean> => {
    const due = dueAt(record, now());
    if (due === null) return false;
    const planned = record.state === 'planned';
    if (planned) {
      const all = await journal.list();
      if (isReplaced(record, all)) {
        await journal.moveAll([replacedMove(record)]);
        return false;
      }
      if (isBlocked(record, all) && now() < staleAt(record)) return false;
    }
    const wait = atOnce && !planned ? 0 : due - now();
    if (wait > AWAKE_MS) return false;
    if (wait > 0) await deps.sleep(wait);
    else if (planned) await send(record);
    else if (record.state === 'sending') {
      await journal.move(record.id, 'unknown', { problem: INTERRUPTED, nextAt: now() });
    } else await look(record);
    return true;
  };

  /** Follows a record as long as the worker may stay awake for it, then lets those go that waited for it. */
  const follow = async (id: string, atOnce = false): Promise<void> => {
    if (active.has(id)) return;
    active.add(id);
    let others = Promise.resolve();
    try {
      await setAlarm();
      let first = atOnce;
      for (;;) {
        const record = await journal.get(id);
        if (!record || !(await step(record, first))) break;
        first = false;
        // What waits for it to leave does not wait until it shows.
        if (record.state === 'planned') others = Promise.all([others, release()]).then(() => {});
      }
    } catch {
      // The others go on; the alarm tries this one again.
      stuck.add(id);
    } finally {
      active.delete(id);
    }
    await others;
    await release();
  };

  const release = async (): Promise<void> => {
    const all = await journal.list();
    const ready = all.filter(
      (record) =>
        record.state === 'planned' &&
        !stuck.has(record.id) &&
        (dueAt(record, now()) ?? 0) <= now() + AWAKE_MS &&
        (!isBlocked(record, all) || isReplaced(record, all)),
    );
    await Promise.all(ready.map(({ id }) => follow(id)));
  };

  /** One alarm for all records: the earliest counts. */
  const setAlarm = async (): Promise<void> => {
    const all = await journal.list();
    const times = all.flatMap((record) => {
      const due = dueAt(record, now());
      if (due === null) return [];
      if (active.has(record.id)) return [now() + ALARM_MS];
      return record.state === 'planned' && isBlocked(record, all) ? [staleAt(record)] : [due];
    });
    if (times.length > 0) deps.wakeAfter(Math.max(0, Math.min(...times) - now()));
  };

  const work = async (ids: readonly string[], atOnce = false): Promise<void> => {
    stuck.clear();
    await Promise.all(ids.map((id) => follow(id, atOnce)));
    await setAlarm();
  };

  return {
    run: async (id) => {
      // What it takes the place of comes first.
      const waiting = (await journal.list()).filter(({ state }) => state === 'planned');
      const known = waiting.some((record) => record.id === id);
      if (known) await work(waiting.reverse().map((record) => record.id));
    },
    async settle(all = false) {
      const open = (await journal.list()).filter((record) => dueAt(record, now()) !== null);
      await work(
        open.sort((a, b) => a.turn - b.turn).map(({ id }) => id),
        all,
      );
    },
    async readAgain(id) {
      const record = await journal.get(id);
      if (!record || active.has(id) || !mayShow(record)) return record;
      active.add(id);
      try {
        return await look.now(record);
      } finally {
        active.delete(id);
        await setAlarm();
      }
    },
    async cancel(id) {
      const record = await journal.move(id, 'cancelled', { nextAt: null });
      void release();
      return record;
    },
  };
}

const INTERRUPTED: Problem = { kind: 'network', text: 'problem_interrupted' };
const NEVER_SENT: Problem = { kind: 'conflict', text: 'problem_never_sent' };
const LEFT_ALONE: Problem = { kind: 'conflict', text: 'problem_left_alone' };
const STILL_WAITING: Problem = { kind: 'conflict', text: 'problem_still_waiting' };
