import { rankedGap } from '../../lib/compare/gap.ts';
import {
  type ComparedOffer,
  isUnrated,
  type OfferComparison,
} from '../../lib/compare/offer-comparison.ts';
import { withSentClicks } from '../../lib/compare/offers.ts';
import { t } from '../../lib/i18n.ts';
import { UNKNOWN } from '../../lib/report/format.ts';
import { isPartial, type Metrics, MONEY, shownOf, sumMetrics } from '../../lib/report/metrics.ts';
import { causeText, type SideNames } from '../kit/causes.tsx';
import { figureText } from '../kit/figure.tsx';
import { gapText } from '../kit/gap-mark.tsx';
import { type OfferSpec, SENT } from './offer-specs.ts';
import type { Shown } from './table-figures.ts';

/** The figures of the offers' cells and totals. */
export interface OfferFigures {
  shownIn(row: ComparedOffer, spec: OfferSpec): Shown;
  textIn(row: ComparedOffer, spec: OfferSpec): string;
  /** The figure to export: of a gap the ratio, infinite from 0. */
  figureIn(row: ComparedOffer, spec: OfferSpec): number | null;
  /** Is a row's figure a sum over a part? */
  isPartialIn(row: ComparedOffer, spec: OfferSpec): boolean;
  /** The figure to sort by: without one that lacks money for want of a rate. */
  rankIn(row: ComparedOffer, spec: OfferSpec): number | null;
  /** A figure is of the given rows, a gap of those that both sides have. */
  totalOf(spec: OfferSpec, rows: readonly ComparedOffer[]): Shown;
}

/**
 * @param currencyOf of a network's figures, by its place among the connections
 * @param namesOf of what sends to an offer and of a network
 */
export function createOfferFigures(
  comparison: OfferComparison,
  currencyOf: (side: number) => string,
  namesOf: (row: ComparedOffer, network: number) => SideNames,
): OfferFigures {
  const metricsIn = ({ sent, cells }: ComparedOffer, { side }: OfferSpec): Metrics | null =>
    side === SENT ? sent && withSentClicks(sent.metrics) : (cells[side]?.metrics ?? null);
  const currencyIn = ({ side }: OfferSpec): string =>
    side === SENT ? comparison.currency : currencyOf(side);
  const lacksRate = ({ sent }: ComparedOffer, { side, metric }: OfferSpec): boolean =>
    side === SENT && MONEY.has(metric) && sent !== null && isUnrated(sent);
  const lacksIn = (rows: readonly ComparedOffer[], spec: OfferSpec): string | null =>
    rows.some((row) => lacksRate(row, spec)) ? t('offerUnrated', comparison.currency) : null;
  const shownIn = (row: ComparedOffer, spec: OfferSpec): Shown => {
    if (spec.kind === 'gap') {
      const gap = comparison.gap(row, spec.side, spec.metric);
      const why = gap.hindrances.map((hindrance) =>
        causeText(
          comparison.unjudged(hindrance, row, spec.side, spec.metric),
          namesOf(row, spec.side),
        ),
      );
      return { gap, why };
    }
    const metrics = metricsIn(row, spec);
    return metrics && { metrics, currency: currencyIn(spec), lacks: lacksIn([row], spec) };
  };
  const figureIn = (row: ComparedOffer, spec: OfferSpec): number | null => {
    const shown = shownIn(row, spec);
    if (shown === null) return null;
    return 'gap' in shown ? rankedGap(spec.metric, shown.gap) : shownOf(shown.metrics, spec.metric);
  };
  return {
    shownIn,
    textIn(row, spec) {
      const shown = shownIn(row, spec);
      if (shown === null) return UNKNOWN;
      return 'gap' in shown
        ? gapText(spec.metric, shown.gap)
        : figureText(shown.metrics, spec.metric, shown.currency);
    },
    figureIn,
    isPartialIn(row, spec) {
      const metrics = spec.kind === 'value' ? metricsIn(row, spec) : null;
      return metrics !== null && isPartial(metrics, spec.metric);
    },
    rankIn: (row, spec) => (lacksRate(row, spec) ? null : figureIn(row, spec)),
    totalOf(spec, rows) {
      if (spec.kind === 'gap') return { gap: comparison.total(rows, spec.side, spec.metric) };
      const metrics = sumMetrics(rows.flatMap((row) => metricsIn(row, spec) ?? []));
      return { metrics, currency: currencyIn(spec), lacks: lacksIn(rows, spec) };
    },
  };
}
