import { beforeEach, expect, test } from 'vitest';
import type { Input } from '../../../lib/contract/calls.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { testDatabase } from '../test-database.ts';
import { startWorker, type Worker } from './transfer-world.ts';

type List = Input<'storage.damaged'>['list'];
const LISTS: readonly List[] = ['connections', 'exports', 'journal', 'links', 'rejections'];
const damaged = (id: string) => ({ id, was: ['something', 'else'], connection: 7 });

let database: OpenDatabase;
let worker: Worker;

beforeEach(() => {
  ({ database } = testDatabase());
  worker = startWorker(database, {});
});

const counts = () => Promise.all(LISTS.map((list) => worker.call('storage.damaged', { list })));

test('where all can be read nothing is said to be damaged', async () => {
  await worker.connect('https://a.example', 'key-of-a-0123456789');
  expect(await counts()).toEqual([0, 0, 0, 0, 0]);
});

test.each(LISTS)(
  'damaged records of %s are counted, hide no other, and stay as they are',
  async (list) => {
    const a = await worker.connect('https://a.example', 'key-of-a-0123456789');
    const b = await worker.connect('https://b.example', 'key-of-b-0123456789');
    const member = (connection: string) => ({ connection, campaignId: '7', name: 'Summer' });
    await worker.call('links.join', { a: member(a), b: member(b) });
    for (const id of ['x', 'y']) await (await database()).put(list, damaged(id));
    expect(await worker.call('storage.damaged', { list })).toBe(2);
    expect((await counts()).reduce((sum, one) => sum + one)).toBe(2);
    // Everything that changes lists.
    await worker.call('connections.order', { ids: [b, a] });
    await worker.call('demo.add', {});
    await worker.call('demo.remove', {});
    await worker.call('links.part', { connection: a, campaignId: '7' });
    await worker.call('connections.remove', { id: b });
    await worker.background.start();
    expect((await worker.call('connections.list', {})).map(({ id }) => id)).toEqual([a]);
    for (const id of ['x', 'y'])
      expect(await (await database()).get(list, id)).toEqual(damaged(id));
  },
);
