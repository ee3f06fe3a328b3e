import { CrosstrackError } from '../../errors.ts';
import type { Dimension, Filter, Question, Report, ReportRow } from '../../report/question.ts';
import type { TrackerClient } from '../adapter.ts';
import { folded, reportOf } from '../reports.ts';
import { groupOf } from './groups.ts';
import { campaignMetrics, campaignRows, statRows, ZONE_IGNORED } from './rows.ts';
import { leavesOf } from './tree.ts';
import { type Window, windowsOf } from './windows.ts';

/** What Binom v1 counts. */
const COUNTED = [
  'clicks',
  'landerViews',
  'landerClicks',
  'conversions',
  'cost',
  'revenue',
] as const;

/** What can be asked of all campaigns together: what their list says of each. */
const OVERALL: ReadonlySet<Dimension> = new Set<Dimension>(['campaign', 'source']);

/**
 * Answers a question. Days are cut in the asked zone; a tracker that was seen to
 * ignore it cuts them in its own, and the report says so. Money is in the
 * tracker's currency.
 *
 * All campaigns together are grouped only by campaign or source, or not at all;
 * one campaign's report takes up to three groupings. There is no filter by a
 * token's value, so the report is grouped by it and the rows are picked here.
 * @throws CrosstrackError `unsupported` for what Binom v1 cannot answer
 */
export async function report(client: TrackerClient, question: Question): Promise<Report> {
  const asked = [...question.groupBy, ...question.filters.map(({ dimension }) => dimension)];
  const overall = asked.every((dimension) => OVERALL.has(dimension));
  const answered = await Promise.all(
    windowsOf(question.range).map((window) =>
      overall ? overview(client, question, window) : ofCampaign(client, question, window),
    ),
  );
  const rows = answered.length === 1 ? answered.flat() : answered.flat().map(withoutUniques);
  const zone = client.memory.has(ZONE_IGNORED) ? client.connection.zone : question.range.zone;
  return reportOf(client, question, { rows: folded(rows), complete: true }, COUNTED, zone);
}

/** A click that is unique in each of two spans need not be unique in both together. */
const withoutUniques = (row: ReportRow): ReportRow => ({
  ...row,
  metrics: { ...row.metrics, uniqueClicks: null },
});

/** Campaigns and sources, from the list of campaigns. */
async function overview(
  client: TrackerClient,
  { groupBy, filters }: Question,
  window: Window,
): Promise<ReportRow[]> {
  const rows = (await campaignRows(client, window)).map((row) => ({
    campaign: { id: row.id, name: row.name },
    source: { id: row.ts_id || row.ts_name, name: row.ts_name },
    metrics: campaignMetrics(row),
  }));
  const kept = rows.filter((row) =>
    filters.every(({ dimension, value }) => row[sideOf(dimension)].id === value),
  );
  return kept.map((row) => ({
    values: groupBy.map((dimension) => row[sideOf(dimension)]),
    metrics: row.metrics,
  }));
}

const sideOf = (dimension: Dimension): 'campaign' | 'source' =>
  dimension === 'source' ? 'source' : 'campaign';

async function ofCampaign(
  client: TrackerClient,
  { groupBy, filters }: Question,
  window: Window,
): Promise<ReportRow[]> {
  const isCampaign = ({ dimension }: Filter) => dimension === 'campaign';
  const campaigns = new Set(filters.filter(isCampaign).map(({ value }) => value));
  const [campaignId] = campaigns;
  if (campaignId === undefined) {
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_one_campaign' });
  }
  // Nothing belongs to two campaigns.
  if (campaigns.size > 1) return [];
  const within = filters.filter((filter) => !isCampaign(filter));
  const levels = [...within.map(({ dimension }) => dimension), ...groupBy];
  const dimensions = [...new Set(levels.filter((dimension) => dimension !== 'campaign'))];
  if (dimensions.length > 3) {
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_three_levels' });
  }
  const rows = await statRows(client, campaignId, dimensions.map(groupOf), window);
  const wanted = leavesOf(rows, dimensions).filter(({ values }) =>
    within.every(({ dimension, value }) => values.get(dimension)?.id === value),
  );
  return wanted.map(({ values, metrics }) => ({
    values: groupBy.map((dimension) =>
      dimension === 'campaign'
        ? { id: campaignId, name: campaignId }
        : (values.get(dimension) ?? { id: '', name: '' }),
    ),
    metrics,
  }));
}
