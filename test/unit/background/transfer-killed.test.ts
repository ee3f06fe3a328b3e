import { beforeEach, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { sealFile } from '../../../lib/transfer/seal-file.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import { Killed, mortal } from './mortal.ts';
import {
  type Area,
  areaOver,
  exportFrom,
  importInto,
  KEY,
  PASSPHRASE,
  startWorker,
  type Worker,
} from './transfer-world.ts';

let database: OpenDatabase;
let area: Area;
let here: Worker;

beforeEach(quickDerivation);
beforeEach(() => {
  ({ database } = testDatabase());
  area = {};
  here = startWorker(database, area);
});

const exported = (passphrase: string | null = null) => exportFrom(here, passphrase);
const importText = (text: string, passphrase: string | null = null) =>
  importInto(here, text, passphrase);

describe('a worker that is killed', () => {
  const workerFor = (steps: number) => {
    const { database: db, area: storage } = mortal(steps);
    return startWorker(db(database), area, { area: storage(area) });
  };

  const state = async () => {
    const the = await database();
    const worker = startWorker(database, area);
    return {
      connections: (await worker.call('connections.list', {})).map(({ name, currency, keyEnd }) =>
        [name, currency, keyEnd].join(),
      ),
      links: (await worker.call('links.list', {})).length,
      format: (await worker.call('settings.read', {})).format,
      settings: await the.getAllKeys('settings'),
      pending: await the.count('pending'),
      keys: Object.keys(area).length,
    };
  };

  test('at any step leaves all of an import or nothing of it', async () => {
    // What was there: Alpha with its own key. What comes: Alpha's new name and key, Beta, a link, settings.
    const setUp = async () => {
      ({ database } = testDatabase());
      area = {};
      here = startWorker(database, area);
      const alpha = await here.connect('https://a.example', 'former-key-9999', 'Alpha');
      const beta = await here.connect('https://b.example', KEY, 'Beta');
      await here.call('connections.remove', { id: beta });
      const clear = JSON.parse(await exported());
      const [like] = clear.connections;
      return sealFile(
        JSON.stringify({
          ...clear,
          connections: [
            { ...like, name: 'Alpha 2', currency: 'EUR', key: KEY },
            { ...like, id: beta, name: 'Beta', address: 'https://b.example', key: KEY },
          ],
          links: [
            {
              id: 'l',
              members: [alpha, beta].map((connection) => ({
                connection,
                campaignId: '1',
                name: '1',
              })),
              how: 'hand',
              createdAt: 1,
            },
          ],
          settings: { format: 'other' },
        }),
        PASSPHRASE,
      );
    };
    const nothing = {
      connections: ['Alpha,USD,9999'],
      links: 0,
      format: 'propellerads',
      settings: [],
      pending: 0,
      keys: 1,
    };
    const everything = {
      connections: ['Alpha 2,EUR,0001', 'Beta,USD,0001'],
      links: 1,
      format: 'other',
      settings: ['settings'],
      pending: 0,
      keys: 2,
    };
    const seen: string[] = [];
    for (let steps = 0; seen.at(-1) !== 'done'; steps++) {
      const text = await setUp();
      const { plan } = await here.call('transfer.preview', { text, passphrase: PASSPHRASE });
      const outcome = await workerFor(steps)
        .call('transfer.apply', { text, passphrase: PASSPHRASE, plan })
        .then(
          () => 'done',
          () => 'killed',
        );
      await startWorker(database, area).background.start();
      const left = await state();
      expect([nothing, everything], `after ${steps} steps`).toContainEqual(left);
      seen.push(outcome === 'done' ? 'done' : left.links === 0 ? 'nothing' : 'everything');
      expect(seen.length).toBeLessThan(60);
    }
    // Both kinds of kill were met, each more than once, and never nothing after everything.
    expect(seen.join(' ')).toMatch(/^(nothing ){5,}(everything ){3,}done$/);
  }, 60_000);

  test('before its keys were taken over: the next import finishes that first', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = await exported(PASSPHRASE);
    await here.call('connections.remove', { id });
    // The first key to be taken over is where it ends: its waiting place is the only one written.
    let sets = 0;
    const worker = startWorker(database, area, {
      area: {
        ...areaOver(area),
        set: async (items) => {
          sets += 1;
          if (sets > 1) throw new Killed();
          Object.assign(area, items);
        },
      },
    });
    const { plan } = await worker.call('transfer.preview', { text, passphrase: PASSPHRASE });
    await expect(
      worker.call('transfer.apply', { text, passphrase: PASSPHRASE, plan }),
    ).rejects.toThrow();
    expect(Object.keys(area)).toEqual([`key:import:${id}`]);
    await importText('{"crosstrack":"settings","version":0,"exportedAt":""}');
    expect(Object.keys(area)).toEqual([`key:${id}`]);
    expect((await here.call('connections.list', {}))[0]).toMatchObject({ keyEnd: '0001' });
  });
});
