import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import chartStyle from '../../components/kit/chart.css?inline';
import type { Input } from '../../lib/contract/calls.ts';
import type { SeriesAnswer } from '../../lib/contract/figures.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import {
  connection,
  fakeClient,
  openRoot,
  report,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

const NOW = Date.parse('2026-08-03T12:00:00Z');

beforeEach(() => {
  useEnglish();
  location.hash = '#view=compare&days=2026-08-01..2026-08-03';
});

type Asked = Input<'side.series'>;
const daysOf = (clicks: readonly number[]): SeriesAnswer => ({
  report: report(
    clicks.map((count, at) => ({
      values: [{ id: `2026-08-0${at + 1}`, name: '' }],
      metrics: metricsOf({ clicks: count, conversions: count / 10, cost: 1, revenue: 2 }),
    })),
    { fetchedAt: NOW },
  ),
  problem: null,
  groupBy: ['day'],
  unable: null,
});

function open({
  chart = settings.chart,
  series = () => daysOf([100, 200, 50]),
  names = { k: 'Summer', b: 'Summer' },
  basis = 'visit',
  zone = 'Europe/Madrid',
  theme = 'light',
}: {
  chart?: typeof settings.chart;
  series?: (asked: Asked) => SeriesAnswer;
  names?: Readonly<Record<string, string>>;
  /** On which date the second side counts conversions. */
  basis?: 'visit' | 'postback';
  /** In which zone the second side's days are. */
  zone?: string;
  theme?: 'light' | 'dark';
} = {}) {
  const root = openRoot(style + chartStyle, theme);
  const ids = ['k', 'b'];
  const client = fakeClient({
    'connections.list': () => ids.map((id) => connection(id)),
    'trackers.list': () => ids.map((id) => tracker(id)),
    'links.list': () => [],
    'settings.read': () => ({ ...settings, chart }),
    'settings.write': () => settings,
    'formats.list': () => [],
    'campaigns.list': () => ({ campaigns: [], fetchedAt: NOW }),
    'campaigns.figures': ({ connection: id }) => ({
      report: report(
        [
          {
            values: [{ id: `${id}1`, name: names[id] ?? '' }],
            metrics: metricsOf({
              clicks: id === 'k' ? 350 : 250,
              conversions: id === 'k' ? 350 : 250,
              cost: 3,
              revenue: 6,
              hold: id === 'k' ? 0 : 40,
            }),
          },
        ],
        { fetchedAt: NOW, ...(id === 'b' ? { basis, zone } : {}) },
      ),
      problem: null,
    }),
    'side.series': series,
  });
  mountDashboard(root, { client, now: () => NOW });
  const asked = () =>
    client.calls.filter(({ name }) => name === 'side.series').map(({ input }) => input as Asked);
  return { root, client, asked };
}

const press = (root: HTMLElement, selector: string) =>
  root.querySelector<HTMLElement>(selector)?.click();
const openRow = async (root: HTMLElement) => {
  await expect.poll(() => root.querySelector('tbody tr:not(.spacer)')).not.toBeNull();
  press(root, 'tbody tr:not(.spacer)');
  await expect.poll(() => root.querySelector('.details')).not.toBeNull();
};
const tabOf = (root: HTMLElement) =>
  root.querySelector('.details [aria-selected=true]')?.getAttribute('data-tab');

test('the folded strip asks no tracker; unfolded, it asks each for all campaigns, and stays so', async () => {
  const { root, client, asked } = open();
  await expect.poll(() => root.querySelector('[name=fold-chart]')).not.toBeNull();
  expect(root.querySelector('[name=fold-chart]')?.getAttribute('aria-expanded')).toBe('false');
  expect(asked()).toEqual([]);
  press(root, '[name=fold-chart]');
  await expect.poll(() => root.querySelectorAll('.chart-strip canvas').length).toBe(2);
  expect(new Set(asked().map(({ connection: id, campaignIds }) => `${id} ${campaignIds}`))).toEqual(
    new Set(['k null', 'b null']),
  );
  const written = client.calls.filter(({ name }) => name === 'settings.write');
  expect(written.map(({ input }) => input)).toEqual([
    { chart: { open: true, metric: 'conversions' } },
  ]);
});

