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
  return { root, client };
}
const lines = (root: HTMLElement) =>
  [...root.querySelectorAll('.hours path')].map((path) => path.getAttribute('d') ?? '');

test('hours without clicks are drawn as 0, and hours to come are not drawn', async () => {
  const { root } = open({ k: hours(), b: hours() });
  await expect.poll(() => lines(root).length).toBe(2);
  // Two in the afternoon: fifteen hours have begun.
  for (const path of lines(root)) expect(path.match(/[ML]/g)).toHaveLength(15);
});

test('a side whose days begin at another time is not drawn as if they did not, and that is said', async () => {
  const { root } = open({ k: hours(), b: hours({ zone: 'Asia/Tokyo' }) });
  await expect.poll(() => lines(root).length).toBe(1);
  const facts = [...root.querySelectorAll('.facts li')].map(({ textContent }) => textContent);
  expect(facts.filter((fact) => fact?.includes('not in the chart'))).toEqual([
    expect.stringContaining('b main'),
  ]);
});

test.each([1, 2])(
  'what the hours that differ hold is asked for when it is opened, of %i campaigns',
  async (count) => {
    const { root, client } = open({
      k: hours(),
      b: hours({ zone: 'Asia/Tokyo' }),
    });
    const target = ['12', '13'].slice(0, count).map((id) => ({ id, name: id }));
    client.answer('side.match', ({ from }) => ({
      member: { campaignId: '12', name: from.name, how: 'hand' },
      ...(count > 1 ? { several: { from: [{ id: '12', name: 'Summer' }], target } } : {}),
      proposals: [],
      problem: null,
    }));
    client.change();
    const asked = () => client.calls.filter(({ name }) => name === 'side.series');
    client.answer('side.series', ({ connection: id }) => ({
      // Tokyo's first seven hours are before Madrid's day; Madrid's last seven are to come.
      report: report(
        [
          [6, 30],
          [7, 500],
        ].map(([hour, clicks]) => ({
          values: [{ id: String(hour), name: '' }],
          metrics: metricsOf({ clicks: clicks ?? 0 }),
        })),
        { fetchedAt: NOW, zone: id === 'b' ? 'Asia/Tokyo' : 'Europe/Madrid' },
      ),
      problem: null,
      groupBy: ['hour'],
      unable: null,
    }));
    await expect.poll(() => root.querySelector('[data-hours-apart]')).not.toBeNull();
    expect(asked()).toEqual([]);
    root.querySelector<HTMLElement>('[data-hours-apart] summary')?.click();
    const line = () =>
      [...root.querySelectorAll('[data-hours-apart] [data-metric=clicks] td')].map(
        ({ textContent }) => textContent,
      );
    await expect.poll(line).toEqual(['0', '30', expect.any(String)]);
    for (const { input } of asked()) {
      expect(input).toMatchObject({
        connection: 'b',
        campaignIds: target.map(({ id }) => id),
        range: { from: '2026-08-02', to: '2026-08-02', zone: 'Asia/Tokyo' },
      });
    }
  },
);
