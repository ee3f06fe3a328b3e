import { beforeEach, describe, expect, test } from 'vitest';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import {
  type Area,
  exportFrom,
  KEY,
  namesIn,
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
const names = () => namesIn(here);

describe('nothing without the preview', () => {
  test('a preview writes nothing', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = await exported(PASSPHRASE);
    await here.call('connections.remove', { id });
    await here.call('transfer.preview', { text, passphrase: PASSPHRASE });
    expect(await names()).toEqual([]);
    expect(area).toEqual({});
  });

  test('what is added names every host that the browser has to be asked for', async () => {
    const id = await here.connect('https://a.example:8443', KEY, 'Alpha');
    const text = await exported();
    const hostsIn = async () => {
      const { entries } = await here.call('transfer.preview', { text, passphrase: null });
      return entries
        .filter(({ what }) => what === 'connection')
        .map(({ does, fields }) => [does, fields.find(({ field }) => field === 'access')?.after]);
    };
    expect(await hostsIn()).toEqual([['skip', undefined]]);
    await here.call('connections.remove', { id });
    expect(await hostsIn()).toEqual([['add', 'https://a.example/*']]);
  });

  test('another file, or another effect by now, is not what was confirmed', async () => {
    const id = await here.connect('https://a.example', KEY, 'Alpha');
    const text = await exported();
    await here.call('connections.remove', { id });
    const { plan } = await here.call('transfer.preview', { text, passphrase: null });
    const refused = { problem: { kind: 'conflict', text: 'problem_preview_gone' } };
    await expect(
      here.call('transfer.apply', { text: text.replace('USD', 'EUR'), passphrase: null, plan }),
    ).rejects.toMatchObject(refused);
    await here.connect('https://a.example', KEY, 'Meanwhile');
    await expect(
      here.call('transfer.apply', { text, passphrase: null, plan }),
    ).rejects.toMatchObject(refused);
    expect(await names()).toEqual(['Meanwhile']);
  });
});
