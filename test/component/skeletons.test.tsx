import { beforeEach, expect, test } from 'vitest';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountOptions } from '../../components/options/mount.tsx';
import optionsStyle from '../../components/options/options.css?inline';
import { mountPopup } from '../../components/popup/mount.tsx';
import popupStyle from '../../components/popup/popup.css?inline';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { connection, fakeAccess, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const now = () => 0;
const SURFACES = [
  {
    name: 'popup',
    style: popupStyle,
    open: (root: HTMLElement, client: ReturnType<typeof fakeClient>) =>
      mountPopup(root, { client, now, connect: () => {}, ...fakeAccess() }),
  },
  {
    name: 'options page',
    style: optionsStyle,
    open: (root: HTMLElement, client: ReturnType<typeof fakeClient>) =>
      mountOptions(root, { client, shortcuts: async () => [], ...fakeAccess() }),
  },
  {
    name: 'dashboard',
    style: dashboardStyle,
    open: (root: HTMLElement, client: ReturnType<typeof fakeClient>) =>
      mountDashboard(root, { client, now }),
  },
];

test.each(SURFACES)(
  '$name: while the first answer takes long there are rows in its place, and none with it',
  async ({ open, style }) => {
    const root = openRoot(style);
    const answer = Promise.withResolvers<ConnectionView[]>();
    const client = fakeClient({
      'connections.list': () => answer.promise,
      'trackers.list': () => [tracker('k')],
    });
    const close = open(root, client);
    const row = () => root.querySelector('[data-skeletons] .skeleton');
    await expect.poll(row).not.toBeNull();
    // Nothing flickers when the answer is there soon.
    const [appearing] = row()?.getAnimations() ?? [];
    expect(appearing?.effect?.getTiming()).toMatchObject({ delay: 300, fill: 'backwards' });
    await expect.poll(() => getComputedStyle(row() ?? root).opacity).toBe('1');
    expect(row()?.getBoundingClientRect().height).toBeGreaterThan(0);
    answer.resolve([connection('k')]);
    await expect.poll(() => root.textContent).toContain('k main');
    expect(row()).toBeNull();
    close();
  },
);

test('options page: what stands below the list is seen with it, so that nothing moves under a press', async () => {
  const root = openRoot(optionsStyle);
  const answer = Promise.withResolvers<ConnectionView[]>();
  const state = { passphrase: false, locked: false, idleMinutes: 60, retryAfterMs: 0 };
  const client = fakeClient({
    'connections.list': () => answer.promise,
    'trackers.list': () => [tracker('k')],
    'keys.state': () => state,
  });
  const close = mountOptions(root, { client, shortcuts: async () => [], ...fakeAccess() });
  const button = () => root.querySelector<HTMLElement>('button[name=set]');
  await expect.poll(button).not.toBeNull();
  expect(button()?.checkVisibility()).toBe(false);
  answer.resolve([connection('k')]);
  await expect.poll(() => button()?.checkVisibility()).toBe(true);
  expect(root.textContent).toContain('k main');
  close();
});
