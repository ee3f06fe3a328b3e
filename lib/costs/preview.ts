import type { MessageKey } from '../i18n.ts';
import { type Metrics, metricOf, withMetric } from '../report/metrics.ts';
import { clockChanges, daysIn, instantsOf, type Range, wallTime } from '../report/range.ts';
import type { CostAbility } from '../trackers/adapter.ts';
import type { CostParts } from './parts.ts';
import type { CostUpdate } from './update.ts';
import { judgeReadBack } from './verify.ts';

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
  /** The clicks that the cost is spread over. */
  readonly clicks: number | null;
  readonly before: CostState;
  /** null when the update is refused. */
  readonly after: CostState | null;
  /** Cost of the segment after the update, in the tracker's currency; null when refused. */
  readonly expected: number | null;
  /** Routine, such as how long the tracker takes. */
  readonly facts: readonly Remark[];
  /** Each needs the user's decision, so the update is confirmed twice. */
  readonly warnings: readonly Remark[];
  /** Almost certainly a slip, so the amount is typed again. */
  readonly dangers: readonly Remark[];
  /** Costs per token value that it would overwrite; this too needs the user's decision. */
  readonly parts: readonly CostParts[];
  /** Why it cannot be sent. */
  readonly refused: Remark | null;
}

/** How often a preview must be confirmed: `typed` = by typing the amount again. */
export const confirmationOf = ({
  warnings,
  dangers,
  parts,
}: Pick<CostPreview, 'warnings' | 'dangers' | 'parts'>): 'once' | 'twice' | 'typed' => {
  if (dangers.length > 0) return 'typed';
  return warnings.length > 0 || parts.length > 0 ? 'twice' : 'once';
};

/** Longer ranges are slow. */
const WIDE_DAYS = 7;
/** Longer ranges change more than the user likely means to. */
const LONG_DAYS = 31;
/** So many times the present cost, or such a part of it, is likely a slip … */
const MANY_TIMES = 10;
/** … and this almost certainly. */
const ABSURD_TIMES = 1000;

/** What a preview needs to know of the tracker and the time. */
export interface PreviewSetting {
  readonly trackerCurrency: string;
  readonly trackerZone: string;
  readonly ability: CostAbility;
  /** Epoch ms. */
  readonly now: number;
  /** Costs per token value that the update would overwrite. */
  readonly parts: readonly CostParts[];
}

/** The clicks that an update's cost is spread over, of those that its segment has. */
export const clicksOf = (update: CostUpdate, segment: Metrics): number | null =>
  metricOf(segment, update.uniqueOnly ? 'uniqueClicks' : 'clicks');

/**
 * Computes what an update would do, before anything is sent.
 *
 * @param before base metrics of the segment as the tracker shows them now
 */
export function previewCost(
  update: CostUpdate,
  before: Metrics,
  setting: PreviewSetting,
): CostPreview {
  const { trackerCurrency, ability } = setting;
  const [clicks, cost] = [clicksOf(update, before), metricOf(before, 'cost')];
  const shown = { order: update, trackerCurrency, clicks, before: stateOf(before, clicks) };
  const refused = refusalOf(update, clicks, setting);
  if (refused) {
    const nothing = { facts: [], warnings: [], dangers: [], parts: [] };
    return { ...shown, ...nothing, after: null, expected: null, refused };
  }
  const inMode = update.mode === 'cpc' ? update.amount * (clicks ?? 0) : update.amount;
  const expected = inMode * (update.rate ?? 1);
  const factor = factorRemarks(cost, expected);
  return {
    ...shown,
    after: stateOf(withMetric(before, 'cost', expected), clicks),
    expected,
    facts: [
      ...(update.rate === null
        ? []
        : [remark('fact_converted', update.rate, update.currency, trackerCurrency)]),
      ...(isHidden({ cost, clicks }, expected, daysIn(update.range), ability)
        ? [remark('fact_hidden')]
        : []),
      ...untilFacts(update),
      ...wideFacts(update.range),
      ...ability.cautions.map((key) => remark(key)),
    ],
    warnings: [
      ...factor.warnings,
      ...(cost === null ? [remark('warn_cost_unknown')] : []),
      ...clicksWarnings(clicks),
      ...daysWarnings(update.range, setting),
    ],
    dangers: factor.dangers,
    parts: setting.parts,
    refused: null,
  };
}

