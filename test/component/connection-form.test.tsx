import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import { CrosstrackError, type Problem } from '../../lib/errors.ts';
import { connection, fakeAccess, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

beforeEach(() => {
  useEnglish();
  location.hash = '#add';
});

const TESTED: Answers['connections.test'] = {
  facts: {
    account: 'me',
    version: null,
    campaigns: 9,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
  },
  warnings: [],
};

/** The form over a background that claims addresses with a tracker's id in them. */
function open(
  answers: {
    probe?: () => Promise<string | null>;
    test?: (of: string) => Answers['connections.test'];
    granted?: () => Promise<boolean>;
  } = {},
) {
  const root = openRoot(style);
  const access = fakeAccess(answers.granted);
  const client = fakeClient({
    'connections.list': () => [],
    'trackers.list': () => [tracker('k'), tracker('b', { conversionTypes: true })],
    'managed.read': () => ({ forbidden: [], problems: [] }),
    'connections.overlaps': () => [],
    'connections.recognise': ({ pasted, tracker: chosen }) => {
      const claimed = /\/(k|b)\//.exec(pasted)?.[1];
      const { origin, host } = new URL(pasted || 'https://none.example');
      const hosts = [`https://${host}/*`];
      return {
        trackers: claimed ? [claimed] : [],
        address:
          pasted === '' ? null : { api: origin, pages: [], script: chosen, removed: [], hosts },
        problem: null,
      };
    },
    'connections.probe': async () => ({ tracker: (await answers.probe?.()) ?? null }),
    'connections.test': ({ draft }) => answers.test?.(draft.tracker) ?? TESTED,
    'connections.save': ({ draft }) => ({
      connection: connection(draft.tracker),
      tested: answers.test?.(draft.tracker) ?? TESTED,
    }),
  });
  mountOptions(root, { client, ...access, shortcuts: async () => [] });
  const element = <E extends HTMLElement = HTMLInputElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  const enabled = (name: string) => !element<HTMLButtonElement>(`button[name=${name}]`).disabled;
  return {
    root,
    access,
    element,
    enabled,
    called: (name: string) =>
      client.calls.filter((call) => call.name === name).map(({ input }) => input),
    async type(name: string, value: string) {
      await expect.poll(() => root.querySelector(`[name=${name}]`)).not.toBeNull();
      const field = element(`[name=${name}]`);
      field.value = value;
      field.dispatchEvent(
        new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }),
      );
    },
    async press(name: string) {
      await expect.poll(() => enabled(name)).toBe(true);
      element(`button[name=${name}]`).click();
    },
  };
}

test('an address that says nothing is asked whose it is, and saved as that', async () => {
  const form = open({ probe: async () => 'b' });
  await form.type('address', 'https://t.example/');
  await form.type('key', 'a-key-1234567890');
  await form.press('save');
  await expect.poll(() => form.called('connections.save')).toHaveLength(1);
  expect(form.access.asked).toEqual([['https://t.example/*']]);
  expect(form.called('connections.probe')).toEqual([
    { pasted: 'https://t.example/', plainHttp: false },
  ]);
  expect(form.called('connections.save')).toEqual([
    expect.objectContaining({
      draft: expect.objectContaining({ tracker: 'b', address: 'https://t.example/' }),
      credentials: { key: 'a-key-1234567890', secret: '' },
    }),
  ]);
});

test('without a key it says whose address it is and what is wanted, and tests it then', async () => {
  const form = open({ probe: async () => 'k' });
  await form.type('address', 'https://t.example/');
  await form.press('test');
  await expect.poll(() => form.root.textContent).toContain('This looks like K. Enter its API key.');
  expect(form.element('[name=tracker]').value).toBe('k');
  expect(form.enabled('test')).toBe(false);
  expect(form.called('connections.test')).toEqual([]);
  expect((await axe.run(form.root)).violations).toEqual([]);
  await form.type('key', 'a-key-1234567890');
  await expect.poll(() => form.root.textContent).not.toContain('Enter its API key');
  await form.press('test');
  await expect.poll(() => form.root.querySelector('[data-tested]')).not.toBeNull();
  expect(form.called('connections.probe')).toHaveLength(1);
  // What was found is of that address alone.
  await form.type('address', 'https://u.example/');
  await expect.poll(() => form.element('[name=tracker]').value).toBe('');
});

