import { changeOf, type FormerFigures } from '../../lib/compare/changes.ts';
import type { Comparison, JudgedGap } from '../../lib/compare/comparison.ts';
import { rankedGap } from '../../lib/compare/gap.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import { t } from '../../lib/i18n.ts';
import type { CsvCell } from '../../lib/report/csv.ts';
import { UNKNOWN } from '../../lib/report/format.ts';
import {
  isPartial,
  type Metrics,
  partOf,
  RATIOS,
  shownOf,
  sumMetrics,
} from '../../lib/report/metrics.ts';
import { figureText } from '../kit/figure.tsx';
import { gapText } from '../kit/gap-mark.tsx';
import { unjudgedTexts } from '../kit/unjudged-texts.ts';
import type { Spec } from './compare-specs.ts';

/** What a cell draws: a side's metrics, or a gap or change; null = not on that side. */
export type Shown =
  | {
      readonly metrics: Metrics;
      readonly currency: string;
      /** What the figure lacks, where that is known. */
      readonly lacks?: string | null;
    }
  | {
      readonly gap: JudgedGap;
      /** Why it is not judged, with the names of the sides where they are known. */
      readonly why?: readonly string[];
    }
  | null;

/** The figures of the comparison table's cells and totals. */
export interface TableFigures {
  shownIn(row: JoinedRow, spec: Spec): Shown;
  textIn(row: JoinedRow, spec: Spec): string;
  /** The figure to sort by: of a gap the ratio, infinite from 0, or the difference of two ratios. */
  figureIn(row: JoinedRow, spec: Spec): number | null;
  /** Is a row's figure a sum over a part? */
  isPartialIn(row: JoinedRow, spec: Spec): boolean;
  /**
   * A figure is of the given rows, a gap of those that both sides have. A change of all rows is since
   * all that the side had before, rows that are no more included.
   */
  totalOf(spec: Spec, rows: readonly JoinedRow[]): Shown;
}

/** A figure to sort by as a CSV has it: a gap from 0 is no number, so that it is written as on the screen. */
export const exported = (figure: number | null): CsvCell =>
  figure === null || Number.isFinite(figure) ? figure : t('gapFromNothing');

/**
 * @param before of each side: its figures in the days before; null = unknown
 * @param names of each side
 */
export function createTableFigures(
  comparison: Comparison,
  before: ReadonlyArray<FormerFigures | null>,
  names: readonly string[],
): TableFigures {
  const { sides } = comparison;
  const currencyOf = ({ side }: Spec): string => sides[side]?.currency ?? '';
  const changed = (spec: Spec, former: Metrics | null, now: Metrics): JudgedGap => ({
    ...changeOf(spec.metric, former, now),
    hindrances: [],
  });
  const whyOf = (
    { hindrances }: JudgedGap,
    { side: other, metric, kind }: Spec,
    row?: JoinedRow,
  ) =>
    kind === 'gap'
      ? unjudgedTexts({
          ...{ comparison, hindrances, other, metric },
          ...(row ? { row } : {}),
          names: { base: names[0] ?? '', other: names[other] ?? '' },
        })
      : [];
  const gapIn = (row: JoinedRow, spec: Spec): JudgedGap | null => {
    const { kind, side, metric } = spec;
    if (kind === 'gap') return comparison.gap(row, side, metric);
    const cell = row.cells[side];
    return cell ? changed(spec, before[side]?.of(cell) ?? null, cell.metrics) : null;
  };
  return {
    shownIn(row, spec) {
      if (spec.kind !== 'value') {
        const gap = gapIn(row, spec);
        return gap && { gap, why: whyOf(gap, spec, row) };
      }
      const cell = row.cells[spec.side];
      return cell ? { metrics: cell.metrics, currency: currencyOf(spec) } : null;
    },
    textIn(row, spec) {
      if (spec.kind !== 'value') {
        const gap = gapIn(row, spec);
        return gap ? gapText(spec.metric, gap) : UNKNOWN;
      }
      const cell = row.cells[spec.side];
      return cell ? figureText(cell.metrics, spec.metric, currencyOf(spec)) : UNKNOWN;
    },
    figureIn(row, spec) {
      if (spec.kind !== 'value') {
        const gap = gapIn(row, spec);
        if (!gap) return null;
        return RATIOS.has(spec.metric) ? gap.difference : rankedGap(spec.metric, gap);
      }
      const cell = row.cells[spec.side];
      return cell ? shownOf(cell.metrics, spec.metric) : null;
    },
    isPartialIn(row, { side, metric, kind }) {
      const cell = row.cells[side];
      return kind === 'value' && !!cell && isPartial(cell.metrics, metric);
    },
    totalOf(spec, rows) {
      const { side, metric, kind } = spec;
      if (kind === 'gap') {
        const gap = comparison.shared(side, rows).gap(metric);
        return { gap, why: whyOf(gap, spec) };
      }
      const cells = rows.flatMap(({ cells: all }) => all[side] ?? []);
      const sum = sumMetrics(cells.map(({ metrics }) => metrics));
      if (kind === 'value') {
        const whole = sides[side]?.report?.complete !== false;
        return { metrics: whole ? sum : partOf(sum), currency: currencyOf(spec) };
      }
      const former = before[side];
      if (!former) return { gap: changed(spec, null, sum) };
      const all = rows.length === comparison.rows.length;
      return {
        gap: changed(
          spec,
          all ? former.total : sumMetrics(cells.flatMap((cell) => former.of(cell) ?? [])),
          sum,
        ),
      };
    },
  };
}
