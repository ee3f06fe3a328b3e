import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { LOCKED, NO_KEY } from '../../lib/errors.ts';
import {
  connection,
  failing,
  fakeAccess,
  fakeClient,
  openRoot,
  tracker,
  useEnglish,
} from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '';
});

const FACTS: Answers['connections.test']['facts'] = {
  account: 'me',
  version: null,
  campaigns: 9,
  zone: 'Europe/Madrid',
  currency: 'USD',
  role: null,
  mayWrite: true,
};

const TYPES: Answers['connections.conversionTypes'] = [
  { id: 'default_type', name: 'Conversion' },
  { id: 'type1', name: '<b>Upsell' },
];

/** The options page over a background that keeps what it is told. */
function open(
  hash: string,
  {
    known = [],
    facts = {},
    trackers = [tracker('k'), tracker('b')],
    fails = () => false,
    theme = 'light',
  }: {
    known?: ConnectionView[];
    facts?: Partial<typeof FACTS>;
    trackers?: ReturnType<typeof tracker>[];
    fails?: () => boolean;
    theme?: 'light' | 'dark';
  } = {},
) {
  location.hash = hash;
  const root = openRoot(style, theme);
  const all = new Map(known.map((one) => [one.id, one]));
  const tested = (of: { currency: string }): Answers['connections.test'] => ({
    facts: { ...FACTS, ...facts },
    warnings:
      of.currency === 'USD' ? [] : [{ key: 'warn_currency_differs', values: ['USD', of.currency] }],
  });
  const client = fakeClient({
    'connections.list': () => [...all.values()],
    'trackers.list': () => trackers,
    'managed.read': () => ({ forbidden: [], problems: [] }),
    'keys.state': () => ({ passphrase: false, locked: false, idleMinutes: 0, retryAfterMs: 0 }),
    'connections.overlaps': () => [],
    'connections.sources': () => [],
    'connections.conversionTypes': () => TYPES,
    'connections.recognise': ({ pasted }) => {
      if (!URL.canParse(pasted)) return { trackers: [], address: null, problem: null };
      const { origin, host, protocol, hostname } = new URL(pasted);
      const plain = protocol === 'http:' && hostname !== '127.0.0.1';
      return {
        trackers: ['k'],
        address: { api: origin, pages: [], script: null, removed: [], hosts: [`*://${host}/*`] },
        ...(plain ? { plainHost: host } : {}),
        problem: null,
      };
    },
    'connections.test': ({ draft }) => (fails() ? failing({ kind: 'auth' })() : tested(draft)),
    'connections.save': ({ draft, id }) => {
      const made = connection(id ?? 'made', {
        tracker: draft.tracker,
        name: draft.name || 'K t.example',
        api: new URL(draft.address).origin,
        currency: draft.currency,
        zone: draft.zone,
      });
      all.set(made.id, made);
      // Its fields may come in another order than the list's.
      const { id: first, ...others } = made;
      return { connection: { ...others, id: first }, tested: tested(draft) };
    },
    'connections.remove': ({ id }) => {
      all.delete(id);
      return null;
    },
    'connections.turn': ({ id, off }) => {
      const turned = { ...connection(id), ...all.get(id), off };
      all.set(id, turned);
      return turned;
    },
  });
  mountOptions(root, { client, ...fakeAccess(), shortcuts: async () => [] });
  const one = <E extends HTMLElement = HTMLInputElement>(selector: string) =>
    root.querySelector<E>(selector);
  const enabled = (name: string) =>
    one<HTMLButtonElement>(`button[name=${name}]`)?.disabled === false;
  return {
    root,
    client,
    all,
    one,
    enabled,
    text: (selector: string) => one(selector)?.textContent ?? '',
    async type(name: string, value: string) {
      await expect.poll(() => one(`[name=${name}]`)).not.toBeNull();
      const field = one(`[name=${name}]`);
      if (field) field.value = value;
      field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
    async press(name: string) {
      await expect.poll(() => enabled(name)).toBe(true);
      one(`button[name=${name}]`)?.click();
    },
    last: (name: string) => client.calls.findLast((call) => call.name === name)?.input,
  };
}
const THEIRS = '[data-tested] .notice.warn button';
const SAVED = 'is tested and saved';

test.each(['light', 'dark'] as const)(
  'what the test found stands after saving, until it is mended, %s',
  async (theme) => {
    const { root, type, press, one, text } = open('#add', { theme });
    await type('address', 'https://t.example');
    await type('key', 'a-key-1234567890');
    await type('currency', 'EUR');
    await press('save');
    await expect.poll(() => root.textContent).toContain(SAVED);
    await expect.poll(() => text('h2')).toContain('K t.example');
    expect(text('[data-tested]')).toContain('me');
    expect(text('[data-tested]')).toContain('currency is USD, but the form says EUR');
    expect((await axe.run(root)).violations).toEqual([]);
    one(THEIRS)?.click();
    await expect.poll(() => one('[name=currency]')?.value).toBe('USD');
    await expect.poll(() => one(THEIRS)).toBeNull();
    expect(text('[data-tested]')).toContain('me');
    // It says what the form says now, too.
    await type('currency', 'GBP');
    await expect.poll(() => text('[data-tested]')).toContain('the form says GBP');
  },
);

test('so does it after a connection got a new key; a key typed after that is another matter', async () => {
  const { type, press, one, text } = open('#edit/k', { known: [connection('k')] });
  await type('key', 'another-key-1234');
  await type('currency', 'EUR');
  await press('save');
  await expect.poll(() => one('[name=key]')?.value).toBe('');
  await expect.poll(() => text('.connections')).toContain('EUR');
  expect(text('[data-tested]')).toContain('the form says EUR');
  await type('key', 'x');
  await expect.poll(() => one('[data-tested]')).toBeNull();
});

test('a test that fails takes back what the one before found', async () => {
  let fails = false;
  const { press, one, root } = open('#edit/k', {
    known: [connection('k')],
    fails: () => fails,
  });
  await press('test');
  await expect.poll(() => one('[data-tested]')).not.toBeNull();
  fails = true;
  await press('test');
  await expect.poll(() => root.querySelector('.notice.error')).not.toBeNull();
  expect(one('[data-tested]')).toBeNull();
});

test('what the tracker does not tell is said, and nothing is said of rights where nothing is written', async () => {
  const cannot = { can: false, reason: 'affise_no_cost' } as const;
  const network = tracker('k', {
    capabilities: { ...tracker('k').capabilities, cost: cannot, sources: cannot },
  });
  const facts = { zone: null, currency: null, mayWrite: null };
  const untold = async (of: ReturnType<typeof tracker>, change: Partial<typeof FACTS>) => {
    const { press, one, text, root } = open('#edit/k', {
      known: [connection('k')],
      facts: change,
      trackers: [of],
    });
    await press('test');
    await expect.poll(() => one('[data-tested]')).not.toBeNull();
    expect(root.textContent?.includes('Source templates')).toBe(of !== network);
    return /The tracker doesn't report this[^.]*/.exec(text('[data-tested]'))?.[0];
  };
  expect(await untold(tracker('k'), facts)).toBe(
    "The tracker doesn't report this, so check it yourself: time zone, currency, key permissions",
  );
  expect(await untold(network, facts)).toContain(': time zone, currency');
  expect(await untold(network, facts)).not.toContain('permissions');
  expect(await untold(tracker('k'), {})).toBeUndefined();
});

test('plain http is accepted for one host and no other', async () => {
  const { type, one, press, enabled, last, root } = open('#add');
  const box = () => one('[name=plain-http]');
  await type('key', 'a-key-1234567890');
  await type('address', 'http://tracker.example.com');
  await expect.poll(box).not.toBeNull();
  expect(root.textContent).toContain("tracker.example.com isn't encrypted");
  expect(enabled('save')).toBe(false);
  box()?.click();
  await expect.poll(() => enabled('save')).toBe(true);

  await type('address', 'http://other.example.net');
  await expect.poll(() => root.textContent).toContain("other.example.net isn't encrypted");
  expect(box()?.checked).toBe(false);
  expect(enabled('save')).toBe(false);

  await type('address', 'https://tracker.example.com');
  await expect.poll(() => enabled('save')).toBe(true);
  expect(box()).toBeNull();
  await press('test');
  await expect.poll(() => one('[data-tested]')).not.toBeNull();
  expect(last('connections.test')).not.toHaveProperty('draft.plainHttp');

  await type('address', 'http://tracker.example.com/admin');
  await expect.poll(() => box()?.checked).toBe(true);
  await press('save');
  await expect.poll(() => last('connections.save')).toHaveProperty('draft.plainHttp', true);
});

test.each([
  ['http://127.0.0.1:8080', null],
  ['https://t.example', null],
  ['http://t.example', true],
])('of a connection to %s the box of plain http is %s', async (api, ticked) => {
  const { one, enabled } = open('#edit/k', { known: [connection('k', { api })] });
  await expect.poll(() => enabled('save')).toBe(true);
  expect(one('[name=plain-http]')?.checked ?? null).toBe(ticked);
});

test.each(['here', 'elsewhere'])(
  'a connection that is removed %s leaves the list',
  async (where) => {
    const { root, all, client, type, press, one, text } = open('#add', {
      known: [connection('b')],
    });
    await type('address', 'https://t.example');
    await type('key', 'a-key-1234567890');
    await press('save');
    await expect.poll(() => root.textContent).toContain(SAVED);
    await expect.poll(() => text('form h2')).toContain('K t.example');
    if (where === 'here') {
      root.querySelectorAll<HTMLElement>('button[name=remove]')[1]?.click();
      await press('remove-confirmed');
    } else {
      all.delete('made');
      client.change();
    }
    await expect.poll(() => one('[data-keys]')).not.toBeNull();
    expect(root.textContent).not.toContain(SAVED);
    expect(one('[name=address]')).toBeNull();
    expect(one('a[href="#add"]')).not.toBeNull();
  },
);

test('any later change takes the word of the saving away', async () => {
  const { root, type, press } = open('#add');
  await type('address', 'https://t.example');
  await type('key', 'a-key-1234567890');
  await press('save');
  await expect.poll(() => root.textContent).toContain(SAVED);
  await press('turn');
  await expect.poll(() => root.textContent).not.toContain(SAVED);
});

const KEEP = 'Leave empty';

test('without a usable key one has to be typed, and nobody is sent to the page he is on', async () => {
  const { root, enabled, type, text, client } = open('#edit/k', {
    known: [connection('k', { keyEnd: '', problem: NO_KEY })],
  });
  await expect.poll(() => root.querySelector('section')).not.toBeNull();
  expect(root.textContent).not.toContain(KEEP);
  expect(root.textContent).not.toContain('in the settings');
  expect(text('.connections')).toContain('Press Edit and enter it');
  expect(text('form')).toContain('Enter it above');
  expect(text('section')).toContain('Enter it above');
  expect(client.calls.map(({ name }) => name)).not.toContain('connections.sources');
  expect([enabled('save'), enabled('test')]).toEqual([false, false]);
  await type('key', 'a-key-1234567890');
  await expect.poll(() => enabled('save')).toBe(true);
});

test('a locked connection does not name the end of a key that cannot be seen', async () => {
  const { root, text, enabled } = open('#edit/k', {
    known: [connection('k', { keyEnd: '', problem: LOCKED })],
  });
  await expect.poll(() => enabled('save')).toBe(true);
  expect(root.textContent).not.toContain(KEEP);
  // What the notice says in full, the row does not say again.
  expect(text('.connections .soft.problem')).toBe('Locked');
  expect(root.querySelector('.connections .loss')).toBeNull();
});

test('for another host the key is asked for again', async () => {
  const { text, enabled, type } = open('#edit/k', { known: [connection('k')] });
  await expect.poll(() => enabled('save')).toBe(true);
  expect(text('form')).toContain(`${KEEP} to keep the key ending in 1234`);
  await type('address', 'https://new.example');
  await expect.poll(() => text('form')).toContain('points to another host. Enter the key');
  expect(text('form')).not.toContain(KEEP);
  expect(enabled('save')).toBe(false);
  await type('key', 'a-key-1234567890');
  await expect.poll(() => enabled('save')).toBe(true);
});

test('no field for a secret is one for password managers', async () => {
  const secret = tracker('k', { secretKey: true, paths: { login: 'login', click: 'click' } });
  const { root, press, one } = open('#edit/k', { known: [connection('k')], trackers: [secret] });
  const ignored = () =>
    [...root.querySelectorAll<HTMLInputElement>('input[type=password]')].map((field) => [
      field.name,
      ['data-1p-ignore', 'data-lpignore', 'data-bwignore', 'data-form-type'].every((attribute) =>
        field.hasAttribute(attribute),
      ),
    ]);
  await expect.poll(() => one('[name=secret]')).not.toBeNull();
  expect(ignored()).toEqual([
    ['key', true],
    ['secret', true],
  ]);
  await press('close-form');
  await press('open-keys');
  await expect.poll(() => one('[name=repeat]')).not.toBeNull();
  expect(ignored().filter(([, all]) => !all)).toEqual([]);
  expect(ignored()).toHaveLength(4);
});

test('conversion types that count are chosen from those that the tracker has', async () => {
  const { root, press, last } = open('#edit/k', {
    known: [connection('k')],
    trackers: [tracker('k', { conversionTypes: true })],
  });
  const boxes = () => [...root.querySelectorAll<HTMLInputElement>('[name=conversion-type]')];
  await expect.poll(() => boxes().map(({ checked }) => checked)).toEqual([true, false]);
  expect(boxes()[0]?.disabled).toBe(true);
  expect(root.querySelector('[name=conversion-types]')?.textContent).toContain('<b>Upsell');
  boxes()[1]?.click();
  await expect.poll(() => boxes().map(({ checked }) => checked)).toEqual([true, true]);
  expect(boxes()[0]?.disabled).toBe(false);
  await press('save');
  await expect
    .poll(() => last('connections.save'))
    .toMatchObject({ draft: { conversionTypes: TYPES } });
});
