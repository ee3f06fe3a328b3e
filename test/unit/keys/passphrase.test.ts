import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ROUNDS } from '../../../lib/keys/derive.ts';
import {
  createKeyStore,
  type LockableKeyStore,
  type SealedArea,
} from '../../../lib/keys/key-store.ts';

import type { OpenDatabase } from '../../../lib/store/database.ts';
import { testDatabase } from '../test-database.ts';
import { type Area, Killed, memoryArea, mortal } from './killable.ts';

const OLD = 'old passphrase';
const NEW = 'new passphrase';
const KEYS = ['canary-0123456789abcdef', 'canary-fedcba9876543210'] as const;
const OF = [
  { connection: 'k1', origin: 'https://a.example' },
  { connection: 'k2', origin: 'https://b.example' },
] as const;
const LOCKED = { problem: { kind: 'auth', reason: 'locked', text: 'problem_locked' } };
const WRONG = { problem: { kind: 'auth', text: 'problem_passphrase_wrong' } };

let area: Area;
let session: Area;
let database: OpenDatabase;
let clock: number;

beforeEach(() => {
  area = memoryArea();
  session = memoryArea();
  database = testDatabase().database;
  clock = 1_000_000;
});

/** The store as a worker that just started would make it. */
const open = (
  parts: { area?: SealedArea; session?: SealedArea; database?: OpenDatabase } = {},
): LockableKeyStore =>
  createKeyStore(parts.database ?? database, parts.area ?? area, {
    session: parts.session ?? session,
    sealedFor: async () => OF,
    now: () => clock,
    rounds: 10,
  });

async function filled(): Promise<LockableKeyStore> {
  const store = open();
  await store.set({ key: KEYS[0] }, OF[0]);
  await store.set({ key: KEYS[1] }, OF[1]);
  return store;
}

const read = (store: LockableKeyStore) =>
  Promise.all(OF.map(async (of) => (await store.get(of)).key));

/** A restarted browser: its session storage is empty. */
function restartBrowser(): LockableKeyStore {
  for (const name of Object.keys(session.items)) delete session.items[name];
  return open();
}

async function everything(): Promise<string> {
  const stores = await database();
  const all = await Promise.all(
    [...stores.objectStoreNames].map((name) => stores.getAll(name as 'settings')),
  );
  return JSON.stringify([area.items, session.items, all]);
}

test('production derives with 600,000 rounds, kept beside the salt', async () => {
  expect(ROUNDS).toBe(600_000);
  const store = createKeyStore(database, area, { session });
  await store.setPassphrase(OLD);
  expect(await (await database()).get('vault', 'ring')).toMatchObject({
    lock: { rounds: 600_000 },
  });
});