const remark = (key: MessageKey, ...values: Array<string | number>): Remark => ({
  key,
  values: values.map(String),
});

function refusalOf(
  update: CostUpdate,
  clicks: number | null,
  { ability, trackerCurrency }: PreviewSetting,
): Remark | null {
  const { range, token, uniqueOnly, currency, rate } = update;
  if (range.to < range.from) return remark('refused_range');
  if (token && token.slot > ability.byToken) return remark('refused_by_token');
  if (uniqueOnly && !ability.uniqueOnly) return remark('refused_unique_only');
  if (currency !== trackerCurrency && rate === null) {
    return remark('refused_no_rate', currency, trackerCurrency);
  }
  if (update.mode === 'cpc' && !clicks) {
    return remark(clicks === 0 ? 'refused_cpc_no_clicks' : 'refused_cpc_unknown_clicks');
  }
  const change = ability.oneOffset && changeWithin(range);
  return change ? remark('refused_clock_change', change) : null;
}

/** The day within a range on which its UTC offset changes; null = none. */
const changeWithin = (range: Range): string | null =>
  clockChanges(range).find(
    ({ day, atMidnight }) => !(atMidnight && (day === range.from || day > range.to)),
  )?.day ?? null;

function factorRemarks(
  now: number | null,
  expected: number,
): Pick<CostPreview, 'warnings' | 'dangers'> {
  const of = (warnings: Remark[], dangers: Remark[] = []) => ({ warnings, dangers });
  if (now === null || now === expected) return of([]);
  if (now <= 0) return of([remark('warn_from_zero')]);
  if (expected === 0) return of([remark('warn_to_zero')]);
  const isMore = expected > now;
  const many = isMore ? expected / now : now / expected;
  if (many < MANY_TIMES) return of([]);
  const said = remark(isMore ? 'warn_many_times' : 'warn_small_part', Math.round(many));
  return many >= ABSURD_TIMES ? of([], [said]) : of([said]);
}

function clicksWarnings(clicks: number | null): Remark[] {
  if (clicks === null) return [remark('warn_clicks_unknown')];
  return clicks > 0 ? [] : [remark('warn_no_clicks')];
}

const untilFacts = ({ until, range: { zone } }: CostUpdate): Remark[] =>
  until === undefined ? [] : [remark('fact_until', wallTime(until, zone).slice(11))];

const wideFacts = (range: Range): Remark[] =>
  daysIn(range) > WIDE_DAYS ? [remark('fact_wide_range', daysIn(range))] : [];

function daysWarnings(range: Range, { trackerZone, now }: PreviewSetting): Remark[] {
  const warnings: Remark[] = [];
  if (daysIn(range) > LONG_DAYS) warnings.push(remark('warn_long_range', daysIn(range)));
  if (instantsOf(range).end > now) warnings.push(remark('warn_running', range.to));
  if (range.zone !== trackerZone) warnings.push(remark('warn_zone', range.zone, trackerZone));
  for (const { day, hours, atMidnight } of clockChanges(range)) {
    warnings.push(
      atMidnight
        ? remark('warn_clock_midnight', day)
        : remark('warn_clock_change', day, String(hours)),
    );
  }
  return warnings;
}

/** Could a read-back that shows the former cost not be told from the new one? */
function isHidden(
  former: { readonly cost: number | null; readonly clicks: number | null },
  expected: number,
  summed: number,
  { rounding }: CostAbility,
): boolean {
  const ordered = { cost: expected, clicks: former.clicks };
  const setting = { untouched: 0, growth: null, rounding, summed };
  const judged = judgeReadBack({ ordered, formers: [former], seen: former, ...setting });
  return judged === 'hidden' || judged === 'unclear';
}

const stateOf = (metrics: Metrics, clicks: number | null): CostState => ({
  cost: metricOf(metrics, 'cost'),
  cpc: metricOf(withMetric(metrics, 'clicks', clicks), 'cpc'),
  profit: metricOf(metrics, 'profit'),
  roi: metricOf(metrics, 'roi'),
});
