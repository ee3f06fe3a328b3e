import { isAbort, type Problem, problemOf } from '../errors.ts';
import type { Question, Report } from '../report/question.ts';
import { reportSchema } from '../report/schema.ts';
import type { AnyStore, OpenDatabase, Transaction } from '../store/database.ts';
import { transact } from '../store/transact.ts';
import { z } from '../zod.ts';
import { createRecentReports } from './recent-reports.ts';

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
/** Rows of cached reports that stay in memory too, while the worker lives. */
const ROWS_IN_MEMORY = 5_000;

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

/**
 * @param now epoch ms; entries from the future (the clock was set back) are evicted first
 * @returns the keys of the evicted entries
 */
async function makeRoom(
  transaction: Transaction,
  limits: CacheLimits,
  now: number,
): Promise<string[]> {
  const keys = new Set((await transaction.objectStore('reports').getAllKeys()).map(String));
  const stored = await transaction.objectStore('reportSizes').getAll();
  const ageOf = (savedAt: number): number =>
    savedAt > now ? Number.POSITIVE_INFINITY : now - savedAt;
  const sizes = stored
    .flatMap((size) => sizeSchema.safeParse(size).data ?? [])
    .sort((a, b) => ageOf(a.savedAt) - ageOf(b.savedAt));
  let room = limits.bytes;
  let entries = 0;
  const evicted: string[] = [];
  for (const { key, bytes } of sizes) {
    const fits = keys.delete(key) && bytes <= room && entries < limits.entries;
    if (!fits) evicted.push(key);
    else {
      room -= bytes;
      entries += 1;
    }
  }
  // Entries of an earlier version, which did not record lengths.
  evicted.push(...keys);
  for (const key of evicted) await remove(transaction, key);
  return evicted;
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
  const inMemory = createRecentReports(ROWS_IN_MEMORY);
  /** Number of changes of the stored reports, so that one read before a change is not taken for the present one. */
  let changes = 0;

  const save = async (connection: string, key: string, report: Report): Promise<void> => {
    const savedAt = report.fetchedAt;
    const bytes = JSON.stringify(report).length;
    const generation = generations.get(connection);
    const evicted = await transact(await database(), STORES, async (transaction) => {
      await transaction.objectStore('reports').put({ key, connection, savedAt, report });
      await transaction.objectStore('reportSizes').put({ key, savedAt, bytes });
      return makeRoom(transaction, limits, savedAt);
    });
    changes += 1;
    if (generations.get(connection) === generation) inMemory.set(key, report);
    for (const old of evicted) inMemory.delete(old);
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
      const key = keyOf(connection, question);
      const recent = inMemory.get(key);
      if (recent) return recent;
      const before = changes;
      const stored = await (await database()).get('reports', key);
      const entry = entrySchema.safeParse(stored);
      if (!entry.success) return null;
      const { report } = entry.data;
      if (changes === before) inMemory.set(key, report);
      return report;
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
      changes += 1;
      const isOfIt = (key: string) => key.startsWith(`[${JSON.stringify(connection)},`);
      for (const key of flights.keys()) if (isOfIt(key)) flights.delete(key);
      for (const key of inMemory.keys()) if (isOfIt(key)) inMemory.delete(key);
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
