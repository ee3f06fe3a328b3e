import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Part, totalsOf } from '../../../components/popup/totals.ts';
import { createOnce } from '../../../lib/background/campaigns/once.ts';
import type { Link } from '../../../lib/compare/links.ts';
import type { Rate } from '../../../lib/compare/rates.ts';
import type { Rejection } from '../../../lib/compare/rejections.ts';
import type { Stats } from '../../../lib/contract/figures.ts';
import { metricsOf, sumMetrics } from '../../../lib/report/metrics.ts';
import { totalOf } from '../../../lib/report/total.ts';

interface Campaign {
  readonly name: string;
  readonly clicks: number;
  readonly cost: number;
  readonly revenue: number;
}

interface Tracker {
  readonly id: string;
  readonly currency?: string;
  readonly network?: true;
  readonly campaigns: readonly Campaign[];
  /** Names of further campaigns that it lists. */
  readonly idle?: readonly string[];
}

/** Reports of trackers, and what counts of each by the background. */
async function onceOf(
  trackers: readonly Tracker[],
  rejected: readonly Rejection[] = [],
  links: readonly Link[] = [],
) {
  const reports = trackers.map(({ currency = 'USD', campaigns }) => ({
    rows: campaigns.map(({ name, ...figures }, at) => ({
      values: [{ id: String(at), name }],
      metrics: metricsOf(figures),
    })),
    counted: ['clicks', 'cost', 'revenue'] as const,
    complete: true,
    currency,
  }));
  const handlers = createOnce(
    {
      connections: {
        list: async () => trackers.map(({ id }) => ({ id, tracker: id, zone: 'UTC' })),
      },
      clients: {
        adapter: (id: string) => ({
          side: trackers.find((one) => one.id === id)?.network ? 'network' : 'tracker',
        }),
      },
      reports: { known: async (id: string) => reports[trackers.findIndex((one) => one.id === id)] },
      now: () => Date.UTC(2026, 7, 1, 12),
    } as never,
    { all: async () => [...links], rejections: async () => [...rejected] },
    async (id) => ({
      campaigns: (trackers.find((one) => one.id === id)?.idle ?? []).map((name) => ({
        ...{ id: `idle ${name}`, name },
        ...{ active: false, source: null },
      })),
      fetchedAt: 0,
    }),
  );
  const once = await handlers['stats.once']({ preset: 'today', of: [] }, {} as never);
  return { reports, once };
}

/** The popup's totals over trackers, in their order. */
async function totals(
  trackers: readonly Tracker[],
  rates: readonly Rate[] = [],
  rejected: readonly Rejection[] = [],
  links: readonly Link[] = [],
) {
  const { reports, once } = await onceOf(trackers, rejected, links);
  return totalsOf(
    trackers.map(({ id, network, currency = 'USD' }, at): Part => {
      const report = reports[at];
      const now = report ? totalOf(report) : null;
      return {
        name: id,
        side: network ? 'network' : 'tracker',
        stats: {
          ...{ now, before: now, nowUntilHour: null, hours: null, currency },
          ...{ zone: 'UTC', span: { start: 0, end: 86_400_000 } },
        } as Stats,
        once: once[id] ?? null,
      };
    }),
    rates,
  );
}

const CAMPAIGNS = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    clicks: fc.nat(9999),
    cost: fc.nat(9999),
    revenue: fc.nat(9999),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 20 },
);

test('a second tracker of the same campaigns, with other figures, leaves the total as it is', async () => {
  await fc.assert(
    fc.asyncProperty(CAMPAIGNS, fc.nat(100), async (campaigns, lost) => {
      const again = campaigns.map((one) => ({ ...one, clicks: one.clicks + lost, revenue: lost }));
      const first = { id: 'a', campaigns };
      const [one] = await totals([first]);
      const [two, ...others] = await totals([first, { id: 'b', campaigns: again.toReversed() }]);
      expect(others).toEqual([]);
      expect(two).toEqual({ ...one, known: 2 });
      expect(two?.of).toEqual([{ name: 'a', campaigns: campaigns.length }]);
    }),
    { numRuns: 50 },
  );
});

test('a network, or a second tracker in another currency, leaves it as it is too', async () => {
  const campaigns = [{ name: 'Summer', clicks: 10, cost: 5, revenue: 9 }];
  const [alone] = await totals([{ id: 'a', campaigns }]);
  const network = await totals([
    { id: 'a', campaigns },
    { id: 'n', campaigns, network: true },
  ]);
  expect(network).toEqual([alone]);
  const euro = await totals([
    { id: 'a', campaigns },
    { id: 'e', campaigns, currency: 'EUR' },
  ]);
  expect(euro).toEqual([{ ...alone, known: 2 }]);
});

