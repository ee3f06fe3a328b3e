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
    'placements.list': () => list,
    'placements.export': () => ({ part: null, count: 0, leftOut: [], nothing: null, notes: [] }),
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
