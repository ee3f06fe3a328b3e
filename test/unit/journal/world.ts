import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import { createJournal } from '../../../lib/journal/journal.ts';
import type { JournalRecord } from '../../../lib/journal/record.ts';
import { createJournalRecords } from '../../../lib/journal/records.ts';
import { createWriter, type WriterDeps } from '../../../lib/journal/writer.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { testDatabase } from '../test-database.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** A tracker with one segment, a clock that is moved by hand, and the browser's alarm. */
export function world() {
  const storage = testDatabase();
  const at = {
    clock: 1_000,
    /** The alarm that is set, epoch ms; null = none. */
    alarm: null as number | null,
    cost: 80 as number | null,
    clicks: 1000 as number | null,
    /** Records that arrived, in order. */
    sent: [] as string[],
    /** Times of the read-backs. */
    reads: [] as number[],
    /** Connections whose figures are told to have changed. */
    changed: [] as string[],
    /** How long the tracker takes to apply what it was sent (ms); null = for ever. */
    takes: 0 as number | null,
    /** What it says to the next sends. */
    refuse: null as Problem | Error | null,
    /** Does it apply what it refuses? */
    applyAnyway: false,
    /** Can it be read? */
    dead: null as Problem | null,
    connected: true,
    /** Does it tell that updates wait in its queue? */
    queued: false,
    /** Why nothing may be sent. */
    forbidden: null as Problem | null,
    /** Resolves when a request may arrive. */
    reachable: Promise.resolve(),
  };
  const jobs: Array<{ at: number; cost: number }> = [];
  const runJobs = () => {
    for (const job of jobs.splice(0)) {
      if (job.at <= at.clock) at.cost = job.cost;
      else jobs.push(job);
    }
  };

  /** A worker as it is after a start; another one on the same storage is a restart. */
  const worker = (database: OpenDatabase = storage.database, parts: Partial<WriterDeps> = {}) => {
    const journal = createJournal(createJournalRecords(database), () => at.clock);
    const writer = createWriter({
      journal,
      async allow() {
        if (at.forbidden) throw new CrosstrackError(at.forbidden);
      },
      async send(record) {
        at.sent.push(record.id);
        await at.reachable;
        if (at.takes !== null && (!at.refuse || at.applyAnyway)) {
          jobs.push({ at: at.clock + at.takes, cost: record.expected });
        }
        runJobs();
        if (at.refuse instanceof Error) throw at.refuse;
        if (at.refuse) throw new CrosstrackError(at.refuse);
      },
      async readBack() {
        at.reads.push(at.clock);
        if (at.dead) throw new CrosstrackError(at.dead);
        runJobs();
        return { cost: at.cost, clicks: at.clicks };
      },
      isQueued: async () => at.queued,
      isConnected: async () => at.connected,
      changed: async (connection) => void at.changed.push(connection),
      now: () => at.clock,
      sleep: async (ms) => {
        at.clock += ms;
      },
      wakeAfter: (ms) => {
        if (!(ms >= 0)) throw new Error(`no alarm comes ${ms} ms from now`);
        // Browsers round alarms up to half a minute.
        at.alarm = at.clock + Math.max(ms, 30 * SECOND);
      },
      ...parts,
    });
    /** Lets the time pass, with the alarms in it. */
    const pass = async (ms: number): Promise<void> => {
      const until = at.clock + ms;
      while (at.alarm !== null && at.alarm <= until) {
        at.clock = Math.max(at.clock, at.alarm);
        at.alarm = null;
        await writer.settle();
      }
      at.clock = Math.max(at.clock, until);
    };
    const record = async (id = 'r1'): Promise<JournalRecord> => {
      const found = await journal.get(id);
      if (!found) throw new Error(`no record ${id}`);
      return found;
    };
    return {
      journal,
      writer,
      pass,
      record,
      /** States that a record went through. */
      states: async (id = 'r1') => (await record(id)).history.map(({ state }) => state),
      /** Text of the problem that led to its state. */
      reason: async (id = 'r1') => {
        const { kind, text } = Object((await record(id)).history.at(-1)?.problem) as Problem;
        // By its kind the screen tells what can be done about it.
        if (!kind) throw new Error(`${text} has no kind`);
        return text;
      },
    };
  };
  return { at, storage, worker };
}
