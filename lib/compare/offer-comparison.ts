import { type Metric, type Metrics, sumMetrics } from '../report/metrics.ts';
import type { Range } from '../report/range.ts';
import type { Cause } from './causes.ts';
import { type Comparison, createComparison, type JudgedGap } from './comparison.ts';
import { type GapState, type Thresholds, worstOf } from './gap.ts';
import { type JoinedOffer, type OfferSide, type Sent, sentSide, sumSent } from './offers.ts';
import type { Rate } from './rates.ts';

/** An offer with what was sent to it; null = no campaign sends to it. */
export interface ComparedOffer extends JoinedOffer {
  readonly sent: Sent | null;
}

/** Trackers' campaigns, each counted once, against what networks got, offer by offer. */
export interface OfferComparison {
  readonly rows: readonly ComparedOffer[];
  /** Of what is sent; that of the first tracker that has a report. */
  readonly currency: string;
  /** @param network index of a network among the sides, here and below */
  gap(row: ComparedOffer, network: number, metric: Metric): JudgedGap;
  causes(row: ComparedOffer, network: number, metric: Metric): Cause[];
  worst(row: ComparedOffer, metrics: readonly Metric[]): GapState;
  /** The gap of the sums over the offers that both have. */
  total(rows: readonly ComparedOffer[], network: number, metric: Metric): JudgedGap;
  /** Offers that campaigns send to and no network has, and what was sent to them; null = none. */
  onlySent(
    rows: readonly ComparedOffer[],
  ): { readonly count: number; readonly metrics: Metrics } | null;
  /** Offers of a network that no campaign sends to, and what it counted for them; null = none. */
  onlyIn(
    rows: readonly ComparedOffer[],
    network: number,
  ): { readonly count: number; readonly metrics: Metrics } | null;
}

const NOTHING: JudgedGap = { difference: null, gap: null, state: 'unknown', hindrances: [] };

/**
 * Judges offers by the rules of all comparisons.
 * @param of.untold do trackers not tell which campaigns send to which offer? Then nothing is judged
 * @param of.now epoch ms
 */
export function createOfferComparison(of: {
  readonly sides: readonly OfferSide[];
  readonly offers: readonly JoinedOffer[];
  readonly untold: boolean;
  readonly range: Range;
  readonly now: number;
  readonly thresholds?: Thresholds;
  readonly rates: readonly Rate[];
}): OfferComparison {
  const { sides, offers, untold, range, now, thresholds, rates } = of;
  const networks = sides.flatMap(({ kind }, at) => (kind === 'network' ? [at] : []));
  /** By the trackers that a sum comes from, which are few. */
  const comparisons = new Map<string, Comparison>();
  const compare = (sent: Sent, network: number, theirs: Metrics) => {
    const { reports } = sent;
    const unknown = networks.some((at) => at !== network && !sides[at]?.report?.complete);
    const hindered = [
      ...sent.hindered,
      ...(untold ? (['incomplete'] as const) : []),
      ...(unknown ? (['networks'] as const) : []),
    ];
    const key = JSON.stringify([network, hindered, reports]);
    const comparison =
      comparisons.get(key) ??
      createComparison({
        sides: [
          sentSide({ ...sent, hindered }),
          ...sides.slice(network, network + 1).map((side) => ({ ...side, rows: [] })),
        ],
        rows: [],
        range,
        now,
        rates,
        ...(thresholds ? { thresholds } : {}),
      });
    comparisons.set(key, comparison);
    return { comparison, row: { cells: [{ metrics: sent.metrics }, { metrics: theirs }] } };
  };
  const pairOf = ({ sent, cells }: ComparedOffer, network: number) => {
    const cell = cells[network];
    return sent && cell ? compare(sent, network, cell.metrics) : null;
  };
  const gap: OfferComparison['gap'] = (row, network, metric) => {
    const pair = pairOf(row, network);
    return pair ? pair.comparison.gap(pair.row, 1, metric) : NOTHING;
  };
  const [currency = ''] = sides.flatMap(({ kind, report }) =>
    kind === 'tracker' && report ? report.currency : [],
  );
  const countOf = (all: readonly Metrics[]) =>
    all.length > 0 ? { count: all.length, metrics: sumMetrics(all) } : null;
  return {
    rows: offers.flatMap((row): ComparedOffer[] => {
      const there = networks.filter((at) => row.cells[at]).length;
      const sum = sumSent(row.senders, sides, rates);
      // Each of several networks got a part of what was sent, and nobody tells which.
      const sent =
        sum && there > 1 ? { ...sum, hindered: [...sum.hindered, 'offer' as const] } : sum;
      return sent || there > 0 ? [{ ...row, sent }] : [];
    }),
    currency,
    gap,
    causes(row, network, metric) {
      const pair = pairOf(row, network);
      return pair ? pair.comparison.causes(pair.row, 1, metric) : [];
    },
    worst(row, metrics) {
      return worstOf(networks.flatMap((at) => metrics.map((metric) => gap(row, at, metric).state)));
    },
    total(rows, network, metric) {
      const both = rows.flatMap(({ sent, senders, cells }) => {
        const cell = cells[network];
        return sent && cell ? { sent, senders, theirs: cell.metrics } : [];
      });
      const doubts = new Set(both.flatMap(({ sent }) => sent.hindered));
      const senders = both.flatMap((row) => row.senders);
      const sent = sumSent(senders, sides, rates, [...doubts]);
      const pair = sent && compare(sent, network, sumMetrics(both.map(({ theirs }) => theirs)));
      return pair ? pair.comparison.gap(pair.row, 1, metric) : NOTHING;
    },
    onlySent: (rows) =>
      countOf(
        rows.flatMap(({ sent, cells }) =>
          sent && networks.every((at) => !cells[at]) ? sent.metrics : [],
        ),
      ),
    onlyIn: (rows, network) =>
      countOf(rows.flatMap(({ sent, cells }) => (sent ? [] : (cells[network]?.metrics ?? [])))),
  };
}
