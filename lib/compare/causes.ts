import type { MessageKey } from '../i18n.ts';
import type { Metrics } from '../report/metrics.ts';
import type { Report } from '../report/question.ts';
import { offsetMinutes, type Range } from '../report/range.ts';

/** A likely cause of a gap that the data shows: message key and values. */
export interface Cause {
  readonly key: MessageKey;
  readonly values: ReadonlyArray<string | number>;
}

export interface CauseSide {
  readonly report: Pick<Report, 'zone' | 'currency' | 'basis' | 'complete' | 'fetchedAt'>;
  readonly metrics: Metrics;
}

/** Sides fetched further apart than this differ in a running day's traffic. */
const AGE_MS = 15 * 60_000;

/**
 * Likely causes of a gap, in the order in which buyers and networks check: zone, unique or gross
 * clicks, bots, statuses, currency, basis, then the state of the data.
 *
 * @param range the days requested of both
 */
export function likelyCauses(base: CauseSide, other: CauseSide, range: Range): Cause[] {
  const causes: Cause[] = [];
  const add = (key: MessageKey, ...values: Array<string | number>) => causes.push({ key, values });
  const noon = Temporal.PlainDateTime.from(`${range.from}T12:00`).toZonedDateTime('UTC');
  const minutes =
    offsetMinutes(other.report.zone, noon.epochMilliseconds) -
    offsetMinutes(base.report.zone, noon.epochMilliseconds);
  if (minutes !== 0) add('cause_zone', hours(minutes), base.report.zone, other.report.zone);
  const uniques = base.metrics.uniqueClicks;
  if (uniques !== null && other.metrics.clicks !== null && base.metrics.clicks !== null) {
    const nearer = Math.abs(other.metrics.clicks - uniques);
    if (
      uniques < base.metrics.clicks &&
      nearer < Math.abs(other.metrics.clicks - base.metrics.clicks)
    ) {
      add('cause_unique');
    }
  }
  const [ours, theirs] = [base.metrics.bots, other.metrics.bots];
  if (ours !== null && theirs !== null) {
    if (ours !== theirs) add('cause_bots', ours, theirs);
  } else if ((ours ?? theirs ?? 0) > 0) add('cause_bots_untold', ours ?? theirs ?? 0);
  if ((other.metrics.hold ?? 0) > 0) add('cause_hold', other.metrics.hold ?? 0);
  if ((other.metrics.rejected ?? 0) > 0) add('cause_rejected', other.metrics.rejected ?? 0);
  if (base.report.currency !== other.report.currency) {
    add('cause_currency', base.report.currency, other.report.currency);
  }
  if (base.report.basis !== other.report.basis) add('cause_basis');
  if (!base.report.complete || !other.report.complete) add('cause_incomplete');
  const apart = Math.abs(base.report.fetchedAt - other.report.fetchedAt);
  if (apart > AGE_MS) add('cause_age', Math.round(apart / 60_000));
  return causes;
}

const hours = (minutes: number): string => {
  const value = minutes / 60;
  return `${value > 0 ? '+' : '−'}${Math.abs(value)}`;
};
