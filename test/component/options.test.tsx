import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import type { Results, TransferEntry } from '../../lib/rpc/results.ts';
import { connection, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

function open(
  managed: Results['managed.read'],
  entries: readonly TransferEntry[] = [],
  theme: 'light' | 'dark' = 'light',
) {
  const root = openRoot(style, theme);
  const client = fakeClient({
    'connections.list': () => [connection('k', { managed: true }), connection('b')],
    'trackers.list': () => [tracker('k'), tracker('b')],
    'managed.read': () => managed,
    'connections.twins': () => [],
    'connections.recognise': () => ({ trackers: [], address: null, problem: null }),
    'transfer.preview': () => ({ plan: 'p', exportedAt: '', entries }),
    'transfer.apply': () => null,
  });
  mountOptions(root, {
    client,
    requestHosts: async () => true,
    shortcuts: async () => [],
  });
  const button = (name: string) => root.querySelector<HTMLButtonElement>(`button[name=${name}]`);
  return { root, client, button };
}
const FREE = { forbidden: [], problems: [] };

test.each(['light', 'dark'] as const)(
  'what an administrator forbids is disabled with the reason, and wrong entries are named, %s',
  async (theme) => {
    const { root, button } = open(
      {
        forbidden: ['add-connections', 'export-keys'],
        problems: [
          { entry: 'connections.1.zone', problem: { kind: 'input', text: 'managed_wrong' } },
        ],
      },
      [],
      theme,
    );
    await expect.poll(() => button('add')?.disabled).toBe(true);
    expect(root.querySelector('a[href="#add"]')).toBeNull();
    expect(button('open-keys')?.disabled).toBe(true);
    expect(button('open-import')?.disabled).toBe(false);
    expect(root.textContent?.split('Your administrator has switched this off.')).toHaveLength(3);
    expect(root.querySelector('[data-policy]')?.textContent).toContain('connections.1.zone');
    const removing = [...root.querySelectorAll<HTMLButtonElement>('button[name=remove]')];
    expect(removing.map(({ disabled }) => disabled)).toEqual([true, false]);
    expect((await axe.run(root)).violations).toEqual([]);
  },
);

test('of a managed connection only the key can be typed', async () => {
  const { root } = open(FREE);
  location.hash = 'edit/k';
  await expect.poll(() => root.querySelector('form')).not.toBeNull();
  const free = [...root.querySelectorAll<HTMLInputElement>('form .input')].filter(
    ({ disabled }) => !disabled,
  );
  expect(free.map(({ name }) => name)).toEqual(['key']);
  expect(root.textContent).toContain('only its key is yours to change');
});

test('a preview lists what comes as text, and says how many more there are', async () => {
  const hostile = '<img src=x onerror="globalThis.hit = true">';
  const added: TransferEntry = {
    what: 'link',
    name: hostile,
    does: 'add',
    fields: [],
    why: null,
  };
  const { root, button, client } = open(
    FREE,
    Array.from({ length: 75 }, () => added),
  );
  await expect.poll(() => button('open-import')).not.toBeNull();
  button('open-import')?.click();
  await expect.poll(() => root.querySelector('textarea')).not.toBeNull();
  const area = root.querySelector('textarea');
  if (area) area.value = '{}';
  area?.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await expect.poll(() => button('import-preview')?.disabled).toBe(false);
  button('import-preview')?.click();
  await expect.poll(() => root.querySelectorAll('[data-does=add]').length).toBe(60);
  expect(root.querySelector('[data-does=add] bdi')?.textContent).toBe(hostile);
  expect(root.querySelector('img')).toBeNull();
  expect(root.textContent).toContain('and 15 more');
  expect((await axe.run(root)).violations).toEqual([]);
  button('import-confirmed')?.click();
  await expect
    .poll(() => client.calls.find(({ name }) => name === 'transfer.apply')?.input)
    .toEqual({ text: '{}', passphrase: null, plan: 'p' });
});
