import { createOfferReports } from '../../../lib/background/offers/reports.ts';
import {
  type ComparedSide,
  type Comparison,
  createComparison,
  type JudgedGap,
} from '../../../lib/compare/comparison.ts';
import type { GapState } from '../../../lib/compare/gap.ts';
import { type JoinedRow, joinSides } from '../../../lib/compare/join.ts';
import type { Link } from '../../../lib/compare/links.ts';
import {
  createOfferComparison,
  type OfferComparison,
} from '../../../lib/compare/offer-comparison.ts';
import { joinOffers, type OfferSide } from '../../../lib/compare/offers.ts';
import type { Rate } from '../../../lib/compare/rates.ts';
import type { Connection } from '../../../lib/connections/connection.ts';
import { problemOf } from '../../../lib/errors.ts';
import type { Metric } from '../../../lib/report/metrics.ts';
import type { Question, Report } from '../../../lib/report/question.ts';
import type { Range } from '../../../lib/report/range.ts';
import type { SimulatorId, Simulators } from '../../simulators/start.ts';
import { adapterOf, clientOf } from '../simulators/client-of.ts';

/**
 * What the tests of this folder share. Adapters read simulated trackers over HTTP and the comparison
 * judges what they read; what is expected is computed here and in the tests from the trackers' books
 * alone, past their APIs.
 */

/** Days that are over. */
export const RANGE = { from: '2026-08-01', to: '2026-08-03', zone: 'Europe/Madrid' };
export const LATER = Date.parse('2026-08-20T00:00:00Z');

/** A tracker's campaigns, or a network's offers, as its adapter reports them. */
export async function reported(
  simulators: Simulators,
  id: SimulatorId,
  connection: Partial<Connection> = {},
): Promise<ComparedSide & { readonly report: Report }> {
  const { client, adapter } = clientOf(simulators, id);
  const asking = { ...client, connection: { ...client.connection, ...connection } };
  // Some learn here what their version can do.
  await adapter.check(asking);
  const question = { range: RANGE, groupBy: ['campaign'], filters: [] } as const;
  const report = await adapter.report(asking, question);
  return {
    connection: id,
    currency: report.currency,
    kind: adapter.side,
    report,
    rows: report.rows.map(({ values: [value = { id: '', name: '' }], metrics }) => ({
      ...value,
      metrics,
    })),
  };
}

/** Two sides joined by links and names, and compared. */
export function compared(
  sides: readonly ComparedSide[],
  { links = [], rates = [] }: { links?: readonly Link[]; rates?: readonly Rate[] } = {},
): Comparison {
  return createComparison({
    sides,
    rows: joinSides(sides, links),
    range: RANGE,
    now: LATER,
    rates,
  });
}

/** The row of a campaign, by its id on a side. */
export function rowOf({ sides, rows }: Comparison, connection: string, id: string): JoinedRow {
  const at = sides.findIndex((side) => side.connection === connection);
  const row = rows.find(({ cells }) => cells[at]?.id === id);
  if (!row) throw new Error(`no row of ${connection} ${id}`);
  return row;
}

/** What a screen says of a gap: what it is, how it is judged, why not, and what may explain it. */
export function saidOf(comparison: Comparison, row: JoinedRow, metric: Metric) {
  const { difference, gap, state, hindrances }: JudgedGap = comparison.gap(row, 1, metric);
  const causes = comparison.causes(row, 1, metric);
  return { difference, gap, state, hindrances, causes };
}

/** A tracker's figures by offer and campaign, or a network's by offer, as the background reads them. */
export async function offersOf(
  simulators: Simulators,
  id: SimulatorId,
  range: Range,
  connection: Partial<Connection> = {},
): Promise<OfferSide> {
  const { client, adapter } = clientOf(simulators, id);
  const asking = { ...client, connection: { ...client.connection, ...connection } };
  const offerReports = createOfferReports({
    connections: { get: async () => ({ tracker: id }) },
    clients: { adapter: adapterOf },
    reports: {
      known: async () => null,
      answer: (_: string, question: Question) =>
        adapter.report(asking, question).then(
          (report) => ({ report, problem: null }),
          (error) => ({ report: null, problem: problemOf(error) }),
        ),
    },
    now: () => 0,
  } as never);
  const options = { fresh: true, most: 20 };
  const { report, problem } = await offerReports(id, range, options, client.signal);
  if (!report) throw new Error(`${id}: ${JSON.stringify(problem)}`);
  return { connection: id, currency: report.currency, kind: adapter.side, report };
}

/** Trackers' offers against a network's, all joined by name. */
export const comparedOffers = (sides: readonly OfferSide[], range: Range): OfferComparison =>
  createOfferComparison({
    sides,
    offers: joinOffers(sides, []),
    untold: false,
    range,
    now: LATER,
    rates: [],
  });

/** Largest gaps that are green and amber, as published. */
const LIMITS = {
  clicks: [0.1, 0.15],
  conversions: [0.02, 0.05],
  revenue: [0.03, 0.1],
  cost: [0.03, 0.1],
} as const;

/** Pr(X ≥ n) of a Poisson count, summed one by one. */
function atLeast(n: number, mean: number): number {
  let log = -mean;
  let below = 0;
  for (let count = 0; count < n; count++) {
    below += Math.exp(log);
    log += Math.log(mean) - Math.log(count + 1);
  }
  return 1 - below;
}

/**
 * How the books say a gap has to be judged: beyond a limit when so many events, or more, are lost in
 * fewer than one case of 40 where the limit is the share that is lost.
 * @param events what both sides would count of one event: 1, or the payout, or the price of a click
 */
export function judged(
  metric: keyof typeof LIMITS,
  base: number,
  other: number,
  unit = 1,
): GapState {
  const [green, amber] = LIMITS[metric];
  const lost = Math.round(Math.abs(other - base) / unit);
  const most = Math.max(base, other) / unit;
  const share = (lost * unit) / base;
  if (share <= green) return 'green';
  const beyond = (limit: number) => atLeast(lost, limit * most) < 0.025;
  if (lost <= 1 || !beyond(green)) return 'chance';
  return share <= amber || !beyond(amber) ? 'amber' : 'red';
}
