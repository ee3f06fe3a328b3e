import { beforeEach, expect, test } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import optionsStyle from '../../components/options/options.css?inline';
import { mountPopup } from '../../components/popup/mount.tsx';
import popupStyle from '../../components/popup/popup.css?inline';
import type { Problem } from '../../lib/errors.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import {
  connection,
  fakeAccess,
  fakeClient,
  openRoot,
  stats,
  tracker,
  useEnglish,
} from './fixtures.ts';

const REVOKED: Problem = { kind: 'permission', text: 'problem_no_host_permission' };

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
        problem: granted ? null : REVOKED,
      }),
      connection('b'),
    ],
    'trackers.list': () => [tracker('k'), tracker('b')],
    'stats.read': () => stats(1),
  });

/** The two pages that say what is missing, each with the row of the first connection. */
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
    await expect.poll(() => rows()[0]?.textContent).toContain('does not allow access');
    expect(rows()[1]?.querySelector('[name=grant]')).toBeNull();

    rows()[0]?.querySelector<HTMLButtonElement>('[name=grant]')?.click();
    // Asked for in the click itself: browsers refuse it after any wait.
    expect(access.asked).toEqual([['https://k.example/*', 'https://app.k.example/*']]);
    asked.change();
    await expect.poll(() => root.querySelector('[name=grant]')).toBeNull();
    expect(rows()[0]?.textContent).not.toContain('does not allow access');
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
    await expect.poll(() => root.textContent).toContain('Without access to k.example');
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
    'its key, its source templates, its cached campaigns and figures, and the access to b.example',
  );
  await saying(0, 'The access to k.example stays, because “k2 main” needs it');
  expect(asked.calls.map(({ name }) => name)).not.toContain('connections.remove');
});
