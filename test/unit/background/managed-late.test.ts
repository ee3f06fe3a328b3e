import { beforeEach, describe, expect, test } from 'vitest';
import { FORBIDDEN, KEY, ManagedWorld, preset } from './managed-world.ts';
import { fakeWorkerBrowser, startWorker } from './transfer-world.ts';

let world: ManagedWorld;

beforeEach(() => {
  world = new ManagedWorld();
});

describe('a browser that tells its policy late', () => {
  let told: number;
  /** The calls that were told of last; null = all. */
  let toldOf: readonly string[] | null;
  let arrive: () => void;

  /** As Chromium after its start: who asks waits until it is said that the policy arrives. */
  const startLate = () => {
    told = 0;
    toldOf = null;
    const coming = Promise.withResolvers<void>();
    arrive = coming.resolve;
    world.here = startWorker(world.database, world.area, {
      managed: { get: () => coming.promise.then(() => world.policy) },
      browser: {
        ...fakeWorkerBrowser,
        invalidate(calls?: readonly string[]) {
          told += 1;
          toldOf = calls ?? null;
        },
      },
    });
    return world.here;
  };
  /** The policy of an earlier run of the browser. */
  const kept = async (raw: unknown) => {
    world.laidDown(raw);
    await world.settled();
  };
  const COMPANY = { forbidden: ['costs'], thresholds: { targetRoi: 0.3 }, connections: [preset] };
  const shown = async () => ({
    managed: (await world.here.call('connections.list', {})).map(({ managed }) => managed),
    forbidden: (await world.here.call('managed.read', {})).forbidden,
    costs: (await world.here.call('trackers.list', {}))[0]?.capabilities.cost,
    targetRoi: (await world.here.call('settings.read', {})).rules.targetRoi,
  });

  test('reads go on at once by the last one, and nobody is told when it is the same', async () => {
    await kept(COMPANY);
    const before = await shown();
    expect(before).toMatchObject({ managed: [true], forbidden: ['costs'], targetRoi: 0.3 });
    startLate();
    expect(await shown()).toEqual(before);
    arrive();
    await world.settled();
    expect(await shown()).toEqual(before);
    expect(told).toBe(0);
  });

  test('the first time nothing is known of it: reads are free, and told when it comes', async () => {
    world.policy = COMPANY;
    startLate();
    expect(await shown()).toMatchObject({ managed: [], forbidden: [] });
    expect(told).toBe(0);
    arrive();
    await world.settled();
    expect(told).toBeGreaterThan(0);
    expect(await shown()).toMatchObject({ managed: [true], forbidden: ['costs'] });
  });

  test('another policy than the last takes its place, and open pages are told', async () => {
    await kept(COMPANY);
    world.policy = { forbidden: ['blacklist'] };
    startLate();
    expect((await shown()).forbidden).toEqual(['costs']);
    arrive();
    await world.settled();
    expect(told).toBeGreaterThan(0);
    expect(await shown()).toMatchObject({ managed: [false], forbidden: ['blacklist'] });
  });

  test('entries that cannot be used are told when they were asked for too early', async () => {
    await kept({ connections: [{ ...preset, tracker: 'nobody' }] });
    startLate();
    expect((await world.here.call('managed.read', {})).problems).toEqual([]);
    arrive();
    await world.settled();
    expect(told).toBe(1);
    // Of nothing else: no tracker is asked again at each start of the worker.
    expect(toldOf).toEqual(['managed.read']);
    expect((await world.here.call('managed.read', {})).problems).toHaveLength(1);
  });

  test('what it may forbid waits for it, whatever the last one said', async () => {
    await kept({});
    world.policy = { forbidden: ['add-connections', 'costs', 'export-keys'] };
    startLate();
    const held = [
      world.here.connect('https://b.example', KEY),
      world.here.call('costs.send', { preview: 'p', at: null }),
      world.here.call('transfer.export', { passphrase: 'correct horse battery' }),
    ];
    const ended: unknown[] = [];
    for (const call of held) call.catch(() => {}).finally(() => ended.push(call));
    await world.here.call('connections.list', {});
    expect(ended).toEqual([]);
    arrive();
    for (const call of held) await expect(call).rejects.toMatchObject(FORBIDDEN);
  });

  test.each<[string, unknown]>([
    ['no object', 'x'],
    ['another shape', { raw: 7, accounts: 'all' }],
    ['freedom', { raw: {}, accounts: [] }],
    ['a policy of nobody', { raw: { forbidden: ['blacklist'], connections: 7 }, accounts: ['a'] }],
  ])('a kept copy that was changed to %s does not matter', async (_, copy) => {
    await kept(COMPANY);
    await (await world.database()).put('policy', copy, 'last');
    startLate();
    await shown();
    const cost = world.here.call('costs.send', { preview: 'p', at: null });
    arrive();
    await expect(cost).rejects.toMatchObject(FORBIDDEN);
    await world.settled();
    expect(await shown()).toMatchObject({ managed: [true], forbidden: ['costs'], targetRoi: 0.3 });
    await kept(COMPANY);
    expect(await (await world.database()).get('policy', 'last')).toMatchObject({ raw: COMPANY });
  });
});
