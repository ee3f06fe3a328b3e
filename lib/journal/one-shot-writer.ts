import { isYoung } from '../age.ts';
import {
  CrosstrackError,
  isLocked,
  lacksAccess,
  lacksKey,
  type Problem,
  problemOf,
} from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import type { Journal, JournalPatch } from './journal.ts';
import type { JournalRecord, JournalState } from './record.ts';
import { undoMoves } from './undo-moves.ts';
import type { WriteRecord } from './write-record.ts';

/** A write of which the tracker shows at once, or never, what it made of it. */
type OneShotRecord = Exclude<WriteRecord, JournalRecord>;

/** What the tracker shows of a write, and what of it the record is to keep. */
export type Reading<R extends OneShotRecord> = { readonly patch: JournalPatch<R> } & (
  | { readonly shown: 'asOrdered' }
  /** `otherwise`: nothing of it. `gone`: it can no longer be told. */
  | { readonly shown: 'partly' | 'otherwise' | 'gone'; readonly problem: Problem }
);

/** What differs between kinds of writes. */
export interface WriteKind {
  /** Why a record is `notSent`, and why it has `failed` where its answer was lost. */
  readonly neverSent: MessageKey;
  readonly notArrived: MessageKey;
  /** For how long (ms) the tracker may still be at work on one whose answer was lost. */
  readonly mayComeLate: number;
}

/** Thrown by `send` where the tracker already shows all that was ordered: nothing left. */
export class NothingToSend extends CrosstrackError {}

export interface OneShotWriterDeps<R extends OneShotRecord> {
  readonly journal: Journal<R>;
  /** @throws CrosstrackError with the reason why a record may not be sent now */
  allow(record: R): Promise<void>;
  /** Sends a record's request once. */
  send(record: R): Promise<void>;
  /** What the tracker shows now. */
  readBack(record: R): Promise<Reading<R>>;
  readonly kind: WriteKind;
  /** Epoch ms. */
  readonly now: () => number;
  sleep(ms: number): Promise<void>;
  /** Schedules a call of `settle` after that many milliseconds, even if the worker dies. */
  wakeAfter(ms: number): void;
}

export interface OneShotWriter<R extends OneShotRecord> {
  /** Sends a planned record and reads it back until it is settled or an alarm takes over. */
  run(id: string): Promise<void>;
  /** Resumes what a killed worker left. Sends nothing twice and forgets nothing. */
  settle(): Promise<void>;
  /** Reads back once more, on the user's request; null = no such record. */
  readAgain(id: string): Promise<R | null>;
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
export const isUnsettled = ({ state }: OneShotRecord): boolean => OPEN.includes(state);

/**
 * Takes writes through plan → send → read back → verified. A record becomes `sending` before its request
 * leaves. After a crash it may have arrived, so it is read back, never sent again.
 */
export function createOneShotWriter<R extends OneShotRecord>({
  journal,
  allow,
  send,
  readBack,
  kind,
  now,
  sleep,
  wakeAfter,
}: OneShotWriterDeps<R>): OneShotWriter<R> {
  const neverSent: Problem = { kind: 'conflict', text: kind.neverSent };
  const notArrived: Problem = { kind: 'network', text: kind.notArrived };
  const active = new Set<string>();

  /** One at a time for each record; the second is left out. */
  const once = async (id: string, work: () => Promise<void>): Promise<void> => {
    if (active.has(id)) return;
    active.add(id);
    try {
      await work();
    } catch {
      // The journal cannot be written now. What it says is taken up at the alarm.
      wakeAfter(ALARM_MS);
    } finally {
      active.delete(id);
    }
  };

  const finish = async (
    record: R,
    state: 'verified' | 'mismatch' | 'failed' | 'notKnown',
    patch: JournalPatch<R>,
    problem?: Problem,
  ): Promise<R> => {
    const [moved] = await journal.moveAll((all) => [
      { id: record.id, to: state, patch: { ...patch, ...(problem ? { problem } : {}) } },
      ...(state === 'verified' ? undoMoves(record, all) : []),
    ]);
    return moved as R;
  };

  const read = async (record: R): Promise<R> => {
    const readBacks = record.readBacks + 1;
    const since = record.history.at(-1)?.at ?? record.createdAt;
    let reading: Reading<R>;
    try {
      reading = await readBack(record);
    } catch (error) {
      // The tracker cannot be reached: the record keeps its state and is read back later.
      if (isYoung(since, now(), STALE_MS)) return record;
      return finish(record, 'notKnown', {}, problemOf(error));
    }
    const { patch } = reading;
    if (reading.shown === 'asOrdered') return finish(record, 'verified', patch);
    const mayCome = record.state === 'unknown' && now() - since < kind.mayComeLate;
    if (readBacks < READ_BACKS || mayCome) return journal.note(record.id, { ...patch, readBacks });
    if (reading.shown === 'gone') return finish(record, 'notKnown', patch, reading.problem);
    // Unknown and unchanged: it never arrived.
    return record.state === 'unknown' && reading.shown === 'otherwise'
      ? finish(record, 'failed', patch, notArrived)
      : finish(record, 'mismatch', patch, reading.problem);
  };

  const follow = async (sent: R): Promise<void> => {
    let record = sent;
    for (const wait of WAITS) {
      if (!isUnsettled(record)) return;
      await sleep(wait);
      record = await read(record);
    }
    if (isUnsettled(record)) wakeAfter(ALARM_MS);
  };

  const sendPlanned = async (record: R): Promise<void> => {
    const { id } = record;
    wakeAfter(ALARM_MS);
    const forbidden = await allow(record).then(() => null, problemOf);
    if (forbidden) {
      await journal.move(id, 'notSent', { problem: forbidden });
      return;
    }
    await journal.move(id, 'sending');
    const refused = await send(record).then(() => null, refusalOf);
    await follow(
      refused === null
        ? await journal.move(id, 'accepted')
        : await journal.move(id, refused.state, { problem: refused.problem }),
    );
  };

  const settleOne = async (record: R): Promise<void> => {
    const { id, state } = record;
    if (state === 'planned') {
      if (isYoung(record.createdAt, now(), STALE_MS)) await sendPlanned(record);
      else await journal.move(id, 'notSent', { problem: neverSent });
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
      const { shown, patch } = await readBack(record);
      if (shown === 'asOrdered' && !wasRefused(record)) return finish(record, 'verified', patch);
      return journal.note(id, patch);
    },
  };
}

/** Was it refused outright? Then what the tracker shows as it was ordered is somebody else's. */
const wasRefused = ({ history }: OneShotRecord): boolean =>
  history.at(-1)?.state === 'failed' && history.at(-2)?.state === 'sending';

/** What an error means for a write. */
function refusalOf(error: unknown): { state: 'unknown' | 'notSent' | 'failed'; problem: Problem } {
  const problem = problemOf(error);
  // A fault of the browser or of ours may come after the request.
  if (problem.maybeApplied || !(error instanceof CrosstrackError)) {
    return { state: 'unknown', problem };
  }
  const neverLeft =
    error instanceof NothingToSend ||
    isLocked(problem) ||
    lacksKey(problem) ||
    lacksAccess(problem);
  return { state: neverLeft ? 'notSent' : 'failed', problem };
}

const INTERRUPTED: Problem = { kind: 'network', text: 'problem_interrupted' };
