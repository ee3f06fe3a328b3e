import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import { tableOf } from '../../lib/blacklist/columns.ts';
import type { Exported, PlacementList } from '../../lib/contract/blacklist.ts';
import type { Input } from '../../lib/contract/calls.ts';
import { formats } from '../../lib/sources/formats.ts';
import { type ProtectedId, withProtected } from '../../lib/sources/protected-ids.ts';
import {
  connection,
  fakeClient,
  fakeLink,
  openRoot,
  settings,
  tracker,
  useEnglish,
  useLanguage,
} from './fixtures.ts';
import { figures, ROWS, type Row } from './placement-rows.ts';

beforeEach(useEnglish);

const NOW = Date.parse('2026-08-20T12:00:00Z');
const TOKENS = [
  { slot: 1, name: 'zone', macro: '{zoneid}', role: null },
  { slot: 2, name: 'click', macro: '\u0024{SUBID}', role: null },
];

const listOf = (rows: readonly Row[], change: Partial<PlacementList> = {}): PlacementList => ({
  table: tableOf(figures(rows)),
  currency: 'USD',
  zone: 'UTC',
  range: { from: '2026-08-07', to: '2026-08-20', zone: 'UTC' },
  since: null,
  judged: { from: '2026-08-07', to: '2026-08-18', zone: 'UTC' },
  days: 12,
  delay: { from: 'setting', hours: 24, conversions: null, offers: 0 },
  payout: null,
  complete: true,
  fetchedAt: NOW,
  slot: { slot: 1, from: 'proposed' },
  tokens: TOKENS,
  source: 'PropellerAds',
  format: 'propellerads',
  kind: 'zone',
  problem: null,
  ...change,
});

const exported = (change: Partial<Exported> = {}): Exported => ({
  part: { kind: 'zone', count: 2, text: '101\n102', csv: '', name: 'x', fresh: 1 },
  count: 2,
  leftOut: [],
  nothing: null,
  notes: [],
  ...change,
});

const copied = vi.fn(async (_: string) => {});
const realClipboard = navigator.clipboard;
beforeEach(() => {
  copied.mockClear();
  Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: copied },
    configurable: true,
  });
});
afterEach(() => {
  Object.defineProperty(navigator, 'clipboard', { value: realClipboard, configurable: true });
});

/** The blacklist tab of a campaign's panel, over a background with this list. */
function openTab(list: PlacementList, answer: Exported = exported()) {
  const root = openRoot(style);
  let kept: ProtectedId[] = [];
  const client = fakeClient({
    'protected.list': () => kept,
    'protected.set': ({ on, ...one }) => {
      kept = withProtected(kept, one, on);
      return kept;
    },
    'panel.context': () => ({
      own: 'k',
      connections: [connection('k', { zone: 'UTC' })],
      trackers: [tracker('k')],
      settings: { ...settings, panelTab: 'blacklist' },
      formats: formats.map(({ id, name }) => ({ id, name })),
    }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'placements.list': ({ slot }) =>
      slot === null ? list : { ...list, slot: { slot, from: 'chosen' } },
    'placements.token': () => null,
    'placements.restart': () => null,
    'placements.payout': () => null,
    'placements.export': () => answer,
    'settings.write': () => settings,
  });
  const link = fakeLink({
    view: {
      view: 'campaign',
      campaignId: '12',
      campaignName: 'Summer',
      range: { preset: 'today' },
      groupBy: null,
    },
  });
  mountPanel(root, { client, link, now: () => NOW });
  const find = <E extends HTMLElement = HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  };
  return {
    root,
    client,
    find,
    all: (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)],
    text: (selector: string) =>
      (root.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' '),
    asked: <N extends 'placements.list' | 'placements.export' | 'placements.token'>(name: N) =>
      client.calls.flatMap((call) => (call.name === name ? [call.input as Input<N>] : [])),
    ready: () =>
      expect
        .poll(() => root.querySelector<HTMLButtonElement>('[name=copy-list]')?.disabled)
        .toBe(false),
  };
}

