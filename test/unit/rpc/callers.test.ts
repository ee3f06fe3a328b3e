import { describe, expect, test } from 'vitest';
import type { CallerKind, CallRule } from '../../../lib/contract/call.ts';
import { type CallName, calls } from '../../../lib/contract/calls.ts';
import {
  type Caller,
  type CallTable,
  callerOf,
  mayCall,
  type Sender,
} from '../../../lib/rpc/callers.ts';

const ID = 'crosstrack-id';
const ORIGIN = 'chrome-extension://crosstrack-id';
const PAGE_URL = 'https://tracker.example/admin/#!/campaigns/12';
const facts = {
  extensionId: ID,
  extensionOrigin: ORIGIN,
  connectionAt: async (page: URL) =>
    ({ 'https://tracker.example': 'mine', 'https://other.example': 'other' })[page.origin] ?? null,
  panelOf: async (tab: number, document: string) =>
    tab === 5 && document === 'bound' ? 'mine' : null,
};
const onPage: Sender = {
  id: ID,
  url: PAGE_URL,
  origin: 'https://tracker.example',
  frameId: 0,
  documentId: 'top',
  tab: { id: 5, url: PAGE_URL },
};
const popup: Sender = { id: ID, url: `${ORIGIN}/popup.html`, origin: ORIGIN };
const options: Sender = {
  ...popup,
  url: `${ORIGIN}/options.html#add`,
  frameId: 0,
  documentId: 'options',
  tab: { id: 3, url: `${ORIGIN}/options.html#add` },
};
/** The panel's page in a frame of a connected page, before it has shown a ticket. */
const framed: Sender = {
  id: ID,
  url: `${ORIGIN}/panel.html`,
  origin: ORIGIN,
  frameId: 7,
  documentId: 'new',
  tab: { id: 5, url: PAGE_URL },
};

describe('who asks', () => {
  test('the extension’s own pages, in a tab or not', async () => {
    expect(await callerOf(popup, facts)).toEqual({ kind: 'extension', tab: null });
    expect(await callerOf(options, facts)).toEqual({ kind: 'extension', tab: 3 });
  });

  test('the detector in the top frame of a connected page', async () => {
    const page = { tab: 5, connection: 'mine', document: 'top' };
    expect(await callerOf(onPage, facts)).toEqual({ kind: 'content', ...page });
    const sandboxed = { ...onPage, origin: 'null' };
    expect(await callerOf(sandboxed, facts)).toEqual({ kind: 'sandboxed', ...page });
  });

  test('the panel’s page is a frame until its document is bound, and then the panel', async () => {
    const page = { tab: 5, connection: 'mine' };
    expect(await callerOf(framed, facts)).toEqual({ kind: 'frame', ...page, document: 'new' });
    expect(await callerOf({ ...framed, documentId: 'bound' }, facts)).toEqual({
      kind: 'panel',
      ...page,
      document: 'bound',
    });
  });

  test('a document bound for one connection is none of another', async () => {
    const moved = { ...framed, documentId: 'bound', tab: { id: 5, url: 'https://other.example/' } };
    expect(await callerOf(moved, facts)).toMatchObject({ kind: 'frame', connection: 'other' });
    const otherTab = { ...framed, documentId: 'bound', tab: { id: 6, url: PAGE_URL } };
    expect(await callerOf(otherTab, facts)).toMatchObject({ kind: 'frame' });
  });

  test.each([
    ['in a query', `${ORIGIN}/panel.html?as=options.html`],
    ['in a hash', `${ORIGIN}/panel.html#/options.html`],
    ['by a path that leads back to it', `${ORIGIN}/options.html/../panel.html`],
  ])('the panel’s page stays the panel’s page, whatever is %s', async (_, url) => {
    expect(await callerOf({ ...framed, url }, facts)).toMatchObject({ kind: 'frame' });
  });

  test.each<[string, Sender]>([
    ['no sender data', {}],
    ['no address', { ...onPage, url: undefined }],
    ['another extension', { ...onPage, id: 'other' }],
    ['another extension’s page', { id: 'other', url: 'chrome-extension://other/popup.html' }],
    [
      'a page that looks like ours by prefix',
      { ...popup, url: `${ORIGIN}.evil.example/popup.html` },
    ],
    ['our page in a frame', { ...options, frameId: 4 }],
    ['our page in a tab without a frame', { ...options, frameId: undefined }],
    ['our page in a tab without a number', { ...options, tab: {} }],
    ['our page, sandboxed', { ...popup, origin: 'null' }],
    ['our page without an origin', { ...popup, origin: undefined }],
    ['our page with a page’s origin', { ...popup, origin: 'https://tracker.example' }],
    ['the panel’s page as a window', { ...framed, frameId: 0 }],
    ['the panel’s page as a window, once bound', { ...framed, frameId: 0, documentId: 'bound' }],
    ['the panel’s page as a popup', { ...framed, frameId: undefined, tab: undefined }],
    ['the panel’s page without a frame', { ...framed, frameId: undefined }],
    ['the panel’s page without a document', { ...framed, documentId: undefined }],
    ['the panel’s page without a tab', { ...framed, tab: undefined }],
    ['the panel’s page in a tab without a number', { ...framed, tab: { url: PAGE_URL } }],
    ['the panel’s page in a tab without an address', { ...framed, tab: { id: 5 } }],
    ['the panel’s page, sandboxed', { ...framed, origin: 'null' }],
    ['the panel’s page, bound and sandboxed', { ...framed, documentId: 'bound', origin: 'null' }],
    [
      'the panel’s page on a page that is not connected',
      { ...framed, tab: { id: 5, url: 'https://shop.example/' } },
    ],
    ['the panel’s page in one of ours', { ...framed, tab: { id: 5, url: options.url } }],
    ['a frame in a connected page', { ...onPage, frameId: 3 }],
    ['an unknown frame', { ...onPage, frameId: undefined }],
    ['a page without a document', { ...onPage, documentId: undefined }],
    ['no tab', { ...onPage, tab: undefined }],
    ['a sandboxed frame', { ...onPage, origin: 'null', frameId: 3 }],
    [
      'a sandboxed page that is not connected',
      { ...onPage, url: 'https://shop.example/', origin: 'null' },
    ],
    ['a page of another origin', { ...onPage, origin: 'https://shop.example' }],
    ['a page without an origin', { ...onPage, origin: undefined }],
    [
      'a page that is not connected',
      { ...onPage, url: 'https://shop.example/', origin: 'https://shop.example' },
    ],
    [
      'another port of a connected host',
      { ...onPage, url: 'https://tracker.example:8443/', origin: 'https://tracker.example:8443' },
    ],
    ['an address that cannot be read', { ...onPage, url: 'about:blank%' }],
    ['a file', { ...onPage, url: 'file:///tracker.example/', origin: 'null' }],
  ])('nobody: %s', async (_, sender) => {
    expect(await callerOf(sender, facts)).toBeNull();
  });
});

