import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import { CrosstrackError, NO_ACCESS } from '../../lib/errors.ts';
import type { TransferEntry } from '../../lib/transfer/plan.ts';
import { connection, fakeAccess, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

function open(
  managed: Answers['managed.read'],
  entries: readonly TransferEntry[] = [],
  theme: 'light' | 'dark' = 'light',
  isLocked: () => boolean = () => false,
  access = fakeAccess(),
  withoutAccess = false,
) {
  const root = openRoot(style, theme);
  const client = fakeClient({
    'keys.state': () => ({
      passphrase: isLocked(),
      locked: isLocked(),
      idleMinutes: 60,
      retryAfterMs: 0,
    }),
    'transfer.export': () => ({ text: '{}', name: 'sealed', missing: [] }),
    'connections.list': () => [
      connection('k', { managed: true }),
      connection('b', {
        problem: withoutAccess ? NO_ACCESS : null,
      }),
    ],
    'trackers.list': () => [tracker('k'), tracker('b')],
    'managed.read': () => managed,
    'connections.overlaps': () => [],
    'connections.recognise': () => ({ trackers: [], address: null, problem: null }),
    'transfer.preview': () => ({ plan: 'p', exportedAt: '', entries }),
    'transfer.apply': () => null,
  });
  mountOptions(root, {
    client,
    ...access,
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
    expect(root.textContent?.split('Turned off by your administrator.')).toHaveLength(3);
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
  expect(root.textContent).toContain('You can change only its key');
});

/** Types into the field of that name, within the element of that selector. */
function typeInto(root: HTMLElement, selector: string, value: string) {
  const field = root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`no field ${selector}`);
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

test('a preview names what is here first, and each field as it is and as it will be', async () => {
  const common = { what: 'connection', why: null } as const;
  const { root, button } = open(FREE, [
    {
      ...common,
      name: 'Alpha',
      does: 'change',
      fields: [
        { field: 'name', before: 'Alpha', after: 'Renamed' },
        { field: 'paths', before: '', after: 'go' },
        { field: 'basis', before: 'visit', after: 'postback' },
        { field: 'key', before: '', after: '' },
      ],
    },
    {
      ...common,
      name: 'Plain',
      does: 'add',
      fields: [
        { field: 'plainHttp', before: '', after: '' },
        { field: 'off', before: '', after: '' },
      ],
    },
  ]);
  await expect.poll(() => button('open-import')).not.toBeNull();
  button('open-import')?.click();
  await expect.poll(() => root.querySelector('textarea')).not.toBeNull();
  typeInto(root, 'textarea', '{}');
  await expect.poll(() => button('import-preview')?.disabled).toBe(false);
  button('import-preview')?.click();
  await expect.poll(() => root.querySelectorAll('[data-does]').length).toBe(2);
  expect([...root.querySelectorAll('[data-does]')].map((one) => one.textContent)).toEqual([
    'Add connection Plain · without encryption · turned off',
    'Change connection Alpha · Name: Alpha → Renamed · Custom paths: – → go' +
      ' · Count conversions: by click date → by conversion date · API key',
  ]);
});

test('a passphrase for a file that is too short is named while it is typed', async () => {
  const { root, button, client } = open(FREE);
  await expect.poll(() => button('open-keys')).not.toBeNull();
  button('open-keys')?.click();
  const form = '[data-form=export-keys]';
  await expect.poll(() => root.querySelector(form)).not.toBeNull();
  typeInto(root, `${form} [name=next]`, '123456789');
  await expect.poll(() => root.querySelector(`${form} .loss`)?.textContent).toContain('least 10');
  typeInto(root, `${form} [name=repeat]`, '123456789');
  expect(button('export-keys')?.disabled).toBe(true);
  typeInto(root, `${form} [name=next]`, '1234567890');
  await expect
    .poll(() => root.querySelector(`${form} .loss`)?.textContent)
    .toBe("The passphrases don't match.");
  typeInto(root, `${form} [name=repeat]`, '1234567890');
  await expect.poll(() => button('export-keys')?.disabled).toBe(false);
  expect((await axe.run(root)).violations).toEqual([]);
  button('export-keys')?.click();
  await expect.poll(() => root.textContent).toContain('Saved: sealed.json');
  expect(client.calls.filter(({ name }) => name === 'transfer.export')).toEqual([
    { name: 'transfer.export', input: { passphrase: '1234567890' } },
  ]);
});

test('while keys are locked none are exported: the way to unlock them is shown', async () => {
  let locked = true;
  const { root, button, client } = open(FREE, [], 'light', () => locked);
  await expect.poll(() => root.querySelector('[data-keys=locked]')).not.toBeNull();
  button('open-keys')?.click();
  await expect.poll(() => button('to-unlock')).not.toBeNull();
  expect(button('export-keys')).toBeNull();
  (document.activeElement as HTMLElement | null)?.blur();
  button('to-unlock')?.click();
  expect(document.activeElement?.getAttribute('name')).toBe('passphrase');
  locked = false;
  client.change();
  await expect.poll(() => button('export-keys')).not.toBeNull();
  expect(button('to-unlock')).toBeNull();
  expect(client.calls.some(({ name }) => name === 'transfer.export')).toBe(false);
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

/** The form of a new connection, or of `b`, for a tracker that says more of itself. */
async function openConnectionForm(hash: string, theme: 'light' | 'dark' = 'light') {
  const root = openRoot(style, theme);
  const paths = { login: 'login', click: 'click' };
  const edited = connection('b', { paths: { click: 'go' }, secret: true });
  const client = fakeClient({
    'connections.list': () => [edited],
    'trackers.list': () => [tracker('b', { paths, secretKey: true }), tracker('k')],
    'managed.read': () => FREE,
    'connections.overlaps': () => [],
    'connections.sources': () => [],
    'connections.recognise': ({ pasted, paths: typed }) =>
      typed?.login === 'a b'
        ? {
            trackers: [],
            address: null,
            problem: { kind: 'input', reason: 'path', text: 'path_wrong', values: ['a b'] },
          }
        : {
            trackers: pasted.includes('b.example') ? ['b'] : ['k'],
            address: { api: 'https://b.example', pages: [], script: null, removed: [], hosts: [] },
            problem: null,
          },
    'connections.test': () => ({
      facts: {
        account: null,
        version: 'v0.9',
        campaigns: 3,
        zone: null,
        currency: null,
        role: null,
        mayWrite: null,
      },
      warnings: [{ key: 'warn_version_old', values: ['v0.9'] }],
    }),
  });
  mountOptions(root, {
    client,
    requestHosts: async () => true,
    shortcuts: async () => [],
  });
  location.hash = hash;
  await expect.poll(() => root.querySelector('form')).not.toBeNull();
  const input = (name: string) => root.querySelector<HTMLInputElement>(`input[name=${name}]`);
  const type = (name: string, value: string) => {
    const field = input(name);
    if (!field) throw new Error(`no field ${name}`);
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const press = (name: string) =>
    root.querySelector<HTMLButtonElement>(`button[name=${name}]`)?.click();
  const asked = () => client.calls.findLast(({ name }) => name === 'connections.test')?.input;
  return { root, input, type, press, asked };
}

test('paths and a secret key are there, folded, where the tracker has them, and go with the form', async () => {
  const { root, input, type, press, asked } = await openConnectionForm('add');
  type('address', 'https://k.example');
  await expect.poll(() => root.querySelector('select')?.value).toBe('k');
  expect(root.querySelector('details')).toBeNull();
  type('address', 'https://b.example');
  await expect.poll(() => root.querySelector('details')?.open).toBe(false);
  expect(input('path-login')?.placeholder).toBe('login');
  expect(input('secret')?.type).toBe('password');
  const field = input('path-login');
  type('path-login', 'a b');
  await expect.poll(() => field?.getAttribute('aria-invalid')).toBe('true');
  expect(input('path-login'), 'the field that is typed in stays').toBe(field);
  expect(input('path-click')?.getAttribute('aria-invalid')).toBe('false');
  expect(root.textContent).toContain("“a b” isn't a valid path");
  expect(root.querySelector<HTMLButtonElement>('button[name=test]')?.disabled).toBe(true);
  type('path-login', 'door');
  type('key', 'k');
  type('secret', 'name=value');
  await expect.poll(() => field?.getAttribute('aria-invalid')).toBe('false');
  await expect
    .poll(() => root.querySelector<HTMLButtonElement>('button[name=test]')?.disabled)
    .toBe(false);
  press('test');
  await expect.poll(asked).toMatchObject({
    draft: { tracker: 'b', paths: { login: 'door' } },
    credentials: { key: 'k', secret: 'name=value' },
  });
  await expect.poll(() => root.querySelector('.notice.warn')?.textContent).toContain('v0.9');
});

test.each(['light', 'dark'] as const)(
  'a renamed path is shown when a connection is edited, a stored secret is not, %s',
  async (theme) => {
    const { root, input } = await openConnectionForm('edit/b', theme);
    await expect.poll(() => root.querySelector('details')?.open).toBe(true);
    expect([input('path-login')?.value, input('path-click')?.value]).toEqual(['', 'go']);
    expect([input('secret')?.value, input('secret')?.placeholder]).toEqual(['', '••••']);
    expect((await axe.run(root)).violations).toEqual([]);
  },
);

describe('access to what is imported', () => {
  const entry = (name: string, change: Partial<TransferEntry>): TransferEntry => ({
    what: 'connection',
    name,
    does: 'add',
    fields: [],
    why: null,
    ...change,
  });
  const needing = (...hosts: string[]): TransferEntry['fields'] => [
    { field: 'access', before: '', after: hosts.join(' ') },
  ];
  const ENTRIES = [
    entry('One', { fields: needing('https://one.example/*', 'https://app.example/*') }),
    entry('Two', { fields: needing('https://two.example/*', 'https://app.example/*') }),
    entry('b main', { does: 'change', fields: [{ field: 'name', before: 'a', after: 'b' }] }),
    entry('Gone', { does: 'skip', why: { kind: 'conflict', text: 'transfer_already' } }),
  ];

  async function toConfirmation(
    access: ReturnType<typeof fakeAccess>,
    entries: readonly TransferEntry[],
    withoutAccess = false,
  ) {
    const opened = open(FREE, entries, 'light', () => false, access, withoutAccess);
    const { root, button } = opened;
    await expect.poll(() => root.querySelectorAll('.connections li').length).toBe(2);
    button('open-import')?.click();
    await expect.poll(() => root.querySelector('textarea')).not.toBeNull();
    typeInto(root, 'textarea', '{}');
    await expect.poll(() => button('import-preview')?.disabled).toBe(false);
    button('import-preview')?.click();
    await expect.poll(() => button('import-confirmed')).not.toBeNull();
    return opened;
  }

  test('is asked for in the click that confirms, all of it in one question', async () => {
    const access = fakeAccess();
    const { root, button, client } = await toConfirmation(access, ENTRIES, true);
    expect(root.querySelector('[data-does=add]')?.textContent).toContain(
      'needs access to one.example, app.example',
    );
    expect(access.asked).toEqual([]);
    button('import-confirmed')?.click();
    // Not after any wait: browsers would refuse it.
    expect(access.asked).toEqual([
      [
        'https://one.example/*',
        'https://app.example/*',
        'https://two.example/*',
        'https://b.example/*',
      ],
    ]);
    await expect.poll(() => root.textContent).toContain('Imported.');
    expect(client.calls.map(({ name }) => name)).toContain('transfer.apply');
  });

  test('is not asked for where it is there already', async () => {
    const access = fakeAccess();
    const { root, button } = await toConfirmation(access, ENTRIES.slice(2));
    button('import-confirmed')?.click();
    await expect.poll(() => root.textContent).toContain('Imported.');
    expect(access.asked).toEqual([]);
  });

  test('is not waited for: who is still asked, or says no, has imported all the same', async () => {
    const { root, button } = await toConfirmation(
      fakeAccess(() => new Promise(() => {})),
      ENTRIES,
    );
    button('import-confirmed')?.click();
    await expect.poll(() => root.textContent).toContain('Imported.');
  });

  test('that cannot be asked for is a problem that is told', async () => {
    const { root, button } = await toConfirmation(
      fakeAccess(() => Promise.reject(new Error('Invalid host'))),
      ENTRIES,
    );
    button('import-confirmed')?.click();
    await expect.poll(() => root.textContent).toContain('Imported.');
    await expect.poll(() => root.querySelector('[role=alert]')?.textContent).toContain('Invalid');
  });
});

test('a problem of the list is gone with the next change that works', async () => {
  const root = openRoot(style);
  let fails = true;
  let order = ['k', 'b'];
  const client = fakeClient({
    'connections.list': () => order.map((id) => connection(id)),
    'connections.overlaps': () => [],
    'trackers.list': () => [tracker('k'), tracker('b')],
    'connections.order': ({ ids }) => {
      if (fails) throw new CrosstrackError({ kind: 'network' });
      order = ids;
      return null;
    },
  });
  mountOptions(root, { client, ...fakeAccess(), shortcuts: async () => [] });
  const problem = () => root.querySelector('.tight > .notice.error');
  const first = () => root.querySelector('.connections li')?.textContent;
  await expect.poll(first).toContain('k main');
  root.querySelector<HTMLElement>('button[name=up]:enabled')?.click();
  await expect.poll(problem).not.toBeNull();
  fails = false;
  root.querySelector<HTMLElement>('button[name=up]:enabled')?.click();
  await expect.poll(first).toContain('b main');
  await expect.poll(problem).toBeNull();
});
