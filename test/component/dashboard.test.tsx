import { beforeEach, expect, test } from 'vitest';
import style from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import type { JournalRecord } from '../../lib/journal/record.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import {
  connection,
  fakeClient,
  openRoot,
  record,
  report,
  settings,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

/** Each connection has clicks of its own. */
const CLICKS: Readonly<Record<string, number>> = { k: 1000, b: 200, r: 30 };

function open(order: string[], records: JournalRecord[] = []) {
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => order.map((id) => connection(id)),
    'connections.order': ({ ids }) => {
      order = ids;
      return null;
    },
    'trackers.list': () => order.map((id) => tracker(id)),
    'links.list': () => [],
    'settings.read': () => settings,
    'formats.list': () => [],
    'campaigns.figures': ({ connection: id }) => ({
      report: report([
        {
          values: [{ id: '1', name: 'Summer' }],
          metrics: metricsOf({ clicks: CLICKS[id] ?? 0, conversions: 1, cost: 1, revenue: 1 }),
        },
      ]),
      problem: null,
    }),
    'journal.list': () => records,
  });
  mountDashboard(root, { client, now: () => Date.parse('2026-08-02T12:00:00Z') });
  return { root, client, reorder: (ids: string[]) => client.call('connections.order', { ids }) };
}

/** The first row's clicks, by the name of the connection over them. */
function clicksByName(root: HTMLElement): Record<string, string> {
  const cells = root.querySelectorAll('tbody tr:not(.spacer) td');
  return Object.fromEntries(
    [...root.querySelectorAll('thead tr:last-child th')].flatMap((head, column) => {
      const name = head.querySelector('.badge')?.getAttribute('aria-label');
      const label = head.querySelector('button')?.title;
      return name && label?.endsWith('Clicks') ? [[name, cells[column]?.textContent ?? '']] : [];
    }),
  );
}
const OF_EACH = { 'k main': '1,000', 'b main': '200', 'r main': '30' };

test('figures stay under their own tracker when connections are put in another order', async () => {
  const { root, client, reorder } = open(['k', 'b', 'r']);
  await expect.poll(() => clicksByName(root)).toEqual(OF_EACH);
  const names = () =>
    [...root.querySelectorAll('.chip')].map((chip) => chip.getAttribute('data-connection'));
  const asked = client.calls.length;
  await reorder(['k', 'r', 'b']);
  await expect.poll(names).toEqual(['k main', 'r main', 'b main']);
  expect(clicksByName(root)).toEqual(OF_EACH);
  // The figures are the same: nobody is asked for them again.
  expect(client.calls.slice(asked).map(({ name }) => name)).not.toContain('campaigns.figures');
});

test('work on a campaign stays on its connection when connections are put in another order', async () => {
  const { root, reorder } = open(['k', 'b', 'r']);
  await expect.poll(() => clicksByName(root)).toEqual(OF_EACH);
  root.querySelector<HTMLElement>('tbody tr:not(.spacer)')?.click();
  const buttons = () => root.querySelectorAll<HTMLElement>('[name=work]');
  await expect.poll(() => buttons().length).toBe(3);
  buttons()[1]?.click();
  const title = () => root.querySelector('.details h2')?.textContent;
  await expect.poll(title).toContain('b main');
  await reorder(['k', 'r', 'b']);
  await expect
    .poll(() => root.querySelector('.chip:nth-child(2)')?.getAttribute('data-connection'))
    .toBe('r main');
  expect(title()).toContain('b main');
});

test('the journal shows what has become of a record, without being asked to', async () => {
  const records = [record('1', 'accepted')];
  const { root, client } = open(['k'], records);
  location.hash = '#view=journal';
  const states = () =>
    [...root.querySelectorAll('[data-state]')].map((one) => one.getAttribute('data-state'));
  await expect.poll(states).toEqual(['accepted']);
  root.querySelector<HTMLElement>('tbody tr:not(.spacer)')?.click();
  await expect.poll(states).toEqual(['accepted', 'accepted']);
  records[0] = record('1', 'verified');
  client.change('journal.list', 'journal.read');
  await expect.poll(states).toEqual(['verified', 'verified']);
  expect(root.querySelector('[name=undo-cost]')).not.toBeNull();
});
