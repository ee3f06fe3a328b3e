import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createPanels } from '../../lib/background/panels.ts';
import type { Answers } from '../../lib/contract/calls.ts';
import { LOCKED } from '../../lib/errors.ts';
import { total, useEnglish } from './fixtures.ts';
import { campaignView, context, control, openPanel, press, text, written } from './open-panel.ts';

beforeEach(useEnglish);

/** The background's answer to the claim of a panel on that page. */
async function claimed(answer: Answers['side.figures']): Promise<Answers['panel.claim']> {
  const area: Record<string, unknown> = {};
  const { calls } = createPanels({
    session: {
      get: async () => ({ ...area }),
      set: async (items) => void Object.assign(area, items),
      remove: async () => {},
    },
    now: () => 0,
    ask: async () => true,
    context: async () => context,
    figures: async () => answer,
  });
  const { signal } = new AbortController();
  const caller = (kind: 'content' | 'frame') => ({
    caller: { kind, tab: 1, connection: 'k', document: kind },
    signal,
  });
  const { ticket } = await calls['panel.ticket']({}, caller('content'));
  const { campaignId = '', range = null } = campaignView;
  const shows = { campaignId: campaignId ?? '', range };
  return calls['panel.claim']({ ticket, shows }, caller('frame'));
}

describe('what came with the claim', () => {
  test('is not asked for again until something changes', async () => {
    const { root, client } = openPanel(campaignView, {}, null, {}, { context });
    await expect.poll(() => root.querySelector('[data-tab=cost]')).not.toBeNull();
    const asked = () => client.calls.filter(({ name }) => name === 'panel.context').length;
    expect(asked()).toBe(0);
    client.change();
    await expect.poll(asked).toBe(1);
  });

  test('is drawn at once: the page’s own figures are not read once more, only asked for anew', async () => {
    const own = total(1000, 20, 10, 60);
    const answer = {
      total: { report: own, problem: null },
      byHour: { report: null, problem: null },
    };
    const { figures } = await claimed(answer);
    if (!figures) throw new Error('They are known.');
    const { input } = figures;
    const { root, client } = openPanel(campaignView, { k: own }, null, {}, { context, figures });
    expect(text(root, '[data-connection="k main"] [data-metric=clicks]')).toContain('1,000');
    const asked = () =>
      client.calls.flatMap((call) =>
        call.name === 'side.figures' && Object(call.input).connection === 'k' ? [call.input] : [],
      );
    await expect.poll(asked).toEqual([{ ...input, fresh: true }]);
  });
});

describe('the comparison', () => {
  const figures = { k: total(1000, 20, 10, 60), b: total(800, 19, 12, 57), r: null };

  test('each side stands beside this page’s, with its gap', async () => {
    const { root } = openPanel(campaignView, figures);
    await expect
      .poll(() => text(root, '[data-connection="b main"] [data-gap=clicks]'))
      .toContain('−20.0 %');
    expect(text(root, '[data-connection="k main"]')).toContain('this page');
    expect(
      root
        .querySelector('[data-connection="b main"] [data-gap=clicks] .dot')
        ?.getAttribute('aria-label'),
    ).toBe('Too large: look for the cause');
  });

  test('while keys are locked, cached figures stay and unlocking is offered once', async () => {
    const { root, client } = openPanel(campaignView, figures, LOCKED);
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
    const { root } = openPanel(campaignView, {
      ...figures,
      r: { ...total(1000, 20, 9, 54), currency: 'EUR' },
    });
    await expect
      .poll(() => text(root, '[data-connection="r main"] [data-gap=clicks]'))
      .toContain('0.0 %');
    expect(text(root, '[data-connection="r main"] [data-gap=cost]')).toBe('–');
    expect(text(root, '[data-connection="r main"] [data-metric=cost]')).toBe('€9.00');
  });

  test('a side of the same name is told apart by one press', async () => {
    const { root, client } = openPanel(campaignView, figures);
    const row = '[data-connection="b main"]';
    await expect.poll(() => root.querySelector(`${row} [name=tell-apart]`)).not.toBeNull();
    root.querySelector<HTMLButtonElement>(`${row} [name=tell-apart]`)?.click();
    const call = () => client.calls.find(({ name }) => name === 'links.tellApart');
    await expect
      .poll(() => call()?.input)
      .toEqual({
        a: { connection: 'k', campaignId: '12', name: 'Summer on k' },
        b: { connection: 'b', campaignId: '12', name: 'Summer on k' },
      });
  });

  test('a side that is not linked offers its campaigns, likeliest first', async () => {
    const { root, client } = openPanel(campaignView, figures);
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
    const { root, link } = openPanel(campaignView, figures);
    await expect
      .poll(() => text(root, '[data-connection="k main"] [data-metric=clicks]'))
      .toBe('1,000');
    link.view.value = { ...campaignView, campaignId: '99' };
    await expect.poll(() => text(root, 'header h1')).toBe('Summer');
    expect(root.querySelectorAll('[data-connection]').length).toBe(3);
  });
});

