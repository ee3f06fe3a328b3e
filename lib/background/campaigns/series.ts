import type { Answer } from '../../cache/report-cache.ts';
import { differentDays } from '../../compare/comparable.ts';
import type { TimeGrouping } from '../../compare/series.ts';
import type { figureCalls, SeriesAnswer } from '../../contract/figures.ts';
import type { Question, ReportRow } from '../../report/question.ts';
import { addDays, daysIn, type Range, splitRange } from '../../report/range.ts';
import { totalOf } from '../../report/total.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Capabilities } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';
import { ofCampaign } from './figures.ts';
import { ofEvery, together } from './together.ts';

/** Most days of all campaigns that are asked for one by one. */
const MOST_SINGLE_DAYS = 31;

/** Which reports over time a tracker has: of one campaign, or of all together. */
function reportsOf(
  { dimensions, hourlyTotals, dailyTotals, levels }: Capabilities,
  ofAll: boolean,
): { readonly day: boolean; readonly hour: boolean; readonly both: boolean } {
  const day = dimensions.includes('day') && (!ofAll || dailyTotals);
  const hour = dimensions.includes('hour') && (!ofAll || hourlyTotals);
  return { day, hour, both: day && hour && levels > 1 };
}

export function createSeries({
  connections,
  reports,
  clients,
}: Pick<Services, 'connections' | 'reports' | 'clients'>): HandlersOf<
  Pick<typeof figureCalls, 'side.series'>
> {
  return {
    async 'side.series'({ connection, campaignIds, range, fresh }, { signal }) {
      const { tracker } = await connections.get(connection);
      const can = reportsOf(clients.adapter(tracker).capabilities, campaignIds === null);
      const answer = (question: Question) => reports.answer(connection, question, fresh, signal);
      const ask = async (groupBy: TimeGrouping, of: Range): Promise<Answer> => {
        if (campaignIds === null) return answer({ range: of, groupBy, filters: [] });
        const each = campaignIds.map((campaign) => answer(ofCampaign(of, campaign, groupBy)));
        return ofEvery(await Promise.all(each));
      };
      const by: TimeGrouping = daysIn(range) === 1 ? ['hour'] : ['day'];
      const [step] = by;
      if (!can[step]) {
        if (campaignIds !== null || step === 'hour') return unable(by, 'steps');
        if (daysIn(range) > MOST_SINGLE_DAYS) return unable(by, 'long');
        const days = splitRange(range, 1).map(async (day) =>
          asRowOf(day, await answer({ range: day, groupBy: [], filters: [] })),
        );
        return { ...together(await Promise.all(days)), groupBy: by, unable: null };
      }
      const plain = await ask(by, range);
      const zone = plain.report?.zone ?? range.zone;
      if (!can.both || differentDays(zone, range.zone, range).length === 0) {
        return { ...plain, groupBy: by, unable: null };
      }
      // The tracker's own days reach over the asked ones at both ends.
      const around = { from: addDays(range.from, -1), to: addDays(range.to, 1), zone };
      const both = ['day', 'hour'] as const;
      return { ...(await ask(both, around)), groupBy: both, unable: null };
    },
  };
}

const unable = (groupBy: TimeGrouping, why: SeriesAnswer['unable']): SeriesAnswer => ({
  report: null,
  problem: null,
  groupBy,
  unable: why,
});

/** A day's total as a report by day. */
function asRowOf({ from }: Range, { report, problem }: Answer): Answer {
  if (!report) return { report, problem };
  const row: ReportRow = { values: [{ id: from, name: from }], metrics: totalOf(report) };
  return { report: { ...report, rows: [row] }, problem };
}
