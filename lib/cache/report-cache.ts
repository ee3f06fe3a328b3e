import { isAbort, type Problem, problemOf } from '../errors.ts';
import type { Question, Report } from '../report/question.ts';
import { reportSchema } from '../report/schema.ts';
import type { AnyStore, OpenDatabase, Transaction } from '../store/database.ts';
import { transact } from '../store/transact.ts';
import { z } from '../zod.ts';

const entrySchema = z.object({
  key: z.string(),
  connection: z.string(),
  savedAt: z.number(),
  report: reportSchema,
});

/** A report, and the problem of its last refresh; `report: null` = none yet. */
export interface Answer {
  readonly report: Report | null;
  /** Why the last refresh failed; `report` is then the last good one, if any. */
  readonly problem: Problem | null;
}

/** An entry's metadata. */
const sizeSchema = z.object({
  key: z.string(),
  savedAt: z.number(),
  /** Length of the report as JSON, which approximates its size. */
  bytes: z.number(),
});

/** Limits of the cache. The oldest entries are evicted first; a larger report is not cached. */
export interface CacheLimits {
  readonly entries: number;
  readonly bytes: number;
}
const LIMITS: CacheLimits = { entries: 400, bytes: 64 * 1024 * 1024 };

export interface ReportCache {
  /** The cached report for a question, without a request; null = none. */
  known(connection: string, question: Question): Promise<Report | null>;
  /**
   * Queries the tracker and caches the report. Concurrent callers with the same question share one
   * request, which is cancelled when all of them have cancelled.
   */
  refresh(connection: string, question: Question, signal: AbortSignal): Promise<Report>;
  /** `fresh: false`: the cached report. `fresh: true`: queries; on failure, the last good report with the problem. */
  answer(
    connection: string,
    question: Question,
    fresh: boolean,
    signal: AbortSignal,
  ): Promise<Answer>;
  /** Removes all reports of a connection: after a write, an edit or its removal. */
  forget(connection: string): Promise<void>;
}

export type QueryTracker = (
  connection: string,
  question: Question,
  signal: AbortSignal,
) => Promise<Report>;

const keyOf = (connection: string, question: Question): string =>
  JSON.stringify([connection, question.range, question.groupBy, question.filters]);

const STORES: AnyStore[] = ['reports', 'reportSizes'];

async function remove(transaction: Transaction, key: string): Promise<void> {
  await transaction.objectStore('reports').delete(key);
  await transaction.objectStore('reportSizes').delete(key);
}

/** @param now epoch ms; entries from the future (the clock was set back) are evicted first */
async function makeRoom(transaction: Transaction, limits: CacheLimits, now: number): Promise<void> {
  const keys = new Set((await transaction.objectStore('reports').getAllKeys()).map(String));
  const stored = await transaction.objectStore('reportSizes').getAll();
  const ageOf = (savedAt: number): number =>
    savedAt > now ? Number.POSITIVE_INFINITY : now - savedAt;
  const sizes = stored
    .flatMap((size) => sizeSchema.safeParse(size).data ?? [])
    .sort((a, b) => ageOf(a.savedAt) - ageOf(b.savedAt));
  let room = limits.bytes;
  let entries = 0;
  for (const { key, bytes } of sizes) {
    const fits = keys.delete(key) && bytes <= room && entries < limits.entries;
    if (!fits) await remove(transaction, key);
    else {
      room -= bytes;
      entries += 1;
    }
  }
  // Entries of an earlier version, which did not record lengths.
  for (const key of keys) await remove(transaction, key);
}

/** Reports by question, in IndexedDB (stale-while-revalidate). */
export function createReportCache(
  database: OpenDatabase,
  ask: QueryTracker,
  limits: CacheLimits = LIMITS,
): ReportCache {
  interface Flight {
    readonly report: Promise<Report>;
    readonly controller: AbortController;
    askers: number;
  }
  const flights = new Map<string, Flight>();
  /** Number of `forget` calls per connection, so that a report requested before one is not cached after it. */
  const generations = new Map<string, number>();

  const save = async (connection: string, key: string, report: Report): Promise<void> => {
    const savedAt = report.fetchedAt;
    const bytes = JSON.stringify(report).length;
    await transact(await database(), STORES, async (transaction) => {
      await transaction.objectStore('reports').put({ key, connection, savedAt, report });
      await transaction.objectStore('reportSizes').put({ key, savedAt, bytes });
      await makeRoom(transaction, limits, savedAt);
    });
  };

  const takeOff = (connection: string, key: string, question: Question): Flight => {
    const controller = new AbortController();
    const generation = generations.get(connection);
    const report = ask(connection, question, controller.signal)
      .then(async (answer) => {
        // A report that cannot be cached is still a good one.
        if (generations.get(connection) === generation) {
          await save(connection, key, answer).catch(() => {});
        }
        return answer;
      })
      .finally(() => {
        if (flights.get(key) === flight) flights.delete(key);
      });
    const flight: Flight = { report, controller, askers: 0 };
    // Callers that cancelled learn it from their own signal.
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
      await transact(await database(), STORES, async (transaction) => {
        const reports = transaction.objectStore('reports');
        for (const key of await reports.index('connection').getAllKeys(connection)) {
          await remove(transaction, String(key));
        }
      });
    },
  };
  return cache;
}
