import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { sumMetrics } from '../../../lib/report/metrics.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { problemFrom } from '../trackers/fake-tracker-client.ts';
import { adapterOf, clientOf as ask, IDS } from './client-of.ts';

const days = { from: '2026-08-01', to: '2026-08-02' };

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators();
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

const clientOf = (id: SimulatorId, key?: string) =>
  ask(simulators, id, key === undefined ? {} : { key });

describe.each(IDS)('%s', (id) => {
  const total = async (zone: string, filters: Array<{ dimension: 'campaign'; value: string }>) => {
    const { client, adapter } = clientOf(id);
    const report = await adapter.report(client, { range: { ...days, zone }, groupBy: [], filters });
    return { report, metrics: sumMetrics(report.rows.map(({ metrics }) => metrics)) };
  };

  test('its check finds something real', async () => {
    const { client, adapter } = clientOf(id);
    expect((await adapter.check(client)).campaigns).toBeGreaterThan(4);
  });

  test('a wrong key is an auth problem, or one of rights', async () => {
    const { client, adapter } = clientOf(id, 'wrong');
    expect(['auth', 'permission']).toContain((await problemFrom(adapter.check(client))).kind);
  });

  test('a campaign’s total is what the tracker holds', async () => {
    const simulator = simulators[id];
    const truth = simulator.truth({ campaignIndex: 0, ...days });
    const { metrics, report } = await total(simulator.zone, [
      { dimension: 'campaign', value: simulator.campaignId(0) },
    ]);
    expect(report.complete).toBe(true);
    expect(metrics.clicks).toBe(truth.clicks);
    expect(metrics.conversions).toBe(truth.conversions);
    expect(metrics.revenue).toBeCloseTo(truth.revenue, 1);
    if (id === 'affise') expect(metrics.cost).toBeNull();
    else expect(metrics.cost).toBeCloseTo(truth.cost, 1);
  });

  test('another zone cuts other days, where the tracker can', async () => {
    const simulator = simulators[id];
    const filters = [{ dimension: 'campaign', value: simulator.campaignId(0) }] as const;
    const { report, metrics } = await total('Asia/Tokyo', [...filters]);
    const zone = adapterOf(id).capabilities.reportZone === 'any' ? 'Asia/Tokyo' : simulator.zone;
    expect(report.zone).toBe(zone);
    expect(metrics.clicks).toBe(simulator.truth({ campaignIndex: 0, ...days, zone }).clicks);
  });

  test('all campaigns: names as they are, hostile ones too', async () => {
    const { client, adapter } = clientOf(id);
    const report = await adapter.report(client, {
      range: { ...days, zone: simulators[id].zone },
      groupBy: ['campaign'],
      filters: [],
    });
    const row = report.rows.find(({ values }) => values[0]?.id === simulators[id].campaignId(0));
    expect(row?.metrics.clicks).toBe(simulators[id].truth({ campaignIndex: 0, ...days }).clicks);
    const names = report.rows.map(({ values }) => values[0]?.name);
    expect(names).toContain(
      id === 'affise'
        ? 'Casino Royal <b>VIP</b>'
        : '<b>Push</b> & "Pop" <img src=x onerror=alert(1)>',
    );
  });

  test('maintenance in HTML, a dead line and a half answer end in typed problems', async () => {
    const { client, adapter } = clientOf(id);
    const faults = [
      'html',
      'reset',
      { status: 502, body: '<html>' },
      { status: 200, body: '[{"id":' },
    ] as const;
    for (const how of faults) {
      simulators[id].fail({ how });
      expect((await problemFrom(adapter.campaigns(client))).kind).toMatch(
        /^(shape|network|timeout|auth)$/,
      );
      simulators[id].clearFaults();
    }
  });
});

const PLACEMENT_TOKEN = { keitaro: 1, binom: 2, binom2: 2, redtrack: 3 } as const;

