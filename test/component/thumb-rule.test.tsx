import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Thresholds } from '../../lib/blacklist/rule-settings.ts';
import type { Condition, ThumbRule } from '../../lib/blacklist/thumb-rule.ts';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import { listOf, openBlacklistTab } from './blacklist-tab.ts';
import { settings, useEnglish, useLanguage } from './fixtures.ts';
import type { Row } from './placement-rows.ts';

beforeEach(useEnglish);

const RANGE = { from: '2026-08-07', to: '2026-08-20', zone: 'UTC' };

/** Two that lose, one that earns, two that wait; a conversion pays 4. */
const ROWS: readonly Row[] = [
  {
    id: '101',
    clicks: 900,
    conversions: 0,
    cost: 40,
    revenue: 0,
    landerViews: 90,
    landerClicks: 9,
  },
  {
    id: '102',
    clicks: 700,
    conversions: 1,
    cost: 30,
    revenue: 4,
    landerViews: 70,
    landerClicks: 9,
  },
  {
    id: '103',
    clicks: 900,
    conversions: 40,
    cost: 60,
    revenue: 160,
    landerViews: 90,
    landerClicks: 9,
  },
  { id: '104', clicks: 90, conversions: 0, cost: 5, revenue: 0, landerViews: 9, landerClicks: 0 },
  { id: '105', clicks: 90, conversions: 1, cost: 4, revenue: 4, landerViews: 9, landerClicks: 1 },
];
const NONE: Condition = { measure: 'conversions', is: 'atMost', value: 0 };
const spent = (value: number): Condition => ({ measure: 'spent', is: 'atLeast', value });

/** The blacklist tab with the fold of the rule open. */
async function openFold({
  rules = {},
  rows = ROWS,
  change = {},
  fixedRules = [],
  theme = 'light' as const,
}: {
  rules?: Partial<Thresholds>;
  rows?: readonly Row[];
  change?: Partial<PlacementList>;
  fixedRules?: ReadonlyArray<keyof Thresholds>;
  theme?: 'light' | 'dark';
} = {}) {
  const view = {
    ...settings,
    panelTab: 'blacklist',
    rules: { ...settings.rules, ...rules },
    fixedRules,
  };
  const list = listOf(rows, {
    judged: RANGE,
    days: 14,
    slot: { slot: 1, from: 'template' },
    ...change,
  });
  const tab = openBlacklistTab(
    {
      'placements.list': () => list,
      'placements.blocked': () => [],
      'placements.export': () => ({ part: null, count: 0, leftOut: [], nothing: null, notes: [] }),
      'settings.write': () => view,
    },
    { theme, settings: view },
  );
  const { root, client, text } = tab;
  const find = tab.find<HTMLInputElement>;
  await expect.poll(() => root.querySelector('[data-thumb]')).not.toBeNull();
  await expect.poll(() => text('[data-head]')).toMatch(/\d/);
  await userEvent.click(find('[data-thumb] summary'));
  return {
    ...tab,
    find,
    focused: () => document.activeElement?.getAttribute('name'),
    ticked: () =>
      [...root.querySelectorAll<HTMLInputElement>('[name^=tick-]:checked')]
        .map(({ name }) => name.slice('tick-'.length))
        .toSorted(),
    /** The rules as they were last kept. */
    kept: () =>
      client.calls.findLast(({ name }) => name === 'settings.write')?.input as
        | { readonly rules: Thresholds }
        | undefined,
  };
}