describe('the days', () => {
  test('are its own: the last 14, whatever the page shows', async () => {
    const { asked, ready, text, root } = openTab(listOf(ROWS));
    await ready();
    expect(asked('placements.list')[0]).toMatchObject({
      campaignId: '12',
      range: { from: '2026-08-07', to: '2026-08-20', zone: 'UTC' },
    });
    expect(root.querySelectorAll('[name=preset]')).toHaveLength(1);
    expect(text('[data-judged]')).toContain('Aug 7 – Aug 18');
    expect(text('[data-judged]')).toContain('the last 24 h are left out');
  });

  test('can be chosen', async () => {
    const { asked, ready, find } = openTab(listOf(ROWS));
    await ready();
    await userEvent.selectOptions(find('[name=preset]'), 'last7');
    await expect.poll(() => asked('placements.list').at(-1)?.range.from).toBe('2026-08-14');
  });

  test.each([
    ['log', 0, 'late conversions allowed for by the log'],
    ['log', 2, 'late conversions allowed for by the log, offer by offer'],
    ['mean', 0, 'late conversions allowed for by their mean time'],
  ] as const)('are weighed by what the %s tells of %d offers', async (from, offers, words) => {
    const delay = { from, hours: 24, conversions: null, offers };
    const { ready, text } = openTab(listOf(ROWS, { delay }));
    await ready();
    expect(text('[data-judged]')).toContain(words);
  });

  test('may all be too young for what the log shows', async () => {
    const delay = { from: 'log', hours: 24, conversions: 80, offers: 0 } as const;
    const { text } = openTab(listOf([], { judged: null, delay }));
    await expect
      .poll(() => text('[data-judged]'))
      .toContain('conversions take longer than these clicks have been watched');
  });

  test('may all be too young', async () => {
    const { text } = openTab(listOf([], { judged: null }));
    await expect.poll(() => text('[data-judged]')).toContain('all days are younger than 24 h');
  });
});

test('a protected placement leaves the list, is named, and comes back once it is free again', async () => {
  const { ready, find, text, root } = openTab(listOf(ROWS));
  await ready();
  const before = text('[name=copy-list]');
  const [first] = text('[data-explained]').split(':');
  expect(first).not.toBe('');
  await userEvent.click(find('[name=protect]'));
  await expect.poll(() => text('[data-protected] summary')).toContain('1 protected placement');
  expect(text('[data-protected]')).toContain(first);
  await expect.poll(() => text('[name=copy-list]')).not.toBe(before);
  expect(text('[data-left-out]')).toContain(`${first}: protected`);
  expect(find('[name=protect]').getAttribute('aria-pressed')).toBe('true');
  await userEvent.click(find('[data-protected] summary'));
  await userEvent.click(find('[name=unprotect]'));
  await expect.poll(() => root.querySelector('[data-protected]')).toBeNull();
  await expect.poll(() => text('[name=copy-list]')).toBe(before);
});

