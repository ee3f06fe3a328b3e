import type { QueryValue } from '../../http/http.ts';
import { type Metrics, metricsOf } from '../../report/metrics.ts';
import type { TrackerClient } from '../adapter.ts';
import { groupOf, NO_GROUP } from './groups.ts';
import {
  type CampaignAnswer,
  campaignSchema,
  rowsOf,
  type StatRowAnswer,
  statRowSchema,
} from './schema.ts';
import { scriptOf } from './script.ts';
import { dayIn, hourIn } from './values.ts';
import type { Window } from './windows.ts';

/** The report of a big campaign comes as one answer, without pages. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Key in `client.memory`: its columns are those from before 1.9, by the published list of changes. */
export const BEFORE_1_9 = 'before 1.9';

/** Key in `client.memory`: an answer showed that the tracker passes over `timezone` and cuts days in its own zone. */
export const ZONE_IGNORED = 'zone ignored';

/** 1.9 renamed `spend` to `cost`. */
function noteAge(client: TrackerClient, rows: ReadonlyArray<{ readonly spend?: Figure }>): void {
  if (rows.length === 0) return;
  if (rows.some(({ spend }) => spend !== undefined)) client.memory.set(BEFORE_1_9, 'yes');
  else client.memory.delete(BEFORE_1_9);
}

/** All campaigns, archived ones too, with their figures for a span of time. */
export async function campaignRows(
  client: TrackerClient,
  window: Window,
): Promise<CampaignAnswer[]> {
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
        ...window.query,
        // Without it some trackers answer the first page only.
        ['val_page', 'All'],
      ],
      answer: rowsOf(campaignSchema),
    },
    client.signal,
  );
  noteAge(client, rows);
  return rows;
}

/** The report of one campaign for a span of time: a tree in order, up to three levels deep. */
export async function statRows(
  client: TrackerClient,
  campaignId: string,
  groups: readonly number[],
  window: Window,
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
        ...window.query,
        ['num_page', 1],
        // Working clients send "All"; the published page writes it small.
        ['val_page', 'All'],
        ...more,
      ],
      maxBytes: MAX_BYTES,
      answer: rowsOf(statRowSchema),
    },
    client.signal,
  );
  noteAge(client, rows);
  if (isOfAnotherZone(rows, groups, window, client.now())) client.memory.set(ZONE_IGNORED, 'yes');
  return rows;
}

const HOUR_MS = 3_600_000;

/** Do rows show days or hours that the span does not have, so that it was cut in another zone? */
function isOfAnotherZone(
  rows: readonly StatRowAnswer[],
  groups: readonly number[],
  { from, to, offset }: Window,
  now: number,
): boolean {
  const at = new Date(now + offset * 60_000);
  const isToday = from === to && at.toISOString().startsWith(from);
  // Clocks may differ by minutes, so the next hour may have begun there.
  const next = new Date(at.getTime() + HOUR_MS).getUTCHours();
  return rows.some(({ level, name, clicks }) => {
    if (!clicks) return false;
    const group = groups[(level ?? 1) - 1];
    if (group === groupOf('day')) {
      const day = dayIn(name);
      return day !== null && (day < from || day > to);
    }
    const hour = group === groupOf('hour') && isToday ? hourIn(name) : null;
    return hour !== null && next !== 0 && hour > next;
  });
}

type Figure = number | null | undefined;

/** Money of a row. A cost that is not told is revenue − profit, because the CPC is rounded. */
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
    sales: row.a_leads ?? null,
    hold: row.h_leads ?? null,
    rejected: row.r_leads ?? null,
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
