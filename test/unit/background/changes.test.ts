import { beforeEach, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import { Killed, mortal } from './mortal.ts';
import { type Area, areaOver, formOf, startWorker, type Worker } from './transfer-world.ts';

const ALPHA_KEY = 'canary-alpha-1111';
const OTHER_KEY = 'canary-other-2222';
const PASSPHRASE = 'old passphrase';
const hostOf = (letter: string) => `https://${letter}.example/*`;

let database: OpenDatabase;
let area: Area;
let session: Area;
/** Hosts that the browser allows. */
let granted: Set<string>;
/** Hosts that the detector is registered for. */
let registered: string[];

beforeEach(quickDerivation);
beforeEach(() => {
  ({ database } = testDatabase());
  area = {};
  session = {};
  granted = new Set();
  registered = [];
});

/** A worker over what the browser keeps; with `steps`, one that is killed after so many writes. */
function worker(steps = Number.POSITIVE_INFINITY): Worker {
  const life = mortal(steps);
  const scripting = life.counted(
    {
      getRegisteredContentScripts: async () => (registered.length > 0 ? [{}] : []),
      registerContentScripts: async ([script]: Array<{ matches: string[] }>) => {
        registered = script?.matches ?? [];
      },
      updateContentScripts: async ([script]: Array<{ matches: string[] }>) => {
        registered = script?.matches ?? [];
      },
      unregisterContentScripts: async () => {
        registered = [];
      },
    },
    ['registerContentScripts', 'updateContentScripts', 'unregisterContentScripts'],
  );
  const permissions = life.counted(
    {
      contains: async ({ origins }: { origins: string[] }) =>
        origins.every((origin) => granted.has(origin)),
      remove: async ({ origins }: { origins: string[] }) => {
        for (const origin of origins) granted.delete(origin);
        return true;
      },
    },
    ['remove'],
  );
  return startWorker(life.database(database), area, {
    area: life.area(area),
    session: life.area(session),
    browser: {
      ownTabs: async () => null,
      runFile: async () => {},
      askDetector: async () => true,
      probe: async () => null,
      invalidate: () => {},
      scripting,
      permissions,
      tabs: { query: async () => [], create: async () => {}, update: async () => {} },
      windows: { update: async () => {} },
      commands: { getAll: async () => [] },
      runtime: { getURL: (path) => `x://us/${path}`, openOptionsPage: async () => {} },
    },
  });
}

/** Everything that is left, as the user and the next worker find it. */
async function found() {
  const now = worker();
  const the = await database();
  const list = await now.call('connections.list', {});
  const named = (text: string) =>
    list.reduce((all, { id, name }) => all.replace(id, name), text.replace('@', ':'));
  const connections = list.map(({ name, api, currency, keyEnd, problem }) =>
    [name, api, currency, keyEnd, problem?.text ?? ''].join(' ').trim(),
  );
  return {
    connections,
    /** Figures of a connection that is gone or another by now; those of one that stays may go. */
    outdated: (await the.count('reports')) > 0 && !connections.includes(ALPHA),
    sealed: Object.keys(area)
      .map((name) => named(name.replace(/@[^:]*/, '')))
      .sort(),
    kept: [...(await the.getAllKeys('connectionData')), ...(await the.getAllKeys('pending'))]
      .map(named)
      .sort(),
    granted: [...granted].sort(),
    registered: [...registered].sort(),
  };
}
type Found = Awaited<ReturnType<typeof found>>;

/** Alpha and Zeta are there, with what was kept of them; the user has just granted the host of c. */
async function setUp(): Promise<string> {
  ({ database } = testDatabase());
  area = {};
  session = {};
  granted = new Set(['a', 'c', 'z'].map(hostOf));
  registered = [];
  const first = worker();
  const id = await first.connect('https://a.example', ALPHA_KEY, 'Alpha');
  const zeta = await first.connect('https://z.example', 'canary-zeta-9999', 'Zeta');
  const the = await database();
  for (const one of [id, zeta]) {
    for (const kind of ['campaigns', 'memory']) {
      await the.put('connectionData', { key: `${kind}:${one}`, connection: one, value: [] });
    }
  }
  await the.put('reports', { key: 'q', connection: id, savedAt: 0, report: {} });
  return id;
}

const ALPHA = 'Alpha https://a.example USD 1111';
const ZETA = 'Zeta https://z.example USD 9999';
const BEFORE: Found = {
  connections: [ALPHA, ZETA],
  outdated: false,
  sealed: ['key:Alpha', 'key:Zeta'],
  kept: ['campaigns:Alpha', 'campaigns:Zeta', 'memory:Alpha', 'memory:Zeta'],
  granted: ['a', 'c', 'z'].map(hostOf),
  registered: ['a', 'z'].map(hostOf),
};

interface Operation {
  run(worker: Worker, id: string): Promise<unknown>;
  /** What is different afterwards. */
  readonly after: Partial<Found>;
}

const MOVING: Operation = {
  run: (on, id) => {
    const draft = { ...formOf('https://c.example'), name: 'Alpha' };
    return on.call('connections.save', { draft, credentials: { key: OTHER_KEY }, id });
  },
  after: {
    connections: ['Alpha https://c.example USD 2222', ZETA],
    kept: ['campaigns:Zeta', 'memory:Zeta'],
    granted: ['c', 'z'].map(hostOf),
    registered: ['c', 'z'].map(hostOf),
  },
};
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'saving a new one': {
    run: (on) => on.connect('https://c.example', OTHER_KEY, 'Gamma'),
    after: {
      connections: [...BEFORE.connections, 'Gamma https://c.example USD 2222'],
      sealed: ['key:Alpha', 'key:Gamma', 'key:Zeta'],
      registered: ['a', 'c', 'z'].map(hostOf),
    },
  },
  'editing, the key too': {
    run: (on, id) => {
      const draft = { ...formOf('https://a.example'), name: 'Alpha', currency: 'EUR' };
      return on.call('connections.save', { draft, credentials: { key: OTHER_KEY }, id });
    },
    after: { connections: ['Alpha https://a.example EUR 2222', ZETA] },
  },
  'editing without typing the key': {
    run: (on, id) => {
      const draft = { ...formOf('https://a.example'), name: 'Alpha', currency: 'EUR' };
      return on.call('connections.save', { draft, credentials: { key: '' }, id });
    },
    after: { connections: ['Alpha https://a.example EUR 1111', ZETA] },
  },
  'moving to another host': MOVING,
  removing: {
    run: (on, id) => on.call('connections.remove', { id }),
    after: {
      connections: [ZETA],
      sealed: ['key:Zeta'],
      kept: ['campaigns:Zeta', 'memory:Zeta'],
      granted: ['c', 'z'].map(hostOf),
      registered: [hostOf('z')],
    },
  },
};

