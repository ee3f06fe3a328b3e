import { expect, test } from 'vitest';
import { createKeyStore } from '../../../lib/keys/key-store.ts';
import { testDatabase } from '../test-database.ts';

const KEY = 'canary-0123456789abcdef';
const OF = { connection: 'k1', origin: 'https://tracker.example' };

function memoryArea() {
  const items: Record<string, unknown> = {};
  return {
    items,
    get: async (key: string) => (key in items ? { [key]: items[key] } : {}),
    set: async (more: Record<string, unknown>) => void Object.assign(items, structuredClone(more)),
    remove: async (key: string) => void delete items[key],
  };
}

test('a key comes back as it was stored, also after a restart', async () => {
  const { database, reopen } = testDatabase();
  const area = memoryArea();
  await createKeyStore(database, area).set({ key: KEY }, OF);
  expect(await createKeyStore(reopen(), area).get(OF)).toEqual({ key: KEY });
});

test('nothing of the key lies in storage in clear, and two seals of one key differ', async () => {
  const area = memoryArea();
  const store = createKeyStore(testDatabase().database, area);
  await store.set({ key: KEY }, OF);
  const first = JSON.stringify(area.items);
  await store.set({ key: KEY }, OF);
  const second = JSON.stringify(area.items);
  for (const text of [first, second]) {
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(btoa(KEY));
    expect(text).not.toContain('canary');
  }
  expect(second).not.toBe(first);
});

test('a key is read while all of them are sealed anew', async () => {
  const area = memoryArea();
  const session = memoryArea();
  const store = createKeyStore(
    testDatabase().database,
    { ...area, get: async (key) => (key === null ? { ...area.items } : area.get(key)) },
    {
      session: { ...session, get: (key) => session.get(key ?? '') },
      sealedFor: async () => [OF],
      rounds: 1,
    },
  );
  await store.set({ key: KEY }, OF);
  let isDone = false;
  const done = store.setPassphrase('correct horse battery').then(() => {
    isDone = true;
  });
  let reads = 0;
  while (!isDone) {
    expect(await store.get(OF)).toEqual({ key: KEY });
    reads += 1;
  }
  await done;
  expect(reads).toBeGreaterThan(1);
  expect(Object.keys(area.items)).toEqual([expect.stringMatching(/^key@/)]);
});

test('the AES key cannot be exported', async () => {
  const { database } = testDatabase();
  await createKeyStore(database, memoryArea()).set({ key: KEY }, OF);
  const cryptoKey = await (await database()).get('cryptoKeys', 'main');
  if (!(cryptoKey instanceof CryptoKey)) throw new Error('no key was made');
  expect(cryptoKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', cryptoKey)).rejects.toThrow();
});

test.each([
  ['another connection', { ...OF, connection: 'k2' }],
  ['another origin', { ...OF, origin: 'https://evil.example' }],
])('a sealed key moved to %s does not open', async (_, elsewhere) => {
  const area = memoryArea();
  const store = createKeyStore(testDatabase().database, area);
  await store.set({ key: KEY }, OF);
  area.items[`key:${elsewhere.connection}`] = area.items['key:k1'];
  await expect(store.get(elsewhere)).rejects.toMatchObject({
    problem: { kind: 'auth', text: 'problem_key_unreadable' },
  });
});

test.each([
  [
    'a flipped bit',
    (sealed: { data: string }) => ({
      ...sealed,
      data: (sealed.data.startsWith('A') ? 'B' : 'A') + sealed.data.slice(1),
    }),
  ],
  ['a wrong shape', () => ({ nothing: 1 })],
  ['text', () => 'plain'],
])('%s in storage is an auth problem, not a crash', async (_, damage) => {
  const area = memoryArea();
  const store = createKeyStore(testDatabase().database, area);
  await store.set({ key: KEY }, OF);
  area.items['key:k1'] = damage(area.items['key:k1'] as { data: string });
  await expect(store.get(OF)).rejects.toMatchObject({ problem: { kind: 'auth' } });
});

test('a key that was never entered, or was removed, is an auth problem of its own', async () => {
  const store = createKeyStore(testDatabase().database, memoryArea());
  const missing = { problem: { kind: 'auth', reason: 'no-key', text: 'problem_no_key' } };
  await expect(store.get(OF)).rejects.toMatchObject(missing);
  await store.set({ key: KEY }, OF);
  await store.remove(OF.connection);
  await expect(store.get(OF)).rejects.toMatchObject(missing);
});

test('two stores that make the first AES key at once end with the same one', async () => {
  const { database } = testDatabase();
  const area = memoryArea();
  const [a, b] = [createKeyStore(database, area), createKeyStore(database, area)];
  await Promise.all([
    a.set({ key: 'key of a' }, OF),
    b.set({ key: 'key of b' }, { ...OF, connection: 'k2' }),
  ]);
  expect(await b.get(OF)).toEqual({ key: 'key of a' });
  expect(await a.get({ ...OF, connection: 'k2' })).toEqual({ key: 'key of b' });
});
