import type { MessageKey } from '../i18n.ts';
import { type Metrics, metricOf, withMetric } from '../report/metrics.ts';
import { daysIn } from '../report/range.ts';
import type { CostAbility } from '../trackers/adapter.ts';
import type { CostUpdate } from './update.ts';

/** A message for the user: message key and values. */
export interface Remark {
  readonly key: MessageKey;
  readonly values: readonly string[];
}

/** Money in the tracker's currency; null = unknown. */
export interface CostState {
  readonly cost: number | null;
  readonly cpc: number | null;
  readonly profit: number | null;
  readonly roi: number | null;
}

export interface CostPreview {
  readonly order: CostUpdate;
  readonly trackerCurrency: string;
  readonly clicks: number | null;
  readonly before: CostState;
  /** null when the update is refused. */
  readonly after: CostState | null;
  /** Cost of the segment after the update, in the tracker's currency; null when refused. */
  readonly expected: number | null;
  readonly warnings: readonly Remark[];
  /** Why it cannot be sent. */
  readonly refused: Remark | null;
}

/** Longer ranges are slow, or change more than the user means to. */
const WIDE_DAYS = 7;
/** A new cost of more than this many times the present one is likely a typo. */
const MANY_TIMES = 10;

/**
 * Computes what an update would do, before anything is sent.
 *
 * @param before base metrics of the segment as the tracker shows them now; sums over a part are unknown
 */
export function previewCost(
  update: CostUpdate,
  before: Metrics,
  tracker: {
    readonly trackerCurrency: string;
    readonly trackerZone: string;
    readonly ability: CostAbility;
  },
): CostPreview {
  const { trackerCurrency, trackerZone, ability } = tracker;
  const [clicks, cost] = [metricOf(before, 'clicks'), metricOf(before, 'cost')];
  const shown = {
    order: update,
    trackerCurrency,
    clicks,
    before: stateOf(before),
  };
  const refused = refusalOf(update, clicks, tracker);
  if (refused) return { ...shown, after: null, expected: null, warnings: [], refused };

  const inMode = update.mode === 'cpc' ? update.amount * (clicks ?? 0) : update.amount;
  const expected = inMode * (update.rate ?? 1);
  const warnings: Remark[] = [];
  const warn = (key: MessageKey, ...values: Array<string | number>) =>
    warnings.push({ key, values: values.map(String) });

  if (update.rate !== null) warn('warn_converted', update.rate, update.currency, trackerCurrency);
  if (cost !== null && cost > 0 && expected > MANY_TIMES * cost) {
    warn('warn_many_times', Math.round(expected / cost));
  }
  if (daysIn(update.range) > WIDE_DAYS) warn('warn_wide_range', daysIn(update.range));
  if (update.range.zone !== trackerZone) warn('warn_zone', update.range.zone, trackerZone);
  if (cost === null) warn('warn_cost_unknown');
  for (const key of ability.cautions) warn(key);

  return {
    ...shown,
    after: stateOf(withMetric(before, 'cost', expected)),
    expected,
    warnings,
    refused: null,
  };
}

function refusalOf(
  update: CostUpdate,
  clicks: number | null,
  { ability, trackerCurrency }: { ability: CostAbility; trackerCurrency: string },
): Remark | null {
  const refuse = (key: MessageKey, ...values: string[]): Remark => ({ key, values });
  if (clicks === null || clicks <= 0) return refuse('refused_no_clicks');
  if (update.token && update.token.slot > ability.byToken) return refuse('refused_by_token');
  if (update.uniqueOnly && !ability.uniqueOnly) return refuse('refused_unique_only');
  if (update.range.to < update.range.from) return refuse('refused_range');
  if (update.currency !== trackerCurrency && update.rate === null) {
    return refuse('refused_no_rate', update.currency, trackerCurrency);
  }
  return null;
}

const stateOf = (metrics: Metrics): CostState => ({
  cost: metricOf(metrics, 'cost'),
  cpc: metricOf(metrics, 'cpc'),
  profit: metricOf(metrics, 'profit'),
  roi: metricOf(metrics, 'roi'),
});
