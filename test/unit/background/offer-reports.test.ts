import { describe, expect, test } from 'vitest';
import { createOfferReports } from '../../../lib/background/offers/reports.ts';
import { CrosstrackError, problemOf } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';

const range = { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' };
const NOW = Date.UTC(2026, 7, 2);

/** A tracker that groups only one campaign by offer; each has one offer. */
function open(campaigns: ReadonlyArray<readonly [id: string, clicks: number]>, dead = '') {
  const asked: string[] = [];
  const kept = new Map<string, Report>();
  const reportOf = (rows: Report['rows']): Report => ({
    ...{ rows, counted: [], zone: 'UTC', currency: 'USD', basis: 'visit', complete: true },
    fetchedAt: NOW,
  });
  const read = (question: Question): Report => {
    const { groupBy, filters } = question;
    if (groupBy.join() === 'campaign') {
      return reportOf(
        campaigns.map(([id, clicks]) => ({
          values: [{ id, name: `Campaign ${id}` }],
          metrics: metricsOf({ clicks }),
        })),
      );
    }
    const id = filters[0]?.value;
    if (id === undefined) throw new CrosstrackError({ kind: 'unsupported' });
    asked.push(id);
    if (id === dead) throw new CrosstrackError({ kind: 'network' });
    const clicks = campaigns.find(([one]) => one === id)?.[1] ?? 0;
    return reportOf([
      { values: [{ id: `o${id}`, name: `Offer ${id}` }], metrics: metricsOf({ clicks }) },
    ]);
  };
  const offerReports = createOfferReports({
    connections: { get: async (id: string) => ({ id, tracker: id }) },
    clients: {
      adapter: () => ({ side: 'tracker', capabilities: { dimensions: ['campaign', 'offer'] } }),
    },
    reports: {
      known: async (_: string, question: Question) => kept.get(JSON.stringify(question)) ?? null,
      answer: async (_: string, question: Question, fresh: boolean) => {
        const key = JSON.stringify(question);
        if (!fresh) return { report: kept.get(key) ?? null, problem: null };
        try {
          const report = read(question);
          kept.set(key, report);
          return { report, problem: null };
        } catch (error) {
          return { report: null, problem: problemOf(error) };
        }
      },
    },
    now: () => NOW + 60_000,
  } as never);
  const ask = (fresh: boolean, most = 9) =>
    offerReports('b', range, { fresh, most }, new AbortController().signal);
  return { ask, asked };
}

const rowsOf = (report: Report | null) =>
  report?.rows.map(({ values, metrics }) => [...values.map(({ name }) => name), metrics.clicks]);

describe('a tracker that cannot group all campaigns by offer', () => {
  const some = [
    ['1', 50],
    ['2', 0],
    ['3', 70],
  ] as const;

  test('is asked campaign by campaign, those without traffic left out', async () => {
    const { ask, asked } = open(some);
    const { report, problem } = await ask(true);
    expect(asked).toEqual(['3', '1']);
    expect(rowsOf(report)).toEqual([
      ['Offer 3', 'Campaign 3', 70],
      ['Offer 1', 'Campaign 1', 50],
    ]);
    expect([report?.complete, problem]).toEqual([true, null]);
  });

  test('is not asked again soon, and answers from what is kept', async () => {
    const { ask, asked } = open(some);
    await ask(true);
    expect(rowsOf((await ask(false)).report)).toHaveLength(2);
    await ask(true);
    expect(asked).toEqual(['3', '1']);
  });

  test('has an incomplete report where it has more campaigns than are asked, or one fails', async () => {
    const { report } = await open(some).ask(true, 1);
    expect([rowsOf(report), report?.complete]).toEqual([[['Offer 3', 'Campaign 3', 70]], false]);
    const failed = await open(some, '3').ask(true);
    expect([rowsOf(failed.report), failed.report?.complete]).toEqual([
      [['Offer 1', 'Campaign 1', 50]],
      false,
    ]);
    expect(failed.problem?.kind).toBe('network');
  });

  test('has none where nothing is kept, or none of its campaigns answers', async () => {
    expect(await open(some).ask(false)).toEqual({ report: null, problem: null });
    const none = await open([['1', 5]], '1').ask(true);
    expect([none.report, none.problem?.kind]).toEqual([null, 'network']);
  });
});