const EXTENSION = ['extension'];
const BOTH = ['extension', 'panel'];

/** An input by its path: `{ order: { connection } }`. */
const at = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight((inner, step) => ({ [step]: inner }), value);

/**
 * Who may make which call, as reviewed: written out, not derived, so that a call that is added or
 * opened wider turns red until somebody decides about it here. `own` is the field in which a page
 * has to name its own connection.
 */
const REVIEWED: Readonly<Record<CallName, { from: readonly string[]; own?: readonly string[] }>> = {
  'trackers.list': { from: BOTH },
  'connections.list': { from: BOTH },
  'connections.recognise': { from: EXTENSION },
  'connections.probe': { from: EXTENSION },
  'connections.test': { from: EXTENSION },
  'connections.save': { from: EXTENSION },
  'connections.remove': { from: EXTENSION },
  'connections.sources': { from: EXTENSION },
  'connections.conversionTypes': { from: EXTENSION },
  'connections.template': { from: EXTENSION },
  'page.hello': { from: ['content', 'sandboxed'] },
  'panel.ticket': { from: ['content'] },
  'panel.claim': { from: ['frame'] },
  'panel.shown': { from: ['content'] },
  'panel.keep': { from: ['panel'] },
  'panel.context': { from: ['panel'] },
  'settings.read': { from: BOTH },
  'settings.write': { from: BOTH },
  'protected.list': { from: BOTH },
  'protected.set': { from: BOTH },
  'ownSources.list': { from: EXTENSION },
  'ownSources.save': { from: EXTENSION },
  'ownSources.remove': { from: EXTENSION },
  'rates.list': { from: BOTH },
  'rates.set': { from: EXTENSION },
  'limits.read': { from: BOTH },
  'limits.write': { from: EXTENSION },
  'rates.remove': { from: EXTENSION },
  'campaigns.list': { from: BOTH },
  'campaigns.figures': { from: EXTENSION },
  'campaigns.grouped': { from: EXTENSION },
  'offers.figures': { from: EXTENSION },
  'offer.senders': { from: BOTH, own: ['own'] },
  'offer.part': { from: BOTH, own: ['own'] },
  'side.figures': { from: BOTH },
  'side.total': { from: BOTH },
  'side.days': { from: BOTH },
  'side.series': { from: BOTH },
  'side.match': { from: BOTH, own: ['from', 'connection'] },
  'links.list': { from: BOTH },
  'links.join': { from: BOTH, own: ['a', 'connection'] },
  'links.split': { from: EXTENSION },
  'links.part': { from: BOTH },
  'links.proposals': { from: EXTENSION },
  'links.accept': { from: EXTENSION },
  'links.reject': { from: EXTENSION },
  'links.tellApart': { from: BOTH, own: ['a', 'connection'] },
  'links.restore': { from: EXTENSION },
  'links.rejected': { from: EXTENSION },
  'links.search': { from: EXTENSION },
  'costs.preview': { from: BOTH, own: ['order', 'connection'] },
  'costs.previewBeside': { from: BOTH, own: ['from', 'connection'] },
  'costs.previewParts': { from: BOTH, own: ['order', 'connection'] },
  'costs.previewDays': { from: BOTH, own: ['order', 'connection'] },
  'costs.send': { from: BOTH },
  'costs.sendAll': { from: BOTH },
  'costs.undo': { from: BOTH },
  'costs.line': { from: BOTH },
  'costs.queue': { from: BOTH },
  'costs.again': { from: BOTH },
  'costs.cancel': { from: BOTH },
  'journal.open': { from: BOTH },
  'journal.list': { from: BOTH },
  'journal.read': { from: BOTH },
  'journal.settle': { from: BOTH },
  'pauses.preview': { from: BOTH, own: ['connection'] },
  'pauses.send': { from: BOTH },
  'pauses.undo': { from: BOTH },
  'pauses.list': { from: BOTH },
  'pauses.read': { from: BOTH },
  'pauses.settle': { from: BOTH },
  'marks.preview': { from: BOTH, own: ['connection'] },
  'marks.send': { from: BOTH },
  'marks.undo': { from: BOTH },
  'marks.present': { from: BOTH, own: ['connection'] },
  'marks.list': { from: BOTH },
  'marks.read': { from: BOTH },
  'marks.settle': { from: BOTH },
  'placements.list': { from: BOTH, own: ['connection'] },
  'placements.token': { from: BOTH, own: ['connection'] },
  'placements.restart': { from: BOTH, own: ['connection'] },
  'placements.payout': { from: BOTH, own: ['connection'] },
  'placements.export': { from: BOTH, own: ['connection'] },
  'placements.blocked': { from: BOTH, own: ['connection'] },
  'placements.unblock': { from: BOTH, own: ['connection'] },
  'tokens.list': { from: BOTH, own: ['connection'] },
  'exports.list': { from: BOTH },
  'connections.turn': { from: EXTENSION },
  'connections.order': { from: EXTENSION },
  'page.guess': { from: EXTENSION },
  'connections.overlaps': { from: EXTENSION },
  'demo.add': { from: EXTENSION },
  'demo.remove': { from: EXTENSION },
  'formats.list': { from: EXTENSION },
  'keys.state': { from: EXTENSION },
  'keys.setPassphrase': { from: EXTENSION },
  'keys.changePassphrase': { from: EXTENSION },
  'keys.removePassphrase': { from: EXTENSION },
  'keys.unlock': { from: EXTENSION },
  'keys.lock': { from: EXTENSION },
  'keys.forget': { from: EXTENSION },
  'keys.idle': { from: EXTENSION },
  'transfer.export': { from: EXTENSION },
  'transfer.preview': { from: EXTENSION },
  'transfer.apply': { from: EXTENSION },
  'managed.read': { from: EXTENSION },
  'storage.read': { from: EXTENSION },
  'storage.damaged': { from: EXTENSION },
  'popup.start': { from: EXTENSION },
  'stats.known': { from: EXTENSION },
  'stats.once': { from: EXTENSION },
  'stats.read': { from: EXTENSION },
  'campaign.open': { from: BOTH },
  'clicks.lookUp': { from: BOTH },
  'offers.caps': { from: BOTH },
  'dashboard.open': { from: ['extension', 'content', 'sandboxed', 'panel'] },
  'options.open': { from: BOTH },
};
const NAMES = Object.keys(REVIEWED) as CallName[];
const ASKERS: readonly CallerKind[] = ['extension', 'content', 'sandboxed', 'frame', 'panel'];
const OURS: Caller = { kind: 'extension', tab: null };
const onTracker = (kind: 'content' | 'sandboxed' | 'frame' | 'panel'): Caller => ({
  kind,
  tab: 5,
  connection: 'mine',
  document: 'it',
});
const CALLERS: readonly Caller[] = [
  OURS,
  onTracker('content'),
  onTracker('sandboxed'),
  onTracker('frame'),
  onTracker('panel'),
];

