import {
  isPartial,
  type Metric,
  type Metrics,
  MONEY,
  metricOf,
  sumMetrics,
} from '../report/metrics.ts';
import type { Range } from '../report/range.ts';
import { type Cause, likelyCauses } from './causes.ts';
import { type Hindrance, hindrancesOf, type ReportFacts, sentToOffers } from './comparable.ts';
import {
  type Counted,
  type Gap,
  type GapState,
  judgeGap,
  type Pairing,
  rankedGap,
  type Thresholds,
  unitOf,
  worstOf,
} from './gap.ts';
import type { Cell, JoinedRow, Side } from './join.ts';
import { inCurrency, type Rate, rateBetween } from './rates.ts';
import { tells } from './silent.ts';
import { unjudged } from './unjudged.ts';

/** One side as it is compared. */
export interface ComparedSide extends Side {
  readonly kind: 'tracker' | 'network';
  /** null = nothing is known of it yet: it has no rows. */
  readonly report: ReportFacts | null;
  /** Do its rows hold all that there is on it? Absent: as far as its report is complete. */
  readonly isWhole?: boolean;
  /** Facts of further reports whose figures are in its sums. */
  readonly also?: readonly ReportFacts[];
  /**
   * Are its figures of whole offers, whatever campaign sends to them? A network's are, unless this
   * says that they are a campaign's part.
   */
  readonly ofOffer?: boolean;
  /** Why nothing of it is judged, whatever it is compared with; `currency`: its money lacks some. */
  readonly hindered?: readonly Hindrance[];
}

/** A gap and why it is not judged, if it is not. */
export interface JudgedGap extends Gap {
  readonly hindrances: readonly (Hindrance | 'partial')[];
  /** How the other side's money came into the base's currency; absent = it was in it. */
  readonly converted?: Converted;
}

/** Money and the rate by which it is compared. */
export interface Converted {
  /** In the rate's `from`. */
  readonly amount: number;
  readonly rate: Rate;
}

/** Sums over the rows in which the base and another side count the same events. */
export interface SharedTotal {
  readonly base: Metrics;
  readonly other: Metrics;
  readonly gap: (metric: Metric) => JudgedGap;
}

/** A row's figures on each side; null = not on that side. */
interface RowFigures extends Pick<JoinedRow, 'split'> {
  readonly cells: ReadonlyArray<Pick<Cell, 'metrics'> | null>;
}

export interface Comparison {
  readonly sides: readonly ComparedSide[];
  readonly rows: readonly JoinedRow[];
  /** The rate by which another side's money is compared; null = none is needed, or there is none. */
  rate(other: number): Rate | null;
  /** Why a metric of another side is not judged against the base, for all rows alike. */
  hindrances(other: number, metric: Metric): readonly Hindrance[];
  gap(row: RowFigures, other: number, metric: Metric): JudgedGap;
  /**
   * Why a gap is not judged, as a text that names the side.
   * @param row whose gap it is; absent: that of all rows
   */
  unjudged(
    hindrance: JudgedGap['hindrances'][number],
    other: number,
    metric: Metric,
    row?: RowFigures,
  ): Cause;
  /** What a row's gap is of; null = it is not known, or the two are not comparable. */
  counted(row: RowFigures, other: number, metric: Metric): Counted | null;
  /** Do the base and another side count the same events of a row, or do two trackers share its traffic? */
  pairing(row: RowFigures, other: number): Pairing;
  /** What may explain a row's gap in a metric; of shared traffic, only what sets the reports apart. */
  causes(row: RowFigures, other: number, metric: Metric): Cause[];
  /** The worst state of a row's gaps in some metrics. */
  worst(row: JoinedRow, metrics: readonly Metric[]): GapState;
  /** The size of a row's largest gap in some metrics, a ratio, infinite from 0; null = none is known. */
  largestGap(row: JoinedRow, metrics: readonly Metric[]): number | null;
  /**
   * Totals of the base and another side over the rows that both have. Rows whose traffic they share are
   * left out: the sums would not be of the same events.
   */
  shared(other: number, rows?: readonly JoinedRow[]): SharedTotal;
  /**
   * Sums of what a side has and another one has not; null = nothing, or that cannot be told as not all
   * of the other side is known.
   */
  onlyIn(
    side: number,
    without: number,
    rows?: readonly JoinedRow[],
  ): { count: number; metrics: Metrics } | null;
}

/**
 * Compares connections, the first of which is the base. The one place that decides what is
 * comparable and how a gap is judged: panel, dashboard and CSV only draw it.
 *
 * @param of.now epoch ms
 */
