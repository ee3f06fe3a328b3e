import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError } from '../../../lib/errors.ts';
import { sumMetrics } from '../../../lib/report/metrics.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { askOf, IDS } from './asking.ts';

/** 10,000 campaigns, and 100,000 placements in the first. The second of these days has a click of each. */
const DAYS = { from: '2026-08-01', to: '2026-08-04' };
const PLACEMENT = { keitaro: 1, binom: 2, binom2: 2, redtrack: 3, affise: 3 } as const;

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, huge: true });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

describe.each(IDS)('%s', (id) => {
  const placements = async () => {
    const { ask, adapter } = askOf(simulators, id);
    return adapter.report(ask, {
      range: { ...DAYS, zone: simulators[id].zone },
      groupBy: [`token${PLACEMENT[id]}`],
      filters: [{ dimension: 'campaign', value: simulators[id].campaignId(0) }],
    });
  };

  test('all campaigns are listed', async () => {
    const { ask, adapter } = askOf(simulators, id);
    const campaigns = await adapter.campaigns(ask);
    // A network knows offers, which are few; Binom lacks one campaign.
    expect(campaigns.length).toBe({ affise: 5, keitaro: 10_000 }[id as string] ?? 9_999);
    expect(new Set(campaigns.map((one) => one.id)).size).toBe(campaigns.length);
  }, 60_000);

  test('100,000 placements are read whole, or told to be a part', async () => {
    const report = await placements();
    const truth = simulators[id].truth({ campaignIndex: 0, ...DAYS });
    const { clicks } = sumMetrics(report.rows.map(({ metrics }) => metrics));
    if (report.complete) expect(clicks).toBe(truth.clicks);
    else expect(clicks).toBeLessThan(truth.clicks);
    // RedTrack's pace of 20 reports a minute stops it before.
    expect(report.complete).toBe(id !== 'redtrack');
    expect(report.rows.length).toBeGreaterThan(19_000);
  }, 120_000);

  test('rows that go away while pages are read are noticed', async () => {
    simulators[id].setMode('shifting', true);
    const ended = await placements().catch((error: unknown) => error);
    if (ended instanceof CrosstrackError) return;
    const { complete } = ended as Awaited<ReturnType<typeof placements>>;
    // Binom v1 gives all rows at once: nothing can move.
    expect(complete).toBe(id === 'binom');
  }, 120_000);
});
