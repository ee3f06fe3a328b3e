import type { JudgedGap } from '../../lib/compare/comparison.ts';
import { type GapState, rankedGap } from '../../lib/compare/gap.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { gapIn, type Pair } from './compare-pairs.ts';
import type { Side } from './compare-sides.ts';

export const JUDGED_METRICS: readonly Metric[] = ['conversions', 'clicks', 'revenue', 'cost'];

/** A gap of another side to what it is compared with. */
export interface SideGap {
  readonly key: string;
  readonly side: Side;
  readonly pair: Pair;
  readonly metric: Metric;
  readonly gap: JudgedGap;
}

export const gapKey = ({ connection }: Side, metric: Metric): string =>
  JSON.stringify([connection.id, metric]);

/** Of every other side, the gaps in the metrics that are judged. */
export const gapsOf = (sides: readonly Side[], pairs: readonly Pair[]): SideGap[] =>
  sides.flatMap((side, at) => {
    const pair = pairs[at];
    if (!pair || side.isOwn) return [];
    return JUDGED_METRICS.map((metric) => ({
      ...{ key: gapKey(side, metric), side, pair, metric },
      gap: gapIn(pair, metric),
    }));
  });

export const needsLook = (state: GapState): state is 'amber' | 'red' =>
  state === 'amber' || state === 'red';

/** The gaps that need a look, the widest first. */
export const widestFirst = (gaps: readonly SideGap[]): SideGap[] =>
  gaps.filter(({ gap }) => needsLook(gap.state)).sort((a, b) => sizeOf(b) - sizeOf(a));

const sizeOf = ({ metric, gap }: SideGap): number => Math.abs(rankedGap(metric, gap) ?? 0);
