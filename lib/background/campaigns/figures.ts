import type { figureCalls } from '../../contract/figures.ts';
import { withMetric } from '../../report/metrics.ts';
import type { Question, Report } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import { totalOf } from '../../report/total.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Services } from '../services.ts';
import type { CampaignLists } from './lists.ts';

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

/**
 * The total as the sum of its hours, which saves a second query. `uniqueClicks` is null: clicks that
 * are unique within an hour need not be unique over the range.
 */
function totalOfHours(report: Report): Report {
  return {
    ...report,
    rows: [{ values: [], metrics: withMetric(totalOf(report), 'uniqueClicks', null) }],
  };
}

export function createFigures(
  { connections, reports, clients }: Pick<Services, 'connections' | 'reports' | 'clients'>,
  campaignLists: CampaignLists,
): HandlersOf<typeof figureCalls> {
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
    'side.figures': async ({ connection, campaignId, range, fresh }, { signal }) => {
      const { tracker } = await connections.get(connection);
      const hours = clients.adapter(tracker).capabilities.dimensions.includes('hour');
      const question = ofCampaign(range, campaignId, hours ? ['hour'] : []);
      const answer = await reports.answer(connection, question, fresh, signal);
      if (!hours) return { total: answer, byHour: { report: null, problem: null } };
      return {
        total: { ...answer, report: answer.report && totalOfHours(answer.report) },
        byHour: answer,
      };
    },
  };
}
