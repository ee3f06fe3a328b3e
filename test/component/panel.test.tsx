import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import { LOCKED, type Problem } from '../../lib/errors.ts';
import type { Report } from '../../lib/report/question.ts';
import type { PageView } from '../../lib/trackers/page-recogniser.ts';
import {
  connection,
  fakeClient,
  fakeLink,
  openRoot,
  total,
  tracker,
  useEnglish,
  settings as usual,
} from './fixtures.ts';

beforeEach(useEnglish);

const context: Answers['panel.context'] = {
  own: 'k',
  connections: [connection('k'), connection('b'), connection('r', { currency: 'EUR' })],
  trackers: [tracker('k'), tracker('b'), tracker('r')],
  settings: usual,
  formats: [{ id: 'propellerads', name: 'PropellerAds' }],
};
const campaignView: PageView = {
  view: 'campaign',
  campaignId: '12',
  campaignName: 'Summer',
  range: { from: '2026-08-01', to: '2026-08-02' },
  groupBy: null,
};

function open(
  view: PageView | null,
  figures: Record<string, Report | null>,
  problem: Problem | null = null,
  settings: Partial<Answers['settings.read']> = {},
  kept: Parameters<typeof fakeLink>[0] = {},
) {
  const root = openRoot(style);
  const link = fakeLink({ view, ...kept });
  const client = fakeClient({
    'panel.context': () => ({
      ...context,
      settings: { ...context.settings, ...settings },
      connections: context.connections.map((one) => ({ ...one, problem })),
    }),
    'campaigns.list': ({ connection: id }) => ({
      campaigns: [
        { id: '12', name: `Summer on ${id}`, active: true, source: null },
        { id: '13', name: 'Winter', active: true, source: null },
      ],
      fetchedAt: 0,
    }),
    'side.match': ({ from, target }) => ({
      member:
        figures[target] === null
          ? null
          : { campaignId: '12', name: from.name, how: target === 'k' ? 'same' : 'name' },
      proposals: [{ campaignId: '13', name: 'Winter' }],
      problem: null,
    }),
    'side.figures': ({ connection: id }) => ({
      total: { report: figures[id] ?? null, problem },
      byHour: { report: null, problem: null },
    }),
    'links.join': () => [],
    'options.open': () => null,
    'settings.write': () => context.settings,
  });
  const unmount = mountPanel(root, {
    client,
    link,
    now: () => Date.parse('2026-08-02T12:00:00Z'),
  });
  return { root, client, link, unmount };
}
const text = (root: HTMLElement, selector: string) =>
  root.querySelector(selector)?.textContent ?? '';
const press = (root: HTMLElement, key: string) =>
  root
    .querySelector('.panel')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

describe('what came with the claim', () => {
  test('is not asked for again until something changes', async () => {
    const { root, client } = open(campaignView, {}, null, {}, { context });
    await expect.poll(() => root.querySelector('[data-tab=cost]')).not.toBeNull();
    const asked = () => client.calls.filter(({ name }) => name === 'panel.context').length;
    expect(asked()).toBe(0);
    client.change();
    await expect.poll(asked).toBe(1);
  });
});

describe('the comparison', () => {
  const figures = { k: total(1000, 20, 10, 60), b: total(800, 19, 12, 57), r: null };

  test('each side stands beside this page’s, with its gap', async () => {
    const { root } = open(campaignView, figures);
    await expect
      .poll(() => text(root, '[data-connection="b main"] [data-gap=clicks]'))
      .toContain('−20.0 %');
    expect(text(root, '[data-connection="k main"]')).toContain('this page');
    expect(
      root
        .querySelector('[data-connection="b main"] [data-gap=clicks] svg')
        ?.getAttribute('aria-label'),
    ).toBe('Too large: look for the cause');
  });

  test('while keys are locked, cached figures stay and unlocking is offered once', async () => {
    const { root, client } = open(campaignView, figures, LOCKED);
    await expect
      .poll(() => text(root, '[data-connection="b main"] [data-metric=clicks]'))
      .toContain('800');
    expect(text(root, '[data-connection="b main"]')).toContain('Locked');
    const buttons = root.querySelectorAll<HTMLButtonElement>('button[name=to-unlock]');
    expect(buttons).toHaveLength(1);
    buttons[0]?.click();
    expect(client.calls.map(({ name }) => name)).toContain('options.open');
  });

  test('money across currencies has no gap', async () => {
    const { root } = open(campaignView, {
      ...figures,
      r: { ...total(1000, 20, 9, 54), currency: 'EUR' },
    });
    await expect
      .poll(() => text(root, '[data-connection="r main"] [data-gap=clicks]'))
      .toContain('0.0 %');
    expect(text(root, '[data-connection="r main"] [data-gap=cost]')).toBe('–');
    expect(text(root, '[data-connection="r main"] [data-metric=cost]')).toBe('€9.00');
  });

  test('a side that is not linked offers its campaigns, likeliest first', async () => {
    const { root, client } = open(campaignView, figures);
    const row = '[data-connection="r main"]';
    await expect.poll(() => text(root, row)).toContain('Not linked');
    root.querySelector<HTMLButtonElement>(`${row} [name=link]`)?.click();
    await expect.poll(() => root.querySelectorAll(`${row} [name=link-pick]`).length).toBe(2);
    root.querySelector<HTMLButtonElement>(`${row} [name=link-pick]`)?.click();
    await expect
      .poll(() => client.calls.find(({ name }) => name === 'links.join')?.input)
      .toMatchObject({
        b: { connection: 'r', campaignId: '13' },
      });
  });

  test('another campaign never shows the figures of the one before', async () => {
    const { root, link } = open(campaignView, figures);
    await expect
      .poll(() => text(root, '[data-connection="k main"] [data-metric=clicks]'))
      .toBe('1,000');
    link.view.value = { ...campaignView, campaignId: '99' };
    await expect.poll(() => text(root, 'header h1')).toBe('Summer');
    expect(root.querySelectorAll('[data-connection]').length).toBe(3);
  });
});

