import type { Named } from '../../compare/proposals.ts';
import type { Connection } from '../../connections/connection.ts';
import { CrosstrackError } from '../../errors.ts';
import type { Question, Report } from '../../report/question.ts';
import type { Services } from '../services.ts';

/** Campaigns that are asked one by one, at most. */
const MOST_CAMPAIGNS = 25;

/**
 * Reports of many campaigns by more dimensions, the campaign first. A tracker that reports so of one
 * campaign at a time is asked for each of the given ones, without the filters.
 */
export type ReportAcross = (
  connection: Connection,
  question: Question,
  campaigns: readonly Named[],
  options: { readonly fresh: boolean; readonly signal: AbortSignal },
) => Promise<Report | null>;

/** A report that is stored stays good, since the days that are asked for are over. */
export const createReportAcross =
  ({ reports, clients }: Pick<Services, 'reports' | 'clients'>): ReportAcross =>
  async ({ id, tracker }, question, campaigns, { fresh, signal }) => {
    const ask = async (asked: Question): Promise<Report | null> =>
      (await reports.known(id, asked)) ?? (fresh ? reports.refresh(id, asked, signal) : null);
    const { together } = clients.adapter(tracker).capabilities;
    const { range, groupBy, filters } = question;
    if (!together || groupBy.every((dimension) => together.includes(dimension))) {
      return ask({ range, groupBy: ['campaign', ...groupBy], filters });
    }
    if (campaigns.length > MOST_CAMPAIGNS) {
      throw new CrosstrackError({
        kind: 'unsupported',
        text: 'links_single_reports',
        values: [String(campaigns.length), String(MOST_CAMPAIGNS)],
      });
    }
    const own = await Promise.all(
      campaigns.map(async (campaign) => {
        const of = { dimension: 'campaign', value: campaign.id } as const;
        const report = await ask({ range, groupBy, filters: [of] });
        return (
          report && {
            ...report,
            rows: report.rows.map((row) => ({ ...row, values: [campaign, ...row.values] })),
          }
        );
      }),
    );
    const told = own.flatMap((report) => report ?? []);
    const [first] = told;
    // Half of the campaigns would look like the others had no clicks.
    if (!first || told.length < own.length) return null;
    const complete = told.every((report) => report.complete);
    return { ...first, complete, rows: told.flatMap(({ rows }) => rows) };
  };
