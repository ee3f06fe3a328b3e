import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import type { ProtectedId } from '../../lib/sources/protected-ids.ts';
import type { Blocked } from '../../lib/sources/unblock.ts';
import { listOf, NOW, openBlacklistTab, useClipboard } from './blacklist-tab.ts';
import { settings, useEnglish, useLanguage } from './fixtures.ts';
import { ROWS, type Row } from './placement-rows.ts';

const DAYS = { from: '2026-08-07', to: '2026-08-18', zone: 'UTC' };

beforeEach(useEnglish);
const copied = useClipboard();

/** Was cut on these days, on $40 without a conversion. */
const cut = (id: string, change: Partial<Blocked> = {}): Blocked => ({
  id,
  judged: { id, clicks: 9, conversions: 0, cost: 40, revenue: 0, verdict: 'cut', loser: 0.99 },
  kind: 'zone',
  slot: 1,
  days: DAYS,
  currency: 'USD',
  ...change,
});

/** The blacklist tab over a background whose ledger blocks these placements. */
function openTab({
  blocked,
  rows = ROWS,
  change = {},
  protectedIds = [],
  theme = 'light',
}: {
  blocked: readonly Blocked[];
  rows?: readonly Row[];
  change?: Partial<PlacementList>;
  protectedIds?: ProtectedId[];
  theme?: 'light' | 'dark';
}) {
  let known = blocked;
  const list = listOf(rows, { judged: DAYS, slot: { slot: 1, from: 'template' }, ...change });
  const tab = openBlacklistTab(
    {
      'protected.list': () => protectedIds,
      'placements.list': () => list,
      'placements.blocked': () => known,
      'placements.unblock': ({ ids }) => {
        known = known.filter(({ id }) => !ids.includes(id));
        return ids.length;
      },
      'journal.list': () => [],
      'pauses.list': () => [],
      'marks.list': () => [],
      'exports.list': () =>
        [false, true].map((unblock) => ({
          id: `list ${unblock}`,
          at: NOW,
          connection: 'k',
          campaignId: '12',
          campaignName: 'Summer',
          format: 'propellerads',
          range: DAYS,
          rules: { ...settings.rules, payout: null },
          ids: ['103'],
          unblock,
        })),
    },
    { theme },
  );
  return {
    ...tab,
    ready: () => expect.poll(() => tab.text('[name=copy-list]')).toBe('Copy 2 IDs'),
    sent: () => tab.client.calls.filter(({ name }) => name === 'placements.unblock'),
  };
}

describe('a placement of an earlier list that late conversions speak for', () => {
  test('is shown with its figures of then and now', async () => {
    const { text } = openTab({ blocked: [cut('103'), cut('104'), cut('101')] });
    await expect
      .poll(() => text('[data-unblock] summary'))
      .toBe('2 placements on your earlier lists no longer need blocking');
    expect(text('[data-unblock]')).toContain(
      '103: 0 conversions, $0.00 on $40.00, Cut → 40 conversions, $160.00 on $60.00, Keep',
    );
    expect(text('[data-unblock]')).toContain('$4.00 on $4.00, Wait');
    expect(text('[data-unblock-lists]')).toContain('Take them off the list at the source.');
  });

  test('that only a rule of thumb had put there says so', async () => {
    const { judged } = cut('103');
    const byRule = cut('103', { judged: { ...judged, verdict: 'wait', byRule: true } });
    const { text } = openTab({ blocked: [byRule] });
    await expect
      .poll(() => text('[data-unblock]'))
      .toContain('103: 0 conversions, $0.00 on $40.00, Rule → 40 conversions');
  });

  test('is copied, enters the ledger, and is not shown again', async () => {
    const { find, text, has, sent } = openTab({ blocked: [cut('103'), cut('104')] });
    await expect.poll(() => text('[name=copy-unblock]')).toBe('Copy un-block list: 2 IDs');
    await userEvent.click(find('[name=copy-unblock]'));
    await expect.poll(() => text('[data-unblocked]')).toContain('2 IDs copied');
    expect(copied.mock.calls).toEqual([['103\n104']]);
    expect(sent().map(({ input }) => input)).toMatchObject([
      { connection: 'k', campaignId: '12', format: 'propellerads', ids: ['103', '104'] },
    ]);
    await expect.poll(() => has('[data-unblock]')).toBe(false);
  });

  test('stays blocked in the ledger if the list could not be copied', async () => {
    copied.mockRejectedValue(new Error('no'));
    const command = vi.spyOn(document, 'execCommand').mockReturnValue(false);
    const { find, text, has, sent } = openTab({ blocked: [cut('103')] });
    await expect.poll(() => has('[name=copy-unblock]')).toBe(true);
    await userEvent.click(find('[name=copy-unblock]'));
    await expect.poll(() => text('.notice.error')).not.toBe('');
    expect(sent()).toEqual([]);
    expect(has('[data-unblock]')).toBe(true);
    command.mockRestore();
  });

  test('is left out of the next list where that replaces the old one', async () => {
    const { text } = openTab({
      blocked: [cut('a-b', { kind: 'publisher' })],
      rows: [...ROWS, { id: 'a-b', clicks: 9, conversions: 40, cost: 60, revenue: 160 }],
      change: { source: 'Taboola', format: 'taboola', kind: 'publisher' },
    });
    await expect.poll(() => text('[data-unblock-lists]')).toContain('leave them out of the next');
  });

  test('is in a list of its kind', async () => {
    const { root, text } = openTab({
      blocked: [cut('103'), cut('x.example', { kind: 'site' })],
      rows: [...ROWS, { id: 'x.example', clicks: 9, conversions: 40, cost: 60, revenue: 160 }],
      change: { source: 'ExoClick', format: 'exoclick', kind: null },
    });
    await expect.poll(() => text('[data-unblock-part=site]')).toContain('1 ID');
    expect(root.querySelectorAll('[name=copy-unblock]')).toHaveLength(2);
  });
});

