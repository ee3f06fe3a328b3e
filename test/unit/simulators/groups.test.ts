import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGroups } from '../../../lib/background/campaigns/groups.ts';
import type { Services } from '../../../lib/background/services.ts';
import {
  commonRows,
  GROUPINGS,
  type Grouping,
  joinValues,
} from '../../../lib/compare/groupings.ts';
import { problemOf } from '../../../lib/errors.ts';
import { sumMetrics } from '../../../lib/report/metrics.ts';
import type { Question } from '../../../lib/report/question.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { adapterOf, clientOf, IDS } from './client-of.ts';

const days = { from: '2026-08-01', to: '2026-08-02' };

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false });
});
afterAll(() => simulators.stop());

/** A tracker's whole account, or a row of another grouping, as the background answers it. */
function grouped(id: SimulatorId, by: Grouping, within?: { by: Grouping; ids: string[] }) {
  const { client, adapter } = clientOf(simulators, id);
  const connection = { ...client.connection, templates: [{ placement: 2 }] };
  const services = {
    connections: { get: async () => connection },
    clients: { adapter: () => adapter },
    reports: {
      answer: (_: string, question: Question) =>
        adapter.report(client, question).then(
          (report) => ({ report, problem: null }),
          (error: unknown) => ({ report: null, problem: problemOf(error) }),
        ),
    },
  } as unknown as Services;
  const range = { ...days, zone: 'Europe/Madrid' };
  return createGroups(services)['campaigns.grouped'](
    { connection: id, range, by, fresh: true, ...(within ? { within } : {}) },
    {
      signal: client.signal,
    } as never,
  );
}
const clicksOf = async (id: SimulatorId, by: Grouping) => {
  const { report } = await grouped(id, by);
  return report && sumMetrics(report.rows.map(({ metrics }) => metrics)).clicks;
};

test.each(IDS)(
  '%s: every grouping that it has holds each click of the account once',
  async (id) => {
    const whole = await clicksOf(id, 'campaign');
    expect(whole).toBeGreaterThan(1000);
    for (const by of GROUPINGS) {
      const { report, problem } = await grouped(id, by);
      const clicks = sumMetrics((report?.rows ?? []).map(({ metrics }) => metrics)).clicks;
      if (!report) {
        expect(problem, by).toMatchObject({ kind: 'unsupported', text: 'group_missing' });
        expect(adapterOf(id).capabilities.dimensions, by).not.toContain(by);
      } else if (problem) {
        // A source of this tracker passes no tokens: its campaigns have no placements.
        expect([id, by]).toEqual(['binom2', 'placement']);
        expect(report.complete).toBe(false);
        expect(clicks).toBeLessThan(whole ?? 0);
      } else {
        expect(report.complete, by).toBe(true);
        expect(clicks, by).toBe(whole);
      }
    }
  },
);

const PAIRS = [
  ['campaign', 'country'],
  ['country', 'os'],
  ['source', 'deviceType'],
  ['day', 'hour'],
  ['browser', 'campaign'],
] as const satisfies ReadonlyArray<readonly [Grouping, Grouping]>;

test.each(IDS)('%s: what is within a row adds up to it', async (id) => {
  for (const [outer, inner] of PAIRS) {
    const { report: outside } = await grouped(id, outer);
    const row = outside?.rows.find(({ metrics }) => (metrics.clicks ?? 0) > 0);
    const ids = [row?.values[0]?.id ?? ''];
    const { report, problem } = await grouped(id, inner, { by: outer, ids });
    if (!report) {
      expect(problem, `${outer} ${inner}`).toMatchObject({ text: 'group_missing' });
      continue;
    }
    expect(report.complete).toBe(true);
    expect(report.rows.length, `${outer} ${inner}`).toBeGreaterThan(1);
    const { clicks, conversions } = sumMetrics(report.rows.map(({ metrics }) => metrics));
    expect({ clicks, conversions }, `${outer} ${inner}`).toEqual({
      clicks: row?.metrics.clicks,
      conversions: row?.metrics.conversions,
    });
  }
});

test('countries, devices, days and hours of all trackers meet in the same rows', async () => {
  const counts = { country: 5, deviceType: 3, os: 4, browser: 4, day: 2, hour: 24 };
  for (const [by, least] of Object.entries(counts) as [Grouping, number][]) {
    const sides = await Promise.all(
      IDS.map(async (id) => {
        const { report } = await grouped(id, by);
        const rows = report ? commonRows(by, report, { locale: 'en', unknown: '' }) : [];
        return { connection: id, currency: '', rows };
      }),
    );
    const full = joinValues(sides).filter(({ cells }) => cells.every((cell) => cell !== null));
    expect(full.length, by).toBeGreaterThanOrEqual(least);
  }
});
