import { computed, effect, signal } from '@preact/signals';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createQueryClient, type KnownAnswer } from '../../../components/kit/query.ts';
import type { CallName } from '../../../lib/contract/calls.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import type { OpenClient } from '../../../lib/rpc/client.ts';

interface Call {
  readonly name: CallName;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  answer(value: unknown): Promise<void>;
  fail(kind: 'network' | 'auth' | 'rate', retryAfterMs?: number): Promise<void>;
}

/** Lets everything run that is ready to. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A background whose answers the test gives, in any order. */
function open(known: readonly KnownAnswer[] = [], drawn: Promise<void> | null = null) {
  const calls: Call[] = [];
  const listeners = new Set<{ call: CallName; listener: () => void }>();
  const background: OpenClient = {
    call(name, input, aborted) {
      const { promise, resolve, reject } = Promise.withResolvers<never>();
      calls.push({
        ...{ name, input, signal: aborted },
        answer: (value) => {
          resolve(value as never);
          return turn();
        },
        fail: (kind, retryAfterMs) => {
          reject(
            new CrosstrackError({ kind, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }),
          );
          return turn();
        },
      });
      return promise;
    },
    onChange(call, listener) {
      const one = { call, listener };
      listeners.add(one);
      return () => listeners.delete(one);
    },
  };
  const client = createQueryClient(background, known, drawn);
  const call = (index: number): Call => {
    const found = calls.at(index);
    if (!found) throw new Error(`no call ${index}`);
    return found;
  };
  return {
    client,
    call,
    inputs: () => calls.map(({ input }) => input),
    names: () => calls.map(({ name }) => name),
    change(name: CallName) {
      for (const one of [...listeners]) if (one.call === name) one.listener();
    },
    listening: () => listeners.size,
  };
}

const stops: Array<() => void> = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Reads something as a component would: what it last saw, and the way to look away. */
function read<T>(look: () => T) {
  let last: { seen: T } | undefined;
  const stop = effect(() => {
    last = { seen: look() };
  });
  stops.push(stop);
  return { stop, seen: () => last?.seen };
}

test('whoever reads a question asks it, once for all readers, and the last to leave cancels it', async () => {
  const { client, call, names, listening } = open();
  const ask = () => client.query('links.list', {});
  const [one, other] = [read(ask), read(ask)];
  expect(names()).toEqual(['links.list']);
  expect(one.seen()).toEqual({ value: null, problem: null, busy: true });
  one.stop();
  expect(call(0).signal?.aborted).toBe(false);
  await call(0).answer(['link']);
  expect(other.seen()).toEqual({ value: ['link'], problem: null, busy: false });
  const late = read(ask);
  expect(late.seen()?.value).toEqual(['link']);
  expect(names()).toHaveLength(1);
  for (const { stop } of [other, late]) stop();
  expect(call(0).signal?.aborted).toBe(true);
  expect(listening()).toBe(0);
  read(ask);
  expect(names()).toHaveLength(2);
});

test('what is known is shown while what is new is on its way, and stays when that fails', async () => {
  const { client, call, inputs } = open();
  const { seen } = read(() => client.query('campaigns.list', { connection: 'k', fresh: 'soon' }));
  await call(0).answer('known');
  expect(seen()).toEqual({ value: 'known', problem: null, busy: true });
  expect(inputs()).toEqual([
    { connection: 'k', fresh: false },
    { connection: 'k', fresh: true },
  ]);
  await call(1).fail('network');
  expect(seen()).toEqual({ value: 'known', problem: { kind: 'network' }, busy: false });
});

