import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mountOptions } from '../../components/options/mount.tsx';
import style from '../../components/options/options.css?inline';
import { mountPopup } from '../../components/popup/mount.tsx';
import type { KeysState } from '../../lib/contract/keys.ts';
import { CrosstrackError, type Problem } from '../../lib/errors.ts';
import { fakeAccess, fakeClient, openRoot, tracker, useEnglish } from './fixtures.ts';

/** What waits for a second to pass. */
let waiting: Array<() => void>;
const { setTimeout: realTimeout } = globalThis;

beforeEach(() => {
  useEnglish();
  location.hash = '';
  waiting = [];
  const fake = (run: () => void, ms?: number) =>
    ms === 1000 ? -waiting.push(run) : realTimeout(run, ms);
  vi.stubGlobal('setTimeout', fake);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const LOCK: KeysState = { passphrase: true, locked: true, idleMinutes: 30, retryAfterMs: 0 };
const WRONG: Problem = { kind: 'auth', text: 'problem_passphrase_wrong' };

function open(surface: 'options' | 'popup', state: KeysState, problem: Problem) {
  const root = openRoot(style);
  const client = fakeClient({
    'connections.list': () => [],
    'connections.overlaps': () => [],
    'trackers.list': () => [tracker('k')],
    'managed.read': () => ({ forbidden: [], problems: [] }),
    'page.guess': () => null,
    'ownSources.list': () => [],
    'limits.read': () => null,
    'keys.state': () => state,
    'keys.idle': () => state,
    'keys.unlock': () => {
      throw new CrosstrackError(problem);
    },
  });
  if (surface === 'options') {
    mountOptions(root, { client, ...fakeAccess(), shortcuts: async () => [] });
  } else mountPopup(root, { client, ...fakeAccess(), now: () => 0, connect: () => {} });
  const button = () => root.querySelector<HTMLButtonElement>('button[name=unlock]');
  return {
    root,
    client,
    button,
    type(value: string, name = 'passphrase') {
      const field = root.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (field) field.value = value;
      field?.dispatchEvent(new Event(name === 'idle' ? 'change' : 'input', { bubbles: true }));
    },
  };
}

async function secondPasses(): Promise<void> {
  await expect.poll(() => waiting.length).toBe(1);
  waiting.pop()?.();
}

test('a wrong passphrase too many is said to be wrong, and the time until the next runs down', async () => {
  const { root, button, type } = open('options', LOCK, { ...WRONG, retryAfterMs: 2_500 });
  await expect.poll(button).not.toBeNull();
  type('not the passphrase');
  await expect.poll(() => button()?.disabled).toBe(false);
  button()?.click();
  await expect
    .poll(() => root.querySelector('[role=alert]')?.textContent)
    .toContain('Wrong passphrase.');
  expect(root.textContent).toContain('Try again in 3 s.');
  expect(button()?.disabled).toBe(true);
  expect((await axe.run(root)).violations).toEqual([]);
  for (const left of [2, 1]) {
    await secondPasses();
    await expect.poll(() => root.textContent).toContain(`Try again in ${left} s.`);
    expect(button()?.disabled).toBe(true);
  }
  await secondPasses();
  await expect.poll(() => button()?.disabled).toBe(false);
  expect(root.textContent).not.toContain('Try again in');
  // What was typed is still there, and that it was wrong.
  expect(root.querySelector('[role=alert]')?.textContent).toContain('Wrong passphrase');
});

test('too early for a try, only the time until the next is said', async () => {
  const early: Problem = {
    kind: 'auth',
    reason: 'too-early',
    text: 'problem_passphrase_wait',
    values: ['9'],
    retryAfterMs: 9_000,
  };
  const { root, button, type } = open('options', LOCK, early);
  await expect.poll(button).not.toBeNull();
  type('a passphrase');
  await expect.poll(() => button()?.disabled).toBe(false);
  button()?.click();
  await expect.poll(() => root.textContent).toContain('Try again in 9 s.');
  expect(root.querySelector('[role=alert]')).toBeNull();
});

test('a first wrong passphrase costs no time', async () => {
  const { root, button, type } = open('options', LOCK, WRONG);
  await expect.poll(button).not.toBeNull();
  type('not the passphrase');
  await expect.poll(() => button()?.disabled).toBe(false);
  button()?.click();
  await expect.poll(() => root.querySelector('[role=alert]')).not.toBeNull();
  await expect.poll(() => button()?.disabled).toBe(false);
  expect(root.textContent).not.toContain('Try again in');
});

test.each(['options', 'popup'] as const)(
  '%s: opened while it is too early, it says for how long',
  async (surface) => {
    const { root, button, type } = open(surface, { ...LOCK, retryAfterMs: 9_001 }, WRONG);
    await expect.poll(button).not.toBeNull();
    type('the passphrase');
    await expect.poll(() => root.textContent).toContain('Try again in 10 s.');
    expect(button()?.disabled).toBe(true);
  },
);

test('a time without use that cannot be is said with its limits, at the field', async () => {
  const { root, client, type } = open('options', { ...LOCK, locked: false }, WRONG);
  const field = () => root.querySelector('[name=idle]');
  await expect.poll(field).not.toBeNull();
  type('2000', 'idle');
  await expect.poll(() => field()?.getAttribute('aria-invalid')).toBe('true');
  expect(field()?.closest('.field')?.textContent).toContain('Enter 0 to 1440 minutes.');
  expect(client.calls.map(({ name }) => name)).not.toContain('keys.idle');
  type('1440', 'idle');
  await expect
    .poll(() => client.calls)
    .toContainEqual({ name: 'keys.idle', input: { minutes: 1440 } });
});
