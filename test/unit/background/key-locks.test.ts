import { beforeEach, describe, expect, test } from 'vitest';
import { createKeyLocks } from '../../../lib/background/key-locks.ts';
import { createKeyStore } from '../../../lib/keys/key-store.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { type Area, memoryArea } from '../keys/killable.ts';
import { testDatabase } from '../test-database.ts';

const PASSPHRASE = 'a good passphrase';
const OF = { connection: 'k1', origin: 'https://a.example' };
const MINUTE = 60_000;
const context = {
  caller: { kind: 'extension', tab: null },
  signal: new AbortController().signal,
} as const;

let area: Area;
let session: Area;
let database: OpenDatabase;
let clock: number;
let alarm: number | null;
let unlocks: number;
let changes: number;

beforeEach(() => {
  area = memoryArea();
  session = memoryArea();
  database = testDatabase().database;
  clock = 1_000 * MINUTE;
  alarm = null;
  unlocks = 0;
  changes = 0;
});

/** What a worker that just started has; alarm and storage are the browser's. */
function startWorker() {
  const now = () => clock;
  const keys = createKeyStore(database, area, { session, now, rounds: 10 });
  const locks = createKeyLocks({
    keys,
    database,
    session,
    now,
    lockAt: (at) => {
      alarm = at;
    },
    onUnlock: () => {
      unlocks += 1;
    },
    onChange: () => {
      changes += 1;
    },
  });
  return { keys, locks, calls: locks.calls };
}

const locked = async () => (await startWorker().keys.state()).locked;

async function withPassphrase(minutes: number) {
  const worker = startWorker();
  await worker.keys.set({ key: 'a-key-12345678' }, OF);
  await worker.calls['keys.setPassphrase']({ passphrase: PASSPHRASE }, context);
  await worker.calls['keys.idle']({ minutes }, context);
  return worker;
}

test('the calls tell the state after them', async () => {
  const { calls } = startWorker();
  const open = { passphrase: false, locked: false, idleMinutes: 60, retryAfterMs: 0 };
  expect(await calls['keys.state']({}, context)).toEqual(open);
  const passphrase = PASSPHRASE;
  const unlocked = { ...open, passphrase: true };
  expect(await calls['keys.setPassphrase']({ passphrase }, context)).toEqual(unlocked);
  expect(await calls['keys.lock']({}, context)).toEqual({ ...unlocked, locked: true });
  expect(await calls['keys.unlock']({ passphrase }, context)).toEqual(unlocked);
  const next = 'a better passphrase';
  expect(await calls['keys.changePassphrase']({ passphrase, next }, context)).toEqual(unlocked);
  expect(await calls['keys.removePassphrase']({ passphrase: next }, context)).toEqual(open);
  expect(await calls['keys.idle']({ minutes: 5 }, context)).toEqual({ ...open, idleMinutes: 5 });
  expect(await calls['keys.forget']({}, context)).toEqual({ ...open, idleMinutes: 5 });
});

test('a wrong passphrase is a problem with its wait, and unlocks nothing', async () => {
  const { calls } = await withPassphrase(5);
  await calls['keys.lock']({}, context);
  const wrong = () => calls['keys.unlock']({ passphrase: 'wrong one' }, context);
  await expect(wrong()).rejects.toMatchObject({ problem: { text: 'problem_passphrase_wrong' } });
  await expect(wrong()).rejects.toMatchObject({ problem: { kind: 'auth' } });
  await expect(wrong()).rejects.toMatchObject({ problem: { retryAfterMs: 5_000 } });
  expect((await calls['keys.state']({}, context)).retryAfterMs).toBe(5_000);
  expect(unlocks).toBe(0);
});

test('what waited for the keys goes on when they are unlocked', async () => {
  const { calls } = await withPassphrase(5);
  await calls['keys.lock']({}, context);
  await calls['keys.unlock']({ passphrase: PASSPHRASE }, context);
  expect(unlocks).toBe(1);
});

test('every change of the lock is told, and nothing else', async () => {
  const { calls, locks } = startWorker();
  const told = async (work: Promise<unknown>) => {
    const before = changes;
    await work.catch(() => {});
    return changes - before;
  };
  const [passphrase, next] = [PASSPHRASE, 'a better passphrase'];
  expect(await told(calls['keys.setPassphrase']({ passphrase }, context))).toBe(1);
  expect(await told(calls['keys.state']({}, context))).toBe(0);
  expect(await told(calls['keys.idle']({ minutes: 10 }, context))).toBe(0);
  expect(await told(calls['keys.lock']({}, context))).toBe(1);
  expect(await told(calls['keys.unlock']({ passphrase: 'wrong one' }, context))).toBe(0);
  expect(await told(calls['keys.unlock']({ passphrase }, context))).toBe(1);
  expect(await told(calls['keys.changePassphrase']({ passphrase, next }, context))).toBe(1);
  clock += 9 * MINUTE;
  expect(await told(locks.used())).toBe(0);
  clock += 10 * MINUTE;
  expect(await told(locks.check())).toBe(1);
  expect(await told(locks.check())).toBe(0);
  expect(await told(calls['keys.forget']({}, context))).toBe(1);
});

describe('idle', () => {
  test('keys lock at the alarm, also when another worker hears it', async () => {
    await withPassphrase(10);
    expect(alarm).toBe(clock + 10 * MINUTE);
    clock += 10 * MINUTE - 1;
    await startWorker().locks.check();
    expect(await locked()).toBe(false);
    clock += 1;
    await startWorker().locks.check();
    expect(await locked()).toBe(true);
    expect(alarm).toBeNull();
  });

  test('use starts the time anew', async () => {
    await withPassphrase(10);
    clock += 9 * MINUTE;
    await startWorker().locks.used();
    expect(alarm).toBe(clock + 10 * MINUTE);
    clock += 9 * MINUTE;
    await startWorker().locks.check();
    expect(await locked()).toBe(false);
  });

  test('use after the time was over locks instead: the alarm may come late', async () => {
    const { locks, keys } = await withPassphrase(10);
    clock += 11 * MINUTE;
    await locks.used();
    await expect(keys.get(OF)).rejects.toMatchObject({ problem: { text: 'problem_locked' } });
    await locks.used();
    expect(await locked()).toBe(true);
  });

  test('looking whether it is time is no use', async () => {
    const { locks } = await withPassphrase(10);
    const set = alarm;
    clock += 9 * MINUTE;
    await locks.check();
    expect(alarm).toBe(set);
  });

  test('0 minutes never lock', async () => {
    const { locks } = await withPassphrase(0);
    expect(alarm).toBeNull();
    clock += 100_000 * MINUTE;
    await locks.check();
    expect(await locked()).toBe(false);
  });

  test('a clock that was put back counts as use', async () => {
    await withPassphrase(10);
    clock -= 500 * MINUTE;
    await startWorker().locks.used();
    expect(alarm).toBe(clock + 10 * MINUTE);
  });

  test('without a passphrase, or when locked, there is no alarm and nothing is written', async () => {
    const { locks, calls } = startWorker();
    await calls['keys.idle']({ minutes: 3 }, context);
    await locks.used();
    expect(alarm).toBeNull();
    await calls['keys.setPassphrase']({ passphrase: PASSPHRASE }, context);
    expect(alarm).toBe(clock + 3 * MINUTE);
    await calls['keys.lock']({}, context);
    await locks.used();
    expect(alarm).toBeNull();
    expect(session.items).toEqual({});
  });
});
