import { expect, test } from 'vitest';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountOptions } from '../../components/options/mount.tsx';
import { mountPopup } from '../../components/popup/mount.tsx';
import type { Answers } from '../../lib/contract/calls.ts';
import type { Problem } from '../../lib/errors.ts';
import { CrosstrackError } from '../../lib/errors.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { fakeClient, openRoot, useEnglish } from './fixtures.ts';

const background = (retention: Answers['storage.read']['retention']) =>
  fakeClient({
    'connections.list': () => [],
    'trackers.list': () => [],
    'managed.read': () => ({ forbidden: [], problems: [] }),
    'page.guess': () => null,
    'storage.read': () => ({ retention }),
  });

const now = () => Date.UTC(2026, 7, 1);
const requestHosts = async () => true;
const surfaces: ReadonlyArray<[string, (root: HTMLElement, client: OpenClient) => void]> = [
  [
    'options',
    (root, client) => mountOptions(root, { client, requestHosts, shortcuts: async () => [] }),
  ],
  ['popup', (root, client) => mountPopup(root, { client, now, connect() {}, requestHosts })],
  ['dashboard', (root, client) => mountDashboard(root, { client, now })],
];

test.each(surfaces)(
  '%s says once that nothing outlives the browser, and what to do',
  async (_, mount) => {
    useEnglish();
    const root = openRoot('');
    mount(root, background('private'));
    await expect.poll(() => root.querySelectorAll('[data-retention=private]').length).toBe(1);
    const text = root.querySelector('[data-retention]')?.parentElement?.textContent;
    expect(text).toMatch(
      /never remember history\..*History and choose “Remember history”\..*“Export with keys”/,
    );
  },
);

test.each(surfaces)('%s says nothing where all is kept', async (_, mount) => {
  useEnglish();
  const root = openRoot('');
  const client = background('profile');
  mount(root, client);
  await expect.poll(() => client.calls.some(({ name }) => name === 'storage.read')).toBe(true);
  await expect.poll(() => root.querySelector('button[name="demo-add"]')).not.toBeNull();
  expect(root.querySelector('[data-retention]')).toBeNull();
});

test.each(surfaces)('%s says what is wrong where nothing can be kept', async (_, mount) => {
  useEnglish();
  const root = openRoot('');
  const problem: Problem = { kind: 'unsupported', text: 'problem_no_storage' };
  const call = () => Promise.reject(new CrosstrackError(problem));
  mount(root, { ...background('profile'), call });
  await expect.poll(() => root.textContent).toContain("doesn't let Crosstrack store anything");
  expect(root.textContent).not.toContain('Something went wrong');
});