/** Cuts an operation off after each of its writes; `restart` is how the browser goes on. */
async function cutOff(
  { run, after }: Operation,
  restart: () => Promise<void>,
  prepare: () => Promise<void> = async () => {},
): Promise<string> {
  const AFTER = { ...BEFORE, ...after };
  const seen: string[] = [];
  for (let steps = 0; seen.at(-1) !== 'done'; steps++) {
    const id = await setUp();
    await prepare();
    const outcome = await run(worker(steps), id).then(
      () => 'done',
      () => 'killed',
    );
    await restart();
    const left = await found();
    expect([BEFORE, AFTER], `after ${steps} writes`).toContainEqual(left);
    const isNew = JSON.stringify(left) === JSON.stringify(AFTER);
    seen.push(outcome === 'done' ? 'done' : isNew ? 'new' : 'old');
    if (outcome === 'done') expect(left).toEqual(AFTER);
    expect(seen.length).toBeLessThan(60);
  }
  return seen.join(' ');
}

describe('a worker that is killed', () => {
  test.each(Object.entries(OPERATIONS))('%s: all of it or nothing of it', async (_, operation) => {
    const seen = await cutOff(operation, () => worker().background.start());
    // Both kinds of kill were met, and never the old state after the new one.
    expect(seen).toMatch(/^(old )+(new ){2,}done$/);
  });

  test('with a new passphrase before the next unlocking: the key on its way is not lost', async () => {
    const NEW = 'new passphrase';
    const seen = await cutOff(
      MOVING,
      async () => {
        session = {};
        const next = worker();
        await next.background.start();
        expect((await next.call('keys.state', {})).locked).toBe(true);
        await next.call('keys.changePassphrase', { passphrase: PASSPHRASE, next: NEW });
        await next.background.settle();
      },
      async () => void (await worker().call('keys.setPassphrase', { passphrase: PASSPHRASE })),
    );
    expect(seen).toMatch(/^(old )+(new ){2,}done$/);
  }, 60_000);
});

