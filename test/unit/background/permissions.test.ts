import { beforeEach, describe, expect, test, vi } from 'vitest';
import { connectionSchema } from '../../../lib/connections/connection.ts';
import { openDatabase } from '../../../lib/store/database.ts';
import { createRecords } from '../../../lib/store/records.ts';
import { testDatabase } from '../test-database.ts';
import { fakeBrowser } from './fake-browser.ts';

const held = vi.hoisted(() => ({ api: {} as object }));
vi.mock('webextension-polyfill', () => ({
  default: new Proxy({}, { get: (_, name: string) => Reflect.get(held.api, name) }),
}));

const K = 'https://k.example/*';
const B = 'https://b.example/*';
const DETECTOR = 'tracker.js';

let browser: ReturnType<typeof fakeBrowser>;

beforeEach(() => {
  testDatabase();
  browser = fakeBrowser();
  held.api = browser.api;
});

/** Starts the background as the browser does, with new listeners on what is stored. */
async function startWorker(): Promise<void> {
  const { default: background } = await import('../../../entrypoints/background/index.ts');
  for (const listened of [
    browser.api.runtime.onInstalled,
    browser.api.runtime.onStartup,
    browser.api.runtime.onMessage,
    browser.api.permissions.onAdded,
    browser.api.permissions.onRemoved,
  ]) {
    listened.listeners.length = 0;
  }
  background.main();
}

async function connect(id: string, pages: string[], api = pages[0] ?? ''): Promise<void> {
  await createRecords(openDatabase, 'connections', connectionSchema).put({
    id,
    tracker: 'keitaro',
    name: id,
    api,
    pages,
    currency: 'USD',
    zone: 'UTC',
    basis: 'visit',
    templates: [],
    order: 1,
    createdAt: 1,
  });
}

const call = async (name: string, input: object): Promise<unknown> => {
  const [answer] = browser.api.runtime.onMessage.fire(
    { crosstrack: 'call', id: crypto.randomUUID(), name, input },
    {
      id: 'crosstrack',
      url: 'chrome-extension://crosstrack/options.html',
      origin: 'chrome-extension://crosstrack',
    },
  );
  return answer;
};
const problems = async () => {
  const reply = await call('connections.list', {});
  const { result } = reply as { result: Array<{ id: string; problem: { text: string } | null }> };
  return Object.fromEntries(result.map(({ id, problem }) => [id, problem?.text ?? null]));
};

test('all that can wake the worker is listened to in its first turn', async () => {
  await startWorker();
  const { runtime, permissions } = browser.api;
  for (const listened of [
    runtime.onInstalled,
    runtime.onStartup,
    runtime.onMessage,
    permissions.onAdded,
    permissions.onRemoved,
  ]) {
    expect(listened.listeners).toHaveLength(1);
  }
});

describe('the detector is registered', () => {
  test('for granted hosts of connections, and no others', async () => {
    await connect('k', ['https://k.example']);
    await connect('b', ['https://b.example']);
    await startWorker();
    browser.grant(K, 'https://shop.example/*');
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
    browser.grant(B);
    await vi.waitFor(() => expect(browser.registered().sort()).toEqual([B, K]));
    expect(browser.scripts.size).toBe(1);
  });

  test('where panels appear, not where only an API is', async () => {
    await connect('r', ['https://app.r.example'], 'https://api.r.example');
    await startWorker();
    browser.grant('https://app.r.example/*', 'https://api.r.example/*');
    await vi.waitFor(() => expect(browser.registered()).toEqual(['https://app.r.example/*']));
  });

  test('again after the browser was started, whatever it remembered', async () => {
    await connect('k', ['https://k.example']);
    browser.grant(K);
    await startWorker();
    browser.api.runtime.onStartup.fire();
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
    expect([...browser.scripts.values()][0]?.persistAcrossSessions).toBe(true);
    // A host that was revoked while the browser was closed.
    await connect('b', ['https://b.example']);
    browser.grant(B);
    await vi.waitFor(() => expect(browser.registered().sort()).toEqual([B, K]));
    browser.api.permissions.onRemoved.listeners.length = 0;
    await browser.revoke(B);
    await startWorker();
    browser.api.runtime.onStartup.fire();
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
  });

  test('again after an update, which drops what was registered', async () => {
    await connect('k', ['https://k.example']);
    browser.grant(K);
    await startWorker();
    browser.api.runtime.onInstalled.fire({ reason: 'update' });
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
    expect(browser.opened).toEqual([]);
    browser.scripts.clear();
    await startWorker();
    browser.api.runtime.onInstalled.fire({ reason: 'update' });
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
  });

  test('for the others, when the browser cannot read one host', async () => {
    await connect('six', ['http://[::1]:8080']);
    await connect('k', ['https://k.example']);
    await startWorker();
    browser.grant(K);
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
  });

  test('once, however many events come at a time', async () => {
    await connect('k', ['https://k.example']);
    await connect('b', ['https://b.example']);
    await startWorker();
    browser.api.runtime.onStartup.fire();
    browser.grant(K);
    browser.grant(B);
    void browser.revoke(B);
    browser.grant(B);
    await vi.waitFor(() => expect(browser.registered().sort()).toEqual([B, K]));
  });
});

