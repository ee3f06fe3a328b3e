import { expect, test } from 'vitest';
import { testDatabase } from '../test-database.ts';
import { exportFrom, importInto, startWorker } from './transfer-world.ts';

const EUR = { from: 'EUR', to: 'USD', rate: 1.085, day: '2026-11-24' };
const GBP = { from: 'GBP', to: 'USD', rate: 1.27, day: '2026-11-20' };

const open = () => startWorker(testDatabase().database, {});

test('rates that are entered at once are all kept, one for two currencies', async () => {
  const { call } = open();
  await Promise.all([
    call('rates.set', EUR),
    call('settings.write', { panelTab: 'cost' }),
    call('rates.set', GBP),
  ]);
  expect(await call('rates.list', {})).toEqual([EUR, GBP]);
  expect(await call('settings.read', {})).toMatchObject({ panelTab: 'cost', rates: [EUR, GBP] });
  const turned = { from: 'USD', to: 'EUR', rate: 0.9, day: '2026-11-25' };
  expect(await call('rates.set', turned)).toEqual([GBP, turned]);
  expect(await call('rates.remove', { from: 'EUR', to: 'USD' })).toEqual([GBP]);
});

test('what is no rate is not kept', async () => {
  const { call } = open();
  await expect(call('rates.set', { ...EUR, rate: 0 })).rejects.toThrow();
  expect(await call('rates.list', {})).toEqual([]);
});

test('they are exported and imported with the settings', async () => {
  const [here, there] = [open(), open()];
  await here.call('rates.set', EUR);
  const text = await exportFrom(here, null);
  expect(await importInto(there, text, null)).toEqual(['change settings (rates)']);
  expect(await there.call('rates.list', {})).toEqual([EUR]);
});

test('a file that is older than they are changes none', async () => {
  const here = open();
  await here.call('rates.set', EUR);
  const file = JSON.parse(await exportFrom(open(), null));
  delete file.settings.rates;
  await importInto(here, JSON.stringify(file), null);
  expect(await here.call('rates.list', {})).toEqual([EUR]);
});