test('where nobody answers it says what to do', async () => {
  const form = open({ probe: async () => null });
  await form.type('address', 'https://t.example/');
  await form.press('save');
  await expect
    .poll(() => form.root.querySelector('.notice.error')?.textContent)
    .toContain(
      'Crosstrack found no tracker at t.example. Choose the tracker from the list, or check the URL.',
    );
  expect(form.enabled('save')).toBe(true);
  expect(form.called('connections.save')).toEqual([]);
});

test('without the permission nobody is asked', async () => {
  const form = open({ granted: async () => false });
  await form.type('address', 'https://t.example/');
  await form.press('test');
  await expect
    .poll(() => form.root.querySelector('.notice.error')?.textContent)
    .toContain("can't connect to t.example without access");
  expect(form.called('connections.probe')).toEqual([]);
});

test('the permission is asked for in the click itself', async () => {
  const form = open({ granted: () => new Promise(() => {}) });
  await form.type('address', 'https://t.example/');
  await expect.poll(() => form.enabled('test')).toBe(true);
  expect(form.access.asked).toEqual([]);
  form.element('button[name=test]').click();
  expect(form.access.asked).toHaveLength(1);
});

test('a known tracker still needs a key, and is not asked whose it is', async () => {
  const form = open();
  await form.type('address', 'https://t.example/k/');
  await expect.poll(() => form.element('[name=tracker]').value).toBe('k');
  expect([form.enabled('save'), form.enabled('test')]).toEqual([false, false]);
  await form.type('key', 'a-key-1234567890');
  await form.press('test');
  await expect.poll(() => form.root.querySelector('[data-tested]')).not.toBeNull();
  expect(form.called('connections.probe')).toEqual([]);
});

test('without an address nothing can be pressed', async () => {
  const form = open();
  await form.type('key', 'a-key-1234567890');
  await expect.poll(() => form.called('connections.recognise').length).toBeGreaterThan(0);
  expect([form.enabled('save'), form.enabled('test')]).toEqual([false, false]);
});

test('a tracker that looks like another is changed for it by one button', async () => {
  const problem: Problem = {
    kind: 'conflict',
    text: 'problem_looks_like',
    values: ['B', 'K'],
    looksLike: 'b',
  };
  const form = open({
    test: (of) => {
      if (of === 'k') throw new CrosstrackError(problem);
      return TESTED;
    },
  });
  await form.type('address', 'https://t.example/k/');
  await form.type('key', 'a-key-1234567890');
  await form.press('test');
  await expect
    .poll(() => form.root.querySelector('.notice.error')?.textContent)
    .toContain('This looks like B, not K. Choose B as the tracker.');
  expect(form.element('button[name=use-other]').textContent).toBe('Use B');
  expect((await axe.run(form.root)).violations).toEqual([]);
  await form.press('use-other');
  await expect.poll(() => form.element('[name=tracker]').value).toBe('b');
  expect(form.root.querySelector('.notice.error')).toBeNull();
  expect(form.element('[name=key]').value).toBe('a-key-1234567890');
  await form.press('test');
  await expect.poll(() => form.root.querySelector('[data-tested]')).not.toBeNull();
});

test('a currency or zone that is none is said at its field, before anything is sent', async () => {
  const { root, type, called, element, enabled } = open();
  await type('address', 'https://t.example/k/');
  await type('key', 'a key');
  await expect.poll(() => enabled('save')).toBe(true);
  for (const [name, wrong, right] of [
    ['currency', 'US', 'eur'],
    ['zone', 'Mars/Olympus', 'Europe/Madrid'],
  ] as const) {
    await type(name, wrong);
    await expect.poll(() => element(`[name=${name}]`).ariaInvalid).toBe('true');
    expect(root.textContent).toContain(`“${wrong}”`);
    expect([enabled('save'), enabled('test')]).toEqual([false, false]);
    await type(name, right);
    await expect.poll(() => enabled('save')).toBe(true);
    expect(element(`[name=${name}]`).ariaInvalid).toBe('false');
  }
  expect(called('connections.test')).toEqual([]);
});

test('a new connection has its types to choose once it is saved; a tracker without types never', async () => {
  const { root, type, called } = open();
  await type('address', 'https://t.example/b/');
  await expect.poll(() => root.querySelector('[name=conversion-types]')).not.toBeNull();
  expect(root.querySelector('[name=conversion-type]')).toBeNull();
  expect(called('connections.conversionTypes')).toEqual([]);
  await type('address', 'https://t.example/k/');
  await expect.poll(() => root.querySelector<HTMLSelectElement>('[name=tracker]')?.value).toBe('k');
  expect(root.querySelector('[name=conversion-types]')).toBeNull();
});
