import { isAbort, lacksRoom, type Problem, problemOf } from '../errors.ts';
import type { Question, Report } from '../report/question.ts';
import { reportSchema } from '../report/schema.ts';
import type { OpenDatabase } from '../store/database.ts';
import { z } from '../zod.ts';

const entrySchema = z.object({
  key: z.string(),
  connection: z.string(),
  savedAt: z.number(),
  report: reportSchema,
});

/** A report with what was wrong when it was refreshed; `report: null` = nothing known (yet). */
export interface Answer {
  readonly report: Report | null;
  /** Why the newest attempt failed; the report, if any, is the last good one. */
  readonly problem: Problem | null;
}

/** Entries kept at most; the oldest go first. */
const MOST = 400;

export interface ReportCache {
  /** The last good answer to this question, if any; asks nobody. */
  known(connection: string, question: Question): Promise<Report | null>;
  /**
   * Asks the tracker and keeps the answer. Two askers of one question at once
   * share one request; it is cancelled when all of them have gone.
   */
  refresh(connection: string, question: Question, signal: AbortSignal): Promise<Report>;
  /** `fresh: false`: what is known. `fresh: true`: asks, and on a problem gives the last good one with it. */
  answer(
    connection: string,
    question: Question,
    fresh: boolean,
    signal: AbortSignal,
  ): Promise<Answer>;
  /** Forgets all answers of a connection: after a write, an edit or its removal. */
  forget(connection: string): Promise<void>;
}

export type AskTracker = (
  connection: string,
  question: Question,
  signal: AbortSignal,
) => Promise<Report>;

const keyOf = (connection: string, question: Question): string =>
  JSON.stringify([connection, question.range, question.groupBy, question.filters]);

/** Answers by question, in IndexedDB: shown at once with their age, then refreshed. */
export function createReportCache(database: OpenDatabase, ask: AskTracker): ReportCache {
  interface Flight {
    readonly report: Promise<Report>;
    readonly controller: AbortController;
    askers: number;
  }
  const flights = new Map<string, Flight>();
  /** Counts writes per connection, so that an answer asked for before one is not kept after it. */
  const generations = new Map<string, number>();

  const save = async (connection: string, key: string, report: Report): Promise<void> => {
    const transaction = (await database()).transaction('reports', 'readwrite');
    await transaction.store.put({ key, connection, savedAt: report.fetchedAt, report });
    const surplus = (await transaction.store.count()) - MOST;
    if (surplus > 0) {
      const oldest = await transaction.store.index('savedAt').getAllKeys(null, surplus);
      for (const one of oldest) await transaction.store.delete(one);
    }
    await transaction.done;
  };

  const takeOff = (connection: string, key: string, question: Question): Flight => {
    const controller = new AbortController();
    const generation = generations.get(connection);
    const report = ask(connection, question, controller.signal)
      .then(async (answer) => {
        try {
          if (generations.get(connection) === generation) await save(connection, key, answer);
        } catch (error) {
          // Without room to keep it, it is a good answer all the same.
          if (!lacksRoom(error)) throw error;
        }
        return answer;
      })
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    const flight: Flight = { report, controller, askers: 0 };
    // Askers that left hear of it through their own signal.
    report.catch(() => {});
    flights.set(key, flight);
    return flight;
  };

  const cache: ReportCache = {
    async known(connection, question) {
      const stored = await (await database()).get('reports', keyOf(connection, question));
      const entry = entrySchema.safeParse(stored);
      return entry.success ? entry.data.report : null;
    },
    async refresh(connection, question, signal) {
      signal.throwIfAborted();
      const key = keyOf(connection, question);
      const flight = flights.get(key) ?? takeOff(connection, key, question);
      flight.askers += 1;
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([flight.report, left.promise]);
      } finally {
        signal.removeEventListener('abort', leave);
        flight.askers -= 1;
        if (flight.askers === 0) {
          flight.controller.abort();
          if (flights.get(key) === flight) flights.delete(key);
        }
      }
    },
    async answer(connection, question, fresh, signal) {
      if (!fresh) return { report: await cache.known(connection, question), problem: null };
      try {
        return { report: await cache.refresh(connection, question, signal), problem: null };
      } catch (error) {
        if (isAbort(error) && signal.aborted) throw error;
        return { report: await cache.known(connection, question), problem: problemOf(error) };
      }
    },
    async forget(connection) {
      generations.set(connection, (generations.get(connection) ?? 0) + 1);
      for (const key of flights.keys()) {
        if (key.startsWith(`[${JSON.stringify(connection)},`)) flights.delete(key);
      }
      const transaction = (await database()).transaction('reports', 'readwrite');
      const keys = await transaction.store.index('connection').getAllKeys(connection);
      await Promise.all(keys.map((key) => transaction.store.delete(key)));
      await transaction.done;
    },
  };
  return cache;
}
