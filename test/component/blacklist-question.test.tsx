import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import { listOf, openBlacklistTab } from './blacklist-tab.ts';
import { useEnglish } from './fixtures.ts';
import { ROWS } from './placement-rows.ts';

beforeEach(useEnglish);

/** The tab over a background with this list. */
const openTab = (list: PlacementList) =>
  openBlacklistTab({
    'placements.list': ({ slot }) =>
      slot === null ? list : { ...list, slot: { slot, from: 'chosen' } },
    'placements.token': () => null,
    'placements.restart': () => null,
    'placements.payout': () => null,
  });

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
