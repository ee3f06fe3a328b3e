import { sumMetrics } from '../report/metrics.ts';
import type { Sent } from './offers.ts';
import type { Named } from './proposals.ts';

/**
 * What was sent to several offers, as if they were one. null = it is not known of one of them, or not in
 * one currency.
 */
export function sentTogether<T extends Sent & { readonly campaigns: readonly Named[] }>(
  offers: ReadonlyArray<T | null>,
): (Sent & Pick<T, 'campaigns'>) | null {
  const known = offers.flatMap((sent) => sent ?? []);
  const [first] = known;
  if (!first || known.length < offers.length) return null;
  const reports = known.flatMap((sent) => sent.reports);
  if (new Set(reports.map(({ currency }) => currency)).size > 1) return null;
  const campaigns = new Map(
    known.flatMap((sent) => sent.campaigns.map((one) => [JSON.stringify([one.id, one.name]), one])),
  );
  return {
    metrics: sumMetrics(known.map(({ metrics }) => metrics)),
    reports,
    hindered: [...new Set(known.flatMap(({ hindered }) => hindered))],
    rates: known.flatMap(({ rates }) => rates),
    campaigns: [...campaigns.values()],
  };
}
