import { beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Exported, PlacementList } from '../../lib/contract/blacklist.ts';
import { type ProtectedId, withProtected } from '../../lib/sources/protected-ids.ts';
import { listOf, openBlacklistTab, useClipboard } from './blacklist-tab.ts';
import { useEnglish, useLanguage } from './fixtures.ts';
import { ROWS } from './placement-rows.ts';

beforeEach(useEnglish);
const copied = useClipboard();

const exported = (change: Partial<Exported> = {}): Exported => ({
  part: { kind: 'zone', count: 2, text: '101\n102', csv: '', name: 'x', fresh: 1 },
  count: 2,
  leftOut: [],
  nothing: null,
  notes: [],
  ...change,
});

/** The tab over a background with this list, which keeps what is protected. */
function openTab(list: PlacementList, answer: Exported = exported()) {
  let kept: ProtectedId[] = [];
  return openBlacklistTab({
    'placements.list': () => list,
    'placements.export': () => answer,
    'protected.list': () => kept,
    'protected.set': ({ on, ...one }) => {
      kept = withProtected(kept, one, on);
      return kept;
    },
  });
}

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
