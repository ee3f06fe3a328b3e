import { beforeEach, expect, test } from 'vitest';
import { mountPanel } from '../../components/panel/mount.tsx';
import style from '../../components/panel/panel.css?inline';
import type { Answers } from '../../lib/contract/calls.ts';
import type { OfferSenders } from '../../lib/contract/offers.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { fakeClient, fakeLink, openRoot, total, tracker, useEnglish } from './fixtures.ts';
import { campaignView, context, text } from './open-panel.ts';

beforeEach(useEnglish);

const OFF = { report: null, problem: { kind: 'network' } } as const;
/** Conversions of campaigns together, by their ids; null = one of them cannot be read. */
type Books = Readonly<Record<string, number | null>>;
type Several = NonNullable<Answers['side.match']['several']>;

const named = (...ids: readonly string[]) => ids.map((id) => ({ id, name: `Campaign ${id}` }));

/** The panel on a page of campaign 12 of `k`; on `b` the link holds `several`. */
function open(
  several: Several,
  books: Books,
  senders: Readonly<Record<string, OfferSenders['all']>> = {},
  split?: true,
) {
  const root = openRoot(style);
  const client = fakeClient({
    'panel.context': () => ({
      ...context,
      connections: context.connections.slice(0, 2),
      trackers: [tracker('k'), tracker('b', { side: 'x' in books ? 'network' : 'tracker' })],
    }),
    'campaigns.list': () => ({ campaigns: [], fetchedAt: 0 }),
    'offers.caps': () => [],
    'side.match': () => ({
      member: { campaignId: several.target[0]?.id ?? '', name: 'Campaign', how: 'hand' },
      several,
      ...(split ? { split } : {}),
      proposals: [],
      problem: null,
    }),
    'side.figures': ({ campaignIds }) => {
      const conversions = books[campaignIds.join('+')] ?? null;
      return {
        total:
          conversions === null
            ? OFF
            : { report: total(1000, conversions, 10, conversions * 3), problem: null },
        byHour: { report: null, problem: null },
      };
    },
    'offer.senders': ({ offerId }) => ({ all: senders[offerId] ?? null, by: {}, untold: [] }),
  });
  const now = () => Date.parse('2026-08-02T12:00:00Z');
  mountPanel(root, { client, link: fakeLink({ view: campaignView }), now });
  const row = '[data-connection="b main"]';
  return {
    root,
    gap: () => text(root, `${row} [data-gap=conversions]`),
    shown: (selector: string) => text(root, `${row} ${selector}`),
    state: () =>
      root.querySelector(`${row} [data-gap=conversions] .dot`)?.getAttribute('aria-label') ?? null,
  };
}

test('all campaigns of a link on the other side are summed and judged', async () => {
  const { root, gap, state, shown } = open(
    { from: named('12'), target: named('1', '2') },
    { '12': 100, '1+2': 98, '1': 60 },
  );
  await expect.poll(gap).toBe('−2.0 %');
  expect(state()).toBe('Within the normal range');
  expect(shown('[data-metric=conversions]')).toBe('98');
  expect(shown('[data-sum]')).toBe('Sum of 2 linked campaigns');
  expect(root.querySelector<HTMLElement>('[data-sum]')?.title).toBe('Campaign 1\nCampaign 2');
});

test('halves of split traffic are judged by chance alone, and it says so', async () => {
  const several = { from: named('12'), target: named('1', '2') };
  // 2·√(1000 + 920) = 87.6 > 80.
  const { root, gap, state, shown } = open(several, { '12': 1000, '1+2': 920 }, {}, true);
  await expect.poll(gap).toBe('−8.0 %');
  expect(state()).toBe('Within what chance explains');
  expect(shown('[data-split]')).toBe('Parts of split traffic: judged by chance alone.');
  expect(root.querySelectorAll('[data-split]')).toHaveLength(1);
  const same = open(several, { '12': 1000, '1+2': 920 });
  await expect.poll(same.state).toBe('Too large: look for the cause');
  expect(same.root.querySelector('[data-split]')).toBeNull();
  // Beyond chance: nothing was lost that redirects or postbacks could explain.
  const apart = open(several, { '12': 1000, '1+2': 700 }, {}, true);
  await expect
    .poll(() => text(apart.root, '#gap-causes p'))
    .toBe('Parts of split traffic: judged by chance alone.');
});

test('of several campaigns on this side, the sum is what the other side is held against, and is shown', async () => {
  const { gap, state, shown } = open(
    { from: named('12', '13'), target: named('1') },
    { '12': 40, '12+13': 100, '1': 60 },
  );
  await expect.poll(gap).toBe('−40.0 %');
  expect(state()).toBe('Too large: look for the cause');
  expect(shown('[data-held=conversions]')).toBe('100');
  expect(shown('th.note')).toBe('Held against the 2 campaigns of this tracker in the link');
});

test('a sum of which a part cannot be read is unknown on either side, and says so', async () => {
  const there = open(
    { from: named('12'), target: named('1', '2') },
    { '12': 100, '1': 60, '1+2': null },
  );
  await expect.poll(() => there.shown('[data-sum]')).toContain('their sum is unknown');
  expect(there.shown('[data-metric=conversions]')).toBe('');
  const here = open(
    { from: named('12', '13'), target: named('1') },
    { '12': 60, '1': 60, '12+13': null },
  );
  await expect.poll(() => here.shown('[data-unknown-sum]')).toContain('their sum is unknown');
  expect(here.shown('[data-metric=conversions]')).toBe('60');
  expect(here.gap()).toBe('–');
  expect(here.state()).toBeNull();
});

test('what the tracker holds is said of the tracker, not of the network under whose name it stands', async () => {
  const { rows: _, ...facts } = total(1000, 60, 10, 300);
  const metrics = metricsOf({ conversions: 60, sales: 60, hold: 40, revenue: 300 });
  const all = { metrics, reports: [facts], hindered: [], rates: [], campaigns: named('12') };
  const { root } = open(
    { from: named('12'), target: named('701') },
    { x: null, '12': 60, '701': 100 },
    { '701': all },
  );
  await expect
    .poll(() => text(root, '#gap-causes'))
    .toBe(
      'Conversions in b main: why +66.7 %?Conversions on hold in k main: 40.' +
        "Whether it's new can't be told: what is sent to an offer isn't known by day.",
    );
});

test('several offers of a network are held against what was sent to all of them', async () => {
  const sent = (id: string, conversions: number): OfferSenders['all'] => {
    const { rows, ...facts } = total(500, conversions, 5, conversions * 3);
    return {
      metrics: rows[0]?.metrics ?? ({} as never),
      reports: [facts],
      hindered: [],
      rates: [],
      campaigns: named(id),
    };
  };
  const several = { from: named('12'), target: named('701', '702') };
  const books = { x: null, '12': 20, '701+702': 99 };
  const both = open(several, books, { '701': sent('12', 60), '702': sent('13', 40) });
  await expect.poll(both.gap).toBe('−1.0 %');
  expect(both.state()).toBe('Within the normal range');
  expect(both.shown('[data-senders]')).toContain('2 of your campaigns run this offer');
  const one = open(several, books, { '701': sent('12', 60) });
  await expect.poll(() => one.shown('[data-metric=conversions]')).toBe('99');
  await expect.poll(one.gap).not.toBe('');
  expect(one.state()).toBeNull();
});
