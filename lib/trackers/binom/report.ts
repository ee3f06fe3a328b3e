import { CrosstrackError } from '../../errors.ts';
import type { QueryValue } from '../../http/http.ts';
import { type Metrics, metricsOf, sumMetrics } from '../../report/metrics.ts';
import {
  type Dimension,
  type DimensionValue,
  type Question,
  type Report,
  type ReportRow,
  tokenSlot,
} from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import type { Ask } from '../adapter.ts';
import {
  type CampaignAnswer,
  campaignSchema,
  rowsOf,
  type StatRowAnswer,
  statRowSchema,
} from './schema.ts';
import { scriptOf } from './script.ts';

export const TOKENS = 10;

/** Values of `group1`…`group3` for our dimensions, by the published table. 1 = no grouping. */
const GROUPS: { readonly [D in Dimension]?: number } = {
  offer: 3,
  lander: 4,
  country: 19,
  deviceType: 10,
  os: 17,
  browser: 15,
  language: 21,
  isp: 6,
  connectionType: 30,
  day: 31,
  hour: 26,
  weekday: 25,
};
const NO_GROUP = 1;

/** Reports of one campaign know these; all campaigns together only `campaign` and `source`. */
export const DIMENSIONS: readonly Dimension[] = [
  'campaign',
  'source',
  ...(Object.keys(GROUPS) as Dimension[]),
];

function groupOf(dimension: Dimension): number {
  const slot = tokenSlot(dimension);
  if (slot === 1) return 27;
  if (slot !== null && slot >= 2 && slot <= TOKENS) return 280 + slot;
  const group = GROUPS[dimension];
  if (group !== undefined) return group;
  throw new CrosstrackError({ kind: 'unsupported', text: 'binom_dimension', values: [dimension] });
}

/** Whole days by date=12; they are cut in the tracker's own zone. */
const daysOf = ({ from, to }: Range): ReadonlyArray<readonly [string, QueryValue]> => [
  ['date', 12],
  ['date_s', from],
  ['date_e', to],
];

/** All campaigns with their figures for the days. */
export function campaignRows(ask: Ask, range: Range): Promise<CampaignAnswer[]> {
  return ask.http.send(
    {
      call: 'campaigns',
      method: 'GET',
      path: scriptOf(ask.connection),
      query: [
        ['page', 'Campaigns'],
        ['user_group', 'all'],
        ['status', 'all'],
        ['group', 'all'],
        ['traffic_source', 'all'],
        ...daysOf(range),
      ],
      answer: rowsOf(campaignSchema),
    },
    ask.signal,
  );
}

function statRows(ask: Ask, campaignId: string, groups: readonly number[], range: Range) {
  const [group1 = NO_GROUP, group2 = NO_GROUP, group3 = NO_GROUP] = groups;
  return ask.http.send(
    {
      call: 'report',
      method: 'GET',
      path: scriptOf(ask.connection),
      query: [
        ['page', 'Stats'],
        ['camp_id', campaignId],
        ['group1', group1],
        ['group2', group2],
        ['group3', group3],
        ...daysOf(range),
        // "All" with a capital A is what working clients send.
        ['num_page', 1],
        ['val_page', 'All'],
      ],
      answer: rowsOf(statRowSchema),
    },
    ask.signal,
  );
}

/** Money of a row. Spend is revenue − profit where it is not given: CPC is rounded. */
function moneyIn(row: {
  cost?: number | null | undefined;
  spend?: number | null | undefined;
  rev?: number | null | undefined;
  revenue?: number | null | undefined;
  profit?: number | null | undefined;
  cpc?: number | null | undefined;
  clicks?: number | null | undefined;
}): Pick<Metrics, 'cost' | 'revenue'> {
  const revenue = row.revenue ?? row.rev ?? null;
  const profit = row.profit ?? null;
  const given = row.cost ?? row.spend ?? null;
  if (given !== null) return { cost: given, revenue };
  if (revenue !== null && profit !== null) return { cost: revenue - profit, revenue };
  const { cpc = null, clicks = null } = row;
  return { cost: cpc === null || clicks === null ? null : cpc * clicks, revenue };
}

const campaignMetrics = (row: CampaignAnswer): Metrics =>
  metricsOf({
    clicks: row.clicks ?? null,
    uniqueClicks: row.unique_clicks ?? null,
    bots: row.bots ?? null,
    landerViews: row.landing_clicks ?? null,
    landerClicks: row.offer_clicks ?? null,
    conversions: row.leads ?? null,
    ...moneyIn(row),
  });

const statMetrics = (row: StatRowAnswer): Metrics =>
  metricsOf({
    clicks: row.clicks ?? null,
    uniqueClicks: row.unique_clicks ?? null,
    bots: row.bots ?? null,
    landerViews: row.lp_views ?? row.landing_clicks ?? null,
    landerClicks: row.lp_clicks ?? row.offer_clicks ?? null,
    conversions: row.leads ?? null,
    ...moneyIn(row),
  });

