import { axisOf, hoursOfDay } from '../../compare/series.ts';
import type { HourlyProfit } from '../../contract/figures.ts';
import { type Metrics, metricOf } from '../../report/metrics.ts';
import type { Report } from '../../report/question.ts';
import { hourOf, instantsOf, type Range } from '../../report/range.ts';
import { totalOfHours } from './hours.ts';

/** The day of a report: its zone's, whatever zone was asked for. */
const dayOfReport = (range: Range, { zone }: Pick<Report, 'zone'>): Range => ({ ...range, zone });

/**
 * How many of a day's hours, 0 to 24, its report has whole.
 *
 * @param now epoch ms
 */
export function hoursOver(report: Report, range: Range, now: number): number {
  const { start, end } = instantsOf(dayOfReport(range, report));
  const known = Math.min(now, report.fetchedAt);
  if (known >= end) return 24;
  return known < start ? 0 : hourOf(known, report.zone);
}

/** The sum of a day's hours before `hour`, partial where one of them is unknown. */
export function untilHour(report: Report, range: Range, hour: number, now: number): Metrics {
  const hours = hoursOfDay(report, dayOfReport(range, report), now) ?? [];
  const names = new Set(Array.from({ length: hour }, (_, at) => String(at)));
  return totalOfHours({
    ...report,
    rows: report.rows.filter(({ values: [value] }) => value && names.has(value.id)),
    complete: report.complete && hours.slice(0, hour).every((metrics) => metrics !== null),
  });
}

/**
 * A day's profit hour by hour. An hour that was not over when the report was fetched is unknown, unless
 * it still runs.
 *
 * @param now epoch ms
 */
export function profitsByHour(report: Report, range: Range, now: number): HourlyProfit[] {
  const day = dayOfReport(range, report);
  const hours = hoursOfDay(report, day, now) ?? [];
  return axisOf(day).steps.map(({ name, start, end }) => {
    const metrics = hours[Number(name)];
    const isCut = report.fetchedAt < end && end <= now;
    return { start, end, profit: metrics && !isCut ? metricOf(metrics, 'profit') : null };
  });
}
