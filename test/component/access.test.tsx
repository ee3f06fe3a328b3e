import { beforeEach, describe, expect, test } from 'vitest';
import dashboardStyle from '../../components/dashboard/dashboard.css?inline';
import { mountDashboard } from '../../components/dashboard/mount.tsx';
import {
  AccessContext,
  type AccessFromSettings,
  ConnectionProblem,
} from '../../components/kit/access.tsx';
import { mountSurface } from '../../components/mount-surface.tsx';
import { mountOptions } from '../../components/options/mount.tsx';
import optionsStyle from '../../components/options/options.css?inline';
import { mountPopup } from '../../components/popup/mount.tsx';
import popupStyle from '../../components/popup/popup.css?inline';
import { NO_ACCESS } from '../../lib/errors.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import {
  connection,
  failing,
  fakeAccess,
  fakeClient,
  openRoot,
  stats,
  tracker,
  useEnglish,
} from './fixtures.ts';

let granted: boolean;
beforeEach(() => {
  useEnglish();
  location.hash = '';
  granted = true;
});

const client = () =>
  fakeClient({
    'connections.list': () => [
      connection('k', {
        pages: ['https://k.example', 'https://app.k.example:8443'],
        problem: granted ? null : NO_ACCESS,
      }),
      connection('b'),
    ],
    'trackers.list': () => [tracker('k'), tracker('b')],
    'links.list': () => [],
    'campaigns.figures': () => ({ report: null, problem: null }),
    'stats.read': () => stats(1),
  });

/** The pages that say what is missing, each with the row of the first connection. */
const PAGES = [
  {
    name: 'options page',
    row: '.connections li',
    open(asked: OpenClient, access: ReturnType<typeof fakeAccess>) {
      const root = openRoot(optionsStyle);
      mountOptions(root, { client: asked, shortcuts: async () => [], ...access });
      return root;
    },
  },
  {
    name: 'popup',
    row: '.rows li',
    open(asked: OpenClient, access: ReturnType<typeof fakeAccess>) {
      const root = openRoot(popupStyle);
      mountPopup(root, { client: asked, now: () => 0, connect: () => {}, ...access });
      return root;
    },
  },
  {
    name: 'dashboard',
    row: '.chips li',
    open(asked: OpenClient, access: ReturnType<typeof fakeAccess>) {
      const root = openRoot(dashboardStyle);
      mountDashboard(root, { client: asked, now: () => 0, ...access });
      return root;
    },
  },
];

test.each(PAGES)(
  '$name: a revoked host shows at once, and one click asks for it again',
  async ({ row, open }) => {
    const access = fakeAccess(async () => {
      granted = true;
      return true;
    });
    const asked = client();
    const root = open(asked, access);
    const rows = () => [...root.querySelectorAll(row)];
    await expect.poll(() => rows().length).toBe(2);
    expect(root.querySelector('[name=grant]')).toBeNull();

    granted = false;
    asked.change();
    await expect.poll(() => rows()[0]?.textContent).toContain('No access to the site');
    expect(rows()[1]?.querySelector('[name=grant]')).toBeNull();

    rows()[0]?.querySelector<HTMLButtonElement>('[name=grant]')?.click();
    // Asked for in the click itself: browsers refuse it after any wait.
    expect(access.asked).toEqual([['https://k.example/*', 'https://app.k.example/*']]);
    asked.change();
    await expect.poll(() => root.querySelector('[name=grant]')).toBeNull();
    expect(rows()[0]?.textContent).not.toContain('No access to the site');
  },
);

test.each(PAGES)(
  '$name: who says no is told what to do, and can say yes later',
  async ({ open }) => {
    granted = false;
    const root = open(
      client(),
      fakeAccess(async () => false),
    );
    await expect.poll(() => root.querySelector('[name=grant]')).not.toBeNull();
    root.querySelector<HTMLButtonElement>('[name=grant]')?.click();
    await expect
      .poll(() => root.textContent)
      .toContain("can't connect to k.example without access");
    expect(root.querySelector('[name=grant]')).not.toBeNull();
  },
);