/** Inputs, and whether they name the page's own connection where they have to. */
function inputsOf(own: readonly string[] | undefined): ReadonlyArray<[string, unknown, boolean]> {
  if (!own) return [['any input', {}, true]];
  const path = own.join('.');
  return [
    [`${path} is its own`, at(own, 'mine'), true],
    [`${path} is another`, at(own, 'other'), false],
    [`${path} is missing`, {}, false],
    [`${path} is a list with its own`, at(own, ['mine']), false],
    [`${path} is inherited`, at(own.slice(0, -1), Object.create({ connection: 'mine' })), false],
    [
      `only other fields name its own`,
      { ...Object(at(own, 'other')), id: 'mine', b: { connection: 'mine' }, target: 'mine' },
      false,
    ],
  ];
}

/** Everything that a table answers otherwise than reviewed. */
function breaches(table: CallTable): string[] {
  return NAMES.flatMap((name) => {
    const { from, own } = REVIEWED[name];
    return CALLERS.flatMap((caller) =>
      inputsOf(own).flatMap(([what, input, named]) => {
        const expected = from.includes(caller.kind) && (caller === OURS || named);
        const found = mayCall(caller, name, input, table);
        return found === expected
          ? []
          : [`${name} by ${caller.kind}, ${what}: ${found ? 'may' : 'may not'}`];
      }),
    );
  });
}