describe('the payout', () => {
  const wanted = (of: ReturnType<typeof openTab>) =>
    of.text('[data-explained]').match(/break-even needs (\S+) conversions?/)?.[1];

  test('that is entered is this campaign’s alone, and no setting', async () => {
    const tab = openTab(listOf([{ id: 'x', clicks: 90, conversions: 0, cost: 40, revenue: 0 }]));
    await expect.poll(() => tab.text('[data-explained]')).toContain('x: Nothing tells');
    const payout = tab.find<HTMLInputElement>('[name=payout]');
    payout.value = '8';
    payout.dispatchEvent(new Event('change', { bubbles: true }));
    await expect.poll(() => wanted(tab)).toBe('5');
    const calls = tab.client.calls.filter(({ name }) => name !== 'placements.list');
    expect(calls.find(({ name }) => name === 'placements.payout')?.input).toEqual({
      connection: 'k',
      campaignId: '12',
      payout: 8,
    });
    const saved = calls.flatMap(({ name, input }) => (name === 'settings.write' ? [input] : []));
    expect(JSON.stringify(saved)).not.toContain('payout');
  });

  test('that was entered before counts, until it is taken away', async () => {
    const row = { id: 'x', clicks: 90, conversions: 4, cost: 40, revenue: 16 };
    const tab = openTab(listOf([row], { payout: 8 }));
    await expect.poll(() => wanted(tab)).toBe('5');
    const payout = tab.find<HTMLInputElement>('[name=payout]');
    expect(payout.value).toBe('8');
    payout.value = '';
    payout.dispatchEvent(new Event('change', { bubbles: true }));
    // 16 for 4 conversions.
    await expect.poll(() => wanted(tab)).toBe('10');
    expect(tab.client.calls.find(({ name }) => name === 'placements.payout')?.input).toMatchObject({
      payout: null,
    });
  });
});

describe('the first day of careful looks', () => {
  test('is said, and can be another', async () => {
    const { ready, text, find, asked, client } = openTab(listOf(ROWS, { since: '2026-07-01' }));
    await ready();
    expect(text('[data-since]')).toContain('every look counts from Jul 1');
    expect(text('[name=restart-looks]')).toBe('Start again from Aug 7');
    await userEvent.selectOptions(find('[name=preset]'), 'last7');
    await expect.poll(() => text('[name=restart-looks]')).toBe('Start again from Aug 14');
    await userEvent.click(find('[name=restart-looks]'));
    await expect
      .poll(() => client.calls.find(({ name }) => name === 'placements.restart')?.input)
      .toEqual({ connection: 'k', campaignId: '12', day: '2026-08-14' });
    expect(asked('placements.list').map(({ looks }) => looks)).toContain('one');
  });

  test('that is chosen already asks for no other', async () => {
    const { ready, find } = openTab(listOf(ROWS, { since: '2026-08-07' }));
    await ready();
    expect(find<HTMLButtonElement>('[name=restart-looks]').disabled).toBe(true);
  });

  test('that is later than the days looked at is said to be', async () => {
    const { ready, text } = openTab(listOf(ROWS, { since: '2026-09-01' }));
    await ready();
    expect(text('[data-since]')).toContain('These days end before');
  });

  test('is nothing to speak of with the rule of one look', async () => {
    const { ready, root } = openTab(listOf(ROWS));
    await ready();
    expect(root.querySelector('[data-since]')).toBeNull();
  });
});

describe('the token', () => {
  test('is named, and kept in the source’s template where it is right', async () => {
    const { asked, ready, text, find } = openTab(listOf(ROWS));
    await ready();
    expect(text('[data-token]')).toContain('Placement = zone {zoneid}');
    await userEvent.click(find('[name=keep-token]'));
    expect(asked('placements.token')).toEqual([{ connection: 'k', campaignId: '12', slot: 1 }]);
  });

  test('is another once it is chosen, and stays it', async () => {
    const { asked, ready, find, text, root } = openTab(listOf(ROWS));
    await ready();
    expect(root.querySelector('[name=slot]')).toBeNull();
    await userEvent.click(find('[name=other-token]'));
    await userEvent.selectOptions(find('[name=slot]'), '2');
    await expect.poll(() => text('[data-token]')).toContain('Placement = click');
    await userEvent.click(find('[data-tab=history]'));
    await userEvent.click(find('[data-tab=blacklist]'));
    await ready();
    expect(asked('placements.list').at(-1)?.slot).toBe(2);
    await userEvent.click(find('[name=keep-token]'));
    expect(asked('placements.token').at(-1)?.slot).toBe(2);
  });

  test('that is kept already asks for nothing', async () => {
    const { ready, root } = openTab(listOf(ROWS, { slot: { slot: 1, from: 'template' } }));
    await ready();
    expect(root.querySelector('[name=keep-token]')).toBeNull();
    expect(root.querySelector('[name=other-token]')).not.toBeNull();
  });

  test('that nobody knows is asked for', async () => {
    const problem = { kind: 'input', text: 'problem_no_placement_token' } as const;
    const { text, root } = openTab(listOf([], { slot: null, problem }));
    await expect.poll(() => root.querySelector('[name=slot]')).not.toBeNull();
    expect(text('.notice')).toContain('doesn');
  });

  test('with a value for almost every click is one of clicks', async () => {
    const clicks = Array.from({ length: 300 }, (_, id) => ({ id: `c${id}`, clicks: 1, cost: 0.1 }));
    const { text } = openTab(listOf(clicks));
    await expect
      .poll(() => text('[data-oddity=clickIds]'))
      .toBe('300 values on 300 clicks: this token holds click IDs, not placements.');
  });

  test('with three values is a type', async () => {
    const three = ROWS.slice(0, 3);
    const { text } = openTab(listOf(three));
    await expect.poll(() => text('[data-oddity=types]')).toContain('Only 3 values on 2,500 clicks');
  });
});

