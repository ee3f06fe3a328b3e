import { beforeEach, describe, expect, test } from 'vitest';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import chartStyle from '../../components/kit/chart.css?inline';
import type { Link, Member } from '../../lib/compare/links.ts';
import { type Metrics, metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
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

/** What the dashboard says of each difference that reports can show; the figures are as trackers tell them. */
const NOW = Date.parse('2026-08-20T12:00:00Z');
const RATE = { from: 'EUR', to: 'USD', rate: 1.5, day: '2024-01-31' };

interface SideFigures extends Partial<Pick<Report, 'zone' | 'currency' | 'basis'>> {
  readonly figures: Partial<Metrics>;
  /** The name of its campaign; that of the others' by default. */
  readonly campaign?: string;
}

const linked = (members: readonly Member[], split: boolean): Link => ({
  ...{ id: 'l', members: [...members], how: 'hand', createdAt: 0 },
  ...(split ? { split } : {}),
});

beforeEach(useEnglish);

async function open(
  view: 'compare' | 'offers',
  sides: Readonly<Record<string, SideFigures>>,
  rates: readonly (typeof RATE)[] = [],
  links: Link[] = [],
): Promise<HTMLElement> {
  location.hash = `#view=${view}&days=2026-08-01..2026-08-03`;
  const root = openRoot(style + chartStyle);
  const ids = Object.keys(sides);
  const answer = (id: string, values: Report['rows'][number]['values']) => {
    const { figures, campaign: _, ...facts } = sides[id] ?? { figures: {} };
    const rows = [{ values, metrics: metricsOf(figures) }];
    return { report: report(rows, { fetchedAt: NOW, ...facts }), problem: null };
  };
  const named = { id: '1', name: 'Summer' };
  const client = fakeClient({
    'connections.list': () =>
      ids.map((id) => {
        const { currency = 'USD' } = sides[id] ?? {};
        return connection(id, { currency });
      }),
    'trackers.list': () =>
      ids.map((id) => tracker(id, { side: id === 'n' ? 'network' : 'tracker' })),
    'links.list': () => [...links],
    'links.split': ({ members, split }) => {
      links.splice(0, 1, linked(members, split));
      return links;
    },
    'rates.list': () => [...rates],
    'journal.open': () => [],
    'settings.read': () => ({ ...settings, rates: [...rates] }),
    'formats.list': () => [],
    'campaigns.list': () => ({ campaigns: [], fetchedAt: NOW }),
    'campaigns.figures': ({ connection: id }) => answer(id, [named]),
    'offers.figures': ({ connection: id }) => {
      const { campaign = named.name } = sides[id] ?? {};
      return answer(id, id === 'n' ? [named] : [named, { id: campaign, name: campaign }]);
    },
  });
  mountDashboard(root, { client, now: () => NOW });
  await expect.poll(() => root.querySelector('tbody tr:not(.spacer)')).not.toBeNull();
  root.querySelector<HTMLElement>('tbody tr:not(.spacer)')?.click();
  await expect.poll(() => root.querySelector('.details')).not.toBeNull();
  return root;
}

const saidOf = (root: HTMLElement, metric: string): string =>
  root.querySelector(`.details section [data-gap=${metric}]`)?.textContent ?? '';
const unjudged = (root: HTMLElement): string[] =>
  [...root.querySelectorAll('.details [data-hindrance]')].map(({ textContent }) => textContent);

describe('the drawer of a campaign', () => {
  const whole = { clicks: 10_000, uniqueClicks: 8_800, bots: 500 };
  const paid = { ...whole, conversions: 300, sales: 270, leads: 15, rejected: 15, revenue: 900 };

  test('clicks that a tracker lost: red, and nothing is made up', async () => {
    const lossy = { clicks: 7_500, uniqueClicks: 6_600, bots: 375 };
    const root = await open('compare', { k: { figures: whole }, b: { figures: lossy } });
    expect(saidOf(root, 'clicks')).toMatch(/Clicks .*−25\.0 %.*The stats don't explain it/);
    expect(root.querySelector('.details .causes')).toBeNull();
  });

  test('postbacks that a tracker lost: red, and nothing is made up', async () => {
    const lossy = { ...whole, conversions: 210, revenue: 630 };
    const root = await open('compare', { k: { figures: paid }, b: { figures: lossy } });
    expect(saidOf(root, 'conversions')).toMatch(/−30\.0 %.*The stats don't explain it/);
    expect(saidOf(root, 'revenue')).toMatch(/−30\.0 %.*The stats don't explain it/);
    expect(root.querySelector('[data-count]')?.textContent).toMatch(
      /1 of 1 need a look · \$270\.00 revenue apart · 90 conversions missing in b main$/,
    );
    expect(saidOf(root, 'clicks')).toBe('');
  });

  test('days of another zone: not judged, and why', async () => {
    const root = await open('compare', {
      k: { figures: paid },
      b: { figures: { ...paid, clicks: 8_000 }, zone: 'Etc/GMT-3' },
    });
    expect(unjudged(root)).toEqual([
      'Not judged: days start at different times in k main and b main.',
    ]);
    expect(saidOf(root, 'clicks')).toBe('');
  });

  test('another currency: money is not compared without a rate; with one, the rate is named', async () => {
    const euros = { figures: { ...paid, revenue: 810 }, currency: 'EUR' };
    const without = await open('compare', { k: { figures: paid }, b: euros });
    expect(unjudged(without)).toEqual([
      'Revenue, Cost: Not compared: USD in k main, EUR in b main, and no exchange rate.',
    ]);
    const root = await open('compare', { k: { figures: paid }, b: euros }, [RATE]);
    expect(saidOf(root, 'revenue')).toMatch(/\+35\.0 %.*converted at 1 EUR = 1\.5 USD/);
    expect(unjudged(root)).toEqual([]);
  });
});

describe('the drawer of halves of split traffic', () => {
  const NOTE = 'Parts of split traffic: judged by chance alone.';
  const member = (on: string): Member => ({ connection: on, campaignId: '1', name: 'Summer' });
  const sides = { k: { figures: { conversions: 1000 } }, b: { figures: { conversions: 920 } } };
  const noteIn = (root: HTMLElement) => root.querySelector('.details [data-split]')?.textContent;
  const boxIn = (root: HTMLElement) => root.querySelector<HTMLInputElement>('[name=split]');
  const show = (root: HTMLElement, tab: string) =>
    root.querySelector<HTMLElement>(`.details [role=tab][data-tab=${tab}]`)?.click();

  test('says so, and what a loss would be red for is chance', async () => {
    const root = await open('compare', sides, [], [linked([member('k'), member('b')], true)]);
    await expect.poll(() => noteIn(root)).toBe(NOTE);
    expect(saidOf(root, 'conversions')).toBe('');
  });

  test('names nothing that was lost where the gap is beyond chance', async () => {
    const few = { ...sides, b: { figures: { conversions: 700 } } };
    const root = await open('compare', few, [], [linked([member('k'), member('b')], true)]);
    await expect.poll(() => saidOf(root, 'conversions')).toMatch(/^Conv .*−30\.0 %$/);
    expect(noteIn(root)).toBe(NOTE);
  });

  test('is where the user says it, also of what one name joins, and takes it back', async () => {
    const links: Link[] = [];
    const root = await open('compare', sides, [], links);
    expect(saidOf(root, 'conversions')).toContain('−8.0 %');
    expect(noteIn(root)).toBeUndefined();
    show(root, 'links');
    await expect.poll(() => boxIn(root)?.checked).toBe(false);
    expect(boxIn(root)?.closest('label')?.textContent).toBe('They share the traffic (split test)');
    boxIn(root)?.focus();
    boxIn(root)?.click();
    await expect.poll(() => links[0]).toEqual(linked([member('k'), member('b')], true));
    await expect.poll(() => root.querySelector('.details [name=unlink]')).not.toBeNull();
    expect(boxIn(root)?.checked).toBe(true);
    // Neither the drawer nor the focus is lost with the row that the name made.
    expect(boxIn(root)?.matches(':focus')).toBe(true);
    show(root, 'figures');
    await expect.poll(() => noteIn(root)).toBe(NOTE);
    show(root, 'links');
    await expect.poll(() => boxIn(root)?.checked).toBe(true);
    boxIn(root)?.click();
    await expect.poll(() => links[0]).toEqual(linked([member('k'), member('b')], false));
    await expect.poll(() => boxIn(root)?.checked).toBe(false);
  });

  test('is not said of a campaign and a network’s offer', async () => {
    const root = await open('compare', { k: sides.k, n: sides.b });
    show(root, 'links');
    await expect.poll(() => root.querySelector('.details [name=tell-apart]')).not.toBeNull();
    expect(boxIn(root)).toBeNull();
  });
});

describe('causes of which a text tells the side', () => {
  const many = { clicks: 10_000, uniqueClicks: 7_000, bots: 100, conversions: 300 };

  test.each([
    [
      'conversions',
      { conversions: 300, hold: 0, sales: 300 },
      { conversions: 260, sales: 260, hold: 40 },
      'Conversions on hold in b main: 40.',
    ],
    [
      'conversions',
      { conversions: 260, sales: 260, hold: 40 },
      { conversions: 300, hold: 0, sales: 300 },
      'Conversions on hold in k main: 40.',
    ],
    ['clicks', many, { clicks: 7_100 }, 'b main seems to count unique clicks; k main counts all'],
    ['clicks', { clicks: 7_100 }, many, 'k main seems to count unique clicks; b main counts all'],
    [
      'clicks',
      { clicks: 10_000, bots: 3_000 },
      { clicks: 7_100, bots: 100 },
      /Bots: 3,000 in k main, 100 in b main\./,
    ],
    [
      'clicks',
      { clicks: 7_100 },
      { clicks: 10_000, bots: 2_900 },
      /Bots in b main: 2,900\. k main doesn't report/,
    ],
  ] as const)(
    'name the connection, not "this side": %s %j against %j',
    async (metric, k, b, text) => {
      const root = await open('compare', { k: { figures: k }, b: { figures: b } });
      expect(saidOf(root, metric)).toMatch(text);
      expect(root.querySelector('.details')?.textContent).not.toMatch(
        /this side|other side|here|there/,
      );
    },
  );

  test('in Russian too', async () => {
    useLanguage('ru');
    const root = await open('compare', {
      k: { figures: { conversions: 300, hold: 0, sales: 300 } },
      b: { figures: { conversions: 260, sales: 260, hold: 40 } },
    });
    expect(saidOf(root, 'conversions')).toContain('Конверсии в холде в b main: 40.');
  });
});

describe('the drawer of an offer', () => {
  const sent = {
    clicks: 10_000,
    landerViews: 9_000,
    landerClicks: 3_000,
    conversions: 300,
    sales: 270,
    leads: 15,
    rejected: 15,
    revenue: 900,
  };

  test('direct flows: the network is held against the clicks that left landers, and those that saw none', async () => {
    const root = await open('offers', {
      k: { figures: sent },
      n: { figures: { clicks: 4_000, conversions: 300, revenue: 900 } },
    });
    expect(saidOf(root, 'clicks')).toContain('0.0 %');
  });

  test('clicks that were lost on the way: red, and nothing is made up', async () => {
    const root = await open('offers', {
      k: { figures: sent },
      n: { figures: { clicks: 3_000, conversions: 300, revenue: 900 } },
    });
    expect(saidOf(root, 'clicks')).toMatch(/−25\.0 %The stats don't explain it/);
  });

  test('what is not judged says of which side', async () => {
    const { landerViews: _, ...silent } = sent;
    const root = await open('offers', {
      k: { figures: silent, basis: 'postback' },
      n: { figures: { clicks: 4_000, conversions: 300, revenue: 900 } },
    });
    expect(saidOf(root, 'clicks')).toContain(
      "Not judged: how many clicks went to offers isn't reported in k main.",
    );
    expect(saidOf(root, 'revenue')).toContain(
      'Not judged: conversions are counted by click date in n main, by conversion date in k main.',
    );
    expect(root.querySelector('.details [data-gap=clicks] .gap')?.getAttribute('title')).toContain(
      'k main',
    );
  });

  test('conversions that the network holds: their number is named', async () => {
    const root = await open('offers', {
      k: { figures: sent },
      n: {
        figures: { conversions: 360, sales: 270, hold: 75, rejected: 15, revenue: 1_100 },
      },
    });
    expect(saidOf(root, 'conversions')).toMatch(/\+20\.0 %.*on hold in n main: 75\./);
  });

  test('what the tracker holds is said of the tracker; of several, of all of them', async () => {
    const figures = { clicks: 3_000, conversions: 260, sales: 260, hold: 40, revenue: 780 };
    const network = { figures: { conversions: 300, sales: 300, hold: 0, revenue: 900 } };
    const one = await open('offers', { k: { figures }, n: network });
    expect(saidOf(one, 'conversions')).toContain('on hold in k main: 40.');
    const both = await open('offers', {
      k: { figures },
      b: { figures: { ...figures, clicks: 9_000 }, campaign: 'Winter' },
      n: { figures: { ...network.figures, conversions: 600, sales: 600, revenue: 1_800 } },
    });
    expect(saidOf(both, 'conversions')).toContain('on hold in your trackers: 80.');
    expect(both.querySelector('[data-count]')?.textContent).toMatch(
      /80 conversions missing in your trackers$/,
    );
  });

  test('conversions that the network refused: their number is named for revenue alone', async () => {
    const root = await open('offers', {
      k: { figures: { ...sent, sales: 285, rejected: 0 } },
      n: { figures: { conversions: 300, sales: 180, rejected: 120, revenue: 540 } },
    });
    expect(saidOf(root, 'revenue')).toMatch(/−40\.0 %.*rejected in n main: 120\./);
    expect(saidOf(root, 'conversions')).not.toContain('rejected');
  });
});
