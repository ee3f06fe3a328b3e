import type { Input } from '../../lib/contract/calls.ts';
import type { SeriesAnswer } from '../../lib/contract/figures.ts';
import { type Metrics, metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import { addDays, daysIn } from '../../lib/report/range.ts';
import { report } from './fixtures.ts';

/** A campaign's figures on each of the days that are asked for, as a tracker that is asked now tells them. */
export function daily(
  { range }: Pick<Input<'side.series'>, 'range'>,
  figuresOn: (day: string) => Partial<Metrics>,
  facts: Partial<Report>,
): SeriesAnswer {
  const days = Array.from({ length: daysIn(range) }, (_, at) => addDays(range.from, at));
  const rows = days.map((day) => ({
    values: [{ id: day, name: day }],
    metrics: metricsOf(figuresOn(day)),
  }));
  return { report: report(rows, facts), problem: null, groupBy: ['day'], unable: null };
}
