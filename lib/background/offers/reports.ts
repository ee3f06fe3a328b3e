import { isYoung } from '../../age.ts';
import type { Answer } from '../../cache/report-cache.ts';
import type { Question, ReportRow } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import { ofCampaign } from '../campaigns/figures.ts';
import type { Services } from '../services.ts';

/** Age at which one campaign's offers are asked for again where each has to be asked by itself. */
const OFFERS_MS = 5 * 60_000;

/**
 * A connection's figures by offer: of a tracker, the rows' values are the offer and the campaign; of
 * a network, the offer. No report where the tracker does not group by offer.
 *
 * @param most campaigns that are asked one by one, the busiest, where a tracker cannot group all of
 * them at once; if there are more, the report is incomplete
 */
export type OfferReports = (
  connection: string,
  range: Range,
  options: { readonly fresh: boolean; readonly most: number },
  signal: AbortSignal,
) => Promise<Answer>;

export function createOfferReports({
  connections,
  reports,
  clients,
  now,
}: Pick<Services, 'connections' | 'reports' | 'clients' | 'now'>): OfferReports {
  const ofOne = async (
    connection: string,
    question: Question,
    fresh: boolean,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const report = await reports.known(connection, question);
    const young = report !== null && isYoung(report.fetchedAt, now(), OFFERS_MS);
    if (young || !fresh) return { report, problem: null };
    return reports.answer(connection, question, true, signal);
  };

  const oneByOne: OfferReports = async (connection, range, { fresh, most }, signal) => {
    const byCampaign: Question = { range, groupBy: ['campaign'], filters: [] };
    const { report, problem } = await reports.answer(connection, byCampaign, fresh, signal);
    if (!report) return { report, problem };
    const busy = report.rows
      .filter(({ metrics }) => (metrics.clicks ?? 0) + (metrics.conversions ?? 0) > 0)
      .sort((a, b) => (b.metrics.clicks ?? 0) - (a.metrics.clicks ?? 0));
    const parts = await Promise.all(
      busy.slice(0, most).map(async ({ values: [campaign = { id: '', name: '' }] }) => ({
        campaign,
        ...(await ofOne(connection, ofCampaign(range, campaign.id, ['offer']), fresh, signal)),
      })),
    );
    const failed = parts.find((part) => part.problem)?.problem ?? problem;
    const told = parts.flatMap((part) => part.report ?? []);
    if (told.length === 0 && parts.length > 0) return { report: null, problem: failed };
    return {
      report: {
        ...report,
        rows: parts.flatMap((part) =>
          (part.report?.rows ?? []).map(
            ({ values, metrics }): ReportRow => ({
              values: [values[0] ?? { id: '', name: '' }, part.campaign],
              metrics,
            }),
          ),
        ),
        fetchedAt: Math.min(report.fetchedAt, ...told.map(({ fetchedAt }) => fetchedAt)),
        complete:
          report.complete && told.length === busy.length && told.every(({ complete }) => complete),
      },
      problem: failed,
    };
  };

  return async (connection, range, options, signal) => {
    const { tracker } = await connections.get(connection);
    const { side, capabilities } = clients.adapter(tracker);
    if (side === 'network') {
      // A network's campaigns are its offers.
      const question: Question = { range, groupBy: ['campaign'], filters: [] };
      return reports.answer(connection, question, options.fresh, signal);
    }
    if (!capabilities.dimensions.includes('offer')) {
      return { report: null, problem: { kind: 'unsupported', text: 'offers_untold' } };
    }
    const question: Question = { range, groupBy: ['offer', 'campaign'], filters: [] };
    const answer = await reports.answer(connection, question, options.fresh, signal);
    if (answer.report || (answer.problem && answer.problem.kind !== 'unsupported')) return answer;
    return oneByOne(connection, range, options, signal);
  };
}
