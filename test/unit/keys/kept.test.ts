import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { createKeyStore } from '../../../lib/keys/key-store.ts';
import { type OpenDatabase, openDatabase } from '../../../lib/store/database.ts';
import { makeVersion1 } from '../store/version-1.ts';
import { memoryArea } from './killable.ts';

/**
 * What earlier versions stored, byte for byte: users' keys lie so in their
 * browsers. None of it is ever changed here.
 */
const RAW = Uint8Array.from({ length: 32 }, (_, index) => index);
const SEALED = {
  k1: { v: 1, iv: 'Nv9OXYHcSybcfUgD', data: '64ZYJ5IewA7zrZUsfiZ9HufzliLeA0COLe6zifHdLaE3D47e' },
  k2: {
    v: 1,
    iv: 'YXi7XVDVkan2jzTX',
    data: '5urJDGTW4we6TEmu6kc+5Q/GRTW+GHJZMxPYj1jVUsLvTjURtYMxwK8rRz/TwRllFAlXj+L6',
  },
};
const LOCK = {
  salt: 'hu8PYCs7SBSKj00RMHtJjA==',
  rounds: 10,
  iv: 'IwyJtVhxpyNAaZOM',
  data: 'qKv3qzk/lFNkP9znooYQOlZt/eqhss47gmnu3JUK4H5NIOJc0r6bzohqWoXry1uz',
};
/** The database of then, as it is opened today. */
async function stored(records: Parameters<typeof makeVersion1>[0]): Promise<OpenDatabase> {
  globalThis.indexedDB = new IDBFactory();
  await makeVersion1(records);
  const database = openDatabase();
  return () => database;
}

const of = (connection: string) => ({ connection, origin: 'https://tracker.example' });

test('keys of the profile open', async () => {
  const dataKey = await crypto.subtle.importKey('raw', RAW, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  const database = await stored({ cryptoKeys: [['main', dataKey]] });
  const area = memoryArea();
  Object.assign(area.items, { 'key:k1': SEALED.k1, 'key:k2': SEALED.k2 });
  const store = createKeyStore(database, area);
  expect(await store.get(of('k1'))).toEqual({ key: 'key-0123456789abcdef' });
  expect(await store.get(of('k2'))).toEqual({
    key: 'key-0123456789abcdef',
    secret: 'door=ключ =&1',
  });
});

test('keys under a passphrase open', async () => {
  const database = await stored({ settings: [['keys', { id: 'ring-1', lock: LOCK }]] });
  const area = memoryArea();
  Object.assign(area.items, { 'key@ring-1:k1': SEALED.k1, 'key@ring-1:k2': SEALED.k2 });
  const store = createKeyStore(database, area, { session: memoryArea() });
  await store.unlock('clé secrète'.normalize('NFD'));
  expect(await store.get(of('k1'))).toEqual({ key: 'key-0123456789abcdef' });
  expect(await store.get(of('k2'))).toEqual({
    key: 'key-0123456789abcdef',
    secret: 'door=ключ =&1',
  });
});