test('on a page without a campaign one is chosen from the list', async () => {
  const { root } = open(
    { ...campaignView, view: 'campaigns', campaignId: null, campaignName: null },
    { k: total(5, 1, 1, 1) },
  );
  await expect.poll(() => text(root, '.picks')).toContain('Winter');
  const [, winter] = root.querySelectorAll<HTMLButtonElement>('.picks button');
  winter?.click();
  await expect.poll(() => text(root, 'header h1')).toBe('Winter');
});

test('keys change the tab, show the keys and close what is on top', async () => {
  const { root, link } = open(campaignView, { k: total(5, 1, 1, 1) });
  await expect.poll(() => root.querySelector('[data-tab=cost]')).not.toBeNull();
  press(root, 'c');
  await expect.poll(() => root.querySelector('[name=amount]')).not.toBeNull();
  press(root, '?');
  await expect.poll(() => text(root, '[role=dialog]')).toContain('Shortcuts');
  press(root, 'Escape');
  await expect.poll(() => root.querySelector('[role=dialog]')).toBeNull();
  expect(link.closed()).toBe(0);
  press(root, 'Escape');
  expect(link.closed()).toBe(1);
});

const control = (root: HTMLElement, key: string) =>
  root
    .querySelector('.panel')
    ?.dispatchEvent(
      new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }),
    );

describe('the palette', () => {
  const options = (root: HTMLElement) =>
    [...root.querySelectorAll('[role=option]')].map(({ textContent }) => textContent ?? '');
  const type = (root: HTMLElement, typed: string) => {
    const input = root.querySelector<HTMLInputElement>('[name=palette]');
    if (!input) throw new Error('no palette');
    input.value = typed;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return input;
  };
  const openPalette = async () => {
    const { root } = open(campaignView, { k: total(5, 1, 1, 1) });
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    control(root, 'k');
    await expect.poll(() => options(root).length).toBeGreaterThan(5);
    return root;
  };

  test('says what is on, and lists campaigns only when some name is typed', async () => {
    const root = await openPalette();
    expect(options(root).filter((one) => one.includes('✓'))).toEqual([
      'Compare✓ E',
      'Dock to right✓ ',
      'Theme: match the page✓ ',
    ]);
    expect(options(root)).not.toContain('Winter');
  });

  test('a campaign is found by parts of its name, and the panel is about it then', async () => {
    const root = await openPalette();
    const input = type(root, ' win ter');
    await expect.poll(() => options(root)).toEqual(['Winter']);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await expect.poll(() => text(root, 'header h1')).toBe('Winter');
    expect(root.querySelector('[role=dialog]')).toBeNull();
  });

  test('nothing found is said', async () => {
    const root = await openPalette();
    type(root, 'zzz');
    await expect.poll(() => text(root, '[role=dialog] p')).toBe('Nothing found.');
  });
});

const header = (root: HTMLElement) => {
  const found = root.querySelector<HTMLElement>('.panel > header');
  if (!found) throw new Error('no header');
  return found;
};
const drags = (link: ReturnType<typeof fakeLink>) =>
  link.sent.flatMap((message) => (message.kind === 'drag' ? [message] : []));
const written = (client: ReturnType<typeof fakeClient>) =>
  client.calls.flatMap(({ name, input }) => (name === 'settings.write' ? [input] : []));

