import type { Placement } from '../../lib/blacklist/placement.ts';
import { type Metrics, metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import type { ConnectionView, SideFigures, Stats, TrackerView } from '../../lib/rpc/results.ts';
import type { Campaign } from '../../lib/trackers/adapter.ts';
import { trackers as adapters } from '../../lib/trackers/index.ts';

/** 2 August 2026, 12:04 in Madrid. */
export const NOW = Date.UTC(2026, 7, 2, 10, 4);

/** Markup, an override of the text's direction, and more than a line holds. */
export const HOSTILE = '<img src=x onerror=alert(1)> \u202Eelas remmuS\u202C & "DE" push 2026-08';

export const trackers: readonly TrackerView[] = adapters.map(
  ({ id, name, initial, side, capabilities, keyHelp, addressExample }) => ({
    id,
    name,
    initial,
    side,
    capabilities,
    keyHelp,
    addressExample,
  }),
);

const connection = (
  id: string,
  tracker: string,
  name: string,
  more: Partial<ConnectionView> = {},
): ConnectionView => ({
  id,
  tracker,
  name,
  api: '',
  pages: [],
  script: null,
  currency: 'USD',
  zone: 'Europe/Madrid',
  basis: 'visit',
  templates: [],
  keyEnd: '',
  problem: null,
  ...more,
});

/** The page's own side, one that is close, one not linked, a network, and one in euros. */
export const connections: readonly ConnectionView[] = [
  connection('k', 'keitaro', 'Main'),
  connection('b', 'binom', 'Push', { zone: 'Europe/Kyiv' }),
  connection('r', 'redtrack', 'Native'),
  connection('a', 'affise', 'Network', { basis: 'postback' }),
  connection('e', 'redtrack', 'Euro account', { currency: 'EUR' }),
];

export const campaigns: readonly Campaign[] = [
  { id: '12', name: 'Summer push DE', active: true, source: { id: '1', name: 'PropellerAds' } },
  { id: '13', name: HOSTILE, active: true, source: null },
  { id: '14', name: 'nutra_fr_native', active: false, source: null },
];

export const figures: Readonly<Record<string, Metrics>> = {
  k: metricsOf({
    clicks: 12480,
    uniqueClicks: 11020,
    landerClicks: 4210,
    conversions: 212,
    cost: 410.2,
    revenue: 655,
  }),
  b: metricsOf({ clicks: 12102, conversions: 205, cost: 398.9, revenue: 634.5 }),
  a: metricsOf({ clicks: 4102, conversions: 178, hold: 9, revenue: 552 }),
  e: metricsOf({ clicks: 12400, conversions: 210, cost: 372.1, revenue: 601 }),
};

/** A report with one row, as the connection would give it. */
export function reportOf(id: string, metrics: Metrics, age = 40_000): Report {
  const of = connections.find((one) => one.id === id);
  return {
    rows: [{ values: [], metrics }],
    zone: of?.zone ?? 'UTC',
    currency: of?.currency ?? 'USD',
    basis: of?.basis ?? 'visit',
    fetchedAt: NOW - age,
    complete: true,
  };
}

/** Total and hours of a side; what a side does not know stays unknown. */
export function sideOf(id: string): SideFigures {
  const metrics = figures[id];
  if (!metrics) return { total: none, byHour: none };
  const total = reportOf(id, metrics);
  const clicks = metrics.clicks ?? 0;
  const rows = Array.from({ length: 12 }, (_, hour) => ({
    values: [{ id: String(hour), name: String(hour) }],
    metrics: metricsOf({
      clicks: Math.round((clicks / 12) * (1 + Math.sin((hour + id.charCodeAt(0)) / 2) / 2)),
    }),
  }));
  return {
    total: { report: total, problem: null },
    byHour: id === 'a' ? none : { report: { ...total, rows }, problem: null },
  };
}
const none = { report: null, problem: null };

/** Placements of every kind: dead, good, too young, bots; the same in each run. */
export function placements(count: number): Placement[] {
  return Array.from({ length: count }, (_, index) => {
    const spent = [14, 3, 9, 0.6, 22][index % 5] ?? 1;
    const bought = [0, 4, 1, 0, 17][index % 5] ?? 0;
    return {
      id: index === 3 ? HOSTILE : String(1_048_576 + index * 7919),
      clicks: 40 + ((index * 37) % 900),
      landerViews: null,
      landerClicks: null,
      conversions: bought,
      cost: spent + (index % 7) / 10,
      revenue: bought * 3.1,
    };
  });
}

/** Figures of the popup, whose profit is about `profit`. */
export function statsOf(id: string, profit: number, more: Partial<Stats> = {}): Stats {
  const of = connections.find((one) => one.id === id);
  const cost = 2000;
  const now = metricsOf({ clicks: 20_400, conversions: 300, cost, revenue: cost + profit });
  return {
    now,
    before: metricsOf({ cost, revenue: cost + profit * 0.9 }),
    nowUntilHour: now,
    hours: Array.from({ length: 24 }, (_, hour) => (hour > 11 ? null : Math.sin(hour / 3) * 40)),
    best: { name: 'Summer push DE', profit: 240 },
    worst: { name: HOSTILE, profit: -61 },
    zone: of?.zone ?? 'UTC',
    currency: of?.currency ?? 'USD',
    fetchedAt: NOW - 12_000,
    complete: true,
    problem: null,
    ...more,
  };
}