describe('a rule of thumb', () => {
  test('is begun by a usual one, and says what it picks and how sure it is', async () => {
    const { find, text, has, kept, focused } = await openFold();
    expect(has('[data-amounts]')).toBe(false);
    await userEvent.click(find('[name=thumb-spent-2]'));
    await expect
      .poll(() => text('[data-amounts]'))
      .toMatch(/^Picks 1 placement · on average >?\d\d\.?\d? % sure · ~0(\.\d+)? likely false/);
    // 104 has spent 5, which is a payout and a quarter.
    await userEvent.fill(find('[name=thumb-value-0-0]'), '1');
    await expect.poll(() => text('[data-amounts]')).toMatch(/^Picks 2 placements/);
    expect(text('[data-amounts]')).toContain('Cut 1 · Wait 1');
    expect(text('[data-edge]')).toMatch(/^At its edge: 63 % sure by its own figures, \d\d % with/);
    expect(kept()?.rules.thumbRule).toEqual([[spent(2), NONE]]);
    await userEvent.tab();
    expect(kept()?.rules.thumbRule).toEqual([[spent(1), NONE]]);
    expect(focused()).toBe('thumb-remove-0-0');
  });

  test('answers while its figure is typed, without another question', async () => {
    const { find, text, client, kept } = await openFold({
      rules: { thumbRule: [[spent(2), NONE]] },
    });
    const asked = () =>
      client.calls.filter(({ name }) => /^(placements.list|settings)/.test(name)).length;
    await expect.poll(() => text('[data-edge]')).toContain('86 % sure');
    const before = asked();
    const value = find('[name=thumb-value-0-0]');
    value.value = '3';
    value.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await expect.poll(() => text('[data-edge]')).toContain('95 % sure');
    // What the field does not take changes nothing.
    for (const wrong of ['', '-1', '1e99']) {
      value.value = wrong;
      value.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await expect.poll(() => value.getAttribute('aria-invalid')).toBe('true');
      expect(text('[data-edge]')).toContain('95 % sure');
    }
    expect(asked()).toBe(before);
    value.dispatchEvent(new Event('change', { bubbles: true }));
    await expect.poll(() => value.value).toBe('3');
    expect(kept()?.rules.thumbRule).toEqual([[spent(3), NONE]]);
  });

  test('is built by keyboard: conditions with “and”, groups with “or”, each taken away again', async () => {
    const { find, text, has, kept, focused } = await openFold();
    find('[name=thumb-own]').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('thumb-value-0-0');
    find('[name=thumb-and-0]').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('thumb-value-0-2');
    await userEvent.selectOptions(find('[name=thumb-measure-0-2]'), 'cost');
    await userEvent.selectOptions(find('[name=thumb-is-0-2]'), 'above');
    await userEvent.fill(find('[name=thumb-value-0-2]'), '4.5');
    await userEvent.tab();
    find('[name=thumb-roi]').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('thumb-value-1-0');
    expect(kept()?.rules.thumbRule).toEqual([
      [spent(2), NONE, { measure: 'cost', is: 'above', value: 4.5, currency: 'USD' }],
      [spent(1), { measure: 'roi', is: 'below', value: -0.3 }],
    ]);
    expect(find('[name=thumb-value-1-1]').value).toBe('-30');
    expect(text('[data-group="1"] [data-group-edge]')).toBe('41 % sure at its edge');
    expect(find('[name=thumb-roi]').disabled).toBe(true);

    find('[name=thumb-remove-0-2]').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('thumb-remove-0-1');
    for (const name of ['thumb-remove-0-1', 'thumb-remove-0-0']) {
      find(`[name=${name}]`).focus();
      await userEvent.keyboard('{Enter}');
    }
    // The group has gone with its last condition.
    await expect.poll(focused).toBe('thumb-own');
    expect(has('[data-group="1"]')).toBe(false);
    expect(kept()?.rules.thumbRule).toEqual([
      [spent(1), { measure: 'roi', is: 'below', value: -0.3 }],
    ]);
  });

  test('has five groups of five conditions at most', async () => {
    const group = [...Array<Condition>(5)].map((_, at) => spent(at));
    const { find } = await openFold({ rules: { thumbRule: [...Array(5)].map(() => group) } });
    for (const name of ['own', 'spent-2', 'roi', 'and-0', 'and-4']) {
      expect(find(`[name=thumb-${name}]`).disabled, name).toBe(true);
    }
  });

  test('of usual ones has those that the campaign has figures for, with these', async () => {
    const { find, text, has, kept } = await openFold();
    // 2,680 clicks brought 42 conversions, and 268 views 28 lander clicks.
    expect(text('[name=thumb-clicks]')).toBe('64+ clicks (1/CR), no conversion');
    expect(text('[name=thumb-lander]')).toBe('28+ lander views, no click');
    await userEvent.click(find('[name=thumb-clicks]'));
    await expect
      .poll(() => kept()?.rules.thumbRule)
      .toEqual([[{ measure: 'clicks', is: 'atLeast', value: 64 }, NONE]]);
    expect(has('[data-edge]')).toBe(true);
    const bare = [{ id: '1', clicks: 90, conversions: 0, cost: 4, revenue: 0 }];
    const other = await openFold({ rows: bare, change: { payout: 4 } });
    expect(other.has('[name=thumb-clicks]')).toBe(false);
    expect(other.has('[name=thumb-lander]')).toBe(false);
    expect(other.has('[name=thumb-spent-3]')).toBe(true);
  });
});

