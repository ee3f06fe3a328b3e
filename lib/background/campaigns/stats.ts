import { isYoung } from '../../age.ts';
import type { Answer } from '../../cache/report-cache.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Stats, statsCalls } from '../../contract/figures.ts';
import { isAbort, problemOf } from '../../errors.ts';
import { metricOf } from '../../report/metrics.ts';
import type { Question, Report } from '../../report/question.ts';
import { addDays, instantsOf, type Preset, presetRange, type Range } from '../../report/range.ts';
import { totalOf } from '../../report/total.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Services } from '../services.ts';
import { hoursOver, profitsByHour, untilHour } from './day-hours.ts';

/** Opening the popup again within this time clients nobody: trackers have limits. */
const FRESH_ENOUGH_MS = 15_000;

const byCampaign = (range: Range): Question => ({ range, groupBy: ['campaign'], filters: [] });
const byHour = (range: Range): Question => ({ range, groupBy: ['hour'], filters: [] });

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
    const report = campaigns.report;
    const zone = report?.zone ?? connection.zone;
    return {
      now: report ? totalOf(report) : null,
      ...(hourly
        ? soFar(today?.report, range, dayBefore?.report, yesterday, at)
        : wholeDays(report, range, dayBefore?.report, yesterday, at)),
      hours: today?.report
        ? [
            ...(dayBefore?.report ? profitsByHour(dayBefore.report, yesterday, at) : []),
            ...profitsByHour(today.report, range, at),
          ]
        : null,
      ...extremes(report?.rows ?? []),
      zone,
      span: instantsOf({ ...range, zone }),
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
          span: instantsOf(presetRange(preset, now(), connection.zone)),
          currency: connection.currency,
          problem: problemOf(error),
        };
      }
    },
  };
}

type Known = Report | null | undefined;
type Against = Pick<Stats, 'before' | 'nowUntilHour'>;
const NOTHING_AGAINST: Against = { before: null, nowUntilHour: null };

/** A running day against the one before it, both up to the hour that is known whole. */
function soFar(today: Known, range: Range, before: Known, yesterday: Range, now: number): Against {
  if (!today || !before) return NOTHING_AGAINST;
  const hour = hoursOver(today, range, now);
  if (hoursOver(before, yesterday, now) < hour) return NOTHING_AGAINST;
  return {
    before: untilHour(before, yesterday, hour, now),
    nowUntilHour: untilHour(today, range, hour, now),
  };
}

/** What a day that is over is compared with: nothing if a report was fetched before its day was over. */
function wholeDays(
  day: Known,
  range: Range,
  before: Known,
  yesterday: Range,
  now: number,
): Against {
  if (!day || !before) return NOTHING_AGAINST;
  const areWhole = hoursOver(day, range, now) === 24 && hoursOver(before, yesterday, now) === 24;
  return areWhole ? { before: totalOf(before), nowUntilHour: null } : NOTHING_AGAINST;
}

const NOTHING: Omit<Stats, 'zone' | 'span' | 'currency' | 'problem'> = {
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