test('what only the second tracker has is added, in its own currency', async () => {
  const summer = { name: 'Summer', clicks: 10, cost: 5, revenue: 9 };
  const own = { name: 'Own', clicks: 4, cost: 2, revenue: 20 };
  const two = await totals([
    { id: 'a', campaigns: [summer] },
    { id: 'b', campaigns: [{ ...summer, revenue: 8 }, own] },
  ]);
  expect(two).toHaveLength(1);
  expect(two[0]).toMatchObject({
    metrics: { clicks: 14, cost: 7, revenue: 29 },
    change: { value: 0, of: ['a'] },
  });
  expect(two[0]?.metrics).toEqual(
    sumMetrics([summer, own].map(({ name: _, ...figures }) => metricsOf(figures))),
  );
  const euro = await totals([
    { id: 'a', campaigns: [summer] },
    { id: 'e', campaigns: [summer, own], currency: 'EUR' },
  ]);
  expect(euro.map(({ currency, metrics }) => [currency, metrics.revenue])).toEqual([
    ['USD', 9],
    ['EUR', 20],
  ]);
});

test('money of another currency is added by a rate, which the total names', async () => {
  const summer = { name: 'Summer', clicks: 10, cost: 500, revenue: 1000 };
  const own = { name: 'Own', clicks: 4, cost: 0, revenue: 1020 };
  const rate = { from: 'EUR', to: 'USD', rate: 1.085, day: '2026-11-24' };
  const trackers = [
    { id: 'a', campaigns: [summer] },
    { id: 'e', campaigns: [own], currency: 'EUR' },
  ];
  const [total, ...others] = await totals(trackers, [rate]);
  expect(others).toEqual([]);
  // 1,020.00 × 1.085 = 1,106.70
  expect(total?.metrics.revenue).toBeCloseTo(1000 + 1106.7, 9);
  expect(total?.converted).toEqual([{ profit: 1020, rate }]);
  expect(await totals(trackers)).toHaveLength(2);
  // A rate of other currencies is none.
  expect(await totals(trackers, [{ ...rate, to: 'GBP' }])).toHaveLength(2);
});

test('best and worst are of what counts', async () => {
  const summer = { name: 'Summer', clicks: 10, cost: 5, revenue: 9 };
  const own = { name: 'Own', clicks: 4, cost: 2, revenue: 1 };
  const { once } = await onceOf([
    { id: 'a', campaigns: [summer] },
    { id: 'b', campaigns: [{ ...summer, revenue: 900 }, own] },
  ]);
  expect(once.a).toMatchObject({ best: { name: 'Summer', profit: 4 }, worst: null });
  expect(once.b).toMatchObject({ best: null, worst: { name: 'Own', profit: -1 } });
});

test('two campaigns that only share a name are both counted once the user said so', async () => {
  const trackers = ['k', 'b'].map((id) => ({
    id,
    campaigns: [{ name: 'Summer', clicks: 10, cost: 1, revenue: 2 }],
  }));
  const member = (connection: string) => ({ connection, campaignId: '0', name: 'Summer' });
  const rejected: Rejection[] = [{ id: '', members: [member('k'), member('b')], rejectedAt: 0 }];
  expect((await totals(trackers))[0]?.metrics.clicks).toBe(10);
  expect((await totals(trackers, [], rejected))[0]?.metrics.clicks).toBe(20);
});

test('halves of split traffic both count, whatever they are called; the same events count once', async () => {
  const one = (name: string, clicks: number, cost: number, revenue: number) => [
    { name, clicks, cost, revenue },
  ];
  const trackers = [
    { id: 'k', campaigns: one('Summer', 1000, 50, 90) },
    { id: 'b', campaigns: one('Summer', 980, 49, 70) },
  ];
  const member = (connection: string) => ({ connection, campaignId: '0', name: 'Summer' });
  const link = { id: 'l', how: 'hand', createdAt: 0, members: [member('k'), member('b')] } as const;
  const sumOf = async (split: Pick<Link, 'split'>) => {
    const links = [{ ...link, members: [...link.members], ...split }];
    const [sum] = await totals(trackers, [], [], links);
    return [sum?.metrics.clicks, sum?.metrics.cost, sum?.metrics.revenue, sum?.of];
  };
  expect(await sumOf({ split: true })).toEqual([
    ...[1980, 99, 160],
    [
      { name: 'k', campaigns: 1 },
      { name: 'b', campaigns: 1 },
    ],
  ]);
  expect(await sumOf({})).toEqual([1000, 50, 90, [{ name: 'k', campaigns: 1 }]]);
});

test('a name that an idle campaign bears too joins nothing; what is idle takes nothing', async () => {
  const one = (name: string) => [{ name, clicks: 10, cost: 1, revenue: 3 }];
  const costOf = async (idleOnK: string[], idleOnB: string[]) => {
    const { once } = await onceOf([
      { id: 'k', campaigns: one('Summer'), idle: idleOnK },
      { id: 'b', campaigns: one('Summer'), idle: idleOnB },
    ]);
    return [once.k?.metrics?.cost ?? null, once.b?.metrics?.cost ?? null];
  };
  expect(await costOf([], [])).toEqual([1, null]);
  expect(await costOf(['Summer'], [])).toEqual([1, 1]);
  expect(await costOf([], ['Summer'])).toEqual([1, 1]);
  const { once } = await onceOf([
    { id: 'k', campaigns: one('Winter'), idle: ['Summer'] },
    { id: 'b', campaigns: one('Summer') },
  ]);
  expect([once.k?.metrics?.cost, once.b?.metrics?.cost]).toEqual([1, 1]);
});