describe('conversion types that count', () => {
  const figures = { k: total(1000, 20, 10, 60), b: null, r: null };
  const notes = (root: HTMLElement) =>
    [...root.querySelectorAll('[data-counted-types]')].map(({ textContent }) => textContent);

  test('are named under the header for each connection with a choice', async () => {
    const chosen = context.connections.map((one) =>
      one.id === 'b'
        ? {
            ...one,
            conversionTypes: [
              { id: 'default_type', name: 'Conversion' },
              { id: 'type1', name: 'Upsell' },
            ],
          }
        : one,
    );
    const { root } = openPanel(
      campaignView,
      figures,
      null,
      {},
      {
        context: { ...context, connections: chosen },
      },
    );
    await expect
      .poll(() => notes(root))
      .toEqual(['b main counts conversions of these types: Conversion, Upsell']);
  });

  test('are not, where the default one counts', async () => {
    const { root } = openPanel(campaignView, figures, null, {}, { context });
    await expect.poll(() => root.querySelector('[data-tab=cost]')).not.toBeNull();
    expect(notes(root)).toEqual([]);
  });
});

test('on a page without a campaign one is chosen from the list', async () => {
  const { root } = openPanel(
    { ...campaignView, view: 'campaigns', campaignId: null, campaignName: null },
    { k: total(5, 1, 1, 1) },
  );
  await expect.poll(() => text(root, '.picks')).toContain('Winter');
  const [, winter] = root.querySelectorAll<HTMLButtonElement>('.picks button');
  winter?.click();
  await expect.poll(() => text(root, 'header h1')).toBe('Winter');
});

test('keys change the tab, show the keys and close what is on top', async () => {
  const { root, link } = openPanel(campaignView, { k: total(5, 1, 1, 1) });
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

describe('the theme', () => {
  const theme = () => document.documentElement.dataset.theme;
  const figures = { k: total(5, 1, 1, 1) };

  test('is the page’s, whenever that changes', async () => {
    const { root, link } = openPanel(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    expect(theme()).toBe('light');
    link.theme.value = 'dark';
    await expect.poll(theme).toBe('dark');
  });

  test('is the one that was chosen, whatever the page’s is', async () => {
    const { root, link } = openPanel(campaignView, figures, null, { panelTheme: 'dark' });
    await expect.poll(theme).toBe('dark');
    link.theme.value = 'light';
    link.trouble.value = 'covered';
    await expect.poll(() => text(root, '[name=to-dashboard]')).not.toBe('');
    expect(theme()).toBe('dark');
  });

  test('is chosen in the palette, and kept', async () => {
    const { root, client } = openPanel(campaignView, figures);
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
  const { root, link } = openPanel(campaignView, { k: total(5, 1, 1, 1) });
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
    const { root, link } = openPanel(campaignView, { k: total(5, 1, 1, 1) });
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    link.task.value = { task: 'cost' };
    await expect.poll(() => document.activeElement?.getAttribute('name')).toBe('amount');
  });

  test('a command unfolds the panel and takes away what lies over it', async () => {
    const { root, link } = openPanel(campaignView, { k: total(5, 1, 1, 1) });
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
    const { root } = openPanel(campaignView, figures, null, {}, { before });
    await expect.poll(() => text(root, 'header h1')).toBe('Winter');
    await expect.poll(() => amount(root)).toBe('12');
  });

  test('does not go on for another page: what was picked belongs to the one before', async () => {
    const { root } = openPanel(
      { ...campaignView, campaignId: '14', campaignName: 'Autumn' },
      figures,
      null,
      {},
      { before },
    );
    await expect.poll(() => text(root, 'header h1')).toBe('Autumn');
    await expect.poll(() => amount(root)).toBe('');
  });

  test('is nothing that the background must be told while nothing was chosen', async () => {
    const { root, client, unmount } = openPanel(campaignView, figures);
    await expect.poll(() => text(root, 'header h1')).toBe('Summer on k');
    unmount();
    expect(client.calls.map(({ name }) => name)).not.toContain('panel.keep');
  });

  test('is told to the background, at the latest when the panel goes', async () => {
    const { root, client, unmount } = openPanel(campaignView, figures);
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
  const { root, client, link } = openPanel(
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