test('a strip that was left open is open again, with the metric that was chosen', async () => {
  const { root } = open({ chart: { open: true, metric: 'clicks' } });
  await expect
    .poll(() => root.querySelector('.chart-strip [data-chart=clicks] canvas'))
    .not.toBeNull();
  press(root, '.chart-strip [name=as-table]');
  const cells = () =>
    [...root.querySelectorAll('.chart-strip tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent?.trim()),
    );
  await expect.poll(cells).toEqual([
    ['Aug 1', '100', '100', '0.0 %'],
    ['Aug 2', '200', '200', '0.0 %'],
    ['Aug 3, so far', '50', '50', '0.0 %'],
  ]);
});

test('a side that cannot be drawn is named with the reason', async () => {
  const { root } = open({
    chart: { open: true, metric: 'clicks' },
    series: ({ connection: id }) =>
      id === 'k'
        ? daysOf([100, 200, 50])
        : { report: null, problem: null, groupBy: ['day'], unable: 'long' },
  });
  await expect
    .poll(() => root.querySelector('[data-left-out="b main"]')?.textContent)
    .toContain('at most 31 days');
  expect(
    [...root.querySelectorAll('[data-line]')].map((one) => one.getAttribute('data-line')),
  ).toEqual(['k main']);
});

test('a line from a report that is partial or could not be renewed says so', async () => {
  const { root } = open({
    chart: { open: true, metric: 'clicks' },
    series: ({ connection: id }) => {
      const { report: known, ...of } = daysOf([100, 200, 50]);
      if (id === 'k') return { ...of, report: known && { ...known, complete: false } };
      return { ...of, report: known, problem: { kind: 'network' } };
    },
  });
  const notes = () =>
    [...root.querySelectorAll('.chart-strip .facts li')].map(({ textContent }) => textContent);
  await expect.poll(notes).toHaveLength(2);
  expect(notes()[0]).toContain('k main: partial data');
  expect(notes()[1]).toContain('b main: ');
  expect(root.querySelectorAll('[data-line]')).toHaveLength(2);
});

test('money of another currency is drawn by the rate, which stands beside it; without one it is left out', async () => {
  const { root, client } = open({
    chart: { open: true, metric: 'revenue' },
    series: ({ connection: id }) => {
      const { report: known, ...of } = daysOf([100, 200, 50]);
      return { ...of, report: known && { ...known, currency: id === 'k' ? 'USD' : 'EUR' } };
    },
  });
  const notes = () =>
    [...root.querySelectorAll('.chart-strip .facts li')].map(({ textContent }) => textContent);
  await expect.poll(notes).toEqual(['b main: not drawn: another currency, and no exchange rate']);
  client.answer('rates.list', () => [{ from: 'EUR', to: 'USD', rate: 1.5, day: '2026-08-02' }]);
  client.change('rates.list');
  await expect.poll(notes).toEqual(['b main: 1 EUR = 1.5 USD, Aug 2, 2026']);
  press(root, '.chart-strip [name=as-table]');
  const first = () =>
    [...(root.querySelector('.chart-strip tbody tr')?.children ?? [])].map(({ textContent }) =>
      textContent?.trim(),
    );
  await expect.poll(first).toEqual(['Aug 1', '$2.00', '$3.00', '+50.0 %']);
  expect(root.querySelector('.chart-strip tbody tr .gap')?.getAttribute('title')).toContain(
    '€2.00',
  );
});

test('a single day is drawn by hours', async () => {
  location.hash = '#view=compare&days=2026-08-01..2026-08-01';
  const { root } = open({
    chart: { open: true, metric: 'clicks' },
    series: () => ({
      ...daysOf([]),
      report: report([{ values: [{ id: '9', name: '9' }], metrics: metricsOf({ clicks: 7 }) }], {
        fetchedAt: NOW,
      }),
      groupBy: ['hour'],
    }),
  });
  await expect.poll(() => root.querySelector('.chart-strip canvas')).not.toBeNull();
  press(root, '.chart-strip [name=as-table]');
  const rows = () => [...root.querySelectorAll('.chart-strip tbody tr')];
  await expect.poll(() => rows().length).toBe(24);
  expect(rows()[9]?.firstElementChild?.textContent).toBe('9:00');
  expect(rows()[9]?.children[1]?.textContent).toBe('7');
});

test('the drawer shows every metric of every side with its gap, and the causes of what needs a look', async () => {
  const { root } = open();
  await openRow(root);
  expect(tabOf(root)).toBe('figures');
  const cellsOf = (metric: string) =>
    [...root.querySelectorAll(`.side-figures [data-metric=${metric}] td`)].map((cell) =>
      cell.textContent?.trim(),
    );
  expect(cellsOf('conversions')).toEqual(['350', '250−28.6 %']);
  expect(cellsOf('roi')).toEqual(['+100.0 %', '+100.0 %0.0 pts']);
  const causes = root.querySelector('[data-side="b main"] [data-gap=conversions]');
  expect(causes?.querySelector('.causes')?.textContent).toContain('40');
});

test('the drawer says which gaps are not judged, and why', async () => {
  const { root } = open({ basis: 'postback' });
  await openRow(root);
  const reasons = [...root.querySelectorAll('[data-side="b main"] [data-hindrance]')];
  expect(reasons.map(({ textContent }) => textContent)).toEqual([
    'Conv, Revenue: Not judged: conversions are counted by click date in k main, by conversion date in b main.',
  ]);
  expect(root.querySelector('[data-side="k main"] [data-hindrance]')).toBeNull();
});

test('what the hours hold that only one side’s days have is asked for when it is opened, and what is left without them', async () => {
  const zone = 'America/New_York';
  const hoursOf: Readonly<Record<string, readonly [hour: number, conversions: number][]>> = {
    // The first six hours of the first day; the last six of the last.
    k: [
      [0, 100],
      [5, 41],
      [6, 7],
    ],
    b: [
      [17, 5],
      [18, 40],
      [23, 1],
    ],
  };
  const { root, asked } = open({
    zone,
    series: ({ connection: id }) => ({
      report: report(
        (hoursOf[id] ?? []).map(([hour, conversions]) => ({
          values: [{ id: String(hour), name: String(hour) }],
          metrics: metricsOf({ clicks: conversions, conversions, revenue: 1, cost: 1 }),
        })),
        { fetchedAt: NOW + 86_400_000, zone: id === 'b' ? zone : 'Europe/Madrid' },
      ),
      problem: null,
      groupBy: ['hour'],
      unable: null,
    }),
  });
  location.hash = '#view=compare&days=2026-07-31..2026-08-02';
  await openRow(root);
  expect(root.querySelector('[data-hindrance=days]')).not.toBeNull();
  expect(asked()).toEqual([]);
  press(root, '[data-hours-apart] summary');
  const line = () =>
    [...root.querySelectorAll('[data-hours-apart] [data-metric=conversions] td')].map(
      ({ textContent }) => textContent,
    );
  // 350 and 250 less these: 209 and 209.
  await expect.poll(line).toEqual(['141', '41', '0.0 %']);
  expect(asked().map(({ connection: id, range: { from, to } }) => [id, from, to])).toEqual(
    expect.arrayContaining([
      ['k', '2026-07-31', '2026-07-31'],
      ['b', '2026-08-02', '2026-08-02'],
    ]),
  );
  const words = root.querySelector('[data-hours-apart]')?.textContent;
  expect(words).toContain('Days start −6 h apart: Europe/Madrid and America/New_York.');
  expect((await axe.run(root)).violations).toEqual([]);
});

test('hours that cannot be told are not known, and it is said why', async () => {
  const { root } = open({
    zone: 'Asia/Kolkata',
    series: ({ connection: id }) =>
      id === 'k'
        ? {
            ...daysOf([]),
            report: report(
              [20, 21, 23].map((hour) => ({
                values: [{ id: String(hour), name: String(hour) }],
                metrics: metricsOf({ clicks: 10, conversions: 10 }),
              })),
              { fetchedAt: NOW },
            ),
            groupBy: ['hour'],
          }
        : { report: null, problem: null, groupBy: ['hour'], unable: 'steps' },
  });
  location.hash = '#view=compare&days=2026-07-31..2026-08-02';
  await openRow(root);
  press(root, '[data-hours-apart] summary');
  const line = () =>
    [...root.querySelectorAll('[data-hours-apart] [data-metric=conversions] td')].map(
      ({ textContent }) => textContent,
    );
  // Madrid's 20:30 is India's midnight: half of the first hour is not known.
  await expect.poll(line).toEqual(['20', '–', '–']);
  const words = () => root.querySelector('[data-hours-apart]')?.textContent;
  expect(words()).toContain("k main: an hour is split by the other side's midnight");
  expect(words()).toContain('b main: not known by hour.');
});

test('the drawer keeps its tab when the days change, and its days are of the new ones', async () => {
  const { root, asked } = open();
  await openRow(root);
  press(root, '.details [data-tab=days]');
  await expect.poll(() => root.querySelectorAll('.details canvas').length).toBe(2);
  expect(asked().map(({ campaignIds }) => campaignIds)).toContainEqual(['k1']);
  location.hash = '#view=compare&days=2026-08-02..2026-08-03';
  await expect.poll(() => asked().some(({ range }) => range.from === '2026-08-02')).toBe(true);
  await expect.poll(() => tabOf(root)).toBe('days');
});

test('a side without the campaign is named in its days, and can be linked from its figures', async () => {
  const { root, asked } = open({ names: { k: 'Summer', b: 'Winter' } });
  await openRow(root);
  press(root, '.details [data-tab=days]');
  const leftOut = () => [...root.querySelectorAll('.details [data-left-out]')];
  await expect.poll(() => leftOut().length).toBe(1);
  expect(leftOut()[0]?.textContent).toContain('Not linked');
  expect(new Set(asked().map(({ connection: id }) => id)).size).toBe(1);
  press(root, '.details [data-tab=figures]');
  await expect.poll(() => root.querySelector('[name=to-links]')).not.toBeNull();
  press(root, '[name=to-links]');
  await expect.poll(() => root.querySelector('.details [name=link]')).not.toBeNull();
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing in strip and drawer, %s',
  async (theme) => {
    const { root } = open({ chart: { open: true, metric: 'clicks' }, theme });
    await expect.poll(() => root.querySelectorAll('.chart-strip canvas').length).toBe(2);
    await openRow(root);
    for (const tab of ['figures', 'days', 'links']) {
      press(root, `.details [data-tab=${tab}]`);
      await expect.poll(() => tabOf(root)).toBe(tab);
      if (tab === 'days') {
        await expect.poll(() => root.querySelectorAll('.details canvas').length).toBe(2);
      }
      expect((await axe.run(root)).violations, tab).toEqual([]);
    }
  },
);
