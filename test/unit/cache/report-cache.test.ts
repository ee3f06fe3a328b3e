import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { createReportCache } from '../../../lib/cache/report-cache.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import { testDatabase } from '../test-database.ts';

const question: Question = {
  range: { from: '2026-08-01', to: '2026-08-02', zone: 'UTC' },
  groupBy: ['campaign'],
  filters: [],
};

const reportOf = (clicks: number, fetchedAt = clicks): Report => ({
  rows: [{ values: [{ id: '7', name: 'Summer' }], metrics: metricsOf({ clicks }) }],
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  fetchedAt,
  counted: [],
  complete: true,
});

/** A tracker whose answers are given one by one by the test. */
function slowTracker() {
  const asked: Array<{ signal: AbortSignal; answer: PromiseWithResolvers<Report> }> = [];
  const ask = (_: string, __: Question, signal: AbortSignal) => {
    const answer = Promise.withResolvers<Report>();
    signal.addEventListener('abort', () => answer.reject(signal.reason));
    asked.push({ signal, answer });
    return answer.promise;
  };
  return { asked, ask };
}

const never = new AbortController().signal;
afterEach(() => {
  vi.restoreAllMocks();
});

/** Questions of their own, by number. */
const nth = (index: number): Question => ({
  ...question,
  range: { ...question.range, zone: `zone ${index}` },
});

test('an answer is known at once afterwards, also by a restarted worker', async () => {
  const { database, reopen } = testDatabase();
  const cache = createReportCache(database, async () => reportOf(5));
  expect(await cache.known('c', question)).toBeNull();
  await cache.refresh('c', question, never);
  expect(await createReportCache(reopen(), async () => reportOf(9)).known('c', question)).toEqual(
    reportOf(5),
  );
});

test('two askers of one question share one request', async () => {
  const { asked, ask } = slowTracker();
  const cache = createReportCache(testDatabase().database, ask);
  const both = [cache.refresh('c', question, never), cache.refresh('c', question, never)];
  asked[0]?.answer.resolve(reportOf(5));
  expect(await Promise.all(both)).toEqual([reportOf(5), reportOf(5)]);
  expect(asked).toHaveLength(1);
});

test('the request is cancelled when the last asker has gone, not before', async () => {
  const { asked, ask } = slowTracker();
  const cache = createReportCache(testDatabase().database, ask);
  const [first, second] = [new AbortController(), new AbortController()];
  const a = cache.refresh('c', question, first.signal);
  const b = cache.refresh('c', question, second.signal);
  first.abort();
  await expect(a).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked[0]?.signal.aborted).toBe(false);
  second.abort();
  await expect(b).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked[0]?.signal.aborted).toBe(true);
});

test('a problem comes with the last good answer', async () => {
  let dead = false;
  const cache = createReportCache(testDatabase().database, async () => {
    if (dead) throw new CrosstrackError({ kind: 'network' });
    return reportOf(5);
  });
  await cache.answer('c', question, true, never);
  dead = true;
  expect(await cache.answer('c', question, true, never)).toEqual({
    report: reportOf(5),
    problem: { kind: 'network' },
  });
});

test('an answer asked for before a write is not kept after it', async () => {
  const { asked, ask } = slowTracker();
  const cache = createReportCache(testDatabase().database, ask);
  const before = cache.refresh('c', question, never);
  await cache.forget('c');
  asked[0]?.answer.resolve(reportOf(5));
  await before;
  expect(await cache.known('c', question)).toBeNull();
});

test('forgetting one connection keeps the others', async () => {
  const cache = createReportCache(testDatabase().database, async () => reportOf(5));
  await cache.refresh('a', question, never);
  await cache.refresh('b', question, never);
  await cache.forget('a');
  expect(await cache.known('a', question)).toBeNull();
  expect(await cache.known('b', question)).not.toBeNull();
});

test('only so many answers are kept, and the oldest go first', async () => {
  let count = 0;
  const cache = createReportCache(testDatabase().database, async () => reportOf(1, ++count));
  const days = Array.from({ length: 405 }, (_, index) => nth(index));
  for (const day of days) await cache.refresh('c', day, never);
  const known = await Promise.all(days.map((day) => cache.known('c', day)));
  expect(known.slice(0, 5)).toEqual([null, null, null, null, null]);
  expect(known.slice(5).every((report) => report !== null)).toBe(true);
});