export function createComparison(of: {
  readonly sides: readonly ComparedSide[];
  /** Cells in the order of the sides; see `joinSides`. */
  readonly rows: readonly JoinedRow[];
  readonly range: Range;
  readonly now: number;
  readonly thresholds?: Thresholds;
  /** Without a rate, money of two currencies is not compared. */
  readonly rates?: readonly Rate[];
}): Comparison {
  const { sides, rows, range, now, thresholds, rates = [] } = of;
  const [base] = sides;
  const ratesOf = sides.map(({ report }) => {
    if (!report || !base?.report || report.currency === base.report.currency) return null;
    return rateBetween(rates, report.currency, base.report.currency);
  });
  const hindering = sides.map((side, at) => {
    const oneOffer = isOfOffer(base) !== isOfOffer(side);
    const general: readonly Hindrance[] = [
      ...(oneOffer ? (['offer'] as const) : []),
      ...(base?.hindered ?? []),
      ...(side.hindered ?? []),
    ];
    const pairs = factsOf(base).flatMap((ours) =>
      factsOf(side).map((theirs) => hindrancesOf(ours, theirs, range, now)),
    );
    const reasonsOf = (metric: Metric): readonly Hindrance[] => {
      const reasons = pairs.flatMap((pair) => pair(metric));
      const left = reasons.filter((reason) => reason !== 'currency' || !ratesOf[at]);
      const own = general.filter((reason) => reason !== 'currency' || MONEY.has(metric));
      return [...new Set([...own, ...left])];
    };
    /** The same for all rows: found once a metric. */
    const found = new Map<Metric, readonly Hindrance[]>();
    return (metric: Metric): readonly Hindrance[] => {
      const reasons = found.get(metric) ?? reasonsOf(metric);
      found.set(metric, reasons);
      return reasons;
    };
  });
  const hindrances = (other: number, metric: Metric): readonly Hindrance[] =>
    hindering[other]?.(metric) ?? [];
  const gapBetween = (
    left: Metrics | undefined,
    shown: Metrics | undefined,
    other: number,
    metric: Metric,
    pairing: Pairing = 'same',
  ): JudgedGap => {
    if (!left || !shown) return NOTHING;
    const rate = ratesOf[other] ?? null;
    const right = rate ? inCurrency(shown, rate) : shown;
    const general = hindrances(other, metric);
    if (general.includes('currency')) return { ...NOTHING, hindrances: general };
    const a = valueFor(left, metric, base, sides[other]);
    const b = valueFor(right, metric, sides[other], base);
    const partial = isPartial(left, metric) || isPartial(right, metric);
    const unsent = (a === null && left.clicks !== null) || (b === null && right.clicks !== null);
    const ofRow = partial ? PARTIAL : metric === 'clicks' && unsent ? SENT : NO_REASON;
    // Rows are many, and most have no reason of their own.
    const why = ofRow.length > 0 ? [...general, ...ofRow] : general;
    const unit = unitOf(metric, left, right);
    const judged = judgeGap({ metric, base: a, other: b, unit, pairing, thresholds });
    const { difference, gap } = judged;
    const state = why.length > 0 ? 'unknown' : judged.state;
    const amount = rate && MONEY.has(metric) ? metricOf(shown, metric) : null;
    return rate && amount !== null
      ? { difference, gap, state, hindrances: why, converted: { amount, rate } }
      : { difference, gap, state, hindrances: why };
  };
  // A network has the traffic of all parts.
  const pairing = ({ split }: RowFigures, other: number): Pairing =>
    split && base?.kind === 'tracker' && sides[other]?.kind === 'tracker' ? 'different' : 'same';
  const gap = (row: RowFigures, other: number, metric: Metric): JudgedGap => {
    const [left, right] = [row.cells[0], row.cells[other]];
    return gapBetween(left?.metrics, right?.metrics, other, metric, pairing(row, other));
  };
  const gapsOf = (row: JoinedRow, metrics: readonly Metric[]): JudgedGap[] =>
    sides.slice(1).flatMap((_, at) => metrics.map((metric) => gap(row, at + 1, metric)));
  return {
    sides,
    rows,
    rate: (other) => ratesOf[other] ?? null,
    hindrances,
    gap,
    unjudged(hindrance, other, metric, row) {
      const told = (at: number) => ({
        facts: factsOf(sides[at]),
        kind: sides[at]?.kind ?? 'tracker',
        ofOffer: isOfOffer(sides[at]),
        metrics: row?.cells[at]?.metrics ?? null,
      });
      return unjudged(hindrance, told(0), told(other), metric);
    },
    counted(row, other, metric) {
      const [left, shown] = [row.cells[0]?.metrics, row.cells[other]?.metrics];
      if (!left || !shown || gap(row, other, metric).hindrances.length > 0) return null;
      const rate = ratesOf[other];
      const right = rate ? inCurrency(shown, rate) : shown;
      const a = valueFor(left, metric, base, sides[other]);
      const b = valueFor(right, metric, sides[other], base);
      if (a === null || b === null) return null;
      return { base: a, other: b, unit: unitOf(metric, left, right) };
    },
    pairing,
    causes(row, other, metric) {
      const [left, right] = [row.cells[0], row.cells[other]];
      const [ours, theirs] = [base?.report, sides[other]?.report];
      if (!left || !right || !ours || !theirs) return [];
      const rate = ratesOf[other] ?? null;
      return likelyCauses(
        metric,
        { report: ours, metrics: asSent(left.metrics, base, sides[other]) },
        {
          report: theirs,
          metrics: asSent(
            rate ? inCurrency(right.metrics, rate) : right.metrics,
            sides[other],
            base,
          ),
        },
        range,
        now,
        rate,
        pairing(row, other),
      );
    },
    worst(row, metrics) {
      return worstOf(gapsOf(row, metrics).map(({ state }) => state));
    },
    largestGap(row, metrics) {
      const sizes = sides
        .slice(1)
        .flatMap((_, at) => metrics.flatMap((one) => rankedGap(one, gap(row, at + 1, one)) ?? []));
      return sizes.length > 0 ? Math.max(...sizes.map(Math.abs)) : null;
    },
    shared(other, among = rows) {
      const both = among.flatMap((row) => {
        const [ours, theirs] = [row.cells[0], row.cells[other]];
        if (pairing(row, other) === 'different') return [];
        if (!ours || !theirs || !tells(ours.metrics) || !tells(theirs.metrics)) return [];
        return [{ ours: ours.metrics, theirs: theirs.metrics }];
      });
      const left = sumMetrics(both.map(({ ours }) => ours));
      const right = sumMetrics(both.map(({ theirs }) => theirs));
      const nothing = both.length === 0;
      return {
        base: left,
        other: right,
        gap: (metric) => (nothing ? NOTHING : gapBetween(left, right, other, metric)),
      };
    },
    onlyIn(side, without, among = rows) {
      const { isWhole, report } = sides[without] ?? {};
      if (!(isWhole ?? report?.complete)) return null;
      const alone = among.flatMap(({ cells }) => (cells[without] ? [] : (cells[side] ?? [])));
      if (alone.length === 0) return null;
      return { count: alone.length, metrics: sumMetrics(alone.map(({ metrics }) => metrics)) };
    },
  };
}