describe('with a passphrase', () => {
  test('keys stay readable for this and the next worker, and are locked after a restart of the browser', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    expect(await read(store)).toEqual(KEYS);
    expect(await read(open())).toEqual(KEYS);
    const restarted = restartBrowser();
    await expect(restarted.get(OF[0])).rejects.toMatchObject(LOCKED);
    await restarted.unlock(OLD);
    expect(await read(restarted)).toEqual(KEYS);
    expect(await read(open())).toEqual(KEYS);
  });

  test('locked, nothing that opens the keys is kept anywhere', async () => {
    const store = await filled();
    const device = await (await database()).get('cryptoKeys', 'main');
    expect(device).toBeDefined();
    await store.setPassphrase(OLD);
    await store.lock();
    expect(session.items).toEqual({});
    expect(await (await database()).getAllKeys('cryptoKeys')).toEqual([]);
    const text = await everything();
    for (const secret of [...KEYS, 'canary', OLD]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(btoa(secret));
    }
    await expect(store.get(OF[0])).rejects.toMatchObject(LOCKED);
    await expect(store.set({ key: 'another' }, OF[0])).rejects.toMatchObject(LOCKED);
    expect(await store.state()).toEqual({ passphrase: true, locked: true, retryAfterMs: 0 });
  });

  test('locking takes the key from the worker that has it in memory, and from the next', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    expect(await read(store)).toEqual(KEYS);
    await store.lock();
    await expect(store.get(OF[0])).rejects.toMatchObject(LOCKED);
    await expect(open().get(OF[0])).rejects.toMatchObject(LOCKED);
  });

  test('a locked connection can be removed, and one without a key says so', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    await store.lock();
    await store.remove('k1');
    await expect(store.get(OF[0])).rejects.toMatchObject({ problem: { text: 'problem_no_key' } });
    await store.unlock(OLD);
    expect(await store.get(OF[1])).toEqual({ key: KEYS[1] });
  });

  test('a key set while it is unlocked opens after the next unlocking', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    await store.set({ key: 'changed-key' }, OF[0]);
    const restarted = restartBrowser();
    await restarted.unlock(OLD);
    expect(await restarted.get(OF[0])).toEqual({ key: 'changed-key' });
  });

  test('the same letters composed otherwise are the same passphrase', async () => {
    const store = await filled();
    await store.setPassphrase('caf\u00e9 caf\u00e9');
    await store.lock();
    await store.unlock('cafe\u0301 cafe\u0301');
    expect(await read(store)).toEqual(KEYS);
  });

  test('a new one replaces the old one', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    await store.changePassphrase(OLD, NEW);
    expect(await read(store)).toEqual(KEYS);
    const restarted = restartBrowser();
    await expect(restarted.unlock(OLD)).rejects.toMatchObject(WRONG);
    await restarted.unlock(NEW);
    expect(await read(restarted)).toEqual(KEYS);
  });

  test('removed, keys open without it, also after a restart of the browser', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    await store.lock();
    await store.removePassphrase(OLD);
    expect(await read(restartBrowser())).toEqual(KEYS);
    expect(session.items).toEqual({});
    expect(await store.state()).toEqual({ passphrase: false, locked: false, retryAfterMs: 0 });
    const [device] = await (await database()).getAll('cryptoKeys');
    expect(device).toMatchObject({ extractable: false });
  });

  test('locking without a passphrase locks nothing', async () => {
    const store = await filled();
    await store.lock();
    expect(await read(store)).toEqual(KEYS);
  });

  test.each(['setPassphrase', 'unlock'] as const)('%s out of place is refused', async (call) => {
    const store = await filled();
    if (call === 'setPassphrase') await store.setPassphrase(OLD);
    await expect(store[call](NEW)).rejects.toMatchObject({ problem: { kind: 'conflict' } });
    expect(await read(store)).toEqual(KEYS);
  });

  test('a short one is refused and changes nothing', async () => {
    const store = await filled();
    const short = { problem: { kind: 'input', text: 'problem_passphrase_short', values: ['8'] } };
    await expect(store.setPassphrase('1234567')).rejects.toMatchObject(short);
    await store.setPassphrase(OLD);
    await expect(store.changePassphrase(OLD, 'abc')).rejects.toMatchObject(short);
    await store.lock();
    await store.unlock(OLD);
  });

  test('a value that does not open is its own connection’s problem, through every change', async () => {
    const store = await filled();
    const broken = area.items['key:k1'] as { data: string };
    broken.data = (broken.data.startsWith('A') ? 'B' : 'A') + broken.data.slice(1);
    const unreadable = { problem: { kind: 'auth', reason: 'key-unreadable' } };
    const check = async () => {
      await expect(store.get(OF[0])).rejects.toMatchObject(unreadable);
      expect(await store.get(OF[1])).toEqual({ key: KEYS[1] });
    };
    await store.setPassphrase(OLD);
    await check();
    await store.changePassphrase(OLD, NEW);
    await check();
    await store.removePassphrase(NEW);
    await check();
    await store.set({ key: 'entered again' }, OF[0]);
    expect(await store.get(OF[0])).toEqual({ key: 'entered again' });
  });

  test('a key whose connection is not saved yet is sealed anew like the others', async () => {
    const store = await filled();
    const fresh = { connection: 'k3', origin: 'https://c.example' };
    await Promise.all([store.set({ key: 'key of k3' }, fresh), store.setPassphrase(OLD)]);
    expect(await store.get(fresh)).toEqual({ key: 'key of k3' });
  });

  test('forgotten, every key is missing and new ones are sealed as at first', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    await store.lock();
    await store.forget();
    for (const of of OF) {
      await expect(store.get(of)).rejects.toMatchObject({ problem: { text: 'problem_no_key' } });
    }
    expect(area.items).toEqual({});
    await store.set({ key: 'entered again' }, OF[0]);
    expect(await restartBrowser().get(OF[0])).toEqual({ key: 'entered again' });
  });

  test('a damaged record of the passphrase is said, never replaced behind the user’s back', async () => {
    const store = await filled();
    await store.setPassphrase(OLD);
    await (await database()).put('vault', { id: 7 }, 'ring');
    const before = JSON.stringify(area.items);
    await expect(open().get(OF[0])).rejects.toMatchObject({ problem: { kind: 'auth' } });
    await expect(open().sweep()).rejects.toMatchObject({ problem: { kind: 'auth' } });
    expect(JSON.stringify(area.items)).toBe(before);
  });
});

