import { describe, expect, test } from 'vitest';
import { type CallName, calls } from '../../../lib/rpc/calls.ts';
import { callerOf, mayCall, type Sender } from '../../../lib/rpc/policy.ts';
import type { Results } from '../../../lib/rpc/results.ts';

const ID = 'crosstrack-id';
const ORIGIN = 'chrome-extension://crosstrack-id';
const facts = {
  extensionId: ID,
  extensionOrigin: ORIGIN,
  connectionAt: async (page: URL) => (page.origin === 'https://tracker.example' ? 'mine' : null),
};
const onPage: Sender = {
  id: ID,
  url: 'https://tracker.example/admin/#!/campaigns/12',
  frameId: 0,
  tab: { id: 5 },
};

describe('who asks', () => {
  test('the extension’s own pages, in a tab or not', async () => {
    expect(await callerOf({ id: ID, url: `${ORIGIN}/popup.html` }, facts)).toEqual({
      kind: 'extension',
      tab: null,
    });
    expect(
      await callerOf({ id: ID, url: `${ORIGIN}/options.html`, tab: { id: 3 }, frameId: 0 }, facts),
    ).toEqual({ kind: 'extension', tab: 3 });
  });

  test('a script in the top frame of a connected page', async () => {
    expect(await callerOf(onPage, facts)).toEqual({ kind: 'page', tab: 5, connection: 'mine' });
  });

  test.each<[string, Sender]>([
    ['no sender data', {}],
    ['no address', { id: ID, frameId: 0, tab: { id: 5 } }],
    ['another extension', { ...onPage, id: 'other' }],
    ['another extension’s page', { id: 'other', url: 'chrome-extension://other/popup.html' }],
    ['a page that looks like ours by prefix', { id: ID, url: `${ORIGIN}.evil.example/popup.html` }],
    ['a frame in a connected page', { ...onPage, frameId: 3 }],
    ['an unknown frame', { id: ID, url: onPage.url, tab: { id: 5 } }],
    ['no tab', { id: ID, url: onPage.url, frameId: 0 }],
    ['a page that is not connected', { ...onPage, url: 'https://shop.example/' }],
    ['another port of a connected host', { ...onPage, url: 'https://tracker.example:8443/' }],
    ['an address that cannot be read', { ...onPage, url: 'about:blank%' }],
  ])('nobody: %s', async (_, sender) => {
    expect(await callerOf(sender, facts)).toBeNull();
  });
});

/** The table as reviewed; a call added or opened wider has to be added here on purpose. */
const PANEL_CALLS: readonly CallName[] = [
  'trackers.list',
  'connections.list',
  'page.hello',
  'panel.context',
  'settings.read',
  'settings.write',
  'campaigns.list',
  'side.figures',
  'side.match',
  'links.list',
  'links.join',
  'links.part',
  'costs.preview',
  'costs.send',
  'costs.undo',
  'journal.list',
  'journal.read',
  'journal.settle',
  'placements.score',
  'placements.export',
  'exports.list',
  'dashboard.open',
  'options.open',
];
const CONTENT_CALLS: readonly CallName[] = ['page.hello', 'panel.open'];

describe('what they may ask', () => {
  const page = { kind: 'page', tab: 5, connection: 'mine' } as const;
  const own = { order: { connection: 'mine' } };
  const names = Object.keys(calls) as CallName[];

  test('a panel may make exactly these calls', () => {
    expect(names.filter((name) => mayCall(page, 'panel', name, own)).sort()).toEqual(
      [...PANEL_CALLS].sort(),
    );
  });

  test('the detector may make exactly these calls', () => {
    expect(names.filter((name) => mayCall(page, 'content', name, own)).sort()).toEqual(
      [...CONTENT_CALLS].sort(),
    );
  });

  test('a page that claims to be an extension page may do nothing, and the other way round', () => {
    const extension = { kind: 'extension', tab: null } as const;
    expect(names.filter((name) => mayCall(page, 'extension', name, own))).toEqual([]);
    expect(names.filter((name) => mayCall(extension, 'panel', name, own))).toEqual([]);
  });

  test('no page may see or change connections and keys', () => {
    const secret = names.filter((name) => /^(connections\.(?!list)|keys\.|transfer\.)/.test(name));
    expect(secret.length).toBeGreaterThan(15);
    expect(secret.filter((name) => mayCall(page, 'content', name, own))).toEqual([]);
    expect(secret.filter((name) => mayCall(page, 'panel', name, own))).toEqual([]);
  });

  test('a page may plan a cost for its own connection only', () => {
    expect(mayCall(page, 'panel', 'costs.preview', { order: { connection: 'other' } })).toBe(false);
    expect(mayCall(page, 'panel', 'costs.preview', {})).toBe(false);
    expect(
      mayCall(page, 'panel', 'costs.preview', { order: Object.create({ connection: 'mine' }) }),
    ).toBe(false);
  });
});

test('every call has a result, and every result a call', () => {
  type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
  // Fails to compile when they differ.
  const same: Same<CallName, keyof Results> = true;
  expect(same).toBe(true);
});
