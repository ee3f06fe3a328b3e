import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { problemFrom } from '../trackers/fake-tracker-client.ts';
import { clientOf } from './client-of.ts';

/** What a cost update sets is exactly what was ordered: these days, this currency, this value. */
let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

const DAY = { from: '2026-08-04', to: '2026-08-04' };
const order = (change: Partial<CostUpdate> = {}): CostUpdate => ({
  connection: 'c',
  campaignId: simulators.keitaro.campaignId(0),
  campaignName: '',
  range: { ...DAY, zone: 'Asia/Tokyo' },
  mode: 'total',
  amount: 90,
  currency: 'EUR',
  rate: null,
  token: null,
  uniqueOnly: false,
  ...change,
});

/** Sets a cost and asks for reports until it is applied. */
async function set(update: CostUpdate): Promise<void> {
  const { client, adapter } = clientOf(simulators, 'keitaro');
  const report = () =>
    adapter.report(client, { range: update.range, groupBy: ['campaign'], filters: [] });
  await report();
  await adapter.setCost?.(client, update);
  await report();
  await report();
}

describe.each([[[]], [['old']]] as const)('keitaro %j', (modes) => {
  beforeEach(() => {
    for (const mode of modes) simulators.keitaro.setMode(mode, true);
  });

  test('zone and currency are read wherever the version looks for them', async () => {
    await set(order());
    const truth = (days: typeof DAY, zone: string) =>
      simulators.keitaro.truth({ campaignIndex: 0, ...days, zone }).cost;
    // 90 euros at 0.9 for a dollar; the last minute of the day counts too.
    expect(truth(DAY, 'Asia/Tokyo')).toBeCloseTo(100, 6);
  });

  test('a value with a comma would be a list: it is refused, and nothing is sent', async () => {
    const [first, second] = simulators.keitaro.truthByPlacement({ campaignIndex: 0, ...DAY });
    const { client, adapter } = clientOf(simulators, 'keitaro');
    const token = { slot: 1, value: `${first?.id},${second?.id}` };
    const done = adapter.setCost?.(client, order({ token })) ?? Promise.resolve();
    expect(await problemFrom(done)).toMatchObject({ text: 'keitaro_cost_comma' });
    expect(simulators.keitaro.requests).toEqual([]);
  });
});

test('binom2: a cost waits in the queue, and the queue says so until it is applied', async () => {
  const { client, adapter } = clientOf(simulators, 'binom2');
  const campaignId = simulators.binom2.campaignId(0);
  const update = order({ campaignId, range: { ...DAY, zone: 'Asia/Tokyo' } });
  const cost = () => simulators.binom2.truth({ campaignIndex: 0, ...DAY, zone: 'Asia/Tokyo' }).cost;
  const before = cost();
  await adapter.setCost?.(client, update);
  expect(cost()).toBe(before);
  expect(await adapter.costQueue?.(client)).toEqual({ waiting: 1, percent: 0 });
  const report = () =>
    adapter.report(client, { range: update.range, groupBy: ['campaign'], filters: [] });
  await report();
  expect(await adapter.costQueue?.(client)).toEqual({ waiting: 1, percent: 50 });
  await report();
  expect(cost()).toBeCloseTo(100, 6);
  expect(await adapter.costQueue?.(client)).toEqual({ waiting: 0, percent: null });
});

test.each(['keitaro', 'binom2'] as const)(
  '%s: a cost until an instant is that of the clicks before it, and so is a report',
  async (id) => {
    const { client, adapter } = clientOf(simulators, id);
    const zone = 'Asia/Tokyo';
    const until = Date.parse('2026-08-04T05:30:00Z');
    const update = order({ campaignId: simulators[id].campaignId(0), until });
    const truth = () => simulators[id].truth({ campaignIndex: 0, ...DAY, zone });
    const question = {
      range: update.range,
      groupBy: ['campaign'] as const,
      filters: [{ dimension: 'campaign', value: update.campaignId }] as const,
    };
    const read = async (of: object) => {
      const { rows } = await adapter.report(client, { ...question, ...of });
      return rows[0]?.metrics ?? null;
    };
    const [before, whole] = [await read({ until }), await read({})];
    expect(before?.clicks).toBeGreaterThan(0);
    expect(before?.clicks).toBeLessThan(whole?.clicks ?? 0);
    const after = (whole?.cost ?? 0) - (before?.cost ?? 0);
    await adapter.setCost?.(client, update);
    await read({});
    await read({});
    expect((await read({ until }))?.cost).toBeCloseTo(100, 2);
    expect(truth().cost).toBeCloseTo(100 + after, 1);
  },
);