describe('a wrong passphrase', () => {
  const waiting = (ms: number, text = 'problem_passphrase_wait') => ({
    problem: {
      kind: 'auth',
      text,
      values: [String(ms / 1000)],
      retryAfterMs: ms,
    },
  });

  async function locked(): Promise<LockableKeyStore> {
    const store = await filled();
    await store.setPassphrase(OLD);
    await store.lock();
    return store;
  }

  test('costs nothing at first, then a time that doubles up to a quarter of an hour', async () => {
    const store = await locked();
    await expect(store.unlock('wrong one')).rejects.toMatchObject(WRONG);
    await expect(store.unlock('wrong one')).rejects.toMatchObject(WRONG);
    for (const wait of [
      5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 900_000,
    ]) {
      // It says that it was wrong, too.
      await expect(store.unlock('wrong one')).rejects.toMatchObject(
        waiting(wait, 'problem_passphrase_wrong'),
      );
      expect((await store.state()).retryAfterMs).toBe(wait);
      clock += wait;
    }
    await store.unlock(OLD);
    expect(await read(store)).toEqual(KEYS);
    await store.lock();
    await expect(store.unlock('wrong one')).rejects.toMatchObject(WRONG);
  });

  test('during the wait even the right one is refused, by a restarted worker too, and time alone helps', async () => {
    const store = await locked();
    for (const _ of [1, 2, 3]) await store.unlock('wrong one').catch(() => {});
    clock += 2_000;
    await expect(open().unlock(OLD)).rejects.toMatchObject(waiting(3_000));
    await expect(open().changePassphrase(OLD, NEW)).rejects.toMatchObject(waiting(3_000));
    await expect(open().removePassphrase(OLD)).rejects.toMatchObject(waiting(3_000));
    clock += 3_000;
    await open().unlock(OLD);
    expect(await read(open())).toEqual(KEYS);
  });

  test('tries made at once are made one after another', async () => {
    const store = await locked();
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => store.unlock('wrong one')),
    );
    const texts = tries.map((one) => one.status === 'rejected' && one.reason.problem.retryAfterMs);
    expect(texts).toEqual([undefined, undefined, 5_000, 5_000, 5_000]);
  });

  test('killing the worker in a try does not give it for free', async () => {
    await locked();
    const derive = vi.spyOn(crypto.subtle, 'deriveKey').mockRejectedValue(new Killed());
    for (const _ of [1, 2, 3]) {
      await expect(open().unlock('wrong one')).rejects.toBeInstanceOf(Killed);
    }
    derive.mockRestore();
    await expect(open().unlock(OLD)).rejects.toMatchObject(waiting(5_000));
  });

  test('a clock that was put back does not lock out for longer than the longest wait', async () => {
    const store = await locked();
    for (const _ of [1, 2, 3]) await store.unlock('wrong one').catch(() => {});
    clock -= 100_000_000_000;
    expect((await store.state()).retryAfterMs).toBe(900_000);
  });
});

