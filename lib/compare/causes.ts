import type { MessageKey } from '../i18n.ts';
import { type Metric, type Metrics, MONEY, metricOf } from '../report/metrics.ts';
import { instantsOf, offsetMinutes, type Range } from '../report/range.ts';
import { ageApart, CONVERTED, differentDays, type ReportFacts } from './comparable.ts';
import { botsExplain, countsUniques, statusExplains } from './explains.ts';
import type { Pairing } from './gap.ts';
import type { Rate } from './rates.ts';

/** One of two sides, which stands for its name. */
export interface NamedSide {
  readonly side: 'base' | 'other';
}

/** A likely cause of a gap that the data shows: message key and values. */
export interface Cause {
  readonly key: MessageKey;
  readonly values: ReadonlyArray<string | number | NamedSide>;
}

const BASE: NamedSide = { side: 'base' };
const OTHER: NamedSide = { side: 'other' };
/** Both sides, of which the one stands first that a text tells of. */
const from = (first: boolean): [NamedSide, NamedSide] => (first ? [BASE, OTHER] : [OTHER, BASE]);

export interface CauseSide {
  readonly report: ReportFacts;
  readonly metrics: Metrics;
}

/** What unique clicks and bots can explain. */
const CLICKS: ReadonlySet<Metric> = new Set<Metric>(['clicks', 'uniqueClicks', 'cr', 'epc', 'cpc']);

/**
 * Likely causes of one metric's gap, in the order in which buyers and networks check: zone, unique
 * or gross clicks, bots, statuses, currency, basis, then the state of the data. A cause is named only
 * for metrics that it changes, and only where the figures bear it out: it works in the gap's direction,
 * and is more than a loss of anything would take along.
 *
 * @param other its money is in the base's currency where there is a rate
 * @param range the days requested of both
 * @param now epoch ms
 * @param rate by which the other side's money was converted; null = it was not
 * @param pairing of different events, only what sets the reports apart is a cause: neither side lacks or
 *   leaves out any of the other's
 */
export function likelyCauses(
  metric: Metric,
  base: CauseSide,
  other: CauseSide,
  range: Range,
  now: number,
  rate: Rate | null = null,
  pairing: Pairing = 'same',
): Cause[] {
  const causes: Cause[] = [];
  const add = (key: MessageKey, ...values: Cause['values']) => causes.push({ key, values });
  const [day] = differentDays(base.report.zone, other.report.zone, range);
  if (day !== undefined) {
    const { start } = instantsOf({ from: day, to: day, zone: base.report.zone });
    const minutes =
      offsetMinutes(other.report.zone, start) - offsetMinutes(base.report.zone, start);
    add('cause_zone', hours(minutes), base.report.zone, other.report.zone);
  }
  if (CLICKS.has(metric) && pairing === 'same') {
    const uniques = countsUniques(base.metrics, other.metrics);
    if (uniques) add('cause_unique', ...from(uniques === 'base'));
    const [ours, theirs] = [metricOf(base.metrics, 'bots'), metricOf(other.metrics, 'bots')];
    const bots = botsExplain(base.metrics, other.metrics);
    if (bots === 'both') add('cause_bots', BASE, ours ?? 0, OTHER, theirs ?? 0);
    if (bots === 'one') {
      const [teller, silent] = from(ours !== null);
      add('cause_bots_untold', teller, ours ?? theirs ?? 0, silent);
    }
  }
  for (const status of ['hold', 'rejected'] as const) {
    const found = pairing === 'same' && statusExplains(metric, status, base.metrics, other.metrics);
    if (found) add(`cause_${status}`, { side: found.side }, found.count);
  }
  if (MONEY.has(metric) && base.report.currency !== other.report.currency) {
    if (rate) add('cause_rate', rate.from, String(rate.rate), rate.to, rate.day);
    else add('cause_currency', base.report.currency, other.report.currency);
  }
  if (CONVERTED.has(metric) && base.report.basis !== other.report.basis) {
    add('cause_basis', ...from(base.report.basis === 'visit'));
  }
  if (!base.report.complete) add('cause_incomplete', BASE);
  if (!other.report.complete) add('cause_incomplete', OTHER);
  const apart = ageApart(base.report, other.report, range, now);
  if (apart !== null) {
    const [older] = from(base.report.fetchedAt < other.report.fetchedAt);
    add('cause_age', older, Math.round(apart / 60_000));
  }
  return causes;
}

const hours = (minutes: number): string => {
  const value = minutes / 60;
  return `${value > 0 ? '+' : '−'}${Math.abs(value)}`;
};
