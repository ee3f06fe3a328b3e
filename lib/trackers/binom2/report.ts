import { CrosstrackError } from '../../errors.ts';
import type { MessageKey } from '../../i18n.ts';
import type { Dimension, Question, Report, ReportRow } from '../../report/question.ts';
import { dayOf } from '../../report/range.ts';
import type { z } from '../../zod.ts';
import type { TrackerClient } from '../adapter.ts';
import { statMetrics } from '../binom/rows.ts';
import { leavesOf } from '../binom/tree.ts';
import { allPages } from '../paging.ts';
import { folded, reportOf } from '../reports.ts';
import { API, daysOf } from './api.ts';
import { groupingsOf } from './groupings.ts';
import { campaignStats } from './objects.ts';
import { listOf, reportRowSchema, rowsOf, trendSchema } from './schema.ts';
import { sourceIds } from './sources.ts';

const LIMIT = 1000;
const MOST_PAGES = 200;
export const LEVELS = 3;

export type ReportRowAnswer = z.infer<typeof reportRowSchema>;

/** What Binom v2 counts. */
const COUNTED = [
  'clicks',
  'uniqueClicks',
  'bots',
  'landerViews',
  'landerClicks',
  'conversions',
  'cost',
  'revenue',
] as const;

/**
 * All rows of one campaign's report, a tree in order. Two rows may have the same
 * name under different parents, so a row is identified by its whole path.
 *
 * It is not documented whether `limit` and `offset` count all rows or only those
 * of the first level. A page with more rows than requested shows the latter.
 */
export async function reportRows(
  client: TrackerClient,
  campaignId: string,
  dimensions: readonly Dimension[],
  range: Question['range'],
  until?: number,
): Promise<{ rows: ReportRowAnswer[]; complete: boolean }> {
  const groupings = await groupingsOf(client, campaignId, dimensions, range);
  const path: string[] = [];
  let tops = 0;
  let byTops = false;
  const { rows, complete } = await allPages<{ row: ReportRowAnswer; key: string }>({
    limit: LIMIT,
    most: MOST_PAGES,
    partial: true,
    async page(_, offset) {
      const answer = await client.http.send(
        {
          call: 'report',
          method: 'GET',
          path: `${API}/report/campaign`,
          query: [
            ['ids[]', campaignId],
            ...daysOf(range, until),
            ...groupings.map((grouping) => ['groupings[]', grouping] as const),
            ['sortColumn', 'clicks'],
            ['sortType', 'desc'],
            ['limit', LIMIT],
            ['offset', byTops ? tops : offset],
          ],
          answer: rowsOf(reportRowSchema),
        },
        client.signal,
      );
      const topsHere = answer.filter(({ level }) => (level ?? 1) === 1).length;
      tops += topsHere;
      byTops ||= answer.length > LIMIT;
      return {
        more: (byTops ? topsHere : answer.length) >= LIMIT,
        rows: answer.map((row) => {
          const level = Math.max(1, row.level ?? 1);
          path.length = Math.min(path.length, level - 1);
          path[level - 1] = row.entity_id || row.name;
          return { row, key: JSON.stringify(path) };
        }),
      };
    },
    keyOf: ({ key }) => key,
  });
  const plain = rows.map(({ row }) => row);
  const whole =
    complete && (plain.length <= LIMIT || (await sumsUp(client, campaignId, range, plain)));
  return { rows: plain, complete: whole };
}

/**
 * Pages have no total, so rows that disappear between two pages are noticed by
 * comparing the sum with the campaign's own. Days that are not over are not
 * compared, as both sums keep growing.
 */
async function sumsUp(
  client: TrackerClient,
  campaignId: string,
  range: Question['range'],
  rows: readonly ReportRowAnswer[],
): Promise<boolean> {
  if (range.to >= dayOf(client.now(), range.zone)) return true;
  const stats = await campaignStats(client, range);
  const whole = stats.rows.find(({ id }) => id === campaignId)?.clicks;
  const tops = rows.filter(({ level }) => (level ?? 1) === 1);
  return tops.reduce((sum, { clicks }) => sum + (clicks ?? 0), 0) === whole;
}

