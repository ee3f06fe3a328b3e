import { describe, expect, test } from 'vitest';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { fakeTrackerClient } from '../../fake-tracker-client.ts';
import { question } from './shared.ts';

describe('all pages are read', () => {
  const rows = (page: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ slice: { sub1: `${page}-${row}` } }));

  test('by the total count, although the platform gives fewer rows than asked', async () => {
    const { client, sent } = fakeTrackerClient(affise, (_path, query) => {
      const page = Number(query.get('page'));
      return {
        json: {
          status: 1,
          stats: rows(page, page === 3 ? 50 : 100),
          pagination: { per_page: 100, total_count: 250, page },
        },
      };
    });
    const report = await affise.report(client, question({ groupBy: ['token1'] }));
    expect([sent.length, report.rows.length, report.complete]).toEqual([3, 250, true]);
  });

  test('by next_page, and by short pages where there is no pagination', async () => {
    const next = fakeTrackerClient(affise, (_path, query) => {
      const page = Number(query.get('page'));
      const pagination = { per_page: 1, page, ...(page < 3 ? { next_page: page + 1 } : {}) };
      return { json: { status: 1, stats: rows(page, 1), pagination } };
    });
    expect((await affise.report(next.client, question({ groupBy: ['token1'] }))).rows.length).toBe(
      3,
    );
    const plain = fakeTrackerClient(affise, (_path, query) => {
      const page = Number(query.get('page'));
      return { json: { status: 1, stats: rows(page, page === 2 ? 3 : 500) } };
    });
    expect((await affise.report(plain.client, question({ groupBy: ['token1'] }))).rows.length).toBe(
      503,
    );
  });

  test('and a repeated page is not added twice', async () => {
    const { client } = fakeTrackerClient(affise, () => ({
      json: { status: 1, stats: rows(1, 500) },
    }));
    const report = await affise.report(client, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete]).toEqual([500, false]);
  });
});
