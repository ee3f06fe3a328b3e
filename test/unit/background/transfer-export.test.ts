import { beforeEach, describe, expect, test } from 'vitest';
import { LOCKED } from '../../../lib/errors.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import {
  type Area,
  exportFrom,
  KEY,
  PASSPHRASE,
  startWorker,
  type Worker,
} from './transfer-world.ts';

let area: Area;
let here: Worker;

beforeEach(quickDerivation);
beforeEach(() => {
  area = {};
  here = startWorker(testDatabase().database, area);
});

const exported = (passphrase: string | null = null) => exportFrom(here, passphrase);

describe('the exported file', () => {
  test('holds connections, templates, links and settings, readable and without keys', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const template = { sourceId: '1', sourceName: 'S', campaign: 1, adSet: null, ad: null };
    await here.call('connections.template', { id, template: { ...template, placement: 2 } });
    const other = await here.connect('https://b.example', KEY, 'Beta');
    await here.call('links.join', {
      a: { connection: id, campaignId: '7', name: 'Summer' },
      b: { connection: other, campaignId: '8', name: 'Summer DE' },
    });
    await here.call('settings.write', { format: 'other' });
    const { text, name, missing } = await here.call('transfer.export', { passphrase: null });
    expect(JSON.parse(text)).toMatchObject({
      crosstrack: 'settings',
      version: 2,
      exportedAt: '2026-08-01T00:00:00.000Z',
      connections: [
        { id, address: 'https://a.example', templates: [{ sourceId: '1', placement: 2 }] },
        { id: other, tracker: 'fake', name: 'Beta' },
      ],
      links: [{ members: [{ name: 'Summer' }, { name: 'Summer DE' }] }],
      settings: { format: 'other' },
    });
    expect(text).not.toContain(KEY);
    expect(text).toContain('\n  "connections": [');
    expect({ name, missing }).toEqual({ name: 'crosstrack-settings-2026-08-01', missing: [] });
  });

  test('leaves links out that lead to a removed connection', async () => {
    const id = await here.connect('https://a.example', KEY);
    const other = await here.connect('https://b.example', KEY);
    await here.call('links.join', {
      a: { connection: id, campaignId: '7', name: 'Summer' },
      b: { connection: other, campaignId: '8', name: 'Summer DE' },
    });
    await here.call('connections.remove', { id: other });
    expect(JSON.parse(await exported()).links).toEqual([]);
  });

  test('with keys is sealed, needs a real passphrase, and says whose key was missing', async () => {
    await here.connect('https://a.example', KEY, 'Alpha');
    const id = await here.connect('https://b.example', KEY, 'Beta');
    delete area[`key:${id}`];
    await expect(here.call('transfer.export', { passphrase: 'short' })).rejects.toMatchObject({
      problem: { kind: 'input', text: 'problem_passphrase_short', values: ['10'] },
    });
    const sealed = await here.call('transfer.export', { passphrase: PASSPHRASE });
    expect(sealed.missing).toEqual(['Beta']);
    expect(JSON.parse(sealed.text)).toMatchObject({ crosstrack: 'sealed', version: 1 });
    expect(sealed.text).not.toMatch(/canary|Alpha|a\.example/);
  });

  test('with keys is not written while they are locked; without keys it is', async () => {
    await here.connect('https://a.example', KEY, 'Alpha');
    await here.call('keys.setPassphrase', { passphrase: 'another passphrase' });
    await here.call('keys.lock', {});
    await expect(here.call('transfer.export', { passphrase: PASSPHRASE })).rejects.toMatchObject({
      problem: LOCKED,
    });
    expect(JSON.parse(await exported()).connections).toMatchObject([{ name: 'Alpha' }]);
    await here.call('keys.unlock', { passphrase: 'another passphrase' });
    expect((await here.call('transfer.export', { passphrase: PASSPHRASE })).missing).toEqual([]);
  });
});