describe('a row', () => {
  test('explains itself, and so does each that is opened', async () => {
    const { ready, text, all } = openTab(listOf(ROWS));
    await ready();
    expect(text('[data-explained]')).toMatch(/^101: 10 payouts spent, 0 conversions; the campaign/);
    expect(text('[data-explained]')).toContain('Earned $0.00 on $40.00; break-even needs 10');
    expect(text('[data-explained]')).toContain('Loss $40.00, ROI −100.0 %.');
    const waiting = all('tbody tr').find((row) => row.textContent?.includes('104'));
    waiting?.click();
    await expect
      .poll(() => text('[data-explained]'))
      .toMatch(/^104: 1 payout spent, 1 conversion;/);
    expect(text('[data-explained]')).toMatch(/Needs about \$\d+\.\d\d more spend/);
  });

  test('is on the list or not by its tick', async () => {
    const { ready, find, text, asked } = openTab(listOf(ROWS));
    await ready();
    expect(find<HTMLInputElement>('[name=tick-101]').checked).toBe(true);
    expect(find<HTMLInputElement>('[name=tick-104]').checked).toBe(false);
    await userEvent.click(find('[name=tick-101]'));
    await userEvent.click(find('[name=tick-104]'));
    await expect.poll(() => text('[data-ticks]')).toContain('1 added, 1 removed');
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 2 IDs');
    await userEvent.click(find('[name=copy-list]'));
    await expect.poll(() => asked('placements.export').length).toBe(1);
    expect(asked('placements.export')[0]).toMatchObject({ added: ['104'], removed: ['101'] });
    await userEvent.click(find('[name=clear-ticks]'));
    await expect.poll(() => find<HTMLInputElement>('[name=tick-101]').checked).toBe(true);
    expect(find<HTMLInputElement>('[name=tick-104]').checked).toBe(false);
  });

  test('keeps its tick where another format joins it with others', async () => {
    const bad = (id: string, cost: number) => ({
      id,
      clicks: 900,
      conversions: 0,
      cost,
      revenue: 0,
    });
    const rows = [...ROWS, bad('x.example', 60), bad('www.x.example', 80)];
    const { ready, find, text, asked } = openTab(listOf(rows, { source: null, format: 'other' }));
    await ready();
    await userEvent.selectOptions(find('[name=format]'), 'propellerads');
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 2 IDs');
    await userEvent.click(find('[name="tick-x.example"]'));
    await userEvent.selectOptions(find('[name=format]'), 'googleads');
    await expect
      .poll(() => find<HTMLInputElement>('[name="tick-www.x.example"]').checked)
      .toBe(false);
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 0 IDs');
    // Ticked there and taken back, it is so for each of them.
    await userEvent.click(find('[name="tick-www.x.example"]'));
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 1 ID');
    await userEvent.click(find('[name="tick-www.x.example"]'));
    await expect.poll(() => text('[data-ticks]')).toContain('0 added, 2 removed');
    await userEvent.selectOptions(find('[name=format]'), 'propellerads');
    await expect.poll(() => find<HTMLInputElement>('[name="tick-x.example"]').checked).toBe(false);
    expect(find<HTMLInputElement>('[name="tick-www.x.example"]').checked).toBe(false);
    // A click is looked for by the button's name, which the list of this format has to have given it.
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 2 IDs');
    await userEvent.click(find('[name=copy-list]'));
    await expect
      .poll(() => asked('placements.export').at(-1)?.removed)
      .toEqual(['x.example', 'www.x.example']);
  });

  test('of clicks without a placement is shown with its share, and never ticked', async () => {
    const { ready, find, text } = openTab(
      listOf([...ROWS, { id: '{zoneid}', clicks: 2590, conversions: 0, cost: 900, revenue: 0 }]),
    );
    await ready();
    expect(text('[data-unnamed]')).toContain('50 % of the clicks came without a placement');
    expect(find<HTMLInputElement>('[name="tick-{zoneid}"]').disabled).toBe(true);
    expect(text('[name=copy-list]')).toBe('Copy 2 IDs');
  });
});

