import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaps } from '../../../lib/background/caps/handlers.ts';
import type { Services } from '../../../lib/background/services.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { clientOf } from './client-of.ts';

const NOW = Date.parse('2026-08-09T20:00:00Z');

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, clock: NOW });
});
afterAll(() => simulators.stop());

function caps(id: SimulatorId, offerId: string) {
  const { client, adapter } = clientOf(simulators, id);
  const services = {
    connections: { get: async () => client.connection },
    clients: {
      adapter: () => adapter,
      run: async (_: unknown, __: unknown, use: (...of: unknown[]) => unknown) =>
        use(client, adapter),
    },
    now: () => NOW,
  } as unknown as Services;
  return createCaps(services)['offers.caps'](
    { connection: id, offerId },
    { caller: { kind: 'extension', tab: null }, signal: client.signal },
  );
}

test('a day’s cap is counted from the network’s log, up to the conversion that filled it', async () => {
  const { client, adapter } = clientOf(simulators, 'affise');
  const { zone } = client.connection;
  const offerId = simulators.affise.campaignId(2);
  const [day, month] = await caps('affise', offerId);
  // By hand from the log of the day: rejected ones do not count.
  const range = { from: '2026-08-09', to: '2026-08-09', zone };
  const log = await adapter.conversions?.(client, { range, campaignId: offerId, clickId: null });
  const times = (log?.entries ?? [])
    .filter(({ status }) => status === 'sale' || status === 'hold')
    .map(({ convertedAt }) => convertedAt ?? 0)
    .sort((a, b) => a - b);
  expect(times.length).toBeGreaterThan(4);
  expect(day).toMatchObject({
    cap: { period: 'day', of: 'conversions', value: 5 },
    used: times.length,
    reachedAt: times[4],
  });
  // The month's budget is of each goal apart: the log does not tell goals.
  expect(month).toMatchObject({ cap: { period: 'month', of: 'budget' }, used: null });
});

test('an offer without caps has none, and a tracker’s offers are not asked', async () => {
  expect(await caps('affise', simulators.affise.campaignId(0))).toEqual([]);
  simulators.keitaro.requests.length = 0;
  expect(await caps('keitaro', '1')).toEqual([]);
  expect(simulators.keitaro.requests).toEqual([]);
});