/** Each way in which one row can be made wrong, with its name. */
function mutantsOf(name: CallName): Array<[string, CallTable]> {
  const table: CallTable = calls;
  const row = table[name];
  if (!row) return [];
  const { ownConnection: own, ...open } = row;
  const { [name]: _, ...without } = table;
  const withRow = (changed: NonNullable<typeof row>): CallTable => ({ ...table, [name]: changed });
  return [
    ['the row removed', without],
    ...ASKERS.filter((asker) => !row.from.includes(asker)).map((asker): [string, CallTable] => [
      `${asker} added`,
      withRow({ ...row, from: [...row.from, asker] }),
    ]),
    ...row.from.map((asker): [string, CallTable] => [
      `${asker} taken out`,
      withRow({ ...row, from: row.from.filter((one) => one !== asker) }),
    ]),
    ...(own
      ? ([
          ['own connection not asked for', withRow(open)],
          ['own connection looked for elsewhere', withRow({ ...row, ownConnection: ['target'] })],
          [
            'own connection looked for on the other side',
            withRow({ ...row, ownConnection: ['b', 'connection'] }),
          ],
          ['own connection looked for too high', withRow({ ...row, ownConnection: [] })],
        ] satisfies Array<[string, CallTable]>)
      : ([
          ['own connection asked for', withRow({ ...row, ownConnection: ['connection'] })],
        ] satisfies Array<[string, CallTable]>)),
  ];
}

