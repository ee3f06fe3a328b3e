import {
  BASELINE_DAYS,
  type Baseline,
  type CountedDay,
  judgeBaseline,
} from '../../lib/compare/baseline.ts';
import { areOfOneTime } from '../../lib/compare/comparable.ts';
import type { Comparison } from '../../lib/compare/comparison.ts';
import { countedDays } from '../../lib/compare/counted-days.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import { createTimeline } from '../../lib/compare/timeline.ts';
import type { SeriesAnswer } from '../../lib/contract/figures.ts';
import { t } from '../../lib/i18n.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { addDays, daysIn, instantsOf, type Range } from '../../lib/report/range.ts';
import { useClient } from '../kit/client.ts';
import type { CountedSide } from '../kit/hours-apart.tsx';
import { problemText } from '../kit/notice.tsx';
import type { Asked, QueryClient } from '../kit/query.ts';

/** Two sides of a row, and the campaigns whose figures they are. */
export interface BaselinePair {
  readonly comparison: Comparison;
  readonly row: JoinedRow;
  /** Index of the side that is compared with the base. */
  readonly other: number;
  readonly base: CountedSide;
  readonly side: CountedSide;
  readonly range: Range;
  readonly now: () => number;
}

/** A gap beside those of the days before. */
export interface KnownBaseline {
  readonly baseline: Baseline;
  readonly days: readonly CountedDay[];
}

/** What is known of a pair's gaps in the days before. */
export interface Baselines {
  /** null = not known, or the gap itself is not. */
  of(metric: Metric): KnownBaseline | null;
  /** Are figures on their way? */
  readonly busy: boolean;
  /** Are they missing that the trackers have yet to be asked for? */
  readonly toAsk: boolean;
  /** Why they are missing. */
  readonly notes: readonly string[];
}

/** The days before a range that its gaps are held against. */
const daysBefore = ({ from, zone }: Range): Range => ({
  from: addDays(from, -BASELINE_DAYS),
  to: addDays(from, -1),
  zone,
});

/**
 * The gaps of a pair in the days before, by one report of each side for all metrics. Reports of days that
 * are over are kept, so that trackers are asked only once; both reports are of one time, as an older one has
 * heard of fewer conversions.
 *
 * @param asks may trackers be asked? Else only what is kept is told
 */
export function useBaselines(of: BaselinePair, asks: boolean): Baselines {
  const client = useClient();
  const { comparison, row, other, range, now } = of;
  const days = daysBefore(range);
  const kept = sidesOf(of).map((side) => askDays(client, side, days, false));
  const isRead = kept.every(({ busy }) => !busy);
  const isKept = areKept(kept, days);
  const asked = sidesOf(of).map((side, at) => {
    const known = kept[at];
    const serves = !isRead || isKept || !asks || isWhole(known, days, now());
    return serves && known ? known : askDays(client, side, days, true);
  });
  const before = isKept || asks ? laidOut(of, asked, days) : null;
  const judge = (metric: Metric): KnownBaseline | null => {
    const counted = comparison.counted(row, other, metric);
    if (!before || !counted) return null;
    const known = {
      before: countedDays(before, metric, now()),
      from: range.from,
      now: counted,
      days: daysIn(range),
      pairing: comparison.pairing(row, other),
    };
    const baseline = judgeBaseline(known);
    const isOpen = baseline.kind === 'changed' && baseline.since === null;
    if (!isOpen) return { baseline, days: known.before };
    const during = daysOf(client, of, metric, asks);
    return { baseline: judgeBaseline({ ...known, during }), days: known.before };
  };
  const busy = !isRead || (asks && asked.some((one) => one.busy && !one.value?.report));
  return {
    of: judge,
    busy,
    toAsk: isRead && !isKept && !asks,
    notes: asks && !busy ? notesOf(of, asked) : [],
  };
}

const sidesOf = ({ base, side }: BaselinePair) => [base, side];

const askDays = (
  client: QueryClient,
  { connection, campaignIds }: CountedSide,
  range: Range,
  fresh: boolean | 'soon',
): Asked<SeriesAnswer> =>
  client.query('side.series', {
    ...{ connection: connection.id, campaignIds: [...campaignIds], range, fresh },
  });

/** Are both sides' days kept whole, and as they were at one time? */
const areKept = ([ours, theirs]: readonly Asked<SeriesAnswer>[], days: Range): boolean =>
  isWhole(ours, days, theirs?.value?.report?.fetchedAt ?? 0) &&
  isWhole(theirs, days, ours?.value?.report?.fetchedAt ?? 0);

/** Is a report of days that were over, and as they were at an instant? */
function isWhole(asked: Asked<SeriesAnswer> | undefined, days: Range, at: number): boolean {
  const report = asked?.value?.report;
  if (!report || !areOfOneTime(report, { fetchedAt: at })) return false;
  return instantsOf({ ...days, zone: report.zone }).end <= report.fetchedAt;
}

/** The two sides over some days, the base first; null = one of them is not known. */
function laidOut(
  { comparison, row, other, now }: BaselinePair,
  asked: readonly Asked<SeriesAnswer>[],
  range: Range,
) {
  const rate = comparison.rate(other);
  const sides = [0, other].flatMap((at, place) => {
    const side = comparison.sides[at];
    const { report = null, groupBy = ['day'] as const } = asked[place]?.value ?? {};
    return side && report ? [{ ...side, report, groupBy }] : [];
  });
  if (sides.length < 2) return null;
  return createTimeline({ range, sides, now: now(), split: row.split, rates: rate ? [rate] : [] });
}

/** The whole days of the range itself: of a single day there is nothing to ask. */
function daysOf(
  client: QueryClient,
  of: BaselinePair,
  metric: Metric,
  asks: boolean,
): CountedDay[] {
  const { range, comparison, row, other, now } = of;
  if (daysIn(range) === 1) {
    const counted = comparison.counted(row, other, metric);
    return counted ? [{ day: range.from, ...counted }] : [];
  }
  const timeline = laidOut(
    of,
    sidesOf(of).map((side) => askDays(client, side, range, asks && 'soon')),
    range,
  );
  return timeline ? countedDays(timeline, metric, now()) : [];
}

function notesOf(of: BaselinePair, asked: readonly Asked<SeriesAnswer>[]): string[] {
  return sidesOf(of).flatMap(({ connection: { name } }, at) => {
    const { value, problem } = asked[at] ?? {};
    const failed = problem ?? value?.problem;
    if (failed) return [`${name}: ${problemText(failed)}`];
    return value?.unable ? [t('baselineUnable', name)] : [];
  });
}
