import type { MessageKey } from '../i18n.ts';
import { type Metric, type Metrics, metricOf } from '../report/metrics.ts';
import { instantsOf, offsetMinutes, type Range } from '../report/range.ts';
import { ageApart, differentDays, type ReportFacts } from './comparable.ts';
import type { Rate } from './rates.ts';

/** A likely cause of a gap that the data shows: message key and values. */
export interface Cause {
  readonly key: MessageKey;
  readonly values: ReadonlyArray<string | number>;
}

export interface CauseSide {
  readonly report: ReportFacts;
  readonly metrics: Metrics;
}

/** What a cause can explain. */
const CLICKS: ReadonlySet<Metric> = new Set<Metric>(['clicks', 'uniqueClicks', 'cr', 'epc', 'cpc']);
const CONVERSIONS: ReadonlySet<Metric> = new Set<Metric>([
  'conversions',
  'sales',
  'revenue',
  'profit',
  'roi',
  'cr',
  'epc',
  'cpa',
]);
const OF_MONEY: ReadonlySet<Metric> = new Set<Metric>([
  'cost',
  'revenue',
  'profit',
  'roi',
  'epc',
  'cpc',
  'cpa',
]);

/**
 * Likely causes of one metric's gap, in the order in which buyers and networks check: zone, unique
 * or gross clicks, bots, statuses, currency, basis, then the state of the data. A cause is named only
 * for metrics that it changes, and only on the side where it works in the gap's direction.
 *
 * @param other its money is in the base's currency where there is a rate
 * @param range the days requested of both
 * @param now epoch ms
 * @param rate by which the other side's money was converted; null = it was not
 */
export function likelyCauses(
  metric: Metric,
  base: CauseSide,
  other: CauseSide,
  range: Range,
  now: number,
  rate: Rate | null = null,
): Cause[] {
  const causes: Cause[] = [];
  const add = (key: MessageKey, ...values: Array<string | number>) => causes.push({ key, values });
  const [day] = differentDays(base.report.zone, other.report.zone, range);
  if (day !== undefined) {
    const { start } = instantsOf({ from: day, to: day, zone: base.report.zone });
    const minutes =
      offsetMinutes(other.report.zone, start) - offsetMinutes(base.report.zone, start);
    add('cause_zone', hours(minutes), base.report.zone, other.report.zone);
  }
  if (CLICKS.has(metric)) {
    if (countsUniques(base.metrics, other.metrics)) add('cause_unique');
    const [ours, theirs] = [metricOf(base.metrics, 'bots'), metricOf(other.metrics, 'bots')];
    if (ours !== null && theirs !== null) {
      if (ours !== theirs) add('cause_bots', ours, theirs);
    } else if ((ours ?? theirs ?? 0) > 0) add('cause_bots_untold', ours ?? theirs ?? 0);
  }
  if (CONVERSIONS.has(metric)) {
    const lower = lowerOf(metric, base.metrics, other.metrics);
    const side = lower === base.metrics ? 'base' : 'other';
    for (const status of ['hold', 'rejected'] as const) {
      const count = lower ? (metricOf(lower, status) ?? 0) : 0;
      if (count > 0) add(`cause_${status}_${side}`, count);
    }
  }
  if (OF_MONEY.has(metric) && base.report.currency !== other.report.currency) {
    if (rate) add('cause_rate', rate.from, String(rate.rate), rate.to, rate.day);
    else add('cause_currency', base.report.currency, other.report.currency);
  }
  if (CONVERSIONS.has(metric) && base.report.basis !== other.report.basis) add('cause_basis');
  if (!base.report.complete) add('cause_incomplete_base');
  if (!other.report.complete) add('cause_incomplete_other');
  const apart = ageApart(base.report, other.report, range, now);
  if (apart !== null) add('cause_age', Math.round(apart / 60_000));
  return causes;
}

/** Do the other side's clicks lie nearer to this side's unique clicks than to all of them? */
function countsUniques(base: Metrics, other: Metrics): boolean {
  const [clicks, uniqueClicks] = [metricOf(base, 'clicks'), metricOf(base, 'uniqueClicks')];
  const theirs = metricOf(other, 'clicks');
  if (clicks === null || uniqueClicks === null || theirs === null) return false;
  return uniqueClicks < clicks && Math.abs(theirs - uniqueClicks) < Math.abs(theirs - clicks);
}

/** The side with fewer conversions (for money: less revenue); what it holds or rejects it does not count. */
function lowerOf(metric: Metric, base: Metrics, other: Metrics): Metrics | null {
  const of =
    metric === 'conversions' || metric === 'sales' || metric === 'cr' ? 'conversions' : 'revenue';
  const [a, b] = [metricOf(base, of), metricOf(other, of)];
  return a === null || b === null || a === b ? null : a < b ? base : other;
}

const hours = (minutes: number): string => {
  const value = minutes / 60;
  return `${value > 0 ? '+' : '−'}${Math.abs(value)}`;
};