describe('tabs that are already open', () => {
  test('get the detector when their host is granted, and no other tab does', async () => {
    await connect('k', ['https://k.example:8443']);
    browser.tabs.push(
      { id: 2, url: 'https://k.example/shop' },
      { id: 3, url: 'https://b.example/' },
      { id: 1, url: 'https://k.example:8443/admin/#!/campaigns/1' },
    );
    await startWorker();
    expect(browser.injected).toEqual([]);
    browser.grant(K, B);
    await vi.waitFor(() => expect(browser.injected).toEqual([{ tab: 1, file: DETECTOR }]));
  });

  test('get it after an update, where the old script is dead', async () => {
    await connect('k', ['https://k.example']);
    browser.grant(K);
    browser.tabs.push({ id: 1, url: 'https://k.example/admin/' });
    await startWorker();
    browser.api.runtime.onInstalled.fire({ reason: 'update' });
    await vi.waitFor(() => expect(browser.injected).toEqual([{ tab: 1, file: DETECTOR }]));
  });

  test('one that cannot be reached keeps the others from nothing', async () => {
    await connect('k', ['https://k.example']);
    browser.tabs.push({ id: 1, url: 'https://k.example/a' }, { id: 2, url: 'https://k.example/b' });
    const execute = browser.api.scripting.executeScript;
    browser.api.scripting.executeScript = async (injection) => {
      if (injection.target.tabId === 1) throw new Error('The tab was closed.');
      return execute(injection);
    };
    await startWorker();
    browser.grant(K);
    await vi.waitFor(() => expect(browser.injected).toEqual([{ tab: 2, file: DETECTOR }]));
  });
});

describe('a revoked host', () => {
  test('is out of the registration, and the last one takes it away', async () => {
    await connect('k', ['https://k.example']);
    await connect('b', ['https://b.example']);
    await startWorker();
    browser.grant(K, B);
    await vi.waitFor(() => expect(browser.registered().sort()).toEqual([B, K]));
    await browser.revoke(B);
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
    await browser.revoke(K);
    await vi.waitFor(() => expect(browser.scripts.size).toBe(0));
  });

  test('shows on its own connection, and the grant mends it without a new start', async () => {
    await connect('k', ['https://k.example']);
    await connect('b', ['https://b.example']);
    await startWorker();
    browser.grant(K, B);
    const { createKeyStore } = await import('../../../lib/keys/key-store.ts');
    const keys = createKeyStore(openDatabase, browser.api.storage.local);
    for (const id of ['k', 'b']) {
      await keys.set(
        { key: 'key-0123456789' },
        { connection: id, origin: `https://${id}.example` },
      );
    }
    expect(await problems()).toEqual({ k: null, b: null });
    await browser.revoke(K);
    expect(await problems()).toEqual({ k: 'problem_no_host_permission', b: null });
    browser.tabs.push({ id: 1, url: 'https://k.example/admin/' });
    browser.injected.length = 0;
    browser.grant(K);
    expect(await problems()).toEqual({ k: null, b: null });
    await vi.waitFor(() => expect(browser.registered().sort()).toEqual([B, K]));
    await vi.waitFor(() => expect(browser.injected).toEqual([{ tab: 1, file: DETECTOR }]));
  });

  test('goes with the connection that is removed', async () => {
    await connect('k', ['https://k.example']);
    await startWorker();
    browser.grant(K);
    await vi.waitFor(() => expect(browser.registered()).toEqual([K]));
    expect(await call('connections.remove', { id: 'k' })).toEqual({ ok: true, result: null });
    await vi.waitFor(() => expect(browser.scripts.size).toBe(0));
    expect(await browser.api.permissions.contains({ origins: [K] })).toBe(false);
  });
});

test('content scripts are locked out of the stored keys', async () => {
  await startWorker();
  expect(browser.api.storage.local.setAccessLevel).toHaveBeenCalledWith({
    accessLevel: 'TRUSTED_CONTEXTS',
  });
});
