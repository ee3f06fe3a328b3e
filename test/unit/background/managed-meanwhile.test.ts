import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../lib/store/database.ts';
import { testDatabase } from '../test-database.ts';
import { KEY, ManagedWorld, preset, template } from './managed-world.ts';
import { formOf } from './transfer-world.ts';

let world: ManagedWorld;

beforeEach(() => {
  world = new ManagedWorld();
});

describe('a policy that comes while a form saves', () => {
  const RUNS = 60;

  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await new Promise((done) => setImmediate(done));
  };

  /** The database, with each single read and write of it so many turns of the event loop later. */
  const unevenly = (of: Database, pick: () => number): Database =>
    new Proxy(of, {
      get(target, name) {
        const value = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (!['get', 'getAll', 'put'].includes(String(name))) return value.bind(target);
        return async (...input: unknown[]) => {
          await turns(pick());
          return value.apply(target, input);
        };
      },
    });

  /** Both at once, in many orders; says how often the call went through. */
  async function meanwhile(
    prepare: () => Promise<string>,
    call: (id: string) => Promise<unknown>,
    check: (id: string, done: boolean) => Promise<void>,
  ): Promise<number> {
    let seed = 1;
    const pick = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % 7;
    };
    let through = 0;
    for (let run = 0; run < RUNS; run++) {
      world.database = testDatabase().database;
      const uneven = unevenly(await world.database(), pick);
      world.database = async () => uneven;
      world.area = {};
      world.laidDown({});
      const id = await prepare();
      world.policy = { connections: [preset] };
      // Calls wait for a policy that is being read: this one has just passed.
      const asked = call(id).then(
        () => true,
        () => false,
      );
      await turns(pick() * pick());
      await world.here.background.readPolicy();
      const done = await asked;
      await check(id, done);
      through += Number(done);
    }
    return through;
  }
  const mine = () => world.here.connect('https://company.example', KEY, 'Mine');

  test('a template of the user’s stays, and so does what the administrator says', async () => {
    const through = await meanwhile(
      mine,
      (id) =>
        world.here.call('connections.template', { id, template: { ...template, placement: 5 } }),
      async (id) => {
        const [first, ...more] = await world.listed();
        expect(more).toEqual([]);
        expect(first).toMatchObject({ id, name: 'Company', currency: 'EUR', keyEnd: '0001' });
        expect(first?.templates.map(({ placement }) => placement)).toEqual([5]);
      },
    );
    expect(through).toBe(RUNS);
  });

  test('a new connection to the account is the preset one, or is refused', async () => {
    const through = await meanwhile(
      async () => String(await world.listed()),
      mine,
      async (_, done) => {
        const keyEnd = done ? '0001' : '';
        expect(await world.listed()).toMatchObject([{ name: 'Company', currency: 'EUR', keyEnd }]);
        expect(await world.listed()).toHaveLength(1);
        expect(Object.keys(world.area)).toHaveLength(done ? 1 : 0);
      },
    );
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThan(RUNS);
  });

  test('an edit does not stand above it', async () => {
    const draft = { ...formOf('https://company.example'), name: 'Renamed', currency: 'RUB' };
    const through = await meanwhile(
      mine,
      (id) =>
        world.here.call('connections.save', { draft, credentials: { key: 'canary-key-0002' }, id }),
      async (id, done) => {
        const keyEnd = done ? '0002' : '0001';
        expect(await world.listed()).toMatchObject([
          { id, name: 'Company', currency: 'EUR', keyEnd },
        ]);
      },
    );
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThan(RUNS);
  });
});