describe('killed after any step', () => {
  interface Operation {
    readonly before: string | null;
    readonly after: string | null;
    readonly locked?: boolean;
    run(store: LockableKeyStore): Promise<void>;
  }
  const operations: Record<string, Operation> = {
    set: { before: null, after: NEW, run: (store) => store.setPassphrase(NEW) },
    change: { before: OLD, after: NEW, run: (store) => store.changePassphrase(OLD, NEW) },
    remove: { before: OLD, after: null, run: (store) => store.removePassphrase(OLD) },
    unlock: { before: OLD, after: OLD, locked: true, run: (store) => store.unlock(OLD) },
    lock: { before: OLD, after: OLD, run: (store) => store.lock() },
    sweep: { before: OLD, after: OLD, run: (store) => store.sweep() },
  };

  /** Which of the two ways opens every key of a restarted browser. */
  async function wayIn(ways: ReadonlyArray<string | null>): Promise<string | null> {
    for (const way of ways) {
      const store = restartBrowser();
      const opened = await (way === null ? Promise.resolve() : store.unlock(way))
        .then(() => read(store))
        .catch(() => null);
      if (opened !== null) {
        expect(opened).toEqual(KEYS);
        return way;
      }
    }
    throw new Error('Neither way opens the keys.');
  }

  test.each(Object.entries(operations))('%s loses nothing', async (_, operation) => {
    const seen = new Set<string | null>();
    let done = false;
    let steps = 0;
    for (; !done; steps++) {
      area = memoryArea();
      session = memoryArea();
      database = testDatabase().database;
      const first = await filled();
      if (operation.before !== null) await first.setPassphrase(operation.before);
      if (operation.locked) await first.lock();
      const worker = mortal(steps);
      const store = open({
        area: worker.area(area),
        session: worker.area(session),
        database: worker.database(database),
      });
      done = await operation.run(store).then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(Killed);
          return false;
        },
      );

      // The next worker of the same browser: keys open, or ask for a passphrase; none is missing or broken.
      const next = open();
      const { locked } = await next.state();
      if (locked) await expect(next.get(OF[0])).rejects.toMatchObject(LOCKED);
      else expect(await read(next)).toEqual(KEYS);
      await next.sweep();

      const way = await wayIn([operation.before, operation.after]);
      seen.add(way);
      if (done) expect(way).toBe(operation.after);
      // What was left beside is gone, and the operation can be taken up again.
      expect(Object.keys(area.items)).toHaveLength(2);
      if (way === operation.before) await operation.run(open());
      expect(await wayIn([operation.after])).toBe(operation.after);
    }
    expect(steps, 'it was cut off somewhere').toBeGreaterThan(1);
    expect([...seen]).toEqual([...new Set([operation.before, operation.after])]);
  });

  test('forget ends with all keys or none, and what is left never comes back', async () => {
    let done = false;
    const seen = new Set<string>();
    for (let steps = 0; !done; steps++) {
      area = memoryArea();
      session = memoryArea();
      database = testDatabase().database;
      await (await filled()).setPassphrase(OLD);
      const worker = mortal(steps);
      const store = open({
        area: worker.area(area),
        session: worker.area(session),
        database: worker.database(database),
      });
      done = await store.forget().then(
        () => true,
        () => false,
      );
      const next = open();
      const found = await Promise.all(
        OF.map((of) =>
          next.get(of).then(
            ({ key }) => key,
            ({ problem }) => problem.text,
          ),
        ),
      );
      const whole = JSON.stringify(found) === JSON.stringify(KEYS);
      if (!whole) expect(found).toEqual(['problem_no_key', 'problem_no_key']);
      seen.add(whole ? 'all' : 'none');
      if (done) expect(whole).toBe(false);
    }
    expect([...seen]).toEqual(['all', 'none']);
  });
});