describe('what they may ask', () => {
  test('every call has been decided about, and only calls that are there', () => {
    expect(Object.keys(calls).sort()).toEqual([...NAMES].sort());
  });

  test('what is invalidated are calls that there are', () => {
    const rows: readonly CallRule[] = Object.values(calls);
    const told = rows.flatMap(({ invalidates }) => invalidates ?? []);
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((name) => !(name in calls))).toEqual([]);
  });

  test('each call may be made by exactly whom it was decided, with exactly what', () => {
    expect(breaches(calls)).toEqual([]);
  });

  test.each(NAMES)('%s: a row that is loosened, tightened or gone is noticed', (name) => {
    const mutants = mutantsOf(name);
    expect(mutants.length).toBeGreaterThan(3);
    // Askers that are pages are the only ones whom an own connection narrows.
    const telling = mutants.filter(
      ([what]) =>
        what !== 'own connection asked for' ||
        REVIEWED[name].from.some((one) => one !== 'extension'),
    );
    const unnoticed = telling.filter(([, table]) => breaches(table).length === 0);
    expect(unnoticed.map(([what]) => what)).toEqual([]);
  });

  test('what changes a tracker wants a press that the page’s detector has seen', () => {
    const rows: ReadonlyArray<[string, CallRule]> = Object.entries(calls);
    expect(rows.filter(([, { confirmed }]) => confirmed).map(([name]) => name)).toEqual([
      'costs.send',
      'costs.sendAll',
      'pauses.send',
      'marks.send',
    ]);
  });

  test('a frame without its ticket may show a ticket, and nothing else', () => {
    const frame = onTracker('frame');
    expect(NAMES.filter((name) => mayCall(frame, name, {}))).toEqual(['panel.claim']);
  });

  test('no page may see or change connections and keys', () => {
    const secret = NAMES.filter((name) =>
      /^(connections\.(?!list)|keys\.|transfer\.|managed\.|demo\.|storage\.)/.test(name),
    );
    expect(secret.length).toBeGreaterThan(18);
    expect(
      secret.filter((name) => CALLERS.some((one) => one !== OURS && mayCall(one, name, {}))),
    ).toEqual([]);
  });
});

describe('what an administrator has a say in', () => {
  const rows: ReadonlyArray<[string, CallRule]> = Object.entries(calls);
  const made = (of: 'new' | 'old') =>
    Object.fromEntries(
      rows.flatMap(([name, { feature }]) => {
        const input = { id: of === 'new' ? null : 'k', passphrase: of === 'new' ? 'p' : null };
        const found = feature?.(input);
        return found ? [[name, found]] : [];
      }),
    );
  const ALWAYS = {
    'connections.probe': 'add-connections',
    'costs.preview': 'costs',
    'costs.previewBeside': 'costs',
    'costs.previewParts': 'costs',
    'costs.previewDays': 'costs',
    'costs.send': 'costs',
    'costs.sendAll': 'costs',
    'costs.undo': 'costs',
    'costs.again': 'costs',
    'pauses.preview': 'pauses',
    'pauses.send': 'pauses',
    'pauses.undo': 'pauses',
    'placements.list': 'blacklist',
    'placements.token': 'blacklist',
    'placements.restart': 'blacklist',
    'placements.payout': 'blacklist',
    'protected.set': 'blacklist',
    'placements.export': 'blacklist',
    'placements.blocked': 'blacklist',
    'placements.unblock': 'blacklist',
    'marks.preview': 'blacklist',
    'marks.send': 'blacklist',
    'marks.undo': 'blacklist',
    'marks.present': 'blacklist',
  };

  test('is named by each call that is made of it, as reviewed', () => {
    expect(made('old')).toEqual(ALWAYS);
    expect(made('new')).toEqual({
      ...ALWAYS,
      'connections.test': 'add-connections',
      'connections.save': 'add-connections',
      'transfer.export': 'export-keys',
    });
  });

  test('waits for the policy, and so does whatever changes connections, links, settings or trackers', () => {
    expect(rows.filter(([, { beforePolicy }]) => !beforePolicy).map(([name]) => name)).toEqual([
      'connections.probe',
      'connections.test',
      'connections.save',
      'connections.turn',
      'connections.order',
      'connections.remove',
      'connections.template',
      'demo.add',
      'demo.remove',
      'settings.write',
      'ownSources.save',
      'ownSources.remove',
      'protected.set',
      'rates.set',
      'rates.remove',
      'limits.write',
      'links.join',
      'links.split',
      'links.part',
      'links.accept',
      'links.reject',
      'links.tellApart',
      'links.restore',
      'costs.preview',
      'costs.previewBeside',
      'costs.previewParts',
      'costs.previewDays',
      'costs.send',
      'costs.sendAll',
      'costs.undo',
      'costs.queue',
      'costs.again',
      'costs.cancel',
      'journal.settle',
      'pauses.preview',
      'pauses.send',
      'pauses.undo',
      'pauses.settle',
      'placements.list',
      'placements.token',
      'placements.restart',
      'placements.payout',
      'placements.export',
      'placements.blocked',
      'placements.unblock',
      'marks.preview',
      'marks.send',
      'marks.undo',
      'marks.present',
      'marks.settle',
      'transfer.export',
      'transfer.preview',
      'transfer.apply',
    ]);
  });
});
