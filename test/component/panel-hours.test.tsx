import { beforeEach, expect, test } from 'vitest';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import { metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import { fakeClient, fakeLink, openRoot, report, total, useEnglish } from './fixtures.ts';
import { campaignView, context } from './open-panel.ts';

beforeEach(useEnglish);

const NOW = Date.parse('2026-08-02T12:00:00Z');
const hours = (change: Partial<Report> = {}): Report =>
  report([{ values: [{ id: '9', name: '9' }], metrics: metricsOf({ clicks: 10 }) }], {
    fetchedAt: NOW,
    ...change,
  });

function open(byHour: Readonly<Record<string, Report>>) {
  const root = openRoot(style);
  const day = { from: '2026-08-02', to: '2026-08-02' };
  const link = fakeLink({ view: { ...campaignView, range: day } });
  const client = fakeClient({
    'panel.context': () => ({ ...context, connections: context.connections.slice(0, 2) }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: NOW }),
    'side.match': ({ from }) => ({
      member: { campaignId: '12', name: from.name, how: 'name' },
      proposals: [],
      problem: null,
    }),
    'side.figures': ({ connection: id }) => ({
      total: { report: { ...total(10, 1, 1, 1), zone: byHour[id]?.zone ?? '' }, problem: null },
      byHour: { report: byHour[id] ?? null, problem: null },
    }),
  });
  mountPanel(root, { client, link, now: () => NOW });
  return root;
}
const lines = (root: HTMLElement) =>
  [...root.querySelectorAll('.hours path')].map((path) => path.getAttribute('d') ?? '');

test('hours without clicks are drawn as 0, and hours to come are not drawn', async () => {
  const root = open({ k: hours(), b: hours() });
  await expect.poll(() => lines(root).length).toBe(2);
  // Two in the afternoon: fifteen hours have begun.
  for (const path of lines(root)) expect(path.match(/[ML]/g)).toHaveLength(15);
});

test('a side whose days begin at another time is not drawn as if they did not, and that is said', async () => {
  const root = open({ k: hours(), b: hours({ zone: 'Asia/Tokyo' }) });
  await expect.poll(() => lines(root).length).toBe(1);
  const facts = [...root.querySelectorAll('.facts li')].map(({ textContent }) => textContent);
  expect(facts.filter((fact) => fact?.includes('not in the chart'))).toEqual([
    expect.stringContaining('b main'),
  ]);
});