test('a protected placement is shown with that reason, though no report names it', async () => {
  const { text } = openTab({
    blocked: [cut('999')],
    protectedIds: [{ format: 'propellerads', id: '999' }],
  });
  await expect
    .poll(() => text('[data-unblock]'))
    .toContain('999: 0 conversions, $0.00 on $40.00, Cut → not in this report · protected');
});

test('where nothing speaks for any, nothing is shown', async () => {
  const { ready, has } = openTab({ blocked: [cut('101'), cut('999')] });
  await ready();
  expect(has('[data-unblock-lists]')).toBe(false);
  expect(has('[data-unblock-untold]')).toBe(false);
});

test('what the user puts on the list by hand is not proposed', async () => {
  const { find, text } = openTab({ blocked: [cut('103'), cut('104')] });
  await expect.poll(() => text('[data-unblock] summary')).toContain('2 placements');
  await userEvent.click(find('[name=tick-103]'));
  await expect.poll(() => text('[data-unblock] summary')).toContain('1 placement');
});

test('the history tells lists to unblock from those to block', async () => {
  const { root, ready, find } = openTab({ blocked: [] });
  await ready();
  await userEvent.click(find('[data-tab=history]'));
  const lists = () => [...root.querySelectorAll('li')].map((item) => item.textContent);
  await expect.poll(() => lists().length).toBe(2);
  expect(lists()[0]).toMatch(/1 placement$/);
  expect(lists()[1]).toMatch(/1 placement · un-block list$/);
});

describe('placements that were judged on other days', () => {
  test('are counted, not judged, and their days can be shown', async () => {
    const days = { ...DAYS, from: '2026-08-01' };
    const { find, text, has, client } = openTab({ blocked: [cut('103', { days })] });
    await expect
      .poll(() => text('[data-unblock-untold]'))
      .toContain('1 placement on your earlier lists was judged on other days');
    expect(has('[data-unblock]')).toBe(false);
    expect(text('[name=unblock-days]')).toBe('Show Aug 1 – Aug 20');
    await userEvent.click(find('[name=unblock-days]'));
    const range = { from: '2026-08-01', to: '2026-08-20', zone: 'UTC' };
    await expect
      .poll(() => client.calls.findLast(({ name }) => name === 'placements.list')?.input)
      .toMatchObject({ range });
    // Days that the figures do not cover although they were asked for: no further offer.
    await expect.poll(() => has('[data-unblock-untold]')).toBe(false);
  });

  test('more than 60 days ago are let be', async () => {
    const days = { ...DAYS, from: '2026-06-21' };
    const { ready, has } = openTab({ blocked: [cut('103', { days })] });
    await ready();
    expect(has('[data-unblock-untold]')).toBe(false);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(['en', 'ru'] as const)('axe finds nothing in “%s”, and all fits 420 px', async (of) => {
    useLanguage(of);
    const days = { ...DAYS, from: '2026-08-01' };
    const { root, find, has } = openTab({
      blocked: [cut('103'), cut('104'), cut('102', { days })],
      theme,
    });
    root.style.inlineSize = '420px';
    root.style.blockSize = '800px';
    await expect.poll(() => has('[data-unblock]')).toBe(true);
    await userEvent.click(find('[data-unblock] summary'));
    const body = find('.panel .body');
    expect(body.scrollWidth).toBeLessThanOrEqual(body.clientWidth);
    const { violations } = await axe.run(find('.blacklist'), {
      rules: { region: { enabled: false } },
    });
    expect(violations).toEqual([]);
  });
});
