import type { QueryValue } from '../../http/http.ts';
import { type Metrics, metricsOf } from '../../report/metrics.ts';
import type { Range } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { NO_GROUP } from './groups.ts';
import {
  type CampaignAnswer,
  campaignSchema,
  rowsOf,
  type StatRowAnswer,
  statRowSchema,
} from './schema.ts';
import { scriptOf } from './script.ts';

/** A report of a big campaign comes as one answer: there are no pages to cut it into. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Whole days by date=12; they are cut in the tracker's own zone. */
const daysOf = ({ from, to }: Range): ReadonlyArray<readonly [string, QueryValue]> => [
  ['date', 12],
  ['date_s', from],
  ['date_e', to],
];

/** Key in `client.memory`: its columns are those from before 1.9, by the published list of changes. */
export const BEFORE_1_9 = 'before 1.9';

/** 1.9 made `cost` of `spend`. */
function noteAge(client: TrackerClient, rows: ReadonlyArray<{ readonly spend?: Figure }>): void {
  if (rows.length === 0) return;
  if (rows.some(({ spend }) => spend !== undefined)) client.memory.set(BEFORE_1_9, 'yes');
  else client.memory.delete(BEFORE_1_9);
}

/** All campaigns, archived ones too, with their figures for the days. */
export async function campaignRows(client: TrackerClient, range: Range): Promise<CampaignAnswer[]> {
  const rows = await client.http.send(
    {
      call: 'campaigns',
      method: 'GET',
      path: scriptOf(client.connection),
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
    client.signal,
  );
  noteAge(client, rows);
  return rows;
}

/** The report of one campaign: a tree in order, up to three levels deep. */
export async function statRows(
  client: TrackerClient,
  campaignId: string,
  groups: readonly number[],
  range: Range,
  more: ReadonlyArray<readonly [string, QueryValue]> = [],
): Promise<StatRowAnswer[]> {
  const [group1 = NO_GROUP, group2 = NO_GROUP, group3 = NO_GROUP] = groups;
  const rows = await client.http.send(
    {
      call: 'report',
      method: 'GET',
      path: scriptOf(client.connection),
      query: [
        ['page', 'Stats'],
        ['camp_id', campaignId],
        ['group1', group1],
        ['group2', group2],
        ['group3', group3],
        ...daysOf(range),
        ['num_page', 1],
        // "All" with a capital A is what working clients send; the published page writes it small.
        ['val_page', 'All'],
        ...more,
      ],
      maxBytes: MAX_BYTES,
      answer: rowsOf(statRowSchema),
    },
    client.signal,
  );
  noteAge(client, rows);
  return rows;
}

type Figure = number | null | undefined;

/** Money of a row. Spend is revenue − profit where it is not given: CPC is rounded. */
function moneyIn(row: {
  readonly cost?: Figure;
  readonly spend?: Figure;
  readonly rev?: Figure;
  readonly revenue?: Figure;
  readonly profit?: Figure;
  readonly cpc?: Figure;
  readonly clicks?: Figure;
}): Pick<Metrics, 'cost' | 'revenue'> {
  const revenue = row.revenue ?? row.rev ?? null;
  const profit = row.profit ?? null;
  const given = row.cost ?? row.spend ?? null;
  if (given !== null) return { cost: given, revenue };
  if (revenue !== null && profit !== null) return { cost: revenue - profit, revenue };
  const { cpc = null, clicks = null } = row;
  return { cost: cpc === null || clicks === null ? null : cpc * clicks, revenue };
}

export const campaignMetrics = (row: CampaignAnswer): Metrics =>
  metricsOf({
    clicks: row.clicks ?? null,
    uniqueClicks: row.unique_clicks ?? null,
    bots: row.bots ?? null,
    landerViews: row.landing_clicks ?? null,
    landerClicks: row.offer_clicks ?? null,
    conversions: row.leads ?? null,
    ...moneyIn(row),
  });

export const statMetrics = (row: StatRowAnswer): Metrics =>
  metricsOf({
    clicks: row.clicks ?? null,
    uniqueClicks: row.unique_clicks ?? null,
    bots: row.bots ?? null,
    landerViews: row.lp_views ?? row.lander_views ?? row.landing_clicks ?? null,
    landerClicks: row.lp_clicks ?? row.lander_clicks ?? row.offer_clicks ?? null,
    conversions: row.leads ?? null,
    ...moneyIn(row),
  });
