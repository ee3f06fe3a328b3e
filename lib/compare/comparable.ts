import { type BaseMetric, type Metric, type Metrics, MONEY } from '../report/metrics.ts';
import type { Report } from '../report/question.ts';
import { addDays, type Day, daysIn, instantsOf, type Range } from '../report/range.ts';

/** What two reports must share for their figures to be comparable. */
export type ReportFacts = Pick<Report, 'zone' | 'currency' | 'basis' | 'complete' | 'fetchedAt'>;

/**
 * Why a metric of two sides is shown but not judged. `days`: their midnights differ. `basis`: they
 * date conversions differently. `currency`: no rate. `incomplete`: a report lacks rows. `age`: one
 * report of a running day is older. `offer`: one side's figures are of a whole offer, the other's of
 * a part of what was sent to it. `twice`: two campaigns of a sum look like one under two names.
 * `sent`: what a network should have got cannot be told. `networks`: nor whether another one got a part.
 * `split`: halves of split traffic are in both sides' sums.
 */
export type Hindrance =
  | 'offer'
  | 'twice'
  | 'days'
  | 'basis'
  | 'currency'
  | 'incomplete'
  | 'age'
  | 'sent'
  | 'networks'
  | 'split';

/** Reports of a running day that were fetched further apart than this differ in its traffic. */
const AGE_MS = 15 * 60_000;

/** Metrics that count conversions, which have a date of their own. */
export const CONVERTED: ReadonlySet<Metric> = new Set<Metric>([
  'conversions',
  'leads',
  'sales',
  'rejected',
  'hold',
  'revenue',
  'profit',
  'roi',
  'cr',
  'epc',
  'cpa',
]);

/**
 * Why no metric, or only some, of two reports can be compared.
 * @param now epoch ms
 */
export function hindrancesOf(
  base: ReportFacts,
  other: ReportFacts,
  range: Range,
  now: number,
): (metric: Metric) => Hindrance[] {
  const days = differentDays(base.zone, other.zone, range).length > 0;
  const incomplete = !base.complete || !other.complete;
  const age = ageApart(base, other, range, now) !== null;
  const [basis, currency] = [base.basis !== other.basis, base.currency !== other.currency];
  return (metric) => [
    ...(days ? (['days'] as const) : []),
    ...(basis && CONVERTED.has(metric) ? (['basis'] as const) : []),
    ...(currency && usesMoney(metric) ? (['currency'] as const) : []),
    ...(incomplete ? (['incomplete'] as const) : []),
    ...(age ? (['age'] as const) : []),
  ];
}

const usesMoney = (metric: Metric): boolean => MONEY.has(metric);

/** Days of a range (and the day after it) that begin at different instants in two zones. */
export function differentDays(a: string, b: string, range: Range): Day[] {
  if (a === b) return [];
  return Array.from({ length: daysIn(range) + 1 }, (_, at) => addDays(range.from, at)).filter(
    (day) => startOf(day, a) !== startOf(day, b),
  );
}

const startOf = (day: Day, zone: string): number => instantsOf({ from: day, to: day, zone }).start;

/** Were two reports fetched so near to each other that both know of the same traffic and conversions? */
export const areOfOneTime = (
  a: Pick<ReportFacts, 'fetchedAt'>,
  b: Pick<ReportFacts, 'fetchedAt'>,
): boolean => Math.abs(a.fetchedAt - b.fetchedAt) <= AGE_MS;

/** How far apart (ms) two reports of a day that still runs were fetched, if that matters; else null. */
export function ageApart(
  base: Pick<ReportFacts, 'fetchedAt' | 'zone'>,
  other: Pick<ReportFacts, 'fetchedAt' | 'zone'>,
  range: Range,
  now: number,
): number | null {
  const earlier = Math.min(base.fetchedAt, other.fetchedAt);
  const runs = [base, other].some(
    ({ zone }) => instantsOf({ ...range, zone }).end > Math.min(now, earlier),
  );
  return runs && !areOfOneTime(base, other) ? Math.abs(base.fetchedAt - other.fetchedAt) : null;
}

/**
 * Clicks that were sent to offers: those that left a lander, and those of direct flows, which saw
 * none. null = it cannot be told.
 */
export function sentToOffers(
  of: Pick<Metrics, 'clicks' | 'landerViews' | 'landerClicks' | 'partial'>,
): number | null {
  const { clicks, landerViews, landerClicks } = of;
  const parts: readonly BaseMetric[] = ['clicks', 'landerViews', 'landerClicks'];
  if (parts.some((metric) => of.partial.includes(metric))) return null;
  if (clicks === null || landerViews === null || landerClicks === null) return null;
  // More views than clicks: some clicks saw several landers, so direct ones cannot be counted.
  return landerViews > clicks ? null : landerClicks + clicks - landerViews;
}