const NO_REASON = [] as const;
const PARTIAL = ['partial'] as const;
const SENT = ['sent'] as const;

const NOTHING: JudgedGap = { difference: null, gap: null, state: 'unknown', hindrances: [] };

const factsOf = (side: ComparedSide | undefined): readonly ReportFacts[] =>
  side?.report ? [side.report, ...(side.also ?? [])] : [];

const isOfOffer = (side: ComparedSide | undefined): boolean =>
  side?.ofOffer ?? side?.kind === 'network';

/** Does a side count the clicks of which the other one gets only those that are sent on to it? */
const sendsTo = (side: ComparedSide | undefined, against: ComparedSide | undefined): boolean =>
  side?.kind === 'tracker' && against?.kind === 'network';

/**
 * A metric as it is compared. A network counts the clicks that reach it, so a tracker's clicks are
 * those that it sent to offers.
 */
function valueFor(
  of: Metrics,
  metric: Metric,
  side: ComparedSide | undefined,
  against: ComparedSide | undefined,
): number | null {
  if (metric === 'clicks' && sendsTo(side, against)) return sentToOffers(of);
  return metricOf(of, metric);
}

/**
 * A side's metrics with the clicks that are compared. Nobody tells which of those that were sent are
 * bots, or unique.
 */
function asSent(
  of: Metrics,
  side: ComparedSide | undefined,
  against: ComparedSide | undefined,
): Metrics {
  if (!sendsTo(side, against) && !sendsTo(against, side)) return of;
  const clicks = sendsTo(side, against) ? sentToOffers(of) : of.clicks;
  return { ...of, clicks, uniqueClicks: null, bots: null };
}