describe('thresholds', () => {
  test('answer while they move, without another question, and are kept once they rest', async () => {
    const fair = { id: '105', clicks: 900, conversions: 60, cost: 160, revenue: 240 };
    const { ready, find, text, client } = openTab(listOf([...ROWS, fair]));
    await ready();
    expect(text('[data-head]')).toContain('2 to cut');
    const before = client.calls.length;
    const slider = find<HTMLInputElement>('[name=target-roi-slider]');
    slider.value = '100';
    slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await expect.poll(() => text('[data-head]')).toContain('3 to cut');
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 3 IDs');
    expect(client.calls.length).toBe(before);
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    expect(client.calls.at(-1)).toMatchObject({
      name: 'settings.write',
      input: { rules: { targetRoi: 1 } },
    });
  });

  test('have a careful preset for who looks often', async () => {
    const { ready, find, text, client, asked } = openTab(
      listOf([{ id: '1', clicks: 90, conversions: 0, cost: 14, revenue: 0 }, ...ROWS]),
    );
    await ready();
    expect(text('[data-head]')).toContain('3 to cut');
    find<HTMLDetailsElement>('.blacklist details').open = true;
    await userEvent.selectOptions(find('[name=looks]'), 'many');
    await expect.poll(() => text('[data-head]')).toContain('2 to cut');
    expect(client.calls.findLast(({ name }) => name === 'settings.write')).toMatchObject({
      input: { rules: { looks: 'many' } },
    });
    expect(asked('placements.list').at(-1)?.looks).toBe('many');
  });

  test('other than break-even are named for what they are, in money given up and in words', async () => {
    const fair = { id: '105', clicks: 900, conversions: 400, cost: 1000, revenue: 1600 };
    const { find, text } = openTab(listOf([fair, { ...fair, id: '106', cost: 990 }]));
    await expect.poll(() => text('[data-head]')).toContain('0 to cut');
    const field = find<HTMLInputElement>('[name=target-roi]');
    field.value = '100';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await expect
      .poll(() => text('[data-head]'))
      .toMatch(/^2 to cut · forgoes ≈ \$\d+\.\d\d\/day of profit/);
    expect(text('[data-loses]')).toContain('The campaign as a whole misses the target of 100 %');
    expect(text('[data-explained]')).toContain('sure that it misses the target of 100 %.');
    expect(text('.blacklist')).not.toMatch(/loses|break-even/);
  });

  test('say where the campaign as a whole loses', async () => {
    const losers = ROWS.filter(({ id }) => id !== '103');
    const { text } = openTab(listOf(losers));
    await expect.poll(() => text('[data-loses]')).toContain('The campaign as a whole loses');
  });
});

