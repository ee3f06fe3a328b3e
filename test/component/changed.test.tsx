import { beforeEach, expect, test } from 'vitest';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import { mountOptions } from '../../components/options/mount.tsx';
import { mountPanel } from '../../components/panel/mount.tsx';
import panelStyle from '../../components/panel/panel.css?inline';
import { mountPopup } from '../../components/popup/mount.tsx';
import { LOCKED } from '../../lib/errors.ts';
import { previewed } from './cost-tab.ts';
import {
  connection,
  fakeAccess,
  fakeClient,
  fakeLink,
  openRoot,
  report,
  settings,
  total,
  tracker,
  useEnglish,
} from './fixtures.ts';

let locked: boolean;
beforeEach(() => {
  useEnglish();
  location.hash = '';
  locked = false;
});

const now = () => Date.parse('2026-08-02T12:00:00Z');
/** A background whose keys are locked or not; figures of before are known all the same. */
function client() {
  const problem = () => (locked ? LOCKED : null);
  const connections = () => [connection('k', { problem: problem(), keyEnd: '' })];
  return fakeClient({
    'connections.list': connections,
    'connections.overlaps': () => [],
    'trackers.list': () => [tracker('k')],
    'panel.context': () => ({
      own: 'k',
      connections: connections(),
      trackers: [tracker('k')],
      settings,
      formats: [],
    }),
    'keys.state': () => ({ passphrase: true, locked, idleMinutes: 60, retryAfterMs: 0 }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'campaigns.figures': () => ({ report: report([]), problem: problem() }),
    'side.match': () => ({
      member: { campaignId: '12', name: 'Summer', how: 'same' },
      proposals: [],
      problem: problem(),
    }),
    'side.figures': () => ({
      total: { report: total(1000, 20, 10, 60), problem: problem() },
      byHour: { report: null, problem: null },
    }),
    'costs.preview': ({ order }) => previewed(order),
    'settings.write': () => settings,
    'links.list': () => [],
  });
}
type Client = ReturnType<typeof client>;

const SURFACES = [
  {
    name: 'dashboard',
    notice: '[name=to-unlock]',
    open: (root: HTMLElement, asked: Client) => mountDashboard(root, { client: asked, now }),
  },
  {
    name: 'options page',
    notice: '[data-form=unlock]',
    open: (root: HTMLElement, asked: Client) =>
      mountOptions(root, { client: asked, shortcuts: async () => [], ...fakeAccess() }),
  },
  {
    name: 'popup',
    notice: '[data-form=unlock]',
    open: (root: HTMLElement, asked: Client) =>
      mountPopup(root, { client: asked, now, connect: () => {}, ...fakeAccess() }),
  },
  {
    name: 'panel',
    notice: '[name=to-unlock]',
    open: (root: HTMLElement, asked: Client) => openPanel(root, asked),
  },
];

const openPanel = (root: HTMLElement, asked: Client) =>
  mountPanel(root, {
    client: asked,
    link: fakeLink({
      view: {
        view: 'campaign',
        campaignId: '12',
        campaignName: 'Summer',
        range: { from: '2026-08-01', to: '2026-08-02' },
        groupBy: null,
      },
    }),
    now,
  });

test.each(SURFACES)(
  '$name: a lock elsewhere shows at once, so does the unlocking, and closed it listens no more',
  async ({ notice, open }) => {
    const root = openRoot(panelStyle);
    const asked = client();
    const close = open(root, asked);
    await expect.poll(() => root.textContent).toContain('k main');
    expect(root.querySelector(notice)).toBeNull();
    locked = true;
    asked.change();
    await expect.poll(() => root.querySelector(notice)).not.toBeNull();
    // Once, not in every row again.
    await expect.poll(() => root.textContent?.split('Keys are locked')).toHaveLength(2);
    locked = false;
    asked.change();
    await expect.poll(() => root.querySelector(notice)).toBeNull();
    expect(asked.listening()).toBeGreaterThan(0);
    close();
    await expect.poll(() => asked.listening()).toBe(0);
  },
);

test('panel: with the lock figures stay and costs cannot be sent, until it is gone', async () => {
  const root = openRoot(panelStyle);
  const asked = client();
  openPanel(root, asked);
  const clicks = () => root.querySelector('[data-metric=clicks]')?.textContent;
  await expect.poll(clicks).toBe('1,000');
  locked = true;
  asked.change();
  await expect.poll(() => root.textContent).toContain('Keys are locked');
  expect(clicks()).toBe('1,000');
  locked = false;
  asked.change();

  root.querySelector<HTMLElement>('[data-tab=cost]')?.click();
  await expect.poll(() => root.querySelector('[name=amount]')).not.toBeNull();
  const amount = root.querySelector<HTMLInputElement>('[name=amount]');
  if (!amount) throw new Error('no field for the amount');
  amount.value = '66';
  amount.dispatchEvent(new InputEvent('input', { bubbles: true }));
  const ready = () => root.querySelector('[name=send-cost]:enabled');
  await expect.poll(ready).not.toBeNull();
  locked = true;
  asked.change();
  await expect.poll(ready).toBeNull();
  expect(root.querySelector('[name=send-cost]')).not.toBeNull();
  locked = false;
  asked.change();
  await expect.poll(ready).not.toBeNull();
});
