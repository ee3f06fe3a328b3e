import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { clientOf, type IDS } from './client-of.ts';

/** Days are those of the asked zone, on the days on which its clocks change too. */
const AUTUMN = { from: '2026-10-24', to: '2026-10-26' };
const ZONE = 'Europe/Madrid';

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

const daysOf = async (id: 'keitaro' | 'binom' | 'binom2') => {
  const { client, adapter } = clientOf(simulators, id);
  const { rows, zone } = await adapter.report(client, {
    range: { ...AUTUMN, zone: ZONE },
    groupBy: ['day'],
    filters: [{ dimension: 'campaign', value: simulators[id].campaignId(0) }],
  });
  return { zone, days: rows.map(({ values, metrics }) => [values[0]?.id, metrics.clicks]).sort() };
};
const truthOf = (id: (typeof IDS)[number], zone: string) =>
  ['2026-10-24', '2026-10-25', '2026-10-26'].map((day) => [
    day,
    simulators[id].truth({ campaignIndex: 0, from: day, to: day, zone }).clicks,
  ]);

test.each(['keitaro', 'binom', 'binom2'] as const)('%s', async (id) => {
  expect(await daysOf(id)).toEqual({ zone: ZONE, days: truthOf(id, ZONE) });
});

test('binom that passes over the zone: its days are told as those of its own zone', async () => {
  simulators.binom.setMode('old', true);
  const { client, adapter } = clientOf(simulators, 'binom');
  await adapter.check(client);
  const range = { from: '2026-08-01', to: '2026-08-01', zone: 'Asia/Tokyo' };
  const report = await adapter.report(client, { range, groupBy: ['campaign'], filters: [] });
  expect(report.zone).toBe(client.connection.zone);
});
