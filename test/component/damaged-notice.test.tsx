import { expect, test } from 'vitest';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountOptions } from '../../components/options/mount.tsx';
import type { Input } from '../../lib/contract/calls.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { connection, fakeAccess, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

const damagedIn = (list: string, count: number) =>
  fakeClient({
    'connections.list': () => [connection('a')],
    'trackers.list': () => [tracker('keitaro')],
    'managed.read': () => ({ forbidden: [], problems: [] }),
    'storage.read': () => ({ retention: 'profile' }),
    'journal.list': () => [],
    'exports.list': () => [],
    'links.list': () => [],
    'storage.damaged': (input) => (Object(input).list === list ? count : 0),
  });

type List = Input<'storage.damaged'>['list'];
const dashboard = (root: HTMLElement, client: OpenClient) =>
  mountDashboard(root, { client, now: () => 0 });
const PLACES: ReadonlyArray<[List, string, (root: HTMLElement, client: OpenClient) => void]> = [
  [
    'connections',
    '',
    (root, client) => mountOptions(root, { client, shortcuts: async () => [], ...fakeAccess() }),
  ],
  ['journal', 'view=journal', dashboard],
  ['exports', 'view=lists', dashboard],
  ['links', 'view=compare', dashboard],
];

test.each(PLACES)(
  'how many of %s are damaged is said where they are listed',
  async (list, hash, mount) => {
    useEnglish();
    location.hash = hash;
    const root = openRoot('');
    mount(root, damagedIn(list, 2));
    await expect
      .poll(() => root.querySelector(`[data-damaged=${list}]`)?.textContent)
      .toMatch(/^2 stored entries are damaged/);
  },
);

test.each(PLACES)('nothing is said of %s where all can be read', async (list, hash, mount) => {
  useEnglish();
  location.hash = hash;
  const root = openRoot('');
  const client = damagedIn(list, 0);
  mount(root, client);
  await expect.poll(() => client.calls.map(({ name }) => name)).toContain('storage.damaged');
  expect(root.querySelector('[data-damaged]')).toBeNull();
});