/**
 * Answers a question. Days are cut in the asked zone; money is in the tracker's
 * currency. All campaigns together are grouped by campaign or source, or one
 * day by its hours; one campaign's report takes up to three groupings. For a
 * filter the report is grouped by its dimension, and the rows are picked here.
 * @throws CrosstrackError `unsupported` for what Binom v2 cannot answer
 */
export async function report(client: TrackerClient, question: Question): Promise<Report> {
  const { groupBy } = question;
  const campaign = question.filters.find(({ dimension }) => dimension === 'campaign');
  const others = question.filters.filter((filter) => filter !== campaign);
  const overall = groupBy.every((dimension) => ['campaign', 'source'].includes(dimension));
  const hours = groupBy.join() === 'hour' && question.filters.length === 0;
  const { rows, complete } = hours
    ? await byHour(client, question)
    : overall && others.length === 0
      ? await overview(client, question, campaign?.value ?? null)
      : await ofCampaign(client, question, campaign?.value ?? null, others);
  return reportOf(client, question, { rows: folded(rows), complete }, COUNTED);
}

interface Rows {
  readonly rows: readonly ReportRow[];
  readonly complete: boolean;
}

async function overview(
  client: TrackerClient,
  question: Question,
  campaignId: string | null,
): Promise<Rows> {
  const wantsSource = question.groupBy.includes('source');
  const [{ rows, complete }, idOf] = await Promise.all([
    campaignStats(client, question.range, question.until),
    wantsSource ? sourceIds(client) : new Map<string, string>(),
  ]);
  return {
    complete,
    rows: rows
      .filter(({ id }) => campaignId === null || id === campaignId)
      .map((row) => ({
        values: question.groupBy.map((dimension) =>
          dimension === 'campaign'
            ? { id: row.id, name: row.name }
            : { id: idOf.get(row.traffic_source) ?? row.traffic_source, name: row.traffic_source },
        ),
        metrics: statMetrics(row),
      })),
  };
}

/** `/trends` of one day: all campaigns together, hour by hour. */
async function byHour(client: TrackerClient, { range }: Question): Promise<Rows> {
  if (range.from !== range.to) {
    throw new CrosstrackError({
      kind: 'unsupported',
      tracker: 'Binom v2',
      text: 'binom_one_campaign',
    });
  }
  const trends = await client.http.send(
    {
      call: 'report',
      method: 'GET',
      path: `${API}/trends`,
      query: daysOf(range),
      answer: listOf(trendSchema),
    },
    client.signal,
  );
  return {
    complete: true,
    rows: trends.map((row, index) => {
      const hour = /^\s*(\d{1,2}):\d{2}\b/.exec(row.date)?.[1];
      if (hour === undefined || Number(hour) > 23) {
        const field = `stats.${index}.date`;
        throw new CrosstrackError({ kind: 'shape', tracker: 'Binom v2', call: 'report', field });
      }
      const value = String(Number(hour));
      return { values: [{ id: value, name: value }], metrics: statMetrics(row) };
    }),
  };
}

async function ofCampaign(
  client: TrackerClient,
  question: Question,
  campaignId: string | null,
  filters: Question['filters'],
): Promise<Rows> {
  const unsupported = (text: MessageKey) =>
    new CrosstrackError({ kind: 'unsupported', tracker: 'Binom v2', text });
  if (campaignId === null) throw unsupported('binom_one_campaign');
  const asked = question.groupBy.filter((dimension) => dimension !== 'campaign');
  const dimensions = [...new Set([...filters.map(({ dimension }) => dimension), ...asked])];
  if (dimensions.length > LEVELS) throw unsupported('binom_three_levels');
  const { range, until } = question;
  const { rows, complete } = await reportRows(client, campaignId, dimensions, range, until);
  const wanted = leavesOf(rows, dimensions).filter(({ values }) =>
    filters.every(({ dimension, value }) => values.get(dimension)?.id === value),
  );
  return {
    complete,
    rows: wanted.map(({ values, metrics }) => ({
      values: question.groupBy.map((dimension) =>
        dimension === 'campaign'
          ? { id: campaignId, name: campaignId }
          : (values.get(dimension) ?? { id: '', name: '' }),
      ),
      metrics,
    })),
  };
}
