import { expect, test } from 'vitest';
import { testDatabase } from '../test-database.ts';
import { exportFrom, importInto, startWorker } from './transfer-world.ts';

const LIMITS = {
  clicks: { green: 0.05, amber: 0.2 },
  conversions: { green: 0, amber: 0 },
  revenue: { green: 0.03, amber: 0.1 },
  cost: { green: 0.03, amber: 1 },
};

const open = () => startWorker(testDatabase().database, {});

test('limits of gaps are kept beside the other settings, and taken back', async () => {
  const { call } = open();
  expect(await call('limits.read', {})).toBeNull();
  await Promise.all([
    call('limits.write', { limits: LIMITS }),
    call('settings.write', { panelTab: 'cost' }),
  ]);
  expect(await call('limits.read', {})).toEqual(LIMITS);
  expect(await call('settings.read', {})).toMatchObject({ panelTab: 'cost', gapLimits: LIMITS });
  await call('limits.write', { limits: null });
  expect(await call('limits.read', {})).toBeNull();
  expect(await call('settings.read', {})).toMatchObject({ panelTab: 'cost' });
});

test.each([
  { clicks: { green: 0.2, amber: 0.1 } },
  { clicks: { green: -0.1, amber: 0.1 } },
  { clicks: { green: 0.1, amber: 1.1 } },
])('what is no limit is not kept: %j', async (wrong) => {
  const { call } = open();
  await expect(call('limits.write', { limits: { ...LIMITS, ...wrong } })).rejects.toThrow();
  expect(await call('limits.read', {})).toBeNull();
});

test('they are exported and imported with the settings', async () => {
  const [here, there] = [open(), open()];
  await here.call('limits.write', { limits: LIMITS });
  await importInto(there, await exportFrom(here, null), null);
  expect(await there.call('limits.read', {})).toEqual(LIMITS);
});
