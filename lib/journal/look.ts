import type { Reading } from '../costs/reading.ts';
import { growthBetween, type Judgement, judgeReadBack } from '../costs/verify.ts';
import { isLocked, type Problem, problemOf } from '../errors.ts';
import { daysIn } from '../report/range.ts';
import type { Journal } from './journal.ts';
import type { JournalRecord, JournalState } from './record.ts';
import { isOpen, isOverdue, nextLook } from './schedule.ts';
import { isIncomplete, isUnderNewer, overtaken, pendingCosts, undoneBy } from './turns.ts';

export interface LookDeps {
  readonly journal: Journal;
  /**
   * Reads the segment from the tracker, bypassing the cache.
   * @throws CrosstrackError when there is no answer, or not a whole one
   */
  readBack(record: JournalRecord): Promise<Reading>;
  /** May the update still be waiting in the tracker's own queue? false where that is not told. */
  isQueued(record: JournalRecord): Promise<boolean>;
  /** Does its connection still exist? */
  isConnected(record: JournalRecord): Promise<boolean>;
  /** Called when a tracker's figures have changed, or may have. */
  changed(connection: string): Promise<void>;
  readonly now: () => number;
}

export interface Look {
  /** Reads a sent record back and settles it when it can be told. */
  (record: JournalRecord): Promise<JournalRecord>;
  /** The same on the user's request. @throws CrosstrackError when the tracker cannot be read */
  now(record: JournalRecord): Promise<JournalRecord>;
}

type End = 'cannotTell' | 'mismatch' | 'failed';

export function createLook(deps: LookDeps): Look {
  const { journal, now } = deps;

  const judged = async (record: JournalRecord, seen: Reading): Promise<JournalRecord> => {
    const all = await journal.list();
    const { seen: cost, seenClicks: clicks } = record;
    const last = cost === null ? record.before : { cost, clicks };
    const growth = growthBetween(last, seen) ?? record.growth;
    const average = (record.before.cost ?? 0) / (record.before.clicks || Number.POSITIVE_INFINITY);
    const against = (...formers: Reading[]): Judgement =>
      judgeReadBack({
        ordered: { cost: record.expected, clicks: record.before.clicks },
        untouched: record.untouched,
        formers,
        seen,
        // Few clicks may be cheap by chance.
        growth: growth === null ? null : Math.max(growth, average),
        rounding: record.rounding,
        summed: daysIn(record.order.range),
      });
    const judgement = against(record.former, ...pendingCosts(record, all, now()));
    const { id, sentAt } = record;
    const read = { seen: seen.cost, seenClicks: seen.clicks, growth, sentAt };
    const { connection } = record.order;
    if (judgement === 'verified') {
      // Of a group's writes that show at the same time, the last one sees the others.
      const [verified] = await journal.moveAll((present) => [
        { id, to: 'verified', patch: { ...read, nextAt: null } },
        ...overtaken(record, present),
        ...undoneBy(record, present),
      ]);
      await deps.changed(connection);
      return verified as JournalRecord;
    }
    const without = judgement === 'unchanged' || judgement === 'other';
    const patch = {
      ...read,
      ...(without ? { former: seen } : {}),
      nextAt: nextLook(record, now()),
    };
    // What was last seen without the write may be another cost than before it.
    const isOther = judgement === 'unchanged' && against(record.before) !== 'unchanged';
    const outcome = isOther ? 'other' : judgement;
    const end = endOf(record, outcome, all);
    // As long as there is another look, what waits in the tracker's queue has not failed.
    const mayWait = end !== 'cannotTell' && patch.nextAt !== null;
    if (end === null || (mayWait && (await deps.isQueued(record)))) {
      const noted = await journal.note(id, patch);
      // A new cost alone must be reported here.
      if (noted.seen !== record.seen) await deps.changed(connection);
      return noted;
    }
    const nextAt = judgement === 'hidden' ? null : patch.nextAt;
    const settled = await journal.move(id, end, {
      ...patch,
      nextAt,
      problem: reason(record, end, outcome),
    });
    await deps.changed(connection);
    return settled;
  };

  /** The state that a look settles a record in; null = none yet, or it is settled already. */
  const endOf = (
    record: JournalRecord,
    judgement: Judgement,
    all: readonly JournalRecord[],
  ): End | null => {
    if (!UNSETTLED.includes(record.state)) return null;
    if (judgement === 'hidden') return 'cannotTell';
    if (!isOverdue(record, now()) || isUnderNewer(record, all)) return null;
    if (isIncomplete(record, all)) return null;
    if (judgement === 'unclear' || judgement === 'unseen') return 'cannotTell';
    // Reports do not show unique clicks apart, and what the others cost is an estimate.
    if (judgement === 'other' && record.order.uniqueOnly) return 'cannotTell';
    const wasAccepted = record.history.some(({ state }) => state === 'accepted');
    return judgement === 'unchanged' && !wasAccepted ? 'failed' : 'mismatch';
  };

  const unread = async (record: JournalRecord, problem: Problem): Promise<JournalRecord> => {
    const gone = !(await deps.isConnected(record));
    // While keys are locked nothing was tried: the unlock looks again.
    const next = gone ? null : nextLook(record, now());
    if (next !== null || !isOpen(record))
      return journal.note(record.id, { nextAt: next, sentAt: record.sentAt });
    // While keys are locked nothing is tried; the unlock looks again.
    if (!gone && isLocked(problem)) return journal.note(record.id, { nextAt: now() + HOUR });
    return journal.move(record.id, 'notKnown', { nextAt: null, problem: gone ? GONE : GIVEN_UP });
  };

  /** A send that seems to be yet to come dates from before the clock was set back: time counts from now. */
  const dated = (record: JournalRecord): JournalRecord =>
    (record.sentAt ?? 0) > now() ? { ...record, sentAt: now() } : record;

  return Object.assign(
    async (stored: JournalRecord) => {
      const record = dated(stored);
      let seen: Reading;
      try {
        seen = await deps.readBack(record);
      } catch (error) {
        return unread(record, problemOf(error));
      }
      return judged(record, seen);
    },
    {
      now: async (record: JournalRecord) => judged(dated(record), await deps.readBack(record)),
    },
  );
}

/** States that a look may settle; the others can only become `verified`. */
const UNSETTLED: readonly JournalState[] = ['accepted', 'unknown', 'notKnown'];

function reason(record: JournalRecord, end: End, judgement: Judgement): Problem {
  if (end === 'failed') return { kind: 'network', text: 'problem_not_arrived' };
  if (end === 'mismatch') {
    const text = judgement === 'unchanged' ? 'problem_not_applied' : 'problem_not_as_ordered';
    return { kind: 'conflict', text };
  }
  if (judgement === 'unseen') return { kind: 'conflict', text: 'problem_cost_unseen' };
  if (judgement === 'hidden') {
    const change = Math.abs(record.expected - (record.former.cost ?? 0));
    const values = [`${change.toFixed(2)} ${record.trackerCurrency}`];
    return { kind: 'conflict', text: 'problem_change_hidden', values };
  }
  return { kind: 'conflict', text: 'problem_cannot_tell' };
}

const HOUR = 3_600_000;

const GIVEN_UP: Problem = { kind: 'network', text: 'problem_given_up' };
const GONE: Problem = { kind: 'conflict', text: 'problem_connection_gone' };
