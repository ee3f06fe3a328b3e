import { beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError } from '../../../lib/errors.ts';
import { createPacer } from '../../../lib/http/pacer.ts';
import { redtrack } from '../../../lib/trackers/redtrack/adapter.ts';

let now: number;
let sleepers: Array<{ at: number; wake: () => void }>;
const never = new AbortController().signal;

beforeEach(() => {
  now = 1_000_000;
  sleepers = [];
});

const clock = {
  now: () => now,
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => reject(signal.reason));
    sleepers.push({ at: now + ms, wake: resolve });
    return promise;
  },
};

/** Lets so much time pass, and everything that waited for it run. */
async function pass(ms: number): Promise<void> {
  now += ms;
  for (let turn = 0; turn < 20; turn++) {
    for (const { at, wake } of sleepers) if (at <= now) wake();
    await Promise.resolve();
  }
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

/** Times, from now on, at which requests may leave. */
function watch(
  pacer: ReturnType<typeof createPacer>,
  count: number,
  pace: Parameters<typeof pacer.enter>[1],
) {
  const start = now;
  const left: number[] = [];
  const refused: Array<number | undefined> = [];
  for (let index = 0; index < count; index++) {
    pacer.enter('lane', pace, never).then(
      (leave) => {
        left.push(now - start);
        leave();
      },
      (error: unknown) => {
        if (error instanceof CrosstrackError) refused.push(error.problem.retryAfterMs);
      },
    );
  }
  return { left, refused };
}

describe('a window of requests', () => {
  test('is kept by those who wait at the same time', async () => {
    const pace = { atOnce: 9, perWindow: { requests: 2, ms: 5_000 } };
    const { left } = watch(createPacer(clock), 6, pace);
    await pass(0);
    for (let step = 0; step < 12; step++) await pass(1_000);
    expect(left).toEqual([0, 0, 5_000, 5_000, 10_000, 10_000]);
  });

  test('refuses at once whoever would wait longer than 20 s, with the whole wait', async () => {
    const pace = { atOnce: 9, perWindow: { requests: 1, ms: 15_000 } };
    const { left, refused } = watch(createPacer(clock), 3, pace);
    await pass(0);
    expect(left).toEqual([0]);
    // The second waits 15 s; the third would have to wait 30 s, which is known now and not in 15 s.
    expect(refused).toEqual([30_000]);
    await pass(15_000);
    expect(left).toEqual([0, 15_000]);
  });

  test('gives its room back when the question is cancelled', async () => {
    const pacer = createPacer(clock);
    const pace = { atOnce: 9, perWindow: { requests: 1, ms: 10_000 } };
    (await pacer.enter('lane', pace, never))();
    const controller = new AbortController();
    const cancelled = pacer.enter('lane', pace, controller.signal);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    const { left, refused } = watch(pacer, 1, pace);
    await pass(10_000);
    expect({ left, refused }).toEqual({ left: [10_000], refused: [] });
  });

  test('is one for each name', async () => {
    const pacer = createPacer(clock);
    const pace = { atOnce: 1, perWindow: { requests: 1, ms: 60_000 } };
    await pacer.enter('a', pace, never);
    await expect(pacer.enter('b', pace, never)).resolves.toBeTypeOf('function');
  });
});

describe('places', () => {
  test('one who leaves twice makes room once', async () => {
    const pacer = createPacer(clock);
    const leave = await pacer.enter('lane', { atOnce: 1 }, never);
    leave();
    leave();
    await pacer.enter('lane', { atOnce: 1 }, never);
    let entered = false;
    void pacer.enter('lane', { atOnce: 1 }, never).then(() => {
      entered = true;
    });
    await pass(0);
    expect(entered).toBe(false);
  });

  test('one who is cancelled in line leaves no hole', async () => {
    const pacer = createPacer(clock);
    const leave = await pacer.enter('lane', { atOnce: 1 }, never);
    const controller = new AbortController();
    const cancelled = pacer.enter('lane', { atOnce: 1 }, controller.signal);
    const next = pacer.enter('lane', { atOnce: 1 }, never);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    leave();
    await expect(next).resolves.toBeTypeOf('function');
  });
});

describe('a tracker that says wait', () => {
  test('holds everybody, those too that had begun to wait', async () => {
    const pacer = createPacer(clock);
    const pace = { atOnce: 9, perWindow: { requests: 1, ms: 5_000 } };
    (await pacer.enter('lane', pace, never))();
    const { left } = watch(pacer, 1, pace);
    await pass(1_000);
    pacer.holdUntil('lane', now + 9_000);
    await pass(4_000);
    expect(left).toEqual([]);
    await pass(5_000);
    expect(left).toEqual([10_000]);
  });

  test('for longer than 20 s is told to who asks', async () => {
    const pacer = createPacer(clock);
    pacer.holdUntil('lane', now + 60_000);
    const { refused } = watch(pacer, 1, { atOnce: 1 });
    await pass(0);
    expect(refused).toEqual([60_000]);
  });
});

describe('a worker that was ended', () => {
  const { report, cost } = redtrack.paces;
  let items: Record<string, unknown>;
  /** As the browser's: it takes its time, and what is written is a copy. */
  const session = {
    async get(key: string | null) {
      await turns(10);
      return structuredClone(key === null ? items : { [key]: items[key] });
    },
    async set(added: Record<string, unknown>) {
      Object.assign(items, structuredClone(added));
    },
  };
  const pacerNow = () => createPacer(clock, session);
  const LANE = 'https://t.example:report';
  const ask = async (pacer: ReturnType<typeof createPacer>, times: number, pace = report) => {
    if (!pace) throw new Error('there is no such pace');
    for (let time = 0; time < times; time++) (await pacer.enter(LANE, pace, never))();
  };

  beforeEach(() => {
    items = {};
  });

  test('leaves the next one its window: the 21st report of a minute waits for it', async () => {
    await ask(pacerNow(), 20);
    await pass(45_000);
    let done = false;
    const asked = ask(pacerNow(), 1).then(() => {
      done = true;
    });
    await pass(14_999);
    expect(done).toBe(false);
    await pass(1);
    await asked;
  });

  test('leaves it to every next one, with what was asked meanwhile', async () => {
    await ask(pacerNow(), 19);
    await pass(30_000);
    await ask(pacerNow(), 1);
    await expect(ask(pacerNow(), 1)).rejects.toMatchObject({
      problem: { kind: 'rate', retryAfterMs: 30_000 },
    });
    await pass(30_000);
    await ask(pacerNow(), 19);
    await expect(ask(pacerNow(), 1)).rejects.toMatchObject({
      problem: { kind: 'rate', retryAfterMs: 30_000 },
    });
  });

  test('has said so before its request left', async () => {
    const sent: string[] = [];
    const pacer = createPacer(clock, {
      ...session,
      set: () => {
        sent.push('written');
        return new Promise(() => {});
      },
    });
    await ask(pacer, 1, cost);
    sent.push('left');
    expect(sent).toEqual(['written', 'left']);
  });

  test('says where and when, and nothing else', async () => {
    await ask(pacerNow(), 2);
    expect(items).toEqual({ paces: [[LANE, [now, now]]] });
  });

  test('that waited is counted from when its request left', async () => {
    await ask(pacerNow(), 20);
    await pass(45_000);
    const asked = ask(pacerNow(), 1);
    await pass(0);
    // Its timer comes 5 s late.
    await pass(20_000);
    await asked;
    expect(JSON.stringify(items)).toMatch(new RegExp(`,${now}]]`));
  });

  test.each<[string, Parameters<typeof createPacer>[1]]>([
    ['refuses', { get: () => Promise.reject(new Error('no')), set: () => Promise.reject(0) }],
    [
      'throws',
      {
        get() {
          throw new Error('no');
        },
        set() {
          throw new Error('no');
        },
      },
    ],
    ['holds nonsense', { ...session, get: async () => ({ paces: [['x', 'y']] }) }],
  ])('where the session %s, windows are kept as long as the worker lives', async (_, broken) => {
    const pacer = createPacer(clock, broken);
    await ask(pacer, 20);
    await expect(ask(pacer, 1)).rejects.toMatchObject({ problem: { kind: 'rate' } });
  });

  test('before the clock was put back does not hold for longer than a window', async () => {
    now += 3_600_000;
    await ask(pacerNow(), 20);
    now -= 3_600_000;
    await ask(pacerNow(), 20);
  });

  test('nor in the same worker, whatever the tracker asked for', async () => {
    const pacer = pacerNow();
    await ask(pacer, 20);
    pacer.holdUntil(LANE, now + 10_000);
    now -= 3_600_000;
    await ask(pacer, 20);
  });

  test('is of no matter where there is no window: nothing is read or written first', async () => {
    const pacer = createPacer(clock, {
      get: () => new Promise(() => {}),
      set: () => {
        throw new Error('not wanted');
      },
    });
    const entered: string[] = [];
    void pacer.enter('a', { atOnce: 2 }, never).then(() => entered.push('with a session'));
    void createPacer(clock)
      .enter('a', { atOnce: 2 }, never)
      .then(() => entered.push('without'));
    await pass(0);
    expect(entered).toEqual(['with a session', 'without']);
  });
});
