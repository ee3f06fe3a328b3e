import { expect, test } from 'vitest';
import { halvesIn } from '../../../lib/compare/halves.ts';
import type { Link } from '../../../lib/compare/links.ts';
import { type Metrics, metricsOf } from '../../../lib/report/metrics.ts';
import type { Report } from '../../../lib/report/question.ts';

const link = (members: Readonly<Record<string, string[]>>, split = true): Link => ({
  ...{ id: 'l', how: 'hand', createdAt: 0 },
  ...(split ? { split } : {}),
  members: Object.entries(members).flatMap(([connection, ids]) =>
    ids.map((campaignId) => ({ connection, campaignId, name: '' })),
  ),
});
const side = (
  connection: string,
  campaigns: Readonly<Record<string, Partial<Metrics>>> | null,
  complete = true,
) => {
  const report: Report | null = campaigns && {
    rows: Object.entries(campaigns).map(([id, metrics]) => ({
      values: [{ id, name: '' }],
      metrics: metricsOf(metrics),
    })),
    counted: ['clicks'],
    ...{ zone: 'UTC', currency: 'USD', basis: 'visit', fetchedAt: 0, complete },
  };
  return { connection, report };
};
const NONE = { clicks: 0, conversions: 0, cost: 0, revenue: 0 };
const SOME = { ...NONE, clicks: 5 };

test('a split test counts where one of its halves did anything', () => {
  const links = [link({ k: ['1'], b: ['2'] }), link({ k: ['3'], b: ['4', '5'] })];
  expect(halvesIn(links, side('k', { 1: SOME }), side('b', { 2: SOME, 5: SOME }))).toBe(2);
  expect(halvesIn(links, side('k', { 1: NONE }), side('b', { 2: NONE }))).toBe(0);
  expect(halvesIn(links, side('k', {}), side('b', { 2: SOME }))).toBe(1);
});

test('what it did is not known without a report, without the rest of it, or without a figure', () => {
  const links = [link({ k: ['1'], b: ['2'] })];
  expect(halvesIn(links, side('k', null), side('b', {}))).toBe(1);
  expect(halvesIn(links, side('k', {}), side('b', {}, false))).toBe(1);
  expect(halvesIn(links, side('k', {}), side('b', { 2: { clicks: 0 } }))).toBe(1);
});

test('links that share no traffic, or lie elsewhere, are none', () => {
  const [k, b] = [side('k', { 1: SOME }), side('b', { 2: SOME })];
  expect(halvesIn([link({ k: ['1'], b: ['2'] }, false)], k, b)).toBe(0);
  expect(halvesIn([link({ k: ['1'], r: ['2'] })], k, b)).toBe(0);
});
