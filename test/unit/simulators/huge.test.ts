import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError } from '../../../lib/errors.ts';
import { sumMetrics } from '../../../lib/report/metrics.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { clientOf, IDS } from './client-of.ts';

/**
 * More than any page holds, and more placements than RedTrack's pace of 20 reports a minute of
 * 1,000 rows lets through. The second of these days has a click of each placement.
 */
const HUGE = { campaigns: 2_500, placements: 25_000 };
const DAYS = { from: '2026-08-01', to: '2026-08-04' };
const PLACEMENT = { keitaro: 1, binom: 2, binom2: 2, redtrack: 3, affise: 3 } as const;

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, huge: HUGE });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

describe.each(IDS)('%s', (id) => {
  const placements = async () => {
    const { client, adapter } = clientOf(simulators, id);
    return adapter.report(client, {
      range: { ...DAYS, zone: simulators[id].zone },
      groupBy: [`token${PLACEMENT[id]}`],
      filters: [{ dimension: 'campaign', value: simulators[id].campaignId(0) }],
    });
  };

  test('all campaigns are listed', async () => {
    const { client, adapter } = clientOf(simulators, id);
    const campaigns = await adapter.campaigns(client);
    // A network knows offers, which are few; Binom lacks one campaign.
    expect(campaigns.length).toBe(
      { affise: 5, keitaro: HUGE.campaigns }[id as string] ?? HUGE.campaigns - 1,
    );
    expect(new Set(campaigns.map((one) => one.id)).size).toBe(campaigns.length);
  });

  test('all placements are read, or told to be a part', async () => {
    const report = await placements();
    const truth = simulators[id].truth({ campaignIndex: 0, ...DAYS });
    const { clicks } = sumMetrics(report.rows.map(({ metrics }) => metrics));
    if (report.complete) expect(clicks).toBe(truth.clicks);
    else expect(clicks).toBeLessThan(truth.clicks);
    // RedTrack is stopped before.
    expect(report.complete).toBe(id !== 'redtrack');
    // A network counts the clicks that came to an offer: a quarter of them.
    expect(report.rows.length).toBeGreaterThan(id === 'affise' ? 6_000 : 19_000);
  });

  test('rows that go away while pages are read are noticed', async () => {
    simulators[id].setMode('shifting', true);
    const ended = await placements().catch((error: unknown) => error);
    if (ended instanceof CrosstrackError) return;
    const { complete } = ended as Awaited<ReturnType<typeof placements>>;
    // Binom v1 gives all rows at once: nothing can move.
    expect(complete).toBe(id === 'binom');
  });
});