describe('lists', () => {
  test('are copied, and what is new is told', async () => {
    const { ready, find, text } = openTab(listOf(ROWS));
    await ready();
    await userEvent.click(find('[name=copy-list]'));
    await expect.poll(() => text('[data-result]')).toContain('2 IDs copied · 1 new');
    expect(copied.mock.calls).toEqual([['101\n102']]);
  });

  test('of two kinds have buttons of their own', async () => {
    const rows = ROWS.map((row) => (row.id === '102' ? { ...row, id: 'x.example' } : row));
    const { ready, all, asked, client } = openTab(listOf(rows, { format: 'exoclick', kind: null }));
    await ready();
    expect(all('[data-part]').map((part) => part.textContent)).toEqual([
      'ZonesCopy 1 ID.txt.csv',
      'SitesCopy 1 ID.txt.csv',
    ]);
    await userEvent.click(all('[name=copy-list]')[1] ?? document.body);
    await expect.poll(() => asked('placements.export').at(-1)?.part).toBe(1);
    expect(client.calls.at(-1)).toMatchObject({ input: { format: 'exoclick' } });
  });

  test('of nothing are not copied, and the reason is said', async () => {
    const { ready, find, text, asked } = openTab(listOf(ROWS), exported({ part: null, count: 0 }));
    await ready();
    await userEvent.selectOptions(find('[name=format]'), 'richads');
    await expect
      .poll(() => text('[data-result=nothing]'))
      .toBe('Nothing to copy: 2 IDs are digits; RichAds wants 32-character hashes.');
    await userEvent.click(find('[name=copy-list]'));
    await expect.poll(() => asked('placements.export').length).toBe(1);
    expect(text('[data-result]')).toContain('Nothing to copy');
    expect(copied).not.toHaveBeenCalled();
  });

  test.each([
    [
      'en',
      'Nothing to copy: the token holds another kind of ID, “Site IDs”. ExoClick takes: Zones, Sites.',
    ],
    [
      'ru',
      'Копировать нечего: в токене ID другого вида — «ID сайтов». ExoClick принимает: Зоны, Сайты.',
    ],
  ] as const)(
    'of nothing, as the token holds another kind, say so in “%s”',
    async (language, words) => {
      useLanguage(language);
      const list = listOf(ROWS, { source: 'ExoClick', format: 'exoclick', kind: 'siteId' });
      const { text } = openTab(list, exported({ part: null, count: 0 }));
      await expect.poll(() => text('[data-result=nothing]')).toBe(words);
    },
  );

  test('name what they leave out', async () => {
    const rows = [...ROWS, { id: 'x1', clicks: 900, conversions: 0, cost: 40, revenue: 0 }];
    const { ready, text, find } = openTab(listOf(rows));
    await ready();
    expect(text('.blacklist summary')).toBe('More rules');
    const details = find('[data-left-out]');
    expect(details.textContent).toBe('1 left outx1: not a valid ID for this source');
  });
});

describe('fits the panel of 420 px', () => {
  test.each(['en', 'ru'] as const)('in “%s”', async (language) => {
    useLanguage(language);
    const rows = ROWS.map((row) => ({
      ...row,
      id: `31660${row.id}`,
      cost: (row.cost ?? 0) * 30,
      revenue: (row.revenue ?? 0) * 30,
    }));
    const { root, ready, find } = openTab(listOf(rows));
    root.style.inlineSize = '420px';
    root.style.blockSize = '800px';
    await ready();
    const scroller = find('.blacklist .scroll');
    expect(scroller.clientWidth).toBeGreaterThan(300);
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    const body = find('.panel .body');
    expect(body.scrollWidth).toBeLessThanOrEqual(body.clientWidth);
  });
});