describe.each(['keitaro', 'binom', 'binom2', 'redtrack'] as const)('%s', (id) => {
  const order = (): CostUpdate => ({
    connection: id,
    campaignId: simulators[id].campaignId(0),
    campaignName: '',
    range: { from: '2026-08-01', to: '2026-08-01', zone: simulators[id].zone },
    mode: 'total',
    amount: 123.45,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  });

  test('placements by token are the tracker’s, each with its figures', async () => {
    const { client, adapter } = clientOf(id);
    const report = await adapter.report(client, {
      range: { ...days, zone: simulators[id].zone },
      groupBy: [`token${PLACEMENT_TOKEN[id]}`],
      filters: [{ dimension: 'campaign', value: simulators[id].campaignId(0) }],
    });
    const truth = simulators[id].truthByPlacement({ campaignIndex: 0, ...days });
    expect(report.rows).toHaveLength(truth.length);
    const clicks = new Map(
      report.rows.map(({ values, metrics }) => [values[0]?.id, metrics.clicks]),
    );
    for (const one of truth) expect(clicks.get(one.id)).toBe(one.clicks);
  });

  test('a cost is set for its days and no others', async () => {
    const { client, adapter } = clientOf(id);
    const nextDay = { from: '2026-08-02', to: '2026-08-02' };
    const next = simulators[id].truth({ campaignIndex: 0, ...nextDay }).cost;
    await adapter.setCost?.(client, order());
    // Some trackers apply it while they are being asked.
    for (let report = 0; report < 3; report++) {
      await adapter.report(client, { range: order().range, groupBy: ['campaign'], filters: [] });
    }
    const set = simulators[id].truth({ campaignIndex: 0, from: '2026-08-01', to: '2026-08-01' });
    expect(set.cost).toBeCloseTo(123.45, 2);
    expect(simulators[id].truth({ campaignIndex: 0, ...nextDay }).cost).toBeCloseTo(next, 6);
  });

  test('a cost for one placement leaves the others as they were', async () => {
    const { client, adapter } = clientOf(id);
    const day = { from: '2026-08-01', to: '2026-08-01' };
    const before = simulators[id].truthByPlacement({ campaignIndex: 0, ...day });
    const chosen = before.filter(({ bots }) => bots === 0).sort((a, b) => b.clicks - a.clicks)[0];
    if (!chosen) throw new Error('no placement');
    const token = { slot: PLACEMENT_TOKEN[id], value: chosen.id };
    await adapter.setCost?.(client, { ...order(), amount: 9, token });
    for (let report = 0; report < 3; report++) {
      await adapter.report(client, { range: order().range, groupBy: ['campaign'], filters: [] });
    }
    const after = simulators[id].truthByPlacement({ campaignIndex: 0, ...day });
    for (const one of before) {
      const cost = after.find((other) => other.id === one.id)?.cost;
      expect(cost).toBeCloseTo(one.id === chosen.id ? 9 : one.cost, 4);
    }
  });
});

test('redtrack: the second cost within a minute is a matter of pace, told before it is sent', async () => {
  const { client, adapter } = clientOf('redtrack');
  const update: CostUpdate = {
    connection: 'redtrack',
    campaignId: simulators.redtrack.campaignId(0),
    campaignName: '',
    range: { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' },
    mode: 'total',
    amount: 5,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  };
  await adapter.setCost?.(client, update);
  const problem = await problemFrom(adapter.setCost?.(client, update) ?? Promise.resolve());
  expect(problem.kind).toBe('rate');
  expect(problem.maybeApplied).toBeUndefined();
  expect(
    simulators.redtrack.requests.filter(({ path }) => path.endsWith('/tracks/cost')),
  ).toHaveLength(1);
});

test('the model is the same on every start, and the seed changes it', async () => {
  const [same, other] = await Promise.all([startSimulators(), startSimulators({ seed: 2 })]);
  const of = (some: Simulators) => some.keitaro.truth({ campaignIndex: 0, ...days });
  expect(of(same)).toEqual(of(simulators));
  expect(of(other)).not.toEqual(of(simulators));
  await Promise.all([same.stop(), other.stop()]);
});