test('what is known before anybody asks is there at once; only what is new is asked for', async () => {
  const asked = { connection: 'k', fresh: false };
  const answer = { campaigns: [], fetchedAt: 0 };
  const { client, call, inputs } = open([{ name: 'campaigns.list', input: asked, answer }]);
  const soon = () => client.query('campaigns.list', { connection: 'k', fresh: 'soon' });
  const { seen, stop } = read(soon);
  expect(seen()).toEqual({ value: answer, problem: null, busy: true });
  expect(inputs()).toEqual([{ connection: 'k', fresh: true }]);
  await call(0).answer('new');
  expect(seen()).toEqual({ value: 'new', problem: null, busy: false });
  // Another question, and the same one later, are asked.
  read(() => client.query('campaigns.list', { connection: 'b', fresh: 'soon' }));
  expect(inputs()[1]).toEqual({ connection: 'b', fresh: false });
  stop();
  await new Promise((later) => setTimeout(later));
  expect(read(soon).seen()).toEqual({ value: null, problem: null, busy: true });
  expect(inputs()[2]).toEqual(asked);
});

test('until what is known is drawn nothing is asked, and nothing at all by who has left by then', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { client, call, names } = open([], promise);
  const { stop } = read(() => client.query('links.list', {}));
  const { seen } = read(() => client.query('settings.read', {}));
  await turn();
  expect(names()).toEqual([]);
  expect(seen()).toEqual({ value: null, problem: null, busy: true });
  stop();
  resolve();
  await turn();
  expect(names()).toEqual(['settings.read']);
  await call(0).answer('settings');
  expect(seen()?.value).toBe('settings');
  read(() => client.query('links.list', {}));
  expect(names()).toEqual(['settings.read', 'links.list']);
});

test('what cannot be read from the cache is still asked for', async () => {
  const { client, call, inputs } = open();
  const { seen } = read(() => client.query('campaigns.list', { connection: 'k', fresh: 'soon' }));
  await call(0).fail('network');
  expect(seen()).toEqual({ value: null, problem: null, busy: true });
  await call(1).answer('new');
  expect(seen()).toEqual({ value: 'new', problem: null, busy: false });
  expect(inputs()).toHaveLength(2);
});

test('an answer that is known already is shown at once, and asked for only when it has changed', async () => {
  const { client, call, names, change } = open();
  const ask = () => client.query('links.list', {}, []);
  const { stop, seen } = read(ask);
  expect(seen()).toEqual({ value: [], problem: null, busy: false });
  expect(names()).toEqual([]);
  change('links.list');
  expect(seen()).toEqual({ value: [], problem: null, busy: true });
  await call(0).answer(['link']);
  expect(seen()).toEqual({ value: ['link'], problem: null, busy: false });
  stop();
});

test('a changed call is made again, and no other; the old answer stays until then', async () => {
  const { client, call, names, inputs, change } = open();
  const figures = read(() => client.query('campaigns.list', { connection: 'k', fresh: 'soon' }));
  read(() => client.query('links.list', {}));
  await call(0).answer('known');
  await call(2).answer('old');
  change('campaigns.list');
  expect(figures.seen()).toEqual({ value: 'old', problem: null, busy: true });
  expect(names().filter((name) => name === 'links.list')).toHaveLength(1);
  // What is known is on the screen: only what is new is asked for.
  expect(inputs().at(-1)).toEqual({ connection: 'k', fresh: true });
  await call(-1).answer('new');
  expect(figures.seen()).toEqual({ value: 'new', problem: null, busy: false });
});

test('changed while it is on its way, a call is cancelled and its late answer is not shown', async () => {
  const { client, call, change } = open();
  const { seen } = read(() => client.query('links.list', {}));
  change('links.list');
  expect(call(0).signal?.aborted).toBe(true);
  await call(0).answer('late');
  expect(seen()?.value).toBeNull();
  await call(1).answer('right');
  await call(0).fail('auth');
  expect(seen()).toEqual({ value: 'right', problem: null, busy: false });
});

