import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import chartStyle from '../../components/kit/chart.css?inline';
import type { Link } from '../../lib/compare/links.ts';
import { type Metrics, metricsOf } from '../../lib/report/metrics.ts';
import { daily } from './daily.ts';
import {
  connection,
  fakeClient,
  openRoot,
  report,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(useEnglish);

const NOW = Date.parse('2026-08-20T12:00:00Z');
const usual = { clicks: 30_000, conversions: 900, cost: 1_200, revenue: 2_700 };
const day = { clicks: 10_000, conversions: 300, cost: 400, revenue: 900 };
type On = (day: string) => Partial<Metrics>;

const HALVES: Link = {
  id: 'l',
  members: ['k', 'b'].map((on) => ({ connection: on, campaignId: '1', name: 'Summer' })),
  how: 'hand',
  createdAt: 0,
  split: true,
};

/** A dashboard of three days, and what `b` has: in these days, and on each day. */
async function open(now: Partial<Metrics>, b: On, links: Link[] = []) {
  location.hash = '#view=compare&days=2026-08-01..2026-08-03';
  const root = openRoot(style + chartStyle);
  const ids = ['k', 'b', 'r'];
  const client = fakeClient({
    'connections.list': () => ids.map((id) => connection(id)),
    'trackers.list': () => ids.map((id) => tracker(id)),
    'links.list': () => links,
    'links.rejected': () => [],
    'rates.list': () => [],
    'journal.open': () => [],
    'settings.read': () => settings,
    'formats.list': () => [],
    'campaigns.list': () => ({ campaigns: [], fetchedAt: NOW }),
    'campaigns.figures': ({ connection: id }) => {
      const metrics = metricsOf(id === 'b' ? { ...usual, ...now } : usual);
      const rows = [
        { values: [{ id: '1', name: 'Summer' }], metrics },
        { values: [{ id: '2', name: 'Winter' }], metrics },
      ];
      return { report: report(id === 'r' ? [] : rows, { fetchedAt: NOW }), problem: null };
    },
    'side.series': (asked) =>
      asked.fresh
        ? daily(asked, asked.connection === 'b' ? b : () => day, { fetchedAt: NOW })
        : { report: null, problem: null, groupBy: ['day'], unable: null },
  });
  mountDashboard(root, { client, now: () => NOW });
  await expect.poll(() => root.querySelectorAll('tbody tr:not(.spacer)').length).toBe(2);
  const asked = () =>
    client.calls.flatMap(({ name, input }) =>
      name === 'side.series' && Object(input).fresh
        ? [[Object(input).connection, Object(input).range.from, Object(input).range.to].join(' ')]
        : [],
    );
  expect(asked()).toEqual([]);
  root.querySelector<HTMLElement>('tbody tr:not(.spacer)')?.click();
  await expect.poll(() => root.querySelector('.details')).not.toBeNull();
  return { root, asked };
}

const said = (root: HTMLElement, metric: string) =>
  root.querySelector(`.details section [data-gap=${metric}] [data-baseline] p`)?.textContent ?? '';
const sections = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLElement>('.details section [data-gap]')].map(
    ({ dataset }) => dataset.gap,
  );
const BEFORE = ['k 2026-07-18 2026-07-31', 'b 2026-07-18 2026-07-31'];

describe('the drawer of a row', () => {
  test('says of each gap that needs a look whether it is new, by one report of each side', async () => {
    const { root, asked } = await open(
      { clicks: 24_000, conversions: 720, revenue: 2_160 },
      () => ({
        ...day,
        clicks: 8_000,
        conversions: 240,
        revenue: 720,
      }),
    );
    await expect
      .poll(() => said(root, 'clicks'))
      .toBe('Steady: usually −20.0 % in the 14 days before, too. Look for a structural cause.');
    expect(said(root, 'conversions')).toContain('Steady: usually −20.0 %');
    expect(said(root, 'revenue')).toContain('Steady: usually −20.0 %');
    expect(asked()).toEqual(BEFORE);
    const story = root.querySelector('.details section [data-gap=clicks]')?.textContent;
    expect(story).toMatch(/−20\.0 %.*Steady.*The stats don't explain it/);
    await page.screenshot({ path: '../../test-results/drawer-baseline.png' });
  });

  test('and of a gap that has become small that it was wider', async () => {
    const { root } = await open({ clicks: 24_000 }, (on) => ({
      ...day,
      clicks: on < '2026-08-01' ? 9_940 : 8_000,
      cost: on < '2026-08-01' ? 300 : 400,
    }));
    await expect
      .poll(() => said(root, 'cost'))
      .toBe('Changed: usually −25.0 % in the 14 days before, only 0.0 % now, since Aug 1.');
    expect(said(root, 'clicks')).toBe(
      'Changed: usually −0.6 % in the 14 days before, −20.0 % now. Look for what happened since Aug 1.',
    );
    expect(sections(root)).toEqual(['clicks', 'cost']);
  });

  test('what agrees as ever is not spoken of', async () => {
    const { root, asked } = await open({}, () => day);
    await expect.poll(asked).toEqual(BEFORE);
    expect(sections(root)).toEqual([]);
  });

  test('halves of split traffic are held against themselves too', async () => {
    const halves = (conversions: number) => () => ({ ...day, conversions });
    const { root } = await open({ conversions: 600 }, halves(200), [HALVES]);
    await expect.poll(() => said(root, 'conversions')).toContain('Steady: usually −33.3 %');
  });
});