describe('where the panel stands', () => {
  const figures = { k: total(5, 1, 1, 1) };

  test('is told to the page as it was left', async () => {
    const kept = { panelDock: 'float', panelAt: [40, 30], panelSize: [500, 400] } as const;
    const { link } = open(campaignView, figures, null, kept);
    await expect
      .poll(() => link.places)
      .toEqual([{ dock: 'float', at: [40, 30], size: [500, 400], collapsed: false }]);
  });

  test('is told again when the panel is folded', async () => {
    const { root, link } = open(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    root.querySelector<HTMLButtonElement>('[name=collapse]')?.click();
    await expect
      .poll(() => link.places.at(-1))
      .toEqual({ dock: 'right', at: null, size: null, collapsed: true });
    expect(root.querySelector('[role=tabpanel]')).toBeNull();
  });

  test('is chosen in the palette, and kept', async () => {
    const { root, client, link } = open(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    control(root, 'k');
    const left = () =>
      [...root.querySelectorAll<HTMLElement>('[role=option]')].find(
        ({ textContent }) => textContent === 'Dock to left',
      );
    await expect.poll(left).toBeDefined();
    left()?.click();
    await expect.poll(() => link.places.at(-1)?.dock).toBe('left');
    expect(written(client)).toEqual([{ panelDock: 'left' }]);
  });

  test('floating, it follows the pointer by its header, told in pixels of the screen', async () => {
    const { root, link } = open(campaignView, figures, null, { panelDock: 'float' });
    await expect.poll(() => root.querySelector('.panel.float')).not.toBeNull();
    await userEvent.dragAndDrop(header(root), document.body, {
      sourcePosition: { x: 20, y: 10 },
      targetPosition: { x: 100, y: 80 },
    });
    await expect.poll(() => drags(link).at(-1)?.phase).toBe('end');
    const [start, ...on] = drags(link);
    expect(start).toEqual({ kind: 'drag', what: 'move', phase: 'start', by: [0, 0] });
    expect(on.at(-1)?.by).toEqual(on.at(-2)?.by);
    const [x = 0, y = 0] = on.at(-1)?.by ?? [];
    expect([Math.round(x / 10), Math.round(y / 10)]).toEqual([8, 7]);
  });

  test('where a drag left it is kept, and its place told once more', async () => {
    const { root, client, link } = open(campaignView, figures, null, { panelDock: 'float' });
    await expect.poll(() => root.querySelector('.panel.float')).not.toBeNull();
    link.placed.value = { at: [7, 8], size: [400, 300] };
    await expect
      .poll(() => link.places.at(-1))
      .toEqual({ dock: 'float', at: [7, 8], size: [400, 300], collapsed: false });
    // Moved, it stays as large as it is.
    link.placed.value = { at: [9, 8], size: null };
    await expect
      .poll(() => link.places.at(-1))
      .toEqual({ dock: 'float', at: [9, 8], size: [400, 300], collapsed: false });
    expect(written(client)).toEqual([
      { panelAt: [7, 8], panelSize: [400, 300] },
      { panelAt: [9, 8] },
    ]);
  });

  test('docked, it is made wider and never loses the place that it floats at', async () => {
    const { root, client, link } = open(campaignView, figures, null, { panelAt: [1, 2] });
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    link.placed.value = { at: null, size: [500, 860] };
    await expect.poll(() => written(client)).toEqual([{ panelSize: [500, 860] }]);
    expect(link.places.at(-1)).toMatchObject({ at: [1, 2], size: [500, 860] });
  });

  test('docked, the header does not move it', async () => {
    const { root, link } = open(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    await userEvent.dragAndDrop(header(root), document.body, { targetPosition: { x: 5, y: 80 } });
    expect(drags(link)).toEqual([]);
  });

  test('a button in the header is pressed, not dragged', async () => {
    const { root, link } = open(campaignView, figures, null, { panelDock: 'float' });
    await expect.poll(() => root.querySelector('.panel.float')).not.toBeNull();
    const close = root.querySelector('[name=close]');
    if (!close) throw new Error('no button');
    await userEvent.click(close);
    expect([link.closed(), drags(link)]).toEqual([1, []]);
  });

  test('its size is changed by the arrow keys too', async () => {
    const { root, link } = open(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    const grip = root.querySelector<HTMLElement>('.grip');
    grip?.focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(drags(link).map(({ what, phase, by }) => [what, phase, by])).toEqual([
      ['size', 'start', [0, 0]],
      ['size', 'on', [-16, 0]],
      ['size', 'end', [-16, 0]],
    ]);
  });
});

describe('the theme', () => {
  const theme = () => document.documentElement.dataset.theme;
  const figures = { k: total(5, 1, 1, 1) };

  test('is the page’s, whenever that changes', async () => {
    const { root, link } = open(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    expect(theme()).toBe('light');
    link.theme.value = 'dark';
    await expect.poll(theme).toBe('dark');
  });

  test('is the one that was chosen, whatever the page’s is', async () => {
    const { root, link } = open(campaignView, figures, null, { panelTheme: 'dark' });
    await expect.poll(theme).toBe('dark');
    link.theme.value = 'light';
    link.trouble.value = 'covered';
    await expect.poll(() => text(root, '[name=to-dashboard]')).not.toBe('');
    expect(theme()).toBe('dark');
  });

  test('is chosen in the palette, and kept', async () => {
    const { root, client } = open(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    control(root, 'k');
    const dark = () =>
      [...root.querySelectorAll<HTMLElement>('[role=option]')].find(
        ({ textContent }) => textContent === 'Theme: dark',
      );
    await expect.poll(dark).toBeDefined();
    dark()?.click();
    await expect.poll(theme).toBe('dark');
    expect(written(client)).toEqual([{ panelTheme: 'dark' }]);
  });
});

test('what the page does to the panel is said, as long as it does it', async () => {
  const { root, link } = open(campaignView, { k: total(5, 1, 1, 1) });
  await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
  link.trouble.value = 'keyboard';
  await expect.poll(() => text(root, '.notice')).toContain('captures the keyboard');
  link.trouble.value = 'covered';
  await expect.poll(() => text(root, '.notice')).toContain('covers the panel');
  link.trouble.value = null;
  await expect.poll(() => root.querySelector('.notice')).toBeNull();
});

describe('tasks', () => {
  test('a command brings its tab to the front and the keyboard into its field', async () => {
    const { root, link } = open(campaignView, { k: total(5, 1, 1, 1) });
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    link.task.value = { task: 'cost' };
    await expect.poll(() => document.activeElement?.getAttribute('name')).toBe('amount');
  });

  test('a command unfolds the panel and takes away what lies over it', async () => {
    const { root, link } = open(campaignView, { k: total(5, 1, 1, 1) });
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    press(root, '?');
    await expect.poll(() => root.querySelector('[role=dialog]')).not.toBeNull();
    root.querySelector<HTMLButtonElement>('[name=collapse]')?.click();
    await expect.poll(() => root.querySelector('[role=tabpanel]')).toBeNull();
    link.task.value = { task: 'blacklist' };
    await expect.poll(() => root.querySelector('[role=tabpanel]')).not.toBeNull();
    expect(root.querySelector('[role=dialog]')).toBeNull();
  });
});

describe('what the panel was doing', () => {
  const before = {
    tab: 'cost',
    collapsed: false,
    view: JSON.stringify(campaignView),
    picked: { id: '13', name: 'Winter' },
    range: null,
    drafts: { 'cost k 13': { amount: '12' } },
  };
  const figures = { k: total(5, 1, 1, 1) };
  const amount = (root: HTMLElement) =>
    root.querySelector<HTMLInputElement>('[name=amount]')?.value;

  test('goes on in the next document of the page', async () => {
    const { root } = open(campaignView, figures, null, {}, { before });
    await expect.poll(() => text(root, 'header h1')).toBe('Winter');
    await expect.poll(() => amount(root)).toBe('12');
  });

  test('does not go on for another page: what was picked belongs to the one before', async () => {
    const { root } = open(
      { ...campaignView, campaignId: '14', campaignName: 'Autumn' },
      figures,
      null,
      {},
      { before },
    );
    await expect.poll(() => text(root, 'header h1')).toBe('Autumn');
    await expect.poll(() => amount(root)).toBe('');
  });

  test('is told to the background, at the latest when the panel goes', async () => {
    const { root, client, unmount } = open(campaignView, figures);
    const kept = () =>
      client.calls.flatMap(({ name, input }) => (name === 'panel.keep' ? [input] : []));
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    press(root, 'c');
    await expect.poll(() => amount(root)).toBe('');
    const field = root.querySelector('[name=amount]');
    if (!field) throw new Error('no field for the amount');
    await userEvent.type(field, '7');
    unmount();
    expect(kept().at(-1)).toMatchObject({
      state: { tab: 'cost', drafts: { 'cost k 12': { amount: '7' } } },
    });
  });
});

test('loaded under the pointer, the panel asks trackers nothing until it is shown', async () => {
  const { root, client, link } = open(
    campaignView,
    { k: total(5, 1, 1, 1) },
    null,
    {},
    {
      shown: false,
    },
  );
  const asked = () =>
    client.calls.flatMap(({ name, input }) =>
      name === 'side.figures' ? [Object(input).fresh] : [],
    );
  await expect
    .poll(() => text(root, '[data-connection="k main"] [data-metric=clicks]'))
    .toContain('5');
  expect(new Set(asked())).toEqual(new Set([false]));
  link.shown.value = true;
  await expect.poll(asked).toContain(true);
});