describe('what cannot be told is said', () => {
  const LANDER: ThumbRule = [
    [
      { measure: 'landerViews', is: 'atLeast', value: 9 },
      { measure: 'landerCtr', is: 'atMost', value: 0 },
    ],
  ];

  test('a rule on the lander says nothing about losing, and yet how sure its picks are', async () => {
    const { text } = await openFold({ rules: { thumbRule: LANDER } });
    await expect.poll(() => text('[data-edge]')).toMatch(/^Says nothing about losing/);
    expect(text('[data-amounts]')).toMatch(/^Picks 1 placement · on average \d\d % sure/);
  });

  test('a part of it does', async () => {
    const { text } = await openFold({ rules: { thumbRule: [[spent(2), NONE], ...LANDER] } });
    await expect.poll(() => text('[data-edge]')).toMatch(/^One of its groups says nothing/);
    expect(text('[data-group="1"] [data-group-edge]')).toBe('says nothing about losing');
  });

  test('nobody knows the payout', async () => {
    const rows = ROWS.map(({ revenue: _, ...row }) => ({ ...row, conversions: 0 }));
    const { text } = await openFold({ rows, rules: { thumbRule: [[spent(2), NONE]] } });
    await expect
      .poll(() => text('[data-edge]'))
      .toMatch(/^Without a payout, how sure it is can’t be told/);
    expect(text('[data-amounts]')).toMatch(/^Picks no placement/);
  });

  test('no verdict tells what it picks', async () => {
    const rows = ROWS.map(({ revenue: _, ...row }) => ({ ...row, conversions: 0 }));
    const { text, find } = await openFold({ rows, rules: { thumbRule: LANDER } });
    await expect
      .poll(() => text('[data-amounts]'))
      .toMatch(/^Picks 1 placement · how sure it is can’t be told/);
    expect(text('[data-amounts]')).toContain('Cannot tell 1');
    await userEvent.selectOptions(find('[name=list-by]'), 'rule');
    await expect
      .poll(() => text('[data-head]'))
      .toBe('1 to cut · by your rule alone: 1 · can’t be judged: 1');
    expect(text('[data-standing=byRule]')).toBe('Rule –');
  });

  test('clicks had no time to convert', async () => {
    const rows = ROWS.map((row) => (row.id === '101' ? { ...row, ripeCost: 4 } : row));
    const { text, has } = await openFold({ rows, rules: { thumbRule: [[spent(2), NONE]] } });
    await expect
      .poll(() => text('[data-young]'))
      .toBe('1 of them is picked only because of clicks that haven’t had time to convert.');
    const whole = await openFold({ rules: { thumbRule: [[spent(2), NONE]] } });
    expect([has('[data-young]'), whole.has('[data-young]')]).toEqual([true, false]);
  });

  test('money comes in millions, as in rupiah', async () => {
    const cost = { measure: 'cost', is: 'atLeast', value: 1, currency: 'USD' } as const;
    const { find, kept } = await openFold({ rules: { thumbRule: [[cost, NONE]] } });
    await userEvent.fill(find('[name=thumb-value-0-0]'), '40000000');
    await userEvent.tab();
    await expect
      .poll(() => kept()?.rules.thumbRule?.[0]?.[0])
      .toEqual({ ...cost, value: 40_000_000 });
  });

  test('money is in another currency', async () => {
    const euros = { measure: 'cost', is: 'atLeast', value: 1, currency: 'EUR' } as const;
    const { text, find } = await openFold({ rules: { thumbRule: [[euros, NONE]] } });
    await expect.poll(() => text('[data-amounts]')).toContain('in another currency');
    expect(text('[data-amounts]')).toMatch(/^Picks no placement/);
    expect(find('[data-group="0"] .condition').textContent).toContain('EUR');
  });
});

