import { expect, test } from 'vitest';
import type { OwnSource } from '../../../lib/sources/own-sources.ts';
import { testDatabase } from '../test-database.ts';
import { exportFrom, importInto, startWorker } from './transfer-world.ts';

const MYNET: OwnSource = {
  id: 'own-mynet',
  name: 'MyNet',
  digits: true,
  letters: false,
  signs: '',
  shortest: 1,
  longest: 20,
  separator: 'newline',
  perList: null,
};
const POPNET: OwnSource = { ...MYNET, id: 'own-popnet', name: 'PopNet' };

const open = () => startWorker(testDatabase().database, {});

test('sources that are saved at once are all kept, one for an id', async () => {
  const { call } = open();
  await Promise.all([call('ownSources.save', MYNET), call('ownSources.save', POPNET)]);
  expect(await call('ownSources.list', {})).toEqual([MYNET, POPNET]);
  const changed = { ...MYNET, signs: '-' };
  expect(await call('ownSources.save', changed)).toEqual([changed, POPNET]);
  expect(await call('ownSources.remove', { id: 'own-mynet' })).toEqual([POPNET]);
});

test('they are offered beside the built-in formats', async () => {
  const { call } = open();
  await call('ownSources.save', MYNET);
  expect(await call('formats.list', {})).toContainEqual({ id: 'own-mynet', name: 'MyNet' });
});

test('what describes no ids is not kept', async () => {
  const { call } = open();
  await expect(call('ownSources.save', { ...MYNET, digits: false })).rejects.toThrow();
  await expect(call('ownSources.save', { ...MYNET, signs: ']' })).rejects.toThrow();
  expect(await call('ownSources.list', {})).toEqual([]);
});

test('they are exported and imported with the settings', async () => {
  const [here, there] = [open(), open()];
  await here.call('ownSources.save', MYNET);
  const text = await exportFrom(here, null);
  expect(await importInto(there, text, null)).toEqual(['change settings (ownSources)']);
  expect(await there.call('ownSources.list', {})).toEqual([MYNET]);
});

test('protected placements are kept one by one, and travel with the settings', async () => {
  const [here, there] = [open(), open()];
  const [a, b] = [
    { format: 'mgid', id: '1' },
    { format: 'mgid', id: '2' },
  ] as const;
  await Promise.all([
    here.call('protected.set', { ...a, on: true }),
    here.call('protected.set', { ...b, on: true }),
  ]);
  expect(await here.call('protected.list', {})).toEqual([a, b]);
  expect(await here.call('protected.set', { ...a, on: false })).toEqual([b]);
  const text = await exportFrom(here, null);
  expect(await importInto(there, text, null)).toEqual(['change settings (protectedIds)']);
  expect(await there.call('protected.list', {})).toEqual([b]);
});