/** Puts Binom's way of writing a day or hour into ours. */
function valueIn(row: StatRowAnswer, dimension: Dimension): DimensionValue {
  const { name } = row;
  if (dimension === 'hour') {
    const hour = String(Number.parseInt(name, 10));
    return { id: hour, name: hour };
  }
  if (dimension === 'day') {
    const day = /\d{4}-\d{2}-\d{2}/.exec(name)?.[0] ?? name;
    return { id: day, name: day };
  }
  const id = dimension === 'offer' || dimension === 'lander' ? row.entity_id || row.id : '';
  return { id: id || name, name };
}

/** The total of no rows: counted, and nothing there. */
const NOTHING = metricsOf({
  clicks: 0,
  landerViews: 0,
  landerClicks: 0,
  conversions: 0,
  cost: 0,
  revenue: 0,
});

/**
 * Answers a question. Days are cut in the tracker's own zone whatever zone was
 * asked for, and the report says so. Money is in the tracker's currency.
 *
 * Over all campaigns only grouping by campaign or source (or none) exists; one
 * campaign's report takes up to three groupings. There is no filter by a
 * token's value: the report is grouped by it and the rows are picked here.
 * @throws CrosstrackError `unsupported` for what Binom v1 cannot answer
 */
export async function report(ask: Ask, question: Question): Promise<Report> {
  const campaign = question.filters.find(({ dimension }) => dimension === 'campaign');
  const others = question.filters.filter((filter) => filter !== campaign);
  const overall = question.groupBy.every((dimension) => ['campaign', 'source'].includes(dimension));
  const rows =
    overall && others.length === 0
      ? await overview(ask, question, campaign?.value ?? null)
      : await ofCampaign(ask, question, campaign?.value ?? null, others);
  const empty = question.groupBy.length === 0 && rows.length === 0;
  return {
    rows: empty ? [{ values: [], metrics: NOTHING }] : rows,
    zone: ask.connection.zone,
    currency: ask.connection.currency,
    basis: ask.connection.basis,
    fetchedAt: ask.now(),
    complete: true,
  };
}

async function overview(
  ask: Ask,
  question: Question,
  campaignId: string | null,
): Promise<ReportRow[]> {
  const rows = (await campaignRows(ask, question.range)).filter(
    ({ id }) => campaignId === null || id === campaignId,
  );
  return folded(
    rows.map((row) => ({
      values: question.groupBy.map((dimension) =>
        dimension === 'campaign'
          ? { id: row.id, name: row.name }
          : { id: row.ts_id || row.ts_name, name: row.ts_name },
      ),
      metrics: campaignMetrics(row),
    })),
  );
}

async function ofCampaign(
  ask: Ask,
  question: Question,
  campaignId: string | null,
  filters: Question['filters'],
): Promise<ReportRow[]> {
  if (campaignId === null)
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_one_campaign' });
  const asked = question.groupBy.filter((dimension) => dimension !== 'campaign');
  const dimensions = [...new Set([...filters.map(({ dimension }) => dimension), ...asked])];
  if (dimensions.length > 3)
    throw new CrosstrackError({ kind: 'unsupported', text: 'binom_three_levels' });
  const rows = await statRows(ask, campaignId, dimensions.map(groupOf), question.range);
  const leaves = leavesOf(rows, dimensions);
  const wanted = leaves.filter(({ values }) =>
    filters.every(({ dimension, value }) => values.get(dimension)?.id === value),
  );
  return folded(
    wanted.map(({ values, metrics }) => ({
      values: question.groupBy.map((dimension) =>
        dimension === 'campaign'
          ? { id: campaignId, name: campaignId }
          : (values.get(dimension) ?? { id: '', name: '' }),
      ),
      metrics,
    })),
  );
}

/** Rows of the deepest level with the values of the levels above them: a report is a tree in order. */
function leavesOf(rows: readonly StatRowAnswer[], dimensions: readonly Dimension[]) {
  const path: DimensionValue[] = [];
  const leaves: Array<{ values: Map<Dimension, DimensionValue>; metrics: Metrics }> = [];
  for (const row of rows) {
    // A report of one level may leave the level out.
    const level = row.level ?? 1;
    const dimension = dimensions[level - 1];
    if (dimension === undefined) continue;
    path.length = level - 1;
    path[level - 1] = valueIn(row, dimension);
    if (level !== dimensions.length) continue;
    leaves.push({
      values: new Map(dimensions.map((each, index) => [each, path[index] ?? { id: '', name: '' }])),
      metrics: statMetrics(row),
    });
  }
  return leaves;
}

/** Rows with the same values made one, in order of first appearance. */
function folded(rows: readonly ReportRow[]): ReportRow[] {
  const parts = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.values.map(({ id }) => id));
    parts.set(key, [...(parts.get(key) ?? []), row]);
  }
  return [...parts.values()].map((same) => ({
    values: same[0]?.values ?? [],
    metrics: sumMetrics(same.map(({ metrics }) => metrics)),
  }));
}