test('the answer to another input is never shown, and that question is cancelled', async () => {
  const { client, call } = open();
  const connection = signal<string | null>('k');
  const asked = computed(() =>
    client.query(
      'campaigns.list',
      connection.value === null ? null : { connection: connection.value, fresh: false },
    ),
  );
  const { seen } = read(() => asked.value);
  await call(0).answer('of k');
  connection.value = 'b';
  expect(seen()).toEqual({ value: null, problem: null, busy: true });
  expect(call(0).signal?.aborted).toBe(true);
  await call(1).answer('of b');
  expect(seen()?.value).toBe('of b');
  connection.value = null;
  expect(seen()).toEqual({ value: null, problem: null, busy: true });
});

test('a problem stays until an answer replaces it', async () => {
  const { client, call, change } = open();
  const { seen } = read(() => client.query('links.list', {}));
  await call(0).fail('auth');
  change('links.list');
  expect(seen()).toEqual({ value: null, problem: { kind: 'auth' }, busy: true });
  await call(1).answer([]);
  expect(seen()).toEqual({ value: [], problem: null, busy: false });
});

test('a refresh asks everything that is read, and nothing else', async () => {
  const { client, names } = open();
  read(() => client.query('links.list', {})).stop();
  read(() => client.query('trackers.list', {}));
  read(() => client.query('connections.list', {}));
  const before = names().length;
  client.refresh();
  expect(names().slice(before)).toEqual(['trackers.list', 'connections.list']);
});

test('a computed that is read again after a pause shows nothing old', async () => {
  const { client, call, names } = open();
  const asked = computed(() => client.query('links.list', {}));
  read(() => asked.value).stop();
  await turn();
  const { seen } = read(() => asked.value);
  expect(seen()).toEqual({ value: null, problem: null, busy: true });
  expect(names()).toHaveLength(2);
  await call(1).answer(['link']);
  expect(seen()?.value).toEqual(['link']);
});

describe('a rate limit', () => {
  const RATE = { kind: 'rate', retryAfterMs: 34_000 } as const;
  /** Timers alone: what is answered is told by `setImmediate`. */
  const holdTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  afterEach(() => void vi.useRealTimers());

  test('is waited for, then the call is made again', async () => {
    holdTimers();
    const { client, call, names } = open();
    const { seen } = read(() => client.query('links.list', {}));
    await call(0).fail('rate', 34_000);
    expect(seen()).toEqual({ value: null, problem: RATE, busy: false });
    vi.advanceTimersByTime(33_999);
    expect(names()).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(names()).toHaveLength(2);
    await call(1).answer(['link']);
    expect(seen()).toEqual({ value: ['link'], problem: null, busy: false });
    vi.advanceTimersByTime(600_000);
    expect(names()).toHaveLength(2);
  });

  test.each([
    ['an answer', { report: null, problem: RATE }],
    ['a part of an answer', { total: { report: 1, problem: null }, byHour: { problem: RATE } }],
  ])('is heeded where %s tells of it', async (_, answer) => {
    holdTimers();
    const { client, call, names } = open();
    const { seen } = read(() => client.query('links.list', {}));
    await call(0).answer(answer);
    expect(seen()?.value).toEqual(answer);
    vi.advanceTimersByTime(34_000);
    expect(names()).toHaveLength(2);
  });

  test.each([
    ['nobody reads it any more', 34_000],
    ['it holds for an hour', 3_600_000],
    ['it does not say how long it holds', undefined],
  ])('is not waited for when %s', async (_, ms) => {
    holdTimers();
    const { client, call, names } = open();
    const { stop } = read(() => client.query('links.list', {}));
    await call(0).fail('rate', ms);
    if (ms === 34_000) stop();
    vi.advanceTimersByTime(7_200_000);
    expect(names()).toHaveLength(1);
  });

  test('that held back the old question does not ask the new one twice', async () => {
    holdTimers();
    const { client, call, names, change } = open();
    read(() => client.query('links.list', {}));
    await call(0).fail('rate', 34_000);
    change('links.list');
    vi.advanceTimersByTime(34_000);
    expect(names()).toHaveLength(2);
  });
});
