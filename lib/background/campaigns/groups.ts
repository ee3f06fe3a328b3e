import type { Answer } from '../../cache/report-cache.ts';
import type { Grouping } from '../../compare/groupings.ts';
import type { Connection } from '../../connections/connection.ts';
import type { groupCalls } from '../../contract/figures.ts';
import type { MessageKey } from '../../i18n.ts';
import type { Dimension, Question } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { TrackerAdapter } from '../../trackers/adapter.ts';
import { folded } from '../../trackers/reports.ts';
import type { Services } from '../services.ts';
import { ofCampaign } from './figures.ts';

/** Campaigns that are asked one by one, at most: those with the most clicks. */
const MOST_CAMPAIGNS = 100;

/** The dimension of a connection's reports that a grouping is, or the message key of why there is none. */
function dimensionOf(
  by: Grouping,
  { templates }: Pick<Connection, 'templates'>,
  { side, capabilities: { dimensions, tokens } }: Pick<TrackerAdapter, 'side' | 'capabilities'>,
): { readonly dimension: Dimension } | { readonly reason: MessageKey } {
  // A network's campaigns are its offers.
  const wanted = by === 'offer' && side === 'network' ? 'campaign' : by;
  if (wanted !== 'placement') {
    return dimensions.includes(wanted) ? { dimension: wanted } : { reason: 'group_missing' };
  }
  const [slot, ...others] = new Set(templates.flatMap(({ placement }) => placement ?? []));
  if (slot === undefined) return { reason: 'group_no_placement' };
  if (others.length > 0) return { reason: 'group_placements_differ' };
  return slot <= tokens ? { dimension: `token${slot}` } : { reason: 'group_missing' };
}

export function createGroups({
  connections,
  reports,
  clients,
}: Pick<Services, 'connections' | 'reports' | 'clients'>): HandlersOf<typeof groupCalls> {
  /** For a tracker that groups only one campaign's report so: the sum of its campaigns' reports. */
  const sumOfCampaigns = async (
    connection: string,
    range: Range,
    dimension: Dimension,
    fresh: boolean,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const byCampaign: Question = { range, groupBy: ['campaign'], filters: [] };
    const { report, problem } = await reports.answer(connection, byCampaign, fresh, signal);
    if (!report) return { report, problem };
    const active = report.rows
      .filter(({ metrics: { clicks, conversions, cost } }) => clicks || conversions || cost)
      .sort((a, b) => (b.metrics.clicks ?? 0) - (a.metrics.clicks ?? 0));
    const asked = active
      .slice(0, MOST_CAMPAIGNS)
      .flatMap(({ values: [campaign] }) => campaign ?? []);
    const answers = await Promise.all(
      asked.map(({ id }) =>
        reports.answer(connection, ofCampaign(range, id, [dimension]), fresh, signal),
      ),
    );
    const parts = answers.flatMap((answer) => answer.report ?? []);
    const failed = problem ?? answers.find((answer) => answer.problem)?.problem ?? null;
    if (parts.length === 0 && asked.length > 0) return { report: null, problem: failed };
    return {
      problem: failed,
      report: {
        ...report,
        rows: folded(parts.flatMap(({ rows }) => rows)),
        counted: parts[0]?.counted ?? report.counted,
        fetchedAt: Math.min(report.fetchedAt, ...parts.map(({ fetchedAt }) => fetchedAt)),
        complete:
          parts.length === active.length && [report, ...parts].every(({ complete }) => complete),
      },
    };
  };

  return {
    'campaigns.grouped': async ({ connection: id, campaignId, range, by, fresh }, { signal }) => {
      const connection = await connections.get(id);
      const adapter = clients.adapter(connection.tracker);
      const found = dimensionOf(by, connection, adapter);
      if ('reason' in found) {
        return { report: null, problem: { kind: 'unsupported', text: found.reason } };
      }
      const { dimension } = found;
      if (campaignId !== null) {
        return reports.answer(id, ofCampaign(range, campaignId, [dimension]), fresh, signal);
      }
      const { together, hourlyTotals } = adapter.capabilities;
      const hours = dimension === 'hour' && hourlyTotals && range.from === range.to;
      return !together || together.includes(dimension) || hours
        ? reports.answer(id, { range, groupBy: [dimension], filters: [] }, fresh, signal)
        : sumOfCampaigns(id, range, dimension, fresh, signal);
    },
  };
}
