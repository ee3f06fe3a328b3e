import { beforeEach, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import { sealFile } from '../../../lib/transfer/seal-file.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import {
  type Area,
  exportFrom,
  fakeTracker,
  formOf,
  importInto,
  KEY,
  namesIn,
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
const names = () => namesIn(here);

type File = { connections: object[]; rejections?: object[] };
const anonymous: typeof fakeTracker.check = async (...asked) => ({
  ...(await fakeTracker.check(...asked)),
  account: null,
});
const edited = (text: string, change: (file: File) => object): string =>
  JSON.stringify(change(JSON.parse(text)));
const first = ({ connections }: File): object => connections[0] ?? {};

describe('importing', () => {
  test('brings a removed connection back under its id, without its key', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = await exported();
    await here.call('connections.remove', { id });
    expect(await importText(text)).toEqual([
      'add connection Alpha',
      'skip settings transfer_already',
    ]);
    const [back] = await here.call('connections.list', {});
    expect(back).toMatchObject({ id, name: 'Alpha', problem: { text: 'problem_no_key' } });
  });

  test('from a sealed file brings the key too; the connection then waits for its host', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = await exported(PASSPHRASE);
    await here.call('connections.remove', { id });
    await expect(here.call('transfer.preview', { text, passphrase: null })).rejects.toMatchObject({
      problem: { kind: 'auth', reason: 'sealed', text: 'transfer_sealed' },
    });
    await expect(
      here.call('transfer.preview', { text, passphrase: 'another horse' }),
    ).rejects.toMatchObject({ problem: { kind: 'auth', text: 'transfer_passphrase' } });
    expect(await names()).toEqual([]);
    expect((await importText(text, PASSPHRASE))[0]).toBe('add connection Alpha (key)');
    expect(Object.keys(area)).toEqual([`key:${id}`]);
    expect(JSON.stringify(area)).not.toContain(KEY);
    const { keyEnd } = (await here.call('connections.list', {}))[0] ?? {};
    expect(keyEnd).toBe('0001');
    const waiting = startWorker(database, area, { granted: false });
    expect((await waiting.call('connections.list', {}))[0]?.problem).toMatchObject({
      kind: 'permission',
      text: 'problem_no_host_permission',
    });
  });

  test('changes what differs, says which fields, and keeps templates that the file does not know', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = await exported();
    const template = { sourceId: '1', sourceName: 'S', campaign: 1, adSet: null, ad: null };
    await here.call('connections.template', { id, template: { ...template, placement: 2 } });
    const changed = edited(text, (file) => {
      Object.assign(first(file), { name: 'Renamed', currency: 'EUR' });
      return { ...file, settings: { format: 'other' } };
    });
    expect(await importText(changed)).toEqual([
      'change connection Alpha (name,currency)',
      'change settings (format)',
    ]);
    expect((await here.call('connections.list', {}))[0]).toMatchObject({
      id,
      name: 'Renamed',
      currency: 'EUR',
      keyEnd: '0001',
      templates: [{ sourceId: '1' }],
    });
    expect(await importText(changed)).toEqual([
      'skip connection Renamed transfer_already',
      'skip settings transfer_already',
    ]);
  });

  test('leaves the payout of all campaigns in older files alone', async () => {
    await here.connect('https://a.example', KEY, 'Alpha');
    const old = edited(await exported(), (file) => {
      const { settings } = Object(file);
      return { ...file, settings: { ...settings, rules: { ...settings.rules, payout: 30 } } };
    });
    expect(await importText(old)).toEqual([
      'skip connection Alpha transfer_already',
      'skip settings transfer_already',
    ]);
  });

  test('says what a field is here and what it will be', async () => {
    const paths = { login: 'login', click: 'click' };
    here = startWorker(database, area, { trackers: [{ ...fakeTracker, paths }] });
    await here.connect('https://a.example', KEY, 'Alpha');
    const text = edited(await exported(), (file) => {
      const change = { name: 'Renamed', basis: 'postback', paths: { click: 'go' }, off: true };
      Object.assign(first(file), change);
      return { ...file, settings: { format: 'other' } };
    });
    const { entries } = await here.call('transfer.preview', { text, passphrase: null });
    expect(entries.map(({ name, fields }) => ({ name, fields }))).toEqual([
      {
        name: 'Alpha',
        fields: [
          { field: 'name', before: 'Alpha', after: 'Renamed' },
          { field: 'paths', before: '', after: 'go' },
          { field: 'basis', before: 'visit', after: 'postback' },
          { field: 'off', before: '', after: '' },
        ],
      },
      { name: '', fields: [{ field: 'format', before: 'propellerads', after: 'other' }] },
    ]);
  });

  test('brings the conversion types that count', async () => {
    here = startWorker(database, area, {
      trackers: [{ ...fakeTracker, conversionTypes: async () => [] }],
    });
    const types = [
      { id: 'default_type', name: 'Conversion' },
      { id: 'type1', name: 'Upsell' },
    ];
    const draft = { ...formOf('https://a.example'), name: 'Alpha', conversionTypes: types };
    await here.call('connections.save', { draft, credentials: { key: KEY }, id: null });
    const text = await exported();
    const fewer = edited(text, (file) => {
      Object.assign(first(file), { conversionTypes: types.slice(1) });
      return file;
    });
    const { entries } = await here.call('transfer.preview', { text: fewer, passphrase: null });
    expect(entries[0]?.fields).toEqual([
      { field: 'conversionTypes', before: 'Conversion, Upsell', after: 'Upsell' },
    ]);
    await importText(fewer);
    expect(await here.call('connections.list', {})).toMatchObject([
      { conversionTypes: types.slice(1) },
    ]);
  });

  test('brings back what was accepted without encryption, and says so; older files are skipped as before', async () => {
    const draft = { ...formOf('http://a.example'), name: 'Plain', plainHttp: true };
    const { connection } = await here.call('connections.save', {
      draft,
      credentials: { key: KEY },
      id: null,
    });
    const text = await exported();
    await here.call('connections.remove', { id: connection.id });
    const older = edited(text, (file) => {
      Object.assign(first(file), { plainHttp: undefined });
      return file;
    });
    expect((await importText(older))[0]).toBe('skip connection Plain address_plain_http');
    expect((await importText(text))[0]).toBe('add connection Plain (plainHttp)');
    expect(await here.call('connections.list', {})).toMatchObject([{ api: 'http://a.example' }]);
    expect((await importText(text))[0]).toBe('skip connection Plain transfer_already');
  });

  test('what was turned off comes back off; a file from before that changes nothing of it', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    await here.call('connections.turn', { id, off: true });
    const text = await exported();
    const off = async () => (await here.call('connections.list', {})).map((one) => one.off);
    await here.call('connections.remove', { id });
    expect((await importText(text))[0]).toBe('add connection Alpha (off)');
    expect(await off()).toEqual([true]);
    const older = edited(text, (file) => {
      Object.assign(first(file), { off: undefined });
      return file;
    });
    expect((await importText(older))[0]).toBe('skip connection Alpha transfer_already');
    expect((await importText(text.replace('"off": true', '"off": false')))[0]).toBe(
      'change connection Alpha (on)',
    );
    expect(await off()).toEqual([false]);
  });

  describe('of a tracker whose address everybody shares', () => {
    const SECOND = 'canary-key-0002';
    const trackers = [{ ...fakeTracker, manyAccounts: true as const, check: anonymous }];
    let ids: string[];
    const start = () => {
      here = startWorker(database, area, { trackers });
    };
    /** A browser of its own, with nothing in it. */
    const startAnew = () => {
      ({ database } = testDatabase());
      area = {};
      start();
    };
    const keyEnds = async () =>
      (await here.call('connections.list', {})).map(({ name, keyEnd }) => `${name} ${keyEnd}`);
    beforeEach(async () => {
      start();
      ids = [
        await here.connect('https://api.example', KEY, 'One'),
        await here.connect('https://api.example', SECOND, 'Two'),
      ];
    });

    test('both accounts come, each with its key, and are known again by id', async () => {
      const text = await exported(PASSPHRASE);
      startAnew();
      expect((await importText(text, PASSPHRASE)).slice(0, 2)).toEqual([
        'add connection One (key)',
        'add connection Two (key)',
      ]);
      expect(await keyEnds()).toEqual(['One 0001', 'Two 0002']);
      const renamed = edited(await exported(), (file) => {
        Object.assign(first(file), { name: 'Uno' });
        return file;
      });
      expect((await importText(renamed)).slice(0, 2)).toEqual([
        'change connection One (name)',
        'skip connection Two transfer_already',
      ]);
    });

    test('another id is told by its key, and without keys by its name, each once', async () => {
      const others = (text: string) =>
        ids.reduce((all, id) => all.replaceAll(id, crypto.randomUUID()), text);
      const clear = edited(others(await exported()), (file) => ({
        ...file,
        connections: [...file.connections, { ...first(file), id: crypto.randomUUID() }],
      }));
      expect((await importText(clear)).slice(0, 3)).toEqual([
        'skip connection One transfer_same_account',
        'skip connection Two transfer_same_account',
        'add connection One',
      ]);
      const [one, two] = JSON.parse(others(await exported())).connections;
      const file = { ...JSON.parse(clear), connections: [] as object[] };
      file.connections = [
        { ...two, name: 'One', key: SECOND },
        { ...one, name: 'One', key: 'canary-key-0003' },
        { ...one, id: crypto.randomUUID(), key: 'canary-key-0003' },
      ];
      const sealed = await sealFile(JSON.stringify(file), PASSPHRASE);
      expect((await importText(sealed, PASSPHRASE)).slice(0, 3)).toEqual([
        'skip connection One transfer_same_account',
        'add connection One (key)',
        'skip connection One transfer_same_account',
      ]);
      expect(await keyEnds()).toEqual(['One 0001', 'Two 0002', 'One ', 'One 0003']);
    });
  });

  test('skips, with the reason, what the form would refuse', async () => {
    await here.connect('https://a.example', KEY, 'Alpha');
    const text = edited(await exported(), (file) => {
      const like = first(file);
      return {
        ...file,
        connections: [
          { ...like, id: 'other', name: 'Twin' },
          { ...like, id: 'u', name: 'Unknown', tracker: 'nobody' },
          { ...like, id: 'h', name: 'Plain', address: 'http://c.example' },
          { ...like, id: 'j', name: 'Script', address: 'javascript://c.example/%0aalert(1)' },
          { ...like, id: 'p', name: 'Password', address: 'https://me:secret@c.example' },
          { ...like, id: 'z', name: 'Zone', address: 'https://d.example', zone: 'Mars/Base' },
          { ...like, id: 'n', name: 'New', address: 'https://e.example' },
          { ...like, id: 'n', name: 'Again', address: 'https://f.example' },
          { ...like, id: 'm', name: 'New twin', address: 'https://e.example' },
        ],
      };
    });
    expect((await importText(text)).slice(0, -1)).toEqual([
      'skip connection Twin transfer_same_account',
      'skip connection Unknown problem_tracker_unknown',
      'skip connection Plain address_plain_http',
      'skip connection Script address_scheme',
      'skip connection Password address_credentials',
      'skip connection Zone zone_unknown',
      'add connection New',
      'skip connection Again transfer_repeated',
      'skip connection New twin transfer_same_account',
    ]);
    expect(await names()).toEqual(['Alpha', 'New']);
  });

  test('an id that belongs to another account here is not taken over', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = edited(await exported(), (file) => {
      Object.assign(first(file), { address: 'https://evil.example', name: 'Evil' });
      return file;
    });
    await importText(text);
    const [alpha, evil] = await here.call('connections.list', {});
    expect(alpha).toMatchObject({ id, name: 'Alpha', api: 'https://a.example', keyEnd: '0001' });
    expect(evil).toMatchObject({ name: 'Evil', problem: { text: 'problem_no_key' } });
    expect(evil?.id).not.toBe(id);
  });

  test('hostile names and ids stay text', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = (await exported())
      .replaceAll(id, '__proto__')
      .replace('Alpha', '<img src=x onerror=alert(1)>')
      .replace('https://a.example', 'https://b.example');
    await importText(text);
    const added = (await here.call('connections.list', {}))[1];
    expect(added?.name).toBe('<img src=x onerror=alert(1)>');
    expect(added?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('links find the connections by account, grow, and are never replaced', async () => {
    const [a, b, c] = [
      await here.connect('https://a.example', KEY, 'A'),
      await here.connect('https://b.example', KEY, 'B'),
      await here.connect('https://c.example', KEY, 'C'),
    ];
    const member = (connection: string, campaignId: string) => ({
      connection,
      campaignId,
      name: campaignId,
    });
    await here.call('links.join', { a: member(a, '1'), b: member(b, '1') });
    const link = (id: string, ...members: object[]) => ({ id, members, how: 'hand', createdAt: 1 });
    const text = edited(await exported(), (file) => ({
      ...JSON.parse(JSON.stringify(file).replaceAll(a, 'their-a')),
      links: [
        link('1', member('their-a', '1'), member(b, '1')),
        link('2', member('their-a', '1'), member(c, '1')),
        link('3', member('their-a', '1'), member(b, 'other')),
        link('4', member('their-a', '5'), member(c, '5')),
        link('4', member('their-a', '6'), member(c, '6')),
        link('5', member('their-a', '1'), member(c, '5')),
        link('6', member('gone', '1'), member(c, '9')),
        link('7', member(b, '8'), member(b, '9')),
      ],
    }));
    const entries = await importText(text);
    expect(entries.filter((entry) => entry.includes(' link '))).toEqual([
      'skip link 1 · 1 transfer_already',
      'change link 1 · 1',
      'skip link 1 · other transfer_link_conflict',
      'add link 5 · 5',
      'add link 6 · 6',
      'skip link 1 · 5 transfer_link_conflict',
      'skip link 1 · 9 transfer_link_apart',
      'skip link 8 · 9 transfer_link_conflict',
    ]);
    const sizes = (await here.call('links.list', {})).map(({ members }) => members.length);
    expect(sizes.sort()).toEqual([2, 2, 3]);
  });

  test('several campaigns of a connection, offers and rejected proposals survive a round trip', async () => {
    const [a, b] = [
      await here.connect('https://a.example', KEY, 'A'),
      await here.connect('https://b.example', KEY, 'B'),
    ];
    const long = 'x'.repeat(500);
    const member = (connection: string, campaignId: string, name = campaignId) => ({
      connection,
      campaignId,
      name,
    });
    await here.call('links.join', { a: member(a, '1', long), b: member(b, '1') });
    await here.call('links.join', { a: member(a, '1', long), b: member(b, '2'), also: true });
    await here.call('links.join', { a: member(a, '1'), b: member(b, '1'), kind: 'offer' });
    await here.call('links.split', { members: [member(a, '5'), member(b, '5')], split: true });
    for (const kind of ['campaign', 'offer'] as const) {
      await here.call('links.reject', { kind, pairs: [{ a: member(a, '8'), b: member(b, '9') }] });
    }
    const text = await exported();
    const everything = async (worker: Worker) => ({
      campaigns: await worker.call('links.list', { kind: 'campaign' }),
      offers: await worker.call('links.list', { kind: 'offer' }),
      rejected: [
        ...(await worker.call('links.rejected', { kind: 'campaign' })),
        ...(await worker.call('links.rejected', { kind: 'offer' })),
      ],
    });
    const before = await everything(here);
    expect(before.campaigns.map(({ members }) => members.length).sort()).toEqual([2, 3]);
    expect(before.campaigns.map(({ split = false }) => split).sort()).toEqual([false, true]);
    expect(before.rejected).toHaveLength(2);

    here = startWorker(testDatabase().database, {});
    await importText(text);
    expect(await everything(here)).toEqual(before);
    const again = await importText(text);
    expect(again.every((entry) => entry.startsWith('skip'))).toBe(true);
    expect(await everything(here)).toEqual(before);
  });

  test('a link of several campaigns grows from a file, and never by another choice', async () => {
    const [a, b] = [
      await here.connect('https://a.example', KEY, 'A'),
      await here.connect('https://b.example', KEY, 'B'),
    ];
    const member = (connection: string, campaignId: string) => ({
      connection,
      campaignId,
      name: campaignId,
    });
    await here.call('links.join', { a: member(a, '1'), b: member(b, '1') });
    const link = (...members: object[]) => ({ id: '1', members, how: 'hand', createdAt: 1 });
    const withLinks = async (...links: object[]) =>
      importText(edited(await exported(), (file) => ({ ...file, links })));
    const entries = [
      ...(await withLinks(link(member(a, '1'), member(b, '2')))),
      ...(await withLinks(link(member(a, '1'), member(b, '1'), member(b, '2')))),
      ...(await withLinks(link(member(a, '1'), member(b, '2')))),
    ];
    expect(entries.filter((entry) => entry.includes(' link '))).toEqual([
      'skip link 1 · 2 transfer_link_conflict',
      'change link 1 · 1 · 2',
      'skip link 1 · 2 transfer_already',
    ]);
    expect((await here.call('links.list', {}))[0]?.members).toHaveLength(3);
  });

  test('a rejection of what is linked here is left out, and so is one of unknown connections', async () => {
    const [a, b] = [
      await here.connect('https://a.example', KEY, 'A'),
      await here.connect('https://b.example', KEY, 'B'),
    ];
    const pair = {
      a: { connection: a, campaignId: '1', name: '1' },
      b: { connection: b, campaignId: '1', name: '1' },
    };
    await here.call('links.reject', { kind: 'campaign', pairs: [pair] });
    const text = edited(await exported(), (file) => {
      const [own] = file.rejections ?? [];
      const strange = JSON.parse(JSON.stringify(own).replaceAll(a, 'gone'));
      return { ...file, rejections: [own, strange] };
    });
    await here.call('links.join', pair);
    const entries = await importText(text);
    expect(entries.filter((entry) => entry.includes(' rejection '))).toEqual([
      'skip rejection 1 · 1 transfer_link_conflict',
      'skip rejection 1 · 1 transfer_link_apart',
    ]);
    expect(await here.call('links.rejected', { kind: 'campaign' })).toEqual([]);
  });

  test('a file of version 1 has no rejections, and is read', async () => {
    const text = edited(await exported(), ({ rejections: _, ...file }) => ({
      ...file,
      version: 1,
    }));
    await importText(text);
    expect(await here.call('links.rejected', { kind: 'campaign' })).toEqual([]);
  });

  test('thousands of links are planned in time that grows with their number', async () => {
    const a = await here.connect('https://a.example', KEY, 'A');
    const b = await here.connect('https://b.example', KEY, 'B');
    const links = Array.from({ length: 20_000 }, (_, index) => ({
      id: String(index),
      members: [a, b].map((connection) => ({ connection, campaignId: `${index}`, name: 'n' })),
      how: 'hand',
      createdAt: 1,
    }));
    const text = edited(await exported(), (file) => ({ ...file, links }));
    const { entries } = await here.call('transfer.preview', { text, passphrase: null });
    expect(entries.filter(({ does }) => does === 'add')).toHaveLength(20_000);
  });
});
