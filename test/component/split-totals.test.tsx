import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import chartStyle from '../../components/kit/chart.css?inline';
import type { Link } from '../../lib/compare/links.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { daily } from './daily.ts';
import {
  connection,
  fakeClient,
  openRoot,
  report,
  settings,
  tracker,
  useEnglish,
  useLanguage,
} from './fixtures.ts';

beforeEach(useEnglish);

const NOW = Date.parse('2026-08-20T12:00:00Z');
const figures = (id: string) =>
  metricsOf({ clicks: 1_000, conversions: id === 'b' ? 150 : 300, cost: 10, revenue: 20 });
const splitOf = (name: string): Link => ({
  ...{ id: name, how: 'hand', createdAt: 0, split: true },
  members: ['k', 'b'].map((on) => ({ connection: on, campaignId: name, name })),
});

/** All campaigns together: trackers `k` and `b` run each of these, `r` as well. */
async function open(hash: string, links: Link[], campaigns: readonly string[], chart = false) {
  location.hash = `#view=compare&days=2026-08-01..2026-08-03&${hash}`;
  const root = openRoot(style + chartStyle);
  const ids = ['k', 'b', 'r'];
  const answer = (id: string, names: readonly string[]) => ({
    report: report(
      names.map((name) => ({ values: [{ id: name, name }], metrics: figures(id) })),
      { fetchedAt: NOW },
    ),
    problem: null,
  });
  const client = fakeClient({
    'connections.list': () => ids.map((id) => connection(id)),
    'trackers.list': () =>
      ids.map((id) =>
        tracker(id, {
          capabilities: { ...tracker(id).capabilities, dimensions: ['campaign', 'country', 'day'] },
        }),
      ),
    'links.list': () => links,
    'links.rejected': () => [],
    'rates.list': () => [],
    'journal.open': () => [],
    'settings.read': () => ({ ...settings, chart: { open: chart, metric: 'conversions' } }),
    'formats.list': () => [],
    'campaigns.list': () => ({ campaigns: [], fetchedAt: NOW }),
    'campaigns.figures': ({ connection: id }) => answer(id, campaigns),
    'campaigns.grouped': ({ connection: id }) => answer(id, ['DE']),
    'side.series': (asked) =>
      daily(asked, () => ({ conversions: asked.connection === 'b' ? 50 : 100 }), {
        fetchedAt: NOW,
      }),
  });
  mountDashboard(root, { client, now: () => NOW });
  await expect.poll(() => root.querySelector('tbody tr:not(.spacer)')).not.toBeNull();
  return root;
}

const chip = (root: HTMLElement, side: string) =>
  root.querySelector(`.chip[data-connection="${side} main"] [data-hindrance]`)?.textContent;
const coloured = (root: HTMLElement) =>
  [...root.querySelectorAll('.table-area .gap .dot')].map(({ className }) => className);

describe('halves of split traffic in the figures of all campaigns', () => {
  test('are said to be there, how many, and are never coloured as a loss', async () => {
    const links = [splitOf('Summer'), splitOf('Winter')];
    const root = await open('by=country', links, ['Summer', 'Winter', 'Other']);
    await expect
      .poll(() => chip(root, 'b'))
      .toBe('Not judged: these figures include 2 split tests between k main and b main.');
    expect(chip(root, 'r')).toBeUndefined();
    const titles = [...root.querySelectorAll<HTMLElement>('.table-area .gap.soft')].map(
      ({ title }) => title,
    );
    expect([...new Set(titles)]).toEqual([
      'Not judged: these figures include a split test between k main and b main.',
    ]);
    expect(coloured(root).filter((of) => /red|amber/.test(of))).toEqual([]);
    await page.screenshot({ path: '../../test-results/split-totals.png' });
  });

  test('colour what is lost once the halves are still, or are no halves', async () => {
    const still = await open('by=country', [splitOf('Paused')], ['Summer']);
    await expect.poll(() => coloured(still).some((of) => of.includes('red'))).toBe(true);
    expect(chip(still, 'b')).toBeUndefined();
  });

  test('are in the chart above the campaigns, which says so; the campaigns themselves are judged', async () => {
    const root = await open('', [splitOf('Summer')], ['Summer', 'Other'], true);
    const notes = () =>
      [...root.querySelectorAll('[data-chart] .facts li')].map(({ textContent }) => textContent);
    await expect
      .poll(notes)
      .toEqual([
        'b main: Not judged: these figures include 1 split test between k main and b main.',
      ]);
    expect(chip(root, 'b')).toBeUndefined();
    expect(coloured(root).some((of) => of.includes('red'))).toBe(true);
    expect(root.querySelectorAll('[data-chart] .dot.red')).toHaveLength(0);
  });

  test('in Russian', async () => {
    useLanguage('ru');
    const links = [splitOf('Summer'), splitOf('Winter')];
    const root = await open('by=country', links, ['Summer', 'Winter']);
    await expect
      .poll(() => chip(root, 'b'))
      .toBe('Без оценки: в эти данные входят 2 сплит-теста между k main и b main.');
  });
});
