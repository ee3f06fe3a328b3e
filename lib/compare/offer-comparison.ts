import { type Metric, type Metrics, sumMetrics } from '../report/metrics.ts';
import type { Range } from '../report/range.ts';
import type { Cause } from './causes.ts';
import type { Hindrance } from './comparable.ts';
import { type Comparison, createComparison, type JudgedGap } from './comparison.ts';
import { type GapState, type Thresholds, worstOf } from './gap.ts';
import { type JoinedOffer, type OfferSide, type Sent, sentSide, sumSent } from './offers.ts';
import { type Rate, rateBetween } from './rates.ts';

/** An offer with what was sent to it; null = no campaign sends to it, nor is it known that none did. */
export interface ComparedOffer extends JoinedOffer {
  /** In the table's currency. */
  readonly sent: Sent | null;
}

/** Trackers' campaigns, each counted once, against what networks got, offer by offer. */
export interface OfferComparison {
  readonly rows: readonly ComparedOffer[];
  /** Of what is sent, whatever sends it; that of the first tracker that has a report. */
  readonly currency: string;
  /** @param network index of a network among the sides, here and below */
  gap(row: ComparedOffer, network: number, metric: Metric): JudgedGap;
  /**
   * The currency in which a row's money is held against a network's, and so of the differences of its
   * gaps: the table's, or the network's, where no rate leads to the table's but none is needed.
   */
  currencyAgainst(row: ComparedOffer, network: number): string;
  causes(row: ComparedOffer, network: number, metric: Metric): Cause[];
  /** Why a row's gap is not judged; see `Comparison`. */
  unjudged(
    hindrance: JudgedGap['hindrances'][number],
    row: ComparedOffer,
    network: number,
    metric: Metric,
  ): Cause;
  worst(row: ComparedOffer, metrics: readonly Metric[]): GapState;
  /** The gap of the sums over the offers that both have. */
  total(rows: readonly ComparedOffer[], network: number, metric: Metric): JudgedGap;
  /**
   * Offers that campaigns send to and no network has, and what was sent to them; null = none, or a
   * network has not told all.
   */
  onlySent(
    rows: readonly ComparedOffer[],
  ): { readonly count: number; readonly metrics: Metrics } | null;
  /**
   * Offers of a network that no campaign sends to, and what it counted for them; null = none, or a
   * tracker has not told all.
   */
  onlyIn(
    rows: readonly ComparedOffer[],
    network: number,
  ): { readonly count: number; readonly metrics: Metrics } | null;
}

/** Is money missing in it that has no rate into its currency? */
export const isUnrated = ({ hindered }: Pick<Sent, 'hindered'>): boolean =>
  hindered.includes('currency');

type Sending = Pick<JoinedOffer, 'senders' | 'idle'>;

const currencyIn = ({ reports: [facts] }: Sent): string => facts?.currency ?? '';

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
  const [currency = ''] = sides.flatMap(({ kind, report }) =>
    kind === 'tracker' && report ? report.currency : [],
  );
  const isRated = (from: string): boolean =>
    from === currency || rateBetween(rates, from, currency) !== null;
  const sumOf = (
    { senders, idle = [] }: Sending,
    of: { readonly currency: string; readonly hindered?: readonly Hindrance[] },
  ) => sumSent(senders, sides, rates, { ...of, idle });
  /** What was sent, in a currency in which all of it can be held against a network, if there is one. */
  const against = (sent: Sent, sending: Sending, network: number): Sent => {
    const theirs = sides[network]?.report?.currency ?? currency;
    if (isRated(theirs) && !isUnrated(sent)) return sent;
    const hindered = sent.hindered.filter((reason) => reason !== 'currency');
    const inTheirs = sumOf(sending, { currency: theirs, hindered });
    return inTheirs && !isUnrated(inTheirs) ? inTheirs : sent;
  };
  const pairOf = (row: ComparedOffer, network: number) => {
    const [{ sent }, cell] = [row, row.cells[network]];
    return sent && cell ? compare(against(sent, row, network), network, cell.metrics) : null;
  };
  const gap: OfferComparison['gap'] = (row, network, metric) => {
    const pair = pairOf(row, network);
    return pair ? pair.comparison.gap(pair.row, 1, metric) : NOTHING;
  };
  const countOf = (all: readonly Metrics[]) =>
    all.length > 0 ? { count: all.length, metrics: sumMetrics(all) } : null;
  const allTold = (kind: OfferSide['kind']): boolean =>
    sides.every((side) => side.kind !== kind || side.report?.complete === true);
  return {
    rows: offers.flatMap((row): ComparedOffer[] => {
      const there = networks.filter((at) => row.cells[at]).length;
      const sum = sumOf(row, { currency });
      // Each of several networks got a part of what was sent, and nobody tells which.
      const sent =
        sum && there > 1 ? { ...sum, hindered: [...sum.hindered, 'offer' as const] } : sum;
      return sent || there > 0 ? [{ ...row, sent }] : [];
    }),
    currency,
    currencyAgainst: ({ sent, ...row }, network) =>
      sent ? currencyIn(against(sent, row, network)) : currency,
    gap,
    causes(row, network, metric) {
      const pair = pairOf(row, network);
      return pair ? pair.comparison.causes(pair.row, 1, metric) : [];
    },
    unjudged(hindrance, row, network, metric) {
      const pair = pairOf(row, network);
      return pair
        ? pair.comparison.unjudged(hindrance, 1, metric, pair.row)
        : { key: `hindrance_${hindrance}`, values: [] };
    },
    worst(row, metrics) {
      return worstOf(networks.flatMap((at) => metrics.map((metric) => gap(row, at, metric).state)));
    },
    total(rows, network, metric) {
      const both = rows.flatMap((row) => {
        const [{ sent }, cell] = [row, row.cells[network]];
        return sent && cell ? { ...row, sent, theirs: cell.metrics } : [];
      });
      const doubts = new Set(both.flatMap(({ sent }) => sent.hindered));
      doubts.delete('currency');
      const all = {
        senders: both.flatMap(({ senders }) => senders),
        idle: both.flatMap(({ idle = [] }) => idle),
      };
      const sent = sumOf(all, { currency, hindered: [...doubts] });
      const theirs = sumMetrics(both.map((row) => row.theirs));
      const pair = sent && compare(against(sent, all, network), network, theirs);
      return pair ? pair.comparison.gap(pair.row, 1, metric) : NOTHING;
    },
    onlySent: (rows) =>
      allTold('network')
        ? countOf(
            rows.flatMap(({ sent, cells }) =>
              sent && networks.every((at) => !cells[at]) ? sent.metrics : [],
            ),
          )
        : null,
    onlyIn: (rows, network) =>
      allTold('tracker')
        ? countOf(rows.flatMap(({ sent, cells }) => (sent ? [] : (cells[network]?.metrics ?? []))))
        : null,
  };
}
