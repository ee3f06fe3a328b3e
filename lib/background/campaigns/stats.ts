import { isYoung } from '../../age.ts';
import type { Answer } from '../../cache/report-cache.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Stats, statsCalls } from '../../contract/figures.ts';
import { isAbort, problemOf } from '../../errors.ts';
import { type Metrics, metricOf } from '../../report/metrics.ts';
import type { Question, Report } from '../../report/question.ts';
import { addDays, hourOf, type Preset, presetRange, type Range } from '../../report/range.ts';
import { totalOf } from '../../report/total.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Services } from '../services.ts';
import { totalOfHours } from './hours.ts';

/** Opening the popup again within this time clients nobody: trackers have limits. */
const FRESH_ENOUGH_MS = 15_000;

const byCampaign = (range: Range): Question => ({ range, groupBy: ['campaign'], filters: [] });
const byHour = (range: Range): Question => ({ range, groupBy: ['hour'], filters: [] });

/** Hour of a row's value, 0–23, or null when it is not one. */
function hourOfRow(report: Report, index: number): number | null {
  const hour = Number.parseInt(report.rows[index]?.values[0]?.id ?? '', 10);
  return Number.isInteger(hour) && hour >= 0 && hour < 24 ? hour : null;
}

function hoursOf(report: Report): (Metrics | null)[] {
  const hours: (Metrics | null)[] = Array.from({ length: 24 }, () => null);
  report.rows.forEach(({ metrics }, index) => {
    const hour = hourOfRow(report, index);
    if (hour !== null) hours[hour] = metrics;
  });
  return hours;
}

/** Sum of the hours that were over at `hour`, for a fair comparison with a day that is not. */
function untilHour(report: Report, hour: number): Metrics {
  const rows = report.rows.filter((_, index) => (hourOfRow(report, index) ?? 24) < hour);
  return totalOfHours({ ...report, rows });
}

export function createStats({
  connections,
  reports,
  clients,
  now,
}: Pick<Services, 'connections' | 'reports' | 'clients' | 'now'>): HandlersOf<typeof statsCalls> {
  const statsOf = async (
    connection: Connection,
    preset: Preset,
    read: (question: Question) => Promise<Answer>,
  ): Promise<Stats> => {
    const { capabilities } = clients.adapter(connection.tracker);
    const at = now();
    const range = presetRange(preset, at, connection.zone);
    const yesterday: Range = {
      ...range,
      from: addDays(range.from, -1),
      to: addDays(range.to, -1),
    };
    const hourly = preset === 'today' && capabilities.hourlyTotals;
    const [campaigns, today, dayBefore] = await Promise.all([
      read(byCampaign(range)),
      hourly ? read(byHour(range)) : null,
      hourly
        ? read(byHour(yesterday))
        : preset === 'yesterday'
          ? read(byCampaign(yesterday))
          : null,
    ]);
    const hour = hourOf(at, connection.zone);
    const report = campaigns.report;
    const before = dayBefore?.report;
    return {
      now: report ? totalOf(report) : null,
      before: !before ? null : hourly ? untilHour(before, hour) : totalOf(before),
      nowUntilHour: hourly && today?.report ? untilHour(today.report, hour) : null,
      hours: today?.report ? hoursOf(today.report) : null,
      ...extremes(report?.rows ?? []),
      zone: report?.zone ?? connection.zone,
      currency: report?.currency ?? connection.currency,
      fetchedAt: report?.fetchedAt ?? null,
      complete: report?.complete ?? true,
      problem: campaigns.problem,
    };
  };

  return {
    'stats.known': async ({ preset }) => {
      const all = (await connections.list()).map(async (connection) => {
        const read = async (question: Question) => ({
          report: await reports.known(connection.id, question),
          problem: null,
        });
        return [connection.id, await statsOf(connection, preset, read)] as const;
      });
      return Object.fromEntries(await Promise.all(all));
    },
    'stats.read': async ({ connection: id, preset }, { signal }) => {
      const connection = await connections.get(id);
      const read = async (question: Question) => {
        const report = await reports.known(id, question);
        const young = report !== null && isYoung(report.fetchedAt, now(), FRESH_ENOUGH_MS);
        return young ? { report, problem: null } : reports.answer(id, question, true, signal);
      };
      try {
        return await statsOf(connection, preset, read);
      } catch (error) {
        if (isAbort(error)) throw error;
        return {
          ...NOTHING,
          zone: connection.zone,
          currency: connection.currency,
          problem: problemOf(error),
        };
      }
    },
  };
}

const NOTHING: Omit<Stats, 'zone' | 'currency' | 'problem'> = {
  now: null,
  before: null,
  nowUntilHour: null,
  hours: null,
  best: null,
  worst: null,
  fetchedAt: null,
  complete: true,
};

/** The campaigns that earned and lost most, of a report by campaign. */
export function extremes(rows: Report['rows']): Pick<Stats, 'best' | 'worst'> {
  const profits = rows
    .flatMap(({ values, metrics }) => {
      const profit = metricOf(metrics, 'profit');
      const name = values[0]?.name;
      return profit === null || name === undefined ? [] : [{ name, profit }];
    })
    .sort((a, b) => b.profit - a.profit);
  const best = profits[0];
  const worst = profits.at(-1);
  return {
    best: best && best.profit > 0 ? best : null,
    worst: worst && worst.profit < 0 ? worst : null,
  };
}
