import axe from 'axe-core';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import type { SettingsView } from '../../lib/contract/settings.ts';
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

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const row = (name: string, clicks: number, cost = 1) => ({
  values: [{ id: name, name }],
  metrics: metricsOf({ clicks, conversions: 1, cost, revenue: 1 }),
});

const { capabilities: can } = tracker('any');

function open(hash = '', theme: 'light' | 'dark' = 'light') {
  location.hash = hash;
  const root = openRoot(style, theme);
  let stored: SettingsView = settings;
  const client = fakeClient({
    'connections.list': () => [connection('k'), connection('b')],
    'trackers.list': () => [
      tracker('k', { capabilities: { ...can, dimensions: [...can.dimensions, 'country', 'os'] } }),
      tracker('b', { capabilities: { ...can, dimensions: [...can.dimensions, 'country'] } }),
    ],
    'links.list': () => [],
    'settings.read': () => stored,
    'settings.write': (patch) => {
      stored = { ...stored, ...patch } as SettingsView;
      return stored;
    },
    'formats.list': () => [],
    'journal.list': () => [],
    'campaigns.figures': ({ connection: id, range }) => {
      const factor = (id === 'k' ? 1 : 0.9) * (range.from < '2026-08-02' ? 2 : 1);
      const rows = [row('Summer', 1000 * factor), row('Winter', 100 * factor)];
      return { report: report(rows), problem: null };
    },
    'campaigns.grouped': ({ connection: id, by }) =>
      id === 'b' && by !== 'country'
        ? { report: null, problem: { kind: 'unsupported', text: 'group_missing' } }
        : {
            report: report([row(id === 'k' ? 'DE' : 'Germany', 700), row('FR', 30)]),
            problem: null,
          },
  });
  mountDashboard(root, { client, now: () => Date.parse('2026-08-02T12:00:00Z') });
  const find = <T extends HTMLElement>(selector: string) => root.querySelector<T>(selector);
  return {
    ...{ root, client, find },
    names: () =>
      [...root.querySelectorAll('tbody tr:not(.spacer) td.first')].map(({ textContent }) =>
        textContent?.trim(),
      ),
    heads: () =>
      [...root.querySelectorAll<HTMLElement>('thead tr:last-child button')].map(({ title }) =>
        title.replace('Sort by ', ''),
      ),
    choose(name: string, value: string) {
      const select = find<HTMLSelectElement>(`select[name=${name}]`);
      if (!select) throw new Error(`no ${name}`);
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
    type(name: string, text: string) {
      const input = find<HTMLInputElement>(`[name=${name}]`);
      if (!input) throw new Error(`no ${name}`);
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
  };
}

test('rows are countries, joined whatever each tracker calls them; Back leads to the campaigns', async () => {
  const { names, choose } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  choose('by', 'country');
  await expect.poll(names).toEqual(['Germany (DE)', 'France (FR)']);
  expect(location.hash).toContain('by=country');
  history.back();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
});

test('a campaign that stopped on one side is red there; what a side has not got is known by its list', async () => {
  const { root, client, names, find } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  client.answer('campaigns.figures', ({ connection: id }) => ({
    report: {
      ...report(id === 'k' ? [row('Summer', 1000, 40), row('Winter', 100)] : [row('Winter', 100)]),
      counted: ['clicks', 'conversions', 'cost', 'revenue'],
    },
    problem: null,
  }));
  client.change('campaigns.figures');
  const summer = () =>
    [...root.querySelectorAll('tbody tr')].find((one) => one.textContent?.includes('Summer'));
  // Without its list, nobody knows whether the other side has it.
  await expect.poll(() => summer()?.textContent).toContain('–');
  expect(find('[data-only]')).toBeNull();
  const listed = (...ids: string[]) => ({
    campaigns: ids.map((id) => ({ id, name: id, active: true, source: null })),
    fetchedAt: 0,
  });
  client.answer('campaigns.list', ({ connection: id }) =>
    id === 'k' ? listed('Summer', 'Winter') : listed('Winter'),
  );
  client.change('campaigns.list');
  await expect
    .poll(() => find('[data-only]')?.textContent)
    .toBe('Only in k main: 1 campaign, $40.00');
  client.answer('campaigns.list', () => listed('Summer', 'Winter', 'Autumn'));
  client.change('campaigns.list');
  await expect.poll(() => summer()?.querySelector('.dot.red')).not.toBeNull();
  expect(summer()?.textContent).toContain('−100');
  expect(find('[data-only]')).toBeNull();
  expect(names()).toEqual(['Summer', 'Winter']);
});

test('a side that cannot be grouped so is shown without figures, and says why', async () => {
  const { root, names, find } = open('#by=os');
  await expect.poll(names).toEqual(['DE', 'FR']);
  expect(find('[data-connection="b main"]')?.textContent).toContain('No such breakdown');
  expect(root.querySelectorAll('tbody tr:not(.spacer) .gap')).not.toHaveLength(0);
});

test('the keyboard opens a row to what is within it, walks there and back, and closes it', async () => {
  const { root, names, choose, find } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  expect(find('table')?.getAttribute('role')).toBeNull();
  choose('then', 'country');
  await expect.poll(() => location.hash).toContain('then=country');
  await expect.poll(() => find('table')?.getAttribute('role')).toBe('treegrid');
  const scroller = find('.table-area .scroll');
  const press = async (key: string) => {
    scroller?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
  };
  const chosen = () => root.querySelector('tr[aria-selected=true]');
  await press('ArrowDown');
  await expect.poll(() => chosen()?.getAttribute('aria-expanded')).toBe('false');
  await press('ArrowRight');
  const within = ['Germany (DE)', 'France (FR)'];
  const plain = () => names().map((name) => name?.replace(/^[▾▸]\s*/, ''));
  await expect.poll(plain).toEqual(['Summer', ...within, 'Winter']);
  expect(chosen()?.getAttribute('aria-expanded')).toBe('true');
  const inner = [...root.querySelectorAll('tr[aria-level="2"]')];
  expect(inner).toHaveLength(2);
  expect(inner[0]?.querySelectorAll('.gap')).not.toHaveLength(0);
  await press('ArrowDown');
  await press('ArrowDown');
  await expect.poll(() => chosen()?.textContent).toContain('France');
  await press('ArrowLeft');
  await expect.poll(() => chosen()?.textContent).toContain('Summer');
  await press('ArrowLeft');
  await expect.poll(plain).toEqual(['Summer', 'Winter']);
});

test('the triangle opens a row without its details, and a line says what is missing within', async () => {
  const { root, names, find } = open('#then=os&sort=name&order=asc');
  await expect.poll(() => names().length).toBe(2);
  const triangle = (at: number) =>
    root.querySelectorAll<HTMLButtonElement>('button[name=disclose]')[at];
  expect(triangle(1)?.getAttribute('aria-label')).toBe('Open “Winter”');
  triangle(0)?.click();
  await expect.poll(() => names().length).toBe(4);
  expect(root.querySelector('tr[aria-selected=true]')?.textContent).toContain('Summer');
  expect(find('.line')?.textContent).toContain('b main: No such breakdown');
  expect(find('.details')).toBeNull();
});

test.each(['light', 'dark'] as const)('axe finds nothing in opened rows, %s', async (theme) => {
  const { root, names } = open('#then=os', theme);
  await expect.poll(() => names().length).toBe(2);
  root.querySelector<HTMLButtonElement>('button[name=disclose]')?.click();
  await expect.poll(() => names().length).toBe(4);
  const { violations } = await axe.run(root);
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

test('a filter that is not understood says so below its field; what is understood holds', async () => {
  const { names, type, find } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  type('search', 'clicks > 500');
  await expect.poll(names).toEqual(['Summer']);
  expect(find('[name=search]')?.getAttribute('aria-invalid')).toBeNull();
  type('search', 'clics > 500 win');
  await expect.poll(names).toEqual(['Winter']);
  const described = find('[name=search]')?.getAttribute('aria-describedby') ?? '';
  expect(find(`#${described}`)?.textContent).toContain("“clics” isn't a metric");
});

test('each figure stands beside its change since the days before', async () => {
  const { root, heads, choose } = open();
  await expect.poll(heads).toContain('k main Clicks');
  choose('versus', 'before');
  await expect.poll(heads).toContain('k main Clicks change');
  const cell = () => root.querySelectorAll('tbody tr:not(.spacer) td')[2]?.textContent;
  await expect.poll(cell).toBe('−50.0 %');
  expect(root.querySelector('[data-versus]')?.textContent).toContain('2026-08-01');
});

test('columns are chosen, kept, and in the hash', async () => {
  const { heads, find, client } = open();
  await expect.poll(heads).toContain('k main Cost');
  find<HTMLInputElement>('[data-menu=columns] [name=cost]')?.click();
  await expect.poll(heads).not.toContain('k main Cost');
  expect(location.hash).toContain('metrics=clicks%2Cconversions%2Crevenue%2Cprofit%2Croi');
  find<HTMLInputElement>('[data-menu=columns] [value=b]')?.click();
  await expect.poll(() => heads().some((head) => head.startsWith('b '))).toBe(false);
  expect(client.calls.findLast(({ name }) => name === 'settings.write')?.input).toMatchObject({
    compareColumns: { without: ['b'] },
  });
  history.back();
  await expect.poll(heads).toContain('b main Clicks');
});

test('a column that was made wider is as wide when the page is opened again', async () => {
  const { root, find, client } = open();
  await expect.poll(() => find('.sized')).not.toBeNull();
  const scroller = find('.scroll');
  const press = (key: string, shiftKey = false) =>
    scroller?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
  press('ArrowDown');
  press('ArrowRight');
  await expect.poll(() => find('[data-cursor]')?.className).toBe('first');
  const [name] = root.querySelectorAll<HTMLElement>('thead tr:last-child th');
  const before = name?.offsetWidth ?? 0;
  press('ArrowRight', true);
  const written = () =>
    client.calls.findLast(({ name: call }) => call === 'settings.write')?.input as SettingsView;
  await expect.poll(() => written()?.columnWidths).toEqual({ name: expect.any(Number) });
  await expect.poll(() => name?.offsetWidth).toBeGreaterThan(before);
});

test('by tracker, all figures of one stand together', async () => {
  const { root, find } = open();
  const groups = () =>
    [...root.querySelectorAll('thead tr:first-child th')].map(({ textContent }) => textContent);
  await expect.poll(groups).toContain('Clicks');
  find<HTMLInputElement>('[data-menu=columns] [value=tracker]')?.click();
  await expect.poll(groups).toEqual(['k main', 'b main']);
});

test('a view is saved by name, and opened again from the list and by Back', async () => {
  const { find, choose, names, type } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  choose('by', 'country');
  await expect.poll(names).toEqual(['Germany (DE)', 'France (FR)']);
  type('view-name', 'Countries');
  find<HTMLFormElement>('[data-menu=views] form:last-of-type')?.requestSubmit();
  await expect.poll(() => find('[data-view=Countries]')).not.toBeNull();
  choose('by', 'campaign');
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  find('[data-view=Countries] a')?.click();
  await expect.poll(names).toEqual(['Germany (DE)', 'France (FR)']);
  await expect.poll(() => find('[data-menu=views] summary')?.textContent).toBe('Countries');
  history.back();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
});

test('a slash leads to the filter, but is a sign where something is typed', async () => {
  const { find, names } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  const press = (target: EventTarget) => {
    const event = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(press(document.body)).toBe(true);
  const search = find('[name=search]');
  expect(document.activeElement).toBe(search);
  expect(search && press(search)).toBe(false);
});

test('a menu closes on Escape and gives the focus back, and on a click elsewhere', async () => {
  const { find, names } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  const menu = find<HTMLDetailsElement>('[data-menu=columns]');
  const summary = menu?.querySelector('summary');
  summary?.click();
  expect(menu?.open).toBe(true);
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  expect(menu?.open).toBe(false);
  expect(document.activeElement).toBe(summary);
  summary?.click();
  menu
    ?.querySelector('input')
    ?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
  expect(menu?.open).toBe(true);
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
  expect(menu?.open).toBe(false);
});

test('the table takes the height that is left, and scrolls by itself', async () => {
  const { find, names } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  const [main, scroller] = [find('main'), find('.scroll')];
  const bottomOf = (element: Element | null) => element?.getBoundingClientRect().bottom ?? 0;
  expect(scroller?.clientHeight).toBeGreaterThan(280);
  expect(bottomOf(scroller)).toBeLessThan(innerHeight);
  expect(bottomOf(scroller)).toBeGreaterThan(innerHeight - 80);
  expect(main?.scrollHeight).toBe(main?.clientHeight);
  find('tbody tr:not(.spacer)')?.click();
  await expect.poll(() => find('.details')).not.toBeNull();
  expect(main?.scrollHeight).toBe(main?.clientHeight);
});

test('the tabs of a row’s details give no way where the window is low', async () => {
  await page.viewport(1280, 560);
  onTestFinished(() => page.viewport(1280, 860));
  const { find, names } = open();
  await expect.poll(names).toEqual(['Summer', 'Winter']);
  find('tbody tr:not(.spacer)')?.click();
  await expect.poll(() => find('.details [role=tab]')).not.toBeNull();
  const [tabs, tab] = [find('.details .tabs'), find('.details [role=tab]')];
  expect(tab?.offsetHeight).toBeGreaterThan(20);
  expect(tabs?.clientHeight).toBeGreaterThanOrEqual(tab?.offsetHeight ?? 0);
});

test.each(['light', 'dark'] as const)(
  'axe finds nothing in the %s table and its menus',
  async (theme) => {
    const { root, find, names, choose, type } = open('', theme);
    await expect.poll(names).toEqual(['Summer', 'Winter']);
    choose('versus', 'before');
    type('search', 'clics > 5');
    await expect.poll(() => find('[data-versus]')).not.toBeNull();
    for (const menu of ['columns', 'views']) {
      find<HTMLDetailsElement>(`[data-menu=${menu}]`)?.setAttribute('open', '');
      const { violations } = await axe.run(root);
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    }
  },
);
