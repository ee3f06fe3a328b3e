import { expect, test } from 'vitest';
import { createRecentReports } from '../../../lib/cache/recent-reports.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';

const reportOf = (rows: number): Report => ({
  rows: Array.from({ length: rows }, (_, id) => ({
    values: [{ id: String(id), name: '' }],
    metrics: metricsOf({ clicks: id }),
  })),
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  fetchedAt: 0,
  counted: [],
  complete: true,
});

test('the least recently used are dropped when there are more rows than may be', () => {
  const recent = createRecentReports(10);
  recent.set('a', reportOf(4));
  recent.set('b', reportOf(4));
  recent.get('a');
  recent.set('c', reportOf(4));
  expect([...recent.keys()]).toEqual(['a', 'c']);
});

test('a report in place of another counts once', () => {
  const recent = createRecentReports(10);
  recent.set('a', reportOf(6));
  recent.set('a', reportOf(6));
  recent.set('b', reportOf(4));
  expect([...recent.keys()]).toEqual(['a', 'b']);
});

test('one that is deleted makes room', () => {
  const recent = createRecentReports(10);
  recent.set('a', reportOf(6));
  recent.delete('a');
  recent.delete('a');
  recent.set('b', reportOf(10));
  expect([...recent.keys()]).toEqual(['b']);
});

test('a report that is too long alone is not kept, and the others stay', () => {
  const recent = createRecentReports(10);
  recent.set('a', reportOf(4));
  recent.set('b', reportOf(11));
  expect([...recent.keys()]).toEqual(['a']);
});
