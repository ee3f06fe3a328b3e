import { isPartial, type Metric, type Metrics } from '../report/metrics.ts';
import type { Cause, NamedSide } from './causes.ts';
import type { Hindrance, ReportFacts } from './comparable.ts';

/** What of a side tells whether it is the one. */
interface Side {
  /** All reports that its figures are from. */
  readonly facts: readonly ReportFacts[];
  readonly kind: 'tracker' | 'network';
  /** Are its figures of whole offers? */
  readonly ofOffer: boolean;
  /** Of the row that is compared; null = of no row, or unknown. */
  readonly metrics: Metrics | null;
}

const BASE: NamedSide = { side: 'base' };
const OTHER: NamedSide = { side: 'other' };

/**
 * Why a gap is not judged, with the side that it is of: message key and values. Where that cannot be
 * told, the text names none.
 */
export function unjudged(
  hindrance: Hindrance | 'partial',
  base: Side,
  other: Side,
  metric: Metric,
): Cause {
  const plain: Cause = { key: `hindrance_${hindrance}`, values: [] };
  const whose = (is: (side: Side) => boolean): NamedSide[] => [
    ...(is(base) ? [BASE] : []),
    ...(is(other) ? [OTHER] : []),
  ];
  const [ours, theirs] = [base.facts[0], other.facts[0]];
  switch (hindrance) {
    case 'offer': {
      const [whole, part] = other.ofOffer && !base.ofOffer ? [OTHER, BASE] : [BASE, OTHER];
      return { key: 'unjudged_offer', values: [whole, part] };
    }
    case 'days':
      return { key: 'unjudged_days', values: [BASE, OTHER] };
    case 'split':
      return { key: 'unjudged_split', values: [BASE, OTHER] };
    case 'basis': {
      const [first] = whose(({ facts }) => facts.every(({ basis }) => basis === 'visit'));
      const [second] = whose(({ facts }) => facts.every(({ basis }) => basis === 'postback'));
      return first && second ? { key: 'unjudged_basis', values: [first, second] } : plain;
    }
    case 'currency':
      return ours && theirs && ours.currency !== theirs.currency
        ? { key: 'unjudged_currency', values: [BASE, ours.currency, OTHER, theirs.currency] }
        : plain;
    case 'incomplete':
      return (
        ofSides(
          hindrance,
          whose(({ facts }) => facts.some(({ complete }) => !complete)),
        ) ?? plain
      );
    case 'partial':
      return (
        ofSides(
          hindrance,
          whose(({ metrics }) => metrics !== null && isPartial(metrics, metric)),
        ) ?? plain
      );
    case 'age': {
      const [here, there] = [oldest(base), oldest(other)];
      return here === there
        ? plain
        : { key: 'unjudged_age', values: [here < there ? BASE : OTHER] };
    }
    case 'sent': {
      const [sender] = whose(({ kind }) => kind === 'tracker');
      return sender && base.kind !== other.kind
        ? { key: 'unjudged_sent', values: [sender] }
        : plain;
    }
    default:
      return plain;
  }
}

/** null = of neither side. */
function ofSides(hindrance: 'incomplete' | 'partial', sides: readonly NamedSide[]): Cause | null {
  const [first, second] = sides;
  if (!first) return null;
  return second
    ? { key: `unjudged_${hindrance}Both`, values: [first, second] }
    : { key: `unjudged_${hindrance}`, values: [first] };
}

/** When the oldest of a side's reports was fetched, epoch ms. */
const oldest = ({ facts }: Side): number => Math.min(...facts.map(({ fetchedAt }) => fetchedAt));