test('no more is kept than so many bytes, whatever the number of answers', async () => {
  const { database } = testDatabase();
  let at = 0;
  const bytes = JSON.stringify(reportOf(1, 1)).length;
  const limits = { entries: 400, bytes: bytes * 2 + 1 };
  const cache = createReportCache(database, async () => reportOf(1, ++at), limits);
  const known = async (...all: number[]) =>
    (await Promise.all(all.map((one) => cache.known('c', nth(one))))).map((one) => one !== null);
  for (const one of [1, 2, 3]) await cache.refresh('c', nth(one), never);
  expect(await known(1, 2, 3)).toEqual([false, true, true]);
  // What was forgotten takes no room any more.
  await cache.forget('c');
  for (const one of [4, 5]) await cache.refresh('c', nth(one), never);
  expect(await known(4, 5)).toEqual([true, true]);
  // One that is larger than all of it is not kept, and pushes nothing out.
  const rows = Array.from({ length: 100 }, () => reportOf(1).rows).flat();
  const large = createReportCache(database, async () => ({ ...reportOf(1, 9), rows }), limits);
  expect((await large.refresh('c', nth(6), never)).rows).toHaveLength(100);
  expect(await known(4, 5, 6)).toEqual([true, true, false]);
});

test('answers of the future, before the clock was put back, go first', async () => {
  const times = [5_000_000, 1_000, 2_000];
  const { database } = testDatabase();
  const limits = { entries: 2, bytes: 1_000_000 };
  const cache = createReportCache(database, async () => reportOf(1, times.shift()), limits);
  for (const one of [0, 1, 2]) await cache.refresh('c', nth(one), never);
  expect(await cache.known('c', nth(0))).toBeNull();
  expect(await cache.known('c', nth(1))).not.toBeNull();
});

test('what an earlier version kept, without saying how long it is, is not kept for ever', async () => {
  const { database } = testDatabase();
  const cache = createReportCache(database, async () => reportOf(5));
  const old = { key: 'old', connection: 'c', savedAt: 1, report: reportOf(1) };
  await (await database()).put('reports', old);
  await cache.refresh('c', question, never);
  expect(await (await database()).getAllKeys('reports')).toHaveLength(1);
});

test('an answer that cannot be kept is a good answer', async () => {
  const cache = createReportCache(testDatabase().database, async () => reportOf(5));
  const { put } = IDBObjectStore.prototype;
  // A full disk ends the transaction, and with it whatever it was asked.
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...record
  ) {
    const request = put.apply(this, record);
    this.transaction.abort();
    return request;
  });
  expect(await cache.answer('c', question, true, never)).toEqual({
    report: reportOf(5),
    problem: null,
  });
});

test('a damaged entry is as good as none', async () => {
  const { database, reopen } = testDatabase();
  const cache = createReportCache(database, async () => reportOf(5));
  await cache.refresh('c', question, never);
  const [entry] = await (await database()).getAll('reports');
  await (await database()).put('reports', { ...Object(entry), report: { rows: 'none' } });
  const restarted = createReportCache(reopen(), async () => reportOf(5));
  expect(await restarted.known('c', question)).toBeNull();
});

test('a report is read from the database once, and no more after it was forgotten', async () => {
  const { database, reopen } = testDatabase();
  await createReportCache(database, async () => reportOf(5)).refresh('c', question, never);
  const reads = vi.spyOn(IDBObjectStore.prototype, 'get');
  const cache = createReportCache(reopen(), async () => reportOf(9));
  expect(await cache.known('c', question)).toEqual(reportOf(5));
  const first = reads.mock.calls.length;
  expect(await cache.known('c', question)).toEqual(reportOf(5));
  expect(reads).toHaveBeenCalledTimes(first);
  await cache.forget('c');
  expect(await cache.known('c', question)).toBeNull();
});

test('what was being read when it was forgotten does not come back', async () => {
  const { database, reopen } = testDatabase();
  await createReportCache(database, async () => reportOf(5)).refresh('c', question, never);
  const cache = createReportCache(reopen(), async () => reportOf(9));
  await Promise.all([cache.known('c', question), cache.forget('c')]);
  expect(await cache.known('c', question)).toBeNull();
});

test('what was being read when a newer report was saved does not hide that one', async () => {
  const { database, reopen } = testDatabase();
  await createReportCache(database, async () => reportOf(5)).refresh('c', question, never);
  const cache = createReportCache(reopen(), async () => reportOf(9));
  await Promise.all([cache.known('c', question), cache.refresh('c', question, never)]);
  expect(await cache.known('c', question)).toEqual(reportOf(9));
});
