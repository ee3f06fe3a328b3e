import type { Comparison, JudgedGap } from '../../lib/compare/comparison.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { causeText, type SideNames } from './causes.tsx';

/**
 * Why a gap is not judged, each reason with the name of the side that it is of.
 *
 * @param of.row whose gap it is; absent: that of all rows
 */
export const unjudgedTexts = (of: {
  readonly comparison: Pick<Comparison, 'unjudged'>;
  readonly hindrances: JudgedGap['hindrances'];
  readonly other: number;
  readonly metric: Metric;
  readonly row?: Parameters<Comparison['unjudged']>[3];
  readonly names: SideNames;
}): string[] =>
  of.hindrances.map((hindrance) =>
    causeText(of.comparison.unjudged(hindrance, of.other, of.metric, of.row), of.names),
  );
