import { beforeEach, expect, test, vi } from 'vitest';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import type { JournalRecord } from '../../lib/journal/record.ts';
import {
  connection,
  fakeClient,
  openRoot,
  record,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const of = (
  id: string,
  order: Partial<JournalRecord['order']>,
  change: Partial<JournalRecord> = {},
): JournalRecord => {
  const base = record(id, change.state ?? 'verified');
  return { ...base, ...change, order: { ...base.order, ...order } };
};

const RECORDS = [
  of(
    '1',
    { campaignName: 'Summer' },
    { seen: 20, confirmedOn: { surface: 'panel', connection: 'k' } },
  ),
  of('2', { campaignName: 'Winter, late' }, { state: 'failed' }),
  of('3', { connection: 'gone', campaignName: '=Autumn' }, { connectionName: 'Old tracker' }),
];

function open(hash = 'view=journal') {
  location.hash = hash;
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => [connection('k')],
    'trackers.list': () => [tracker('k')],
    'settings.read': () => settings,
    'journal.list': () => RECORDS,
    'pauses.list': () => [],
    'marks.list': () => [],
    'journal.read': ({ record: id }) =>
      RECORDS.find((one) => one.id === id) ?? record(id, 'failed'),
  });
  mountDashboard(root, { client, now: () => Date.parse('2026-08-02T12:00:00Z') });
  const find = <E extends HTMLElement>(selector: string) => root.querySelector<E>(selector);
  return {
    root,
    find,
    campaigns: () =>
      [...root.querySelectorAll('tbody tr:not(.spacer) td:nth-child(2)')].map(
        (cell) => cell.textContent,
      ),
    choose(name: string, value: string) {
      const select = find<HTMLSelectElement>(`[name=${name}]`);
      if (select) select.value = value;
      select?.dispatchEvent(new Event('change', { bubbles: true }));
    },
  };
}

test('is filtered by tracker, state and surface, and the filter stays in the address', async () => {
  const { campaigns, choose, find } = open();
  await expect.poll(campaigns).toEqual(['Summer', 'Winter, late', '=Autumn']);
  choose('journal-connection', 'gone');
  await expect.poll(campaigns).toEqual(['=Autumn']);
  choose('journal-connection', '');
  await expect.poll(campaigns).toHaveLength(3);
  choose('journal-state', 'failed');
  await expect.poll(campaigns).toEqual(['Winter, late']);
  expect(location.hash).toContain('state=failed');
  choose('journal-surface', 'panel');
  await expect.poll(() => find('[name=show-all]')).not.toBeNull();
  find('[name=show-all]')?.click();
  await expect.poll(campaigns).toHaveLength(3);
});

test('a removed connection can be chosen by the name that it had', async () => {
  const { campaigns, root } = open();
  await expect.poll(campaigns).toHaveLength(3);
  const names = [...root.querySelectorAll('[name=journal-connection] option')];
  expect(names.map((one) => one.textContent)).toEqual(['All trackers', 'k main', 'Old tracker']);
});

test('opens at a record, with its cost before, ordered and read back', async () => {
  const { find, campaigns } = open('view=journal&record=1&state=failed');
  await expect.poll(() => find('.details h2')?.textContent).toBe('Set cost for 2 days to $20.00');
  expect(find('.details .figures')?.textContent).toMatch(/\$10\.00.*\$20\.00.*\$20\.00/s);
  // It stays open although the filter hides its row.
  expect(campaigns()).toEqual(['Winter, late']);
  find('.details [name=close]')?.click();
  await expect.poll(() => find('.details')).toBeNull();
});

test('is saved as CSV as it is filtered', async () => {
  const saved: Blob[] = [];
  // Following the link would leave the test's page.
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) saved.push(blob);
    return '#';
  });
  const { find, campaigns, choose } = open();
  await expect.poll(campaigns).toHaveLength(3);
  choose('journal-connection', 'gone');
  await expect.poll(campaigns).toHaveLength(1);
  find('[name=save-csv]')?.click();
  await expect.poll(() => saved.length).toBe(1);
  const lines = (await saved[0]?.text())?.split('\r\n') ?? [];
  expect(lines).toHaveLength(3);
  expect(lines[1]).toBe(
    "1970-01-01T00:00:00.000Z,K,Old tracker,12,'=Autumn,2026-08-01,2026-08-02,Europe/Madrid,All clicks,USD,10,20,,Verified,",
  );
});