test('removing says beforehand what goes, and that a shared host stays', async () => {
  const root = openRoot(optionsStyle);
  const names = ['k', 'b', 'k2'];
  const all = names.map((id) =>
    connection(id, { pages: [`https://${id[0]}.example`], api: `https://${id[0]}.example` }),
  );
  const asked = fakeClient({ 'connections.list': () => all, 'trackers.list': () => [] });
  mountOptions(root, { client: asked, shortcuts: async () => [], ...fakeAccess() });
  const rows = () => [...root.querySelectorAll('.connections li')];
  await expect.poll(() => rows().length).toBe(3);
  const saying = async (row: number, text: string) => {
    rows()[row]?.querySelector<HTMLButtonElement>('[name=remove]')?.click();
    await expect.poll(() => rows()[row]?.querySelector('.confirm')?.textContent).toContain(text);
  };
  await saying(
    1,
    'its API key, source templates, cached campaigns and stats, and takes away the access to b.example',
  );
  await saying(0, 'Access to k.example stays, because “k2 main” needs it');
  expect(asked.calls.map(({ name }) => name)).not.toContain('connections.remove');
});

const TWO_WITHOUT = [
  connection('k', { problem: NO_ACCESS }),
  connection('b', { problem: NO_ACCESS, pages: ['https://b.example', 'https://k.example'] }),
  connection('a', { problem: NO_ACCESS, off: true }),
  connection('r'),
];

test.each(PAGES)(
  '$name: several without access are asked for in one question',
  async ({ open }) => {
    const access = fakeAccess();
    const root = open(
      fakeClient({
        'connections.list': () => TWO_WITHOUT,
        'trackers.list': () => [tracker('k')],
        'links.list': () => [],
      }),
      access,
    );
    const button = () => root.querySelector<HTMLButtonElement>('[name=grant-all]');
    await expect.poll(button).not.toBeNull();
    expect(root.textContent).toContain('Connections without access: 2.');
    button()?.click();
    expect(access.asked).toEqual([['https://k.example/*', 'https://b.example/*']]);
  },
);

test('that a tracker refuses a key its rights is nothing that the browser could grant', async () => {
  const root = openRoot(popupStyle);
  const asked = fakeClient({
    'connections.list': () => [connection('k')],
    'trackers.list': () => [tracker('k')],
    'stats.read': failing({ kind: 'permission', text: 'keitaro_rights' }),
  });
  mountPopup(root, { client: asked, now: () => 0, connect: () => {}, ...fakeAccess() });
  await expect.poll(() => root.querySelector('.rows .problem')).not.toBeNull();
  expect(root.querySelector('[name=grant]')).toBeNull();
});

test('popup: access that went after the list was read is asked for as well', async () => {
  const root = openRoot(popupStyle);
  const access = fakeAccess();
  const asked = fakeClient({
    'connections.list': () => [connection('k')],
    'trackers.list': () => [tracker('k')],
    'stats.read': failing(NO_ACCESS),
  });
  mountPopup(root, { client: asked, now: () => 0, connect: () => {}, ...access });
  await expect.poll(() => root.querySelector('[name=grant]')).not.toBeNull();
  root.querySelector<HTMLButtonElement>('[name=grant]')?.click();
  expect(access.asked).toEqual([['https://k.example/*']]);
});

describe('where the browser cannot be asked', () => {
  const one = connection('k', { problem: NO_ACCESS });
  const open = (way: AccessFromSettings | null) => {
    const root = openRoot('');
    const asked = fakeClient({ 'options.open': () => null });
    mountSurface(
      root,
      asked,
      <AccessContext value={way}>
        <ConnectionProblem connection={one} problem={NO_ACCESS} />
      </AccessContext>,
    );
    expect(root.textContent).toContain('No access to the site');
    root.querySelector<HTMLButtonElement>('[name=to-grant]')?.click();
    return asked.calls.map(({ name }) => name);
  };

  test('the button opens the settings at the connection', () => {
    const opened: string[] = [];
    expect(open({ openSettings: (id) => void opened.push(id) })).toEqual([]);
    expect(opened).toEqual(['k']);
  });

  test('or just the settings, when nobody says how to get to a connection', () => {
    expect(open(null)).toEqual(['options.open']);
  });
});

test('options page: the address of a connection’s access brings its button into sight', async () => {
  const all = Array.from({ length: 40 }, (_, index) => connection(`${index}`));
  const root = openRoot(optionsStyle);
  location.hash = 'access/39';
  const asked = fakeClient({
    'connections.list': () =>
      all.map((one) => (one.id === '39' ? { ...one, problem: NO_ACCESS } : one)),
    'trackers.list': () => [],
  });
  mountOptions(root, { client: asked, shortcuts: async () => [], ...fakeAccess() });
  await expect.poll(() => document.activeElement?.getAttribute('name')).toBe('grant');
  const { top, bottom } = document.activeElement?.getBoundingClientRect() ?? new DOMRect();
  expect([top > 0, bottom > 0, bottom < innerHeight]).toEqual([true, true, true]);
});
