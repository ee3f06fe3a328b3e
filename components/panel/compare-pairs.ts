import {
  type ComparedSide,
  type Comparison,
  createComparison,
  type JudgedGap,
} from '../../lib/compare/comparison.ts';
import type { Thresholds } from '../../lib/compare/gap.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import { sentSide } from '../../lib/compare/offers.ts';
import type { Rate } from '../../lib/compare/rates.ts';
import { t } from '../../lib/i18n.ts';
import type { Metric, Metrics } from '../../lib/report/metrics.ts';
import type { SideNames } from '../kit/causes.tsx';
import { unjudgedTexts } from '../kit/unjudged-texts.ts';
import type { Side } from './compare-sides.ts';
import { type TabProps, trackerOf } from './tab-props.ts';

/** A side beside what it is compared with. */
export interface Pair {
  readonly comparison: Comparison;
  readonly row: JoinedRow;
  readonly names: SideNames;
}

/**
 * A side is compared with this page's own campaign, or with all of the link's on this page's side; a
 * network's offer with what all campaigns sent to it, never with one of them.
 */
export function pairOf(
  own: Side | undefined,
  side: Side,
  { context, campaign, range, now }: TabProps,
  rates: readonly Rate[],
  thresholds: Thresholds,
): Pair {
  const kindOf = ({ connection: { tracker } }: Side) =>
    trackerOf(context, tracker)?.side ?? 'tracker';
  const plain = (of: Side, figures = of.figures): ComparedSide => ({
    connection: of.connection.id,
    currency: figures?.facts.currency ?? of.connection.currency,
    rows: [],
    kind: kindOf(of),
    report: figures?.facts ?? null,
  });
  const [base, other] = [own ?? side, side];
  const held = other.held ? other.held.figures : base.figures;
  const ofOffer = other.sent && kindOf(other) === 'network';
  const left = ofOffer ? sentSide(other.sent) : plain(base, held);
  const right = !ofOffer && other.sent ? sentSide(other.sent) : plain(other);
  const cell = (metrics: Metrics | undefined) =>
    metrics ? { id: campaign.id, name: campaign.name, metrics } : null;
  const row: JoinedRow = {
    key: campaign.id,
    name: campaign.name,
    by: 'link',
    ...(other.match?.split ? { split: true } : {}),
    cells: [cell(ofOffer ? other.sent.metrics : held?.metrics), cell(other.figures?.metrics)],
  };
  return {
    comparison: createComparison({
      sides: [left, right],
      rows: [row],
      range,
      now: now(),
      rates,
      thresholds,
    }),
    row,
    names: {
      base: ofOffer ? sendersIn(context) : base.connection.name,
      other: other.connection.name,
    },
  };
}

/** What sends to offers: the only tracker, or all of them. */
function sendersIn({ connections, trackers }: TabProps['context']): string {
  const [first, ...more] = connections.filter(({ tracker }) =>
    trackers.some(({ id, side }) => id === tracker && side === 'tracker'),
  );
  return first && more.length === 0 ? first.name : t('yourTrackers');
}

/** Do the two share the traffic? */
export const isSplit = (pair: Pair | undefined): boolean =>
  pair?.comparison.pairing(pair.row, 1) === 'different';

/** Why a gap of a pair is not judged, with the names of the two. */
export const whyUnjudged = (
  { comparison, row, names }: Pair,
  metric: Metric,
  { hindrances }: Pick<JudgedGap, 'hindrances'>,
): string[] => unjudgedTexts({ comparison, hindrances, other: 1, metric, row, names });

const NO_GAP: JudgedGap = { difference: null, gap: null, state: 'unknown', hindrances: [] };

export const gapIn = (pair: Pair | undefined, metric: Metric): JudgedGap =>
  pair ? pair.comparison.gap(pair.row, 1, metric) : NO_GAP;
