import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountPanel } from '../../components/panel/mount.tsx';
import panelStyle from '../../components/panel/panel.css?inline';
import { mountPopup } from '../../components/popup/mount.tsx';
import popupStyle from '../../components/popup/popup.css?inline';
import type { Stats } from '../../lib/contract/figures.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import type { PageView } from '../../lib/trackers/page-recogniser.ts';
import {
  connection,
  fakeAccess,
  fakeClient,
  fakeLink,
  openRoot,
  report,
  settings,
  stats,
  total,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const now = () => Date.parse('2026-08-02T12:00:00Z');
const connections = [connection('k'), connection('b')];
const trackers = [tracker('k'), tracker('b')];
/** One side gains where the other loses. */
const revenueOf = (id: string) => (id === 'k' ? 900 : 100);
const campaigns = (id: string): Report =>
  report(
    ['Summer', 'Winter'].map((name, index) => ({
      values: [{ id: `${index}`, name }],
      metrics: metricsOf({ clicks: 1000, conversions: 20, cost: 400, revenue: revenueOf(id) }),
    })),
  );
const campaignView: PageView = {
  view: 'campaign',
  campaignId: '12',
  campaignName: 'Summer',
  range: { from: '2026-08-01', to: '2026-08-02' },
  groupBy: null,
};

/** What is stored is there at once; what is asked anew comes with `news`. */
function openClient(news: Promise<void>) {
  const kept = async <T,>(isFresh: boolean, answer: T): Promise<T> => {
    if (isFresh) await news;
    return answer;
  };
  return fakeClient({
    'connections.list': () => connections,
    'trackers.list': () => trackers,
    'links.list': () => [],
    'stats.known': () => ({ k: stats(5), b: stats(-7) }),
    'stats.once': () => ({
      k: { metrics: stats(5).now, campaigns: 1, whole: true, best: null, worst: null },
      b: { metrics: stats(-7).now, campaigns: 1, whole: true, best: null, worst: null },
    }),
    'stats.read': ({ connection: id }) => kept<Stats>(true, stats(id === 'k' ? 5 : -7)),
    'campaigns.figures': ({ connection: id, fresh }) =>
      kept(fresh, { report: campaigns(id), problem: null }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'panel.context': () => ({
      own: 'k',
      connections,
      trackers,
      settings,
      formats: [{ id: 'propellerads', name: 'PropellerAds' }],
    }),
    'side.match': ({ from }) => ({
      member: { campaignId: '12', name: from.name, how: 'name' },
      proposals: [],
      problem: null,
    }),
    'side.figures': ({ connection: id, fresh }) =>
      kept(fresh, {
        total: { report: total(1000, 20, 400, revenueOf(id)), problem: null },
        byHour: { report: null, problem: null },
      }),
  });
}

const THEMES = ['light', 'dark'] as const;
const SURFACES = [
  {
    name: 'popup',
    style: popupStyle,
    open: (root: HTMLElement, client: ReturnType<typeof fakeClient>) =>
      void mountPopup(root, { client, now, connect: () => {}, ...fakeAccess() }),
  },
  {
    name: 'panel',
    style: panelStyle,
    open: (
      root: HTMLElement,
      client: ReturnType<typeof fakeClient>,
      theme: (typeof THEMES)[number],
    ) => {
      const link = fakeLink({ view: campaignView });
      link.theme.value = theme;
      mountPanel(root, { client, link, now });
    },
  },
  {
    name: 'dashboard',
    style: dashboardStyle,
    open: (root: HTMLElement, client: ReturnType<typeof fakeClient>) =>
      void mountDashboard(root, { client, now }),
  },
];

/** The colour that a token stands for here. */
function colourOf(root: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

test.each(SURFACES.flatMap((surface) => THEMES.map((theme) => ({ ...surface, theme }))))(
  '$name, $theme: old figures are told from new ones, and read as well',
  async ({ style, open, theme }) => {
    const root = openRoot(style, theme);
    const news = Promise.withResolvers<void>();
    open(root, openClient(news.promise), theme);
    const colour = (tone: string) => {
      const figure = root.querySelector(`.dim .${tone}`);
      return figure && getComputedStyle(figure).color;
    };
    for (const tone of ['gain', 'loss']) {
      expect(colourOf(root, `--${tone}-old`)).not.toBe(colourOf(root, `--${tone}`));
      await expect.poll(() => colour(tone)).toBe(colourOf(root, `--${tone}-old`));
    }
    const old = root.querySelectorAll<HTMLElement>('.dim :is(.gain, .loss)');

    const { violations, passes } = await axe.run(root, {
      runOnly: ['color-contrast'],
      elementRef: true,
    });
    const low = violations.flatMap(({ nodes }) => nodes);
    expect(low.map(({ html, failureSummary }) => [html, failureSummary])).toEqual([]);
    // Neither skipped nor undecided.
    const read = new Set(passes.flatMap(({ nodes }) => nodes.map(({ element }) => element)));
    expect([...old].filter((one) => !read.has(one))).toEqual([]);

    news.resolve();
    await expect.poll(() => root.querySelector('.dim')).toBeNull();
    const [figure] = root.querySelectorAll('.gain');
    expect(figure && getComputedStyle(figure).color).toBe(colourOf(root, '--gain'));
  },
);
