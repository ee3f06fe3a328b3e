import { type Metrics, metricsOf } from '../../report/metrics.ts';
import type { Dimension, Question, Report } from '../../report/question.ts';
import type { TrackerClient } from '../adapter.ts';
import { numericId } from '../numbers.ts';
import { reportOf } from '../reports.ts';
import { lastSecond } from '../times.ts';
import { allRows } from './all-rows.ts';
import type { ReportRowAnswer } from './schema.ts';
import { fieldsOf, idField, valueIn } from './words.ts';

function metricsIn(row: ReportRowAnswer): Metrics {
  return metricsOf({
    clicks: row.clicks ?? null,
    uniqueClicks: row.campaign_unique_clicks ?? null,
    bots: row.bots ?? null,
    landerViews: row.lp_views ?? null,
    landerClicks: row.lp_clicks ?? null,
    conversions: row.conversions ?? null,
    leads: row.leads ?? null,
    sales: row.sales ?? null,
    rejected: row.rejected ?? null,
    cost: row.cost ?? null,
    revenue: row.revenue ?? null,
  });
}

/** What Keitaro counts. */
const COUNTED = [
  'clicks',
  'uniqueClicks',
  'bots',
  'landerClicks',
  'conversions',
  'leads',
  'sales',
  'rejected',
  'cost',
  'revenue',
] as const;

/**
 * Answers a question from `POST /report/build`: days in the asked zone, money
 * in the tracker's currency. A total is asked for by day and summed, so its
 * unique clicks are unique per day.
 *
 * Lander views are not a documented metric, so they are unknown unless a version sends them.
 * @throws CrosstrackError `unsupported` for dimensions Keitaro does not know
 */
export async function report(client: TrackerClient, question: Question): Promise<Report> {
  const { range, groupBy } = question;
  const dimensions: readonly Dimension[] = groupBy.length === 0 ? ['day'] : groupBy;
  const ids = dimensions.map(idField);
  const { rows, complete } = await allRows(client, {
    fields: dimensions.flatMap(fieldsOf),
    ids,
    rest: {
      range: { ...within(question), timezone: range.zone },
      filters: question.filters.map(({ dimension, value }) => ({
        name: idField(dimension),
        operator: 'EQUALS',
        expression: expressionOf(dimension, value),
      })),
      // By fields that do not change meanwhile: clicks do, and would move rows between pages.
      sort: ids.map((name) => ({ name, order: 'ASC' })),
    },
  });
  const shown = rows.map((row, index) => ({
    values: groupBy.map((dimension) => valueIn(row, dimension, index)),
    metrics: metricsIn(row),
  }));
  return reportOf(client, question, { rows: shown, complete }, COUNTED);
}

/** First and last day; or, to an instant within the last day, first and last second. */
const within = ({ range, until }: Question): { from: string; to: string } =>
  until === undefined
    ? { from: range.from, to: range.to }
    : { from: `${range.from} 00:00:00`, to: lastSecond(range, until) };

/** Ids are sent as numbers, as in the documented examples; everything else as text. */
function expressionOf(dimension: Dimension, value: string): string | number {
  return idField(dimension).endsWith('_id') ? numericId(value) : value;
}
