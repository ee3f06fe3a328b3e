import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cutHours, hoursApart, sumApart } from '../../../lib/compare/hours-apart.ts';
import type { Range } from '../../../lib/report/range.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { clientOf, IDS, NOW } from './client-of.ts';

/** What only one side's days hold is what the simulator's books hold in those hours. */
const DAYS = { from: '2026-08-01', to: '2026-08-03' };
const HOUR_MS = 3_600_000;

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, clock: NOW });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

/** The day that a zone's calendar shows. */
const dayIn = (zone: string, at: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);

/** Sums, by the books, of the hours of a tracker's days that are wholly in other days of a zone, and of all that are partly. */
function booksOf(id: (typeof IDS)[number], zone: string) {
  const own = simulators[id];
  const midnight = Temporal.PlainDate.from(DAYS.from).toZonedDateTime(own.zone).epochMilliseconds;
  const isTheirs = (at: number) => {
    const day = dayIn(zone, at);
    return day >= DAYS.from && day <= DAYS.to;
  };
  const sums = { least: { clicks: 0, conversions: 0, revenue: 0, cost: 0 }, cut: 0 };
  for (const { day, hour, figures } of own.truthByHour({ campaignIndex: 0, ...DAYS })) {
    const days = (Date.parse(day) - Date.parse(DAYS.from)) / (24 * HOUR_MS);
    // No clocks change in these days.
    const start = midnight + (days * 24 + hour) * HOUR_MS;
    const quarters = [0, 1, 2, 3].map((quarter) => isTheirs(start + (quarter * HOUR_MS) / 4));
    if (quarters.every((theirs) => theirs)) continue;
    if (quarters.some((theirs) => theirs)) {
      sums.cut += figures.clicks;
      continue;
    }
    sums.least.clicks += figures.clicks;
    sums.least.conversions += figures.conversions;
    sums.least.revenue += figures.revenue;
    sums.least.cost += figures.cost;
  }
  return sums;
}

/** The same by the tracker's reports, in days of a zone. */
async function reportedOf(id: (typeof IDS)[number], zone: string, own = simulators[id].zone) {
  const { client, adapter } = clientOf(simulators, id);
  const parts = hoursApart({ ...DAYS, zone }, own, zone, NOW);
  const ask = async (day: Range) => ({
    report: await adapter.report(client, {
      range: day,
      groupBy: ['hour'],
      filters: [{ dimension: 'campaign', value: simulators[id].campaignId(0) }],
    }),
    groupBy: ['hour'] as const,
  });
  const answers = await Promise.all(parts.map(({ day }) => ask(day)));
  return { sum: sumApart(parts, answers, NOW), cut: cutHours(parts) };
}

describe.each(IDS)('%s', (id) => {
  test.each(['Europe/Madrid', 'America/New_York', 'Asia/Tokyo', 'Pacific/Kiritimati'])(
    'beside days of %s',
    async (zone) => {
      const { least, cut } = booksOf(id, zone);
      expect(cut).toBe(0);
      const reported = await reportedOf(id, zone);
      expect(reported.cut).toBe(false);
      const { clicks, conversions, revenue } = reported.sum ?? {};
      expect([clicks, conversions]).toEqual([least.clicks, least.conversions]);
      expect(revenue).toBeCloseTo(least.revenue, 2);
      if (id === 'affise') return;
      expect(reported.sum?.cost).toBeCloseTo(least.cost, 2);
    },
  );

  test('beside days that begin at half past an hour', async () => {
    const { least, cut } = booksOf(id, 'Asia/Kolkata');
    expect(cut).toBeGreaterThan(0);
    const reported = await reportedOf(id, 'Asia/Kolkata');
    expect(reported.cut).toBe(true);
    // At least what the whole hours hold.
    expect(reported.sum).toMatchObject({ clicks: least.clicks });
    expect(reported.sum?.partial).toContain('clicks');
  });
});

test('without them, two sides that count alike agree', async () => {
  const of = { campaignIndex: 0, ...DAYS };
  const [madrid, tokyo] = ['Europe/Madrid', 'Asia/Tokyo'] as const;
  const ours = simulators.keitaro.truth({ ...of, zone: madrid }).clicks;
  const theirs = simulators.keitaro.truth({ ...of, zone: tokyo }).clicks;
  expect(ours).not.toBe(theirs);
  const here = await reportedOf('keitaro', tokyo, madrid);
  const there = await reportedOf('keitaro', madrid, tokyo);
  expect(ours - Number(here.sum?.clicks)).toBe(theirs - Number(there.sum?.clicks));
});