describe('the list', () => {
  const rules = { thumbRule: [[spent(1), NONE]] };

  test('is by the verdicts until another is chosen', async () => {
    const { ticked, text, find, kept, has } = await openFold({ rules });
    expect(ticked()).toEqual(['101', '102']);
    expect(has('[data-standing=byRule]')).toBe(false);
    await userEvent.selectOptions(find('[name=list-by]'), 'either');
    await expect.poll(ticked).toEqual(['101', '102', '104']);
    expect(text('[data-head]')).toMatch(/^3 to cut · .* · by your rule alone: 1$/);
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 3 IDs');
    expect(kept()?.rules).toMatchObject({ listBy: 'either', ...rules });
    await userEvent.selectOptions(find('[name=list-by]'), 'both');
    await expect.poll(ticked).toEqual(['101']);
    await userEvent.selectOptions(find('[name=list-by]'), 'rule');
    await expect.poll(ticked).toEqual(['101', '104']);
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 2 IDs');
    expect(text('[data-thumb] summary')).toBe('Rule of thumb · 2 placements · by the rule alone');
  });

  test('never calls a placement cut that only the rule has put there', async () => {
    const { root, find, text } = await openFold({ rules: { ...rules, listBy: 'rule' } });
    await expect.poll(() => text('[data-standing=byRule]')).toMatch(/^Rule \d\d % ?$/);
    const sure = text('[data-standing=byRule]').replace('Rule ', '');
    expect(find('[data-standing=byRule]').dataset.verdict).toBe('wait');
    const rows = [...root.querySelectorAll('tbody tr')];
    const row = rows.find(({ textContent }) => textContent?.includes('104'));
    await userEvent.click(row ?? document.body);
    await expect
      .poll(() => text('[data-explained]'))
      .toContain(`104: On the list by your rule: ${sure} sure.`);
    // And one that the verdict cuts and the rule leaves is said not to be on it.
    const spared = rows.find(({ textContent }) => textContent?.includes('102'));
    await userEvent.click(spared ?? document.body);
    await expect.poll(() => text('[data-explained]')).toContain('Not on the list, as your rule');
  });

  test('takes ticks on top, and tells the background all of it', async () => {
    const { find, text, ticked, client } = await openFold({ rules: { ...rules, listBy: 'rule' } });
    await expect.poll(ticked).toEqual(['101', '104']);
    await userEvent.click(find('[name=tick-104]'));
    await userEvent.click(find('[name=tick-102]'));
    await expect.poll(ticked).toEqual(['101', '102']);
    expect(text('[data-ticks]')).toContain('1 added, 1 removed');
    await expect.poll(() => text('[name=copy-list]')).toBe('Copy 2 IDs');
    await userEvent.click(find('[name=copy-list]'));
    await expect
      .poll(() => client.calls.find(({ name }) => name === 'placements.export')?.input)
      .toMatchObject({ settings: { ...rules, listBy: 'rule' }, added: ['102'], removed: ['104'] });
  });

  test('is by the verdicts again once the rule has gone', async () => {
    const own = { thumbRule: [[NONE]], listBy: 'rule' } as const;
    const { find, ticked, kept, has } = await openFold({ rules: own });
    await expect.poll(ticked).toEqual(['101', '104']);
    await userEvent.click(find('[name=thumb-remove-0-0]'));
    await expect.poll(ticked).toEqual(['101', '102']);
    expect(has('[name=list-by]')).toBe(false);
    expect(kept()?.rules).toMatchObject({ thumbRule: [], listBy: 'verdict' });
  });
});

test('what an administrator fixes is shown and cannot be changed', async () => {
  const rules = { thumbRule: [[spent(1), NONE]], listBy: 'both' } as const;
  const { find, text, has } = await openFold({ rules, fixedRules: ['thumbRule', 'listBy'] });
  expect(text('[data-thumb]')).toContain('set by your administrator');
  expect(find('[name=thumb-value-0-0]').matches(':disabled')).toBe(true);
  expect(find('[name=thumb-remove-0-0]').matches(':disabled')).toBe(true);
  expect(find('[name=list-by]').matches(':disabled')).toBe(true);
  expect(has('[name=thumb-own]')).toBe(false);
});

test.each([
  ['en', 'light', 420],
  ['ru', 'light', 420],
  ['ru', 'dark', 320],
] as const)('fits and can be used by all: %s, %s, %d px', async (language, theme, width) => {
  useLanguage(language);
  const euros = { measure: 'epc', is: 'below', value: 0.0125, currency: 'EUR' } as const;
  const thumbRule = [
    [spent(1), NONE, euros],
    [{ measure: 'roi', is: 'below', value: -0.3 }],
  ] as const;
  const { root, find } = await openFold({ theme, rules: { thumbRule, listBy: 'either' } });
  root.lang = language;
  root.style.inlineSize = `${width}px`;
  root.style.blockSize = '800px';
  const body = find('.panel .body');
  await expect.poll(() => body.scrollWidth - body.clientWidth).toBeLessThanOrEqual(0);
  for (const condition of root.querySelectorAll('.condition')) {
    expect(condition.scrollWidth).toBeLessThanOrEqual(condition.clientWidth);
  }
  const { violations } = await axe.run(find('[data-thumb]'));
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
