import { describe, expect, test } from 'vitest';
import {
  ageApart,
  differentDays,
  hindrancesOf,
  type ReportFacts,
  sentToOffers,
} from '../../../lib/compare/comparable.ts';
import { BASE_METRICS, DERIVED_METRICS, metricsOf } from '../../../lib/report/metrics.ts';

const range = { from: '2026-08-01', to: '2026-08-07', zone: 'UTC' };
const facts: ReportFacts = {
  zone: 'Europe/Madrid',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: Date.UTC(2026, 7, 20),
};
const NOW = Date.UTC(2026, 7, 20, 1);

describe('days', () => {
  test.each([
    ['Europe/Madrid', 'Europe/Madrid', '2026-08-01', '2026-08-07', 0],
    // Two names of one zone, and two zones with the same clocks that summer.
    ['Europe/Madrid', 'Europe/Paris', '2026-08-01', '2026-08-07', 0],
    ['Europe/Madrid', 'UTC', '2026-08-01', '2026-08-01', 2],
    // London and Lisbon keep the same time; New York changes its clocks on 1 November, Madrid on 25 October.
    ['Europe/London', 'Europe/Lisbon', '2026-01-01', '2026-12-31', 0],
    // Phoenix and Los Angeles agree in summer only; the clocks go back on 1 November at 02:00.
    ['America/Phoenix', 'America/Los_Angeles', '2026-10-30', '2026-10-31', 0],
    ['America/Phoenix', 'America/Los_Angeles', '2026-10-30', '2026-11-01', 1],
    ['America/Phoenix', 'America/Los_Angeles', '2026-11-02', '2026-11-03', 3],
  ] as const)('of %s and %s, %s to %s: %i midnights differ', (a, b, from, to, count) => {
    expect(differentDays(a, b, { from, to, zone: 'UTC' })).toHaveLength(count);
    expect(differentDays(b, a, { from, to, zone: 'UTC' })).toHaveLength(count);
  });
});

describe('what hinders a judgement', () => {
  const hinders = (other: Partial<ReportFacts>) =>
    hindrancesOf(facts, { ...facts, ...other }, range, NOW);
  const metrics = [...BASE_METRICS, ...DERIVED_METRICS];
  const hindered = (other: Partial<ReportFacts>) =>
    metrics.filter((metric) => hinders(other)(metric).length > 0);

  test('nothing, where all is alike', () => {
    expect(hindered({})).toEqual([]);
  });

  test('days and missing rows hinder all metrics', () => {
    expect(hindered({ zone: 'UTC' })).toEqual(metrics);
    expect(hinders({ zone: 'UTC' })('clicks')).toEqual(['days']);
    expect(hindered({ complete: false })).toEqual(metrics);
  });

  test('the basis hinders what is made of conversions', () => {
    const clean = metrics.filter((metric) => !hindered({ basis: 'postback' }).includes(metric));
    expect(clean).toEqual([
      'clicks',
      'uniqueClicks',
      'bots',
      'landerViews',
      'landerClicks',
      'cost',
      'cpc',
      'landerCtr',
    ]);
  });

  test('the currency hinders money', () => {
    expect(hindered({ currency: 'EUR' })).toEqual([
      'cost',
      'revenue',
      'profit',
      'epc',
      'cpc',
      'cpa',
    ]);
  });

  test('age hinders all metrics', () => {
    const running = { from: '2026-08-20', to: '2026-08-20', zone: 'UTC' };
    const older = { ...facts, fetchedAt: facts.fetchedAt - 16 * 60_000 };
    const hindrances = hindrancesOf(facts, older, running, NOW);
    for (const metric of metrics) expect(hindrances(metric)).toEqual(['age']);
  });

  test('a day that runs on one side only runs', () => {
    const pair = (minutes: number) => {
      // Midnight in Madrid is two hours before that in UTC.
      const end = Date.UTC(2026, 7, 8) - 60 * 60_000;
      const [early, late] = [end + minutes * 60_000, end + (minutes + 20) * 60_000];
      const utc = { zone: 'UTC', fetchedAt: late };
      return ageApart({ zone: 'Europe/Madrid', fetchedAt: early }, utc, range, late);
    };
    expect(pair(0)).toBe(20 * 60_000);
    // Just at the last midnight all of the day is in both.
    expect(pair(60)).toBeNull();
  });

  test('age hinders while a day of either side still runs', () => {
    const minute = 60_000;
    const at = (fetchedAt: number, now: number) =>
      ageApart(
        { ...facts, fetchedAt },
        { ...facts, fetchedAt: fetchedAt - 20 * minute },
        range,
        now,
      );
    const end = Date.UTC(2026, 7, 7, 22);
    expect(at(end - 60 * minute, end - 30 * minute)).toBe(20 * minute);
    // Both were fetched after the last midnight.
    expect(at(end + 60 * minute, end + 90 * minute)).toBeNull();
    // One was fetched before it, and shows less of the day however late it is now.
    expect(at(end + 10 * minute, end + 600 * minute)).toBe(20 * minute);
    expect(
      ageApart(
        { ...facts, fetchedAt: end },
        { ...facts, fetchedAt: end - 15 * minute },
        range,
        end,
      ),
    ).toBeNull();
  });
});

describe('clicks sent to offers', () => {
  const sent = (clicks: number | null, landerViews: number | null, landerClicks: number | null) =>
    sentToOffers(metricsOf({ clicks, landerViews, landerClicks }));

  test('are lander clicks and direct clicks', () => {
    expect(sent(1000, 1000, 300)).toBe(300);
    expect(sent(1000, 600, 300)).toBe(700);
    expect(sent(1000, 0, 0)).toBe(1000);
  });

  test('cannot be told where a part is unknown or partial, or views exceed clicks', () => {
    expect(sent(1000, null, 300)).toBeNull();
    expect(sent(null, 1000, 300)).toBeNull();
    expect(sent(1000, 1000, null)).toBeNull();
    expect(sent(1000, 1001, 300)).toBeNull();
    expect(sent(null, 0, 300)).toBeNull();
    for (const part of ['clicks', 'landerViews', 'landerClicks'] as const) {
      expect(
        sentToOffers(metricsOf({ clicks: 9, landerViews: 5, landerClicks: 1, partial: [part] })),
      ).toBeNull();
    }
  });
});
