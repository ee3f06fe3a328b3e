import { CrosstrackError } from '../../errors.ts';
import type { Dimension, Filter, Question, Report, ReportRow } from '../../report/question.ts';
import type { TrackerClient } from '../adapter.ts';
import { folded, reportOf } from '../reports.ts';
import { groupOf } from './groups.ts';
import { campaignMetrics, campaignRows, statRows } from './rows.ts';
import { leavesOf } from './tree.ts';

/** What Binom v1 counts. */
const COUNTED = [
  'clicks',
  'landerViews',
  'landerClicks',
  'conversions',
  'cost',
  'revenue',
] as const;

/** What the list of campaigns says of each: no more can be asked of all of them together. */
const OVERALL: ReadonlySet<Dimension> = new Set<Dimension>(['campaign', 'source']);

/**
 * Answers a question. Days are cut in the tracker's own zone whatever zone was
 * asked for, and the report says so. Money is in the tracker's currency.
 *
 * Over all campaigns only grouping by campaign or source (or none) exists; one
 * campaign's report takes up to three groupings. There is no filter by a
 * token's value: the report is grouped by it and the rows are picked here.
 * @throws CrosstrackError `unsupported` for what Binom v1 cannot answer
 */
export async function report(client: TrackerClient, question: Question): Promise<Report> {
  const asked = [...question.groupBy, ...question.filters.map(({ dimension }) => dimension)];
  const overall = asked.every((dimension) => OVERALL.has(dimension));
  const rows = overall ? await overview(client, question) : await ofCampaign(client, question);
  return reportOf(client, question, { rows, complete: true }, COUNTED, client.connection.zone);
}

/** Campaigns and sources from the list of campaigns; filters pick its rows. */
async function overview(
  client: TrackerClient,
  { range, groupBy, filters }: Question,
): Promise<ReportRow[]> {
  const rows = (await campaignRows(client, range)).map((row) => ({
    campaign: { id: row.id, name: row.name },
    source: { id: row.ts_id || row.ts_name, name: row.ts_name },
    metrics: campaignMetrics(row),
  }));
  const kept = rows.filter((row) =>
    filters.every(({ dimension, value }) => row[sideOf(dimension)].id === value),
  );
  return folded(
    kept.map((row) => ({
      values: groupBy.map((dimension) => row[sideOf(dimension)]),
      metrics: row.metrics,
    })),
  );
}

const sideOf = (dimension: Dimension): 'campaign' | 'source' =>
  dimension === 'source' ? 'source' : 'campaign';

async function ofCampaign(
  client: TrackerClient,
  { range, groupBy, filters }: Question,
): Promise<ReportRow[]> {
  const isCampaign = ({ dimension }: Filter) => dimension === 'campaign';
  const campaigns = new Set(filters.filter(isCampaign).map(({ value }) => value));
  const [campaignId] = campaigns;
  if (campaignId === undefined) {
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_one_campaign' });
  }
  // Of two different campaigns nothing is both.
  if (campaigns.size > 1) return [];
  const within = filters.filter((filter) => !isCampaign(filter));
  const levels = [...within.map(({ dimension }) => dimension), ...groupBy];
  const dimensions = [...new Set(levels.filter((dimension) => dimension !== 'campaign'))];
  if (dimensions.length > 3) {
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_three_levels' });
  }
  const rows = await statRows(client, campaignId, dimensions.map(groupOf), range);
  const wanted = leavesOf(rows, dimensions).filter(({ values }) =>
    within.every(({ dimension, value }) => values.get(dimension)?.id === value),
  );
  return folded(
    wanted.map(({ values, metrics }) => ({
      values: groupBy.map((dimension) =>
        dimension === 'campaign'
          ? { id: campaignId, name: campaignId }
          : (values.get(dimension) ?? { id: '', name: '' }),
      ),
      metrics,
    })),
  );
}
