import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import { LOCKED, type Problem } from '../../lib/errors.ts';
import type { Report } from '../../lib/report/question.ts';
import type { PageView } from '../../lib/trackers/page.ts';
import { connection, fakeClient, openRoot, total, tracker, useEnglish } from './fixtures.ts';

beforeEach(useEnglish);

const rules = { targetRoi: 0, confidence: 0.95, payout: null, approval: 1, priorWeight: 2 };
const context: Answers['panel.context'] = {
  own: 'k',
  connections: [connection('k'), connection('b'), connection('r', { currency: 'EUR' })],
  trackers: [tracker('k'), tracker('b'), tracker('r')],
  settings: { rules, panelDock: 'right', panelTab: 'elsewhere', format: 'propellerads' },
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
) {
  const root = openRoot(style);
  const listeners = new Set<(view: PageView | null) => void>();
  let current = view;
  let closed = 0;
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
  const panel = mountPanel({
    root,
    client,
    page: {
      current: () => current,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    task: 'toggle',
    now: () => Date.parse('2026-08-02T12:00:00Z'),
    onClose: () => {
      closed += 1;
    },
  });
  const goTo = (next: PageView | null) => {
    current = next;
    for (const listener of listeners) listener(next);
  };
  return { root, client, panel, goTo, closed: () => closed };
}
const text = (root: HTMLElement, selector: string) =>
  root.querySelector(selector)?.textContent ?? '';
const press = (root: HTMLElement, key: string) =>
  root
    .querySelector('.panel')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

describe('elsewhere', () => {
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
    ).toBe('Too large: find the cause');
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
    const { root, goTo } = open(campaignView, figures);
    await expect
      .poll(() => text(root, '[data-connection="k main"] [data-metric=clicks]'))
      .toBe('1,000');
    goTo({ ...campaignView, campaignId: '99' });
    await expect.poll(() => text(root, 'header h2')).toBe('Summer');
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
  await expect.poll(() => text(root, 'header h2')).toBe('Winter');
});

test('keys work inside and do not reach the page', async () => {
  const { root, closed } = open(campaignView, { k: total(5, 1, 1, 1) });
  await expect.poll(() => root.querySelector('[data-tab=cost]')).not.toBeNull();
  const reached: string[] = [];
  document.addEventListener('keydown', ({ key }) => reached.push(key));
  press(root, 'c');
  await expect.poll(() => root.querySelector('[name=amount]')).not.toBeNull();
  press(root, '?');
  await expect.poll(() => text(root, '[role=dialog]')).toContain('Keys');
  press(root, 'Escape');
  await expect.poll(() => root.querySelector('[role=dialog]')).toBeNull();
  press(root, 'Escape');
  expect(closed()).toBe(1);
  expect(reached).toEqual([]);
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
    await expect.poll(() => text(root, 'header h2')).toBe('Summer on k');
    control(root, 'k');
    await expect.poll(() => options(root).length).toBeGreaterThan(5);
    return root;
  };

  test('says what is on, and lists campaigns only when some name is typed', async () => {
    const root = await openPalette();
    expect(options(root).filter((one) => one.includes('✓'))).toEqual([
      'Elsewhere✓ E',
      'Dock right✓ ',
    ]);
    expect(options(root)).not.toContain('Winter');
  });

  test('a campaign is found by parts of its name, and the panel is about it then', async () => {
    const root = await openPalette();
    const input = type(root, ' win ter');
    await expect.poll(() => options(root)).toEqual(['Winter']);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await expect.poll(() => text(root, 'header h2')).toBe('Winter');
    expect(root.querySelector('[role=dialog]')).toBeNull();
  });

  test('nothing found is said', async () => {
    const root = await openPalette();
    type(root, 'zzz');
    await expect.poll(() => text(root, '[role=dialog] p')).toBe('Nothing has that name.');
  });
});

describe('the floating panel', () => {
  const openFloating = async (settings: Partial<Answers['settings.read']>) => {
    const opened = open(campaignView, { k: total(5, 1, 1, 1) }, null, settings);
    await expect.poll(() => opened.root.querySelector('.panel.float')).not.toBeNull();
    const panel = opened.root.querySelector<HTMLElement>('.panel');
    const header = opened.root.querySelector<HTMLElement>('.panel > header');
    if (!panel || !header) throw new Error('no panel');
    const corner = () => {
      const { x, y } = panel.getBoundingClientRect();
      return [x, y];
    };
    return { ...opened, header, corner };
  };

  test('opens where it was left, and in sight where the window is smaller now', async () => {
    const { corner } = await openFloating({ panelDock: 'float', panelAt: [40, 30] });
    expect(corner()).toEqual([40, 30]);
    const far = await openFloating({ panelDock: 'float', panelAt: [-500, 90_000] });
    expect(far.corner()).toEqual([0, innerHeight - 96]);
  });

  test('follows the pointer by its header and remembers the place', async () => {
    const { client, header, corner } = await openFloating({
      panelDock: 'float',
      panelAt: [10, 10],
    });
    await userEvent.dragAndDrop(header, document.body, {
      sourcePosition: { x: 20, y: 10 },
      targetPosition: { x: 100, y: 80 },
    });
    const written = () => client.calls.find(({ name }) => name === 'settings.write')?.input;
    await expect.poll(written).toEqual({ panelAt: corner() });
    expect(corner()[0]).toBeGreaterThan(50);
  });

  test('docked it does not move', async () => {
    const { root, client } = open(campaignView, { k: total(5, 1, 1, 1) });
    await expect.poll(() => text(root, 'header h2')).toBe('Summer on k');
    const header = root.querySelector<HTMLElement>('.panel > header');
    if (!header) throw new Error('no header');
    const { x } = header.getBoundingClientRect();
    await userEvent.dragAndDrop(header, document.body, { targetPosition: { x: 5, y: 80 } });
    expect(header.getBoundingClientRect().x).toBe(x);
    expect(client.calls.some(({ name }) => name === 'settings.write')).toBe(false);
  });
});