describe('storage that refuses', () => {
  test('leaves the connection with its own key, at once', async () => {
    const id = await setUp();
    const full = startWorker(database, area, {
      area: {
        ...areaOver(area),
        set: () => Promise.reject(new Error('QUOTA_BYTES quota exceeded')),
      },
    });
    await expect(
      full.call('connections.save', {
        draft: { ...formOf('https://c.example'), name: 'Moved' },
        credentials: { key: OTHER_KEY },
        id,
      }),
    ).rejects.toMatchObject({ problem: { said: 'QUOTA_BYTES quota exceeded' } });
    expect((await found()).connections).toEqual(BEFORE.connections);
  });

  test('a detector that cannot be registered is said once, and stops no later change', async () => {
    const id = await setUp();
    const broken = startWorker(database, area, {
      browser: {
        ownTabs: async () => null,
        runFile: async () => {},
        askDetector: async () => true,
        probe: async () => null,
        invalidate: () => {},
        scripting: {
          getRegisteredContentScripts: () => Promise.reject(new Killed('scripting')),
          registerContentScripts: async () => {},
          updateContentScripts: async () => {},
          unregisterContentScripts: async () => {},
        },
        permissions: { contains: async () => true, remove: async () => true },
        tabs: { query: async () => [], create: async () => {}, update: async () => {} },
        windows: { update: async () => {} },
        commands: { getAll: async () => [] },
        runtime: { getURL: (path) => `x://us/${path}`, openOptionsPage: async () => {} },
      },
    });
    await expect(broken.call('connections.remove', { id })).rejects.toThrow();
    await worker().connect('https://c.example', OTHER_KEY, 'Gamma');
    expect((await found()).connections).toEqual([ZETA, 'Gamma https://c.example USD 2222']);
  });
});

describe('two at once', () => {
  test('the same account from two forms is one connection', async () => {
    await setUp();
    const on = worker();
    const both = await Promise.allSettled([
      on.connect('https://c.example', OTHER_KEY, 'One'),
      on.connect('https://c.example', OTHER_KEY, 'Two'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { connections, sealed } = await found();
    expect([connections.length, sealed.length]).toEqual([3, 3]);
  });

  test('an edit does not bring back what was removed meanwhile', async () => {
    const id = await setUp();
    const on = worker();
    const draft = { ...formOf('https://a.example'), name: 'Again' };
    const [removed, saved] = await Promise.allSettled([
      on.call('connections.remove', { id }),
      on.call('connections.save', { draft, credentials: { key: OTHER_KEY }, id }),
    ]);
    expect([removed.status, saved.status]).toEqual(['fulfilled', 'rejected']);
    const { connections, sealed } = await found();
    expect({ connections, sealed }).toEqual({ connections: [ZETA], sealed: ['key:Zeta'] });
  });

  test('an edit keeps the template that was saved while its key was tried', async () => {
    const id = await setUp();
    const on = worker();
    const template = { sourceId: '1', sourceName: 'S', campaign: 1, adSet: null, ad: null };
    const draft = { ...formOf('https://a.example'), name: 'Renamed' };
    await Promise.all([
      on.call('connections.save', { draft, credentials: { key: '' }, id }),
      on.call('connections.template', { id, template: { ...template, placement: 2 } }),
    ]);
    const [first] = await on.call('connections.list', {});
    expect(first).toMatchObject({ name: 'Renamed', templates: [{ placement: 2 }] });
  });
});
