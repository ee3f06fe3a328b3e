import { beforeEach, expect, test, vi } from 'vitest';
import { connectionSchema } from '../../../lib/connections/connection.ts';
import { openDatabase } from '../../../lib/store/database.ts';
import { createRecords } from '../../../lib/store/records.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import { fakeBrowser } from './fake-browser.ts';

const held = vi.hoisted(() => ({ api: {} as object }));
vi.mock('webextension-polyfill', () => ({
  default: new Proxy({}, { get: (_, name: string) => Reflect.get(held.api, name) }),
}));

const K = 'https://k.example/*';
const PASSPHRASE = 'a good passphrase';

let browser: ReturnType<typeof fakeBrowser>;

/** A browser with a connection, a tab of it with a panel, another tab, and extension pages; all heard so far is dropped. */
beforeEach(quickDerivation);
beforeEach(async () => {
  testDatabase();
  browser = fakeBrowser();
  held.api = browser.api;
  browser.tabs.push({ id: 1, url: 'https://k.example/' }, { id: 2, url: 'https://b.example/' });
  browser.hearing.add('pages').add(1);
  await createRecords(openDatabase, 'connections', connectionSchema).put({
    id: 'k',
    tracker: 'keitaro',
    name: 'k',
    api: 'https://k.example',
    pages: ['https://k.example'],
    currency: 'USD',
    zone: 'UTC',
    basis: 'visit',
    templates: [],
    order: 1,
    createdAt: 1,
  });
  const { default: background } = await import('../../../entrypoints/background/index.ts');
  background.main();
  browser.grant(K);
  await everywhere();
});

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
/** Waits until all of those were told, pages and tabs unless others are named, and forgets it. */
const everywhere = async (all: ReadonlyArray<number | 'pages'> = ['pages', 1, 2]) => {
  await vi.waitFor(() => expect(new Set(browser.sent.map(({ to }) => to))).toEqual(new Set(all)));
  // Each time it has another number, the same for all that it reaches.
  return browser.sent.splice(0).map(({ message }) => {
    const { nth, ...rest } = Object(message);
    expect(nth).toEqual(expect.any(Number));
    return JSON.stringify(rest);
  });
};

test('all that is open is told that keys were locked, unlocked and forgotten, and nothing more', async () => {
  for (const [name, input] of [
    ['keys.setPassphrase', { passphrase: PASSPHRASE }],
    ['keys.lock', {}],
    ['keys.unlock', { passphrase: PASSPHRASE }],
    ['keys.forget', {}],
  ] as const) {
    expect(await call(name, input)).toMatchObject({ ok: true });
    const messages = await everywhere();
    expect(messages, name).toHaveLength(3);
    expect(new Set(messages), name).toEqual(new Set(['{"crosstrack":"changed"}']));
  }
});

test('a connection that is turned off, a host that is revoked and a connection that goes are told', async () => {
  const content = new Set(['{"crosstrack":"changed"}']);
  expect(await call('connections.turn', { id: 'k', off: true })).toMatchObject({ ok: true });
  expect(new Set(await everywhere())).toEqual(content);
  // The tab of a host that is not ours any more is told too: its panel is still open.
  await browser.revoke(K);
  expect(new Set(await everywhere())).toEqual(content);
  expect(await call('connections.remove', { id: 'k' })).toEqual({ ok: true, result: null });
  expect(new Set(await everywhere())).toEqual(content);
});

test('what changes what is shown is told, with the calls it is of: the demo, the order, a template, a link', async () => {
  const member = (connection: string) => ({ connection, campaignId: '1', name: '' });
  const template = { sourceId: '1', sourceName: 'S', campaign: 1, adSet: null, ad: null };
  const lists = ['connections.list', 'panel.context'];
  const links = [
    'links.list',
    'links.rejected',
    'links.proposals',
    'side.match',
    'offer.senders',
    'offer.part',
    'stats.once',
    'connections.overlaps',
  ];
  for (const [name, input, calls] of [
    ['demo.add', {}, lists],
    ['connections.order', { ids: ['demo-a', 'k'] }, lists],
    [
      'connections.template',
      { id: 'k', template: { ...template, placement: 2 } },
      [...lists, 'placements.list', 'campaigns.grouped'],
    ],
    ['links.join', { a: member('demo-a'), b: member('demo-b') }, links],
    ['links.split', { members: [member('demo-a'), member('demo-b')], split: true }, links],
    ['links.part', { connection: 'demo-a', campaignId: '1' }, links],
    ['demo.remove', {}, lists],
  ] as const) {
    expect(await call(name, input), name).toMatchObject({ ok: true });
    // Tabs of hosts that are ours, for the panels there, and no others.
    const messages = await everywhere(['pages', 1]);
    expect(messages, name).toHaveLength(2);
    // Figures are not asked for again: no tracker is.
    expect(new Set(messages), name).toEqual(
      new Set([JSON.stringify({ crosstrack: 'changed', calls })]),
    );
  }
});

test('what was only looked at is not told', async () => {
  await call('connections.list', {});
  await call('keys.state', {});
  await call('settings.write', { panelDock: 'left' });
  // Whatever would have been told by now comes before this.
  await call('keys.lock', {});
  expect(await everywhere()).toHaveLength(3);
});
