import type { Answer } from '../../cache/report-cache.ts';
import type { Input } from '../../contract/calls.ts';
import type { figureCalls } from '../../contract/figures.ts';
import type { Question } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Services } from '../services.ts';
import { totalOfHours } from './hours.ts';
import type { CampaignLists } from './lists.ts';
import { ofEvery } from './together.ts';

/** Age at which a list is fetched again. */
const LIST_MS = 10 * 60_000;

/** The question for one campaign's figures. */
export const ofCampaign = (
  range: Range,
  campaignId: string,
  groupBy: Question['groupBy'],
): Question => ({
  range,
  groupBy,
  filters: [{ dimension: 'campaign', value: campaignId }],
});

export function createFigures(
  { connections, reports, clients }: Pick<Services, 'connections' | 'reports' | 'clients'>,
  campaignLists: CampaignLists,
): HandlersOf<Omit<typeof figureCalls, 'side.series'>> {
  const together = async (
    { connection, campaignIds, range, fresh }: Input<'side.figures'>,
    groupBy: Question['groupBy'],
    signal: AbortSignal,
  ): Promise<Answer> => {
    const each = campaignIds.map((campaign) =>
      reports.answer(connection, ofCampaign(range, campaign, groupBy), fresh, signal),
    );
    return ofEvery(await Promise.all(each));
  };
  return {
    'campaigns.list': ({ connection, fresh }, { signal }) =>
      campaignLists(connection, fresh ? 0 : LIST_MS, signal),
    'campaigns.figures': async ({ connection, range, fresh }, { signal }) =>
      reports.answer(connection, { range, groupBy: ['campaign'], filters: [] }, fresh, signal),
    'side.days': async ({ connection, campaignId, range, fresh }, { signal }) => {
      const { tracker } = await connections.get(connection);
      const byDay = clients.adapter(tracker).capabilities.dimensions.includes('day');
      if (!byDay) return { report: null, problem: null };
      return reports.answer(connection, ofCampaign(range, campaignId, ['day']), fresh, signal);
    },
    'side.total': (asked, { signal }) => together(asked, [], signal),
    'side.figures': async (asked, { signal }) => {
      const { tracker } = await connections.get(asked.connection);
      const hours = clients.adapter(tracker).capabilities.dimensions.includes('hour');
      const answer = await together(asked, hours ? ['hour'] : [], signal);
      if (!hours) return { total: answer, byHour: { report: null, problem: null } };
      return {
        // The sum of the hours saves a second query.
        total: {
          ...answer,
          report: answer.report && {
            ...answer.report,
            rows: [{ values: [], metrics: totalOfHours(answer.report) }],
          },
        },
        byHour: answer,
      };
    },
  };
}
