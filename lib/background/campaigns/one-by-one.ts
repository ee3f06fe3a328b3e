import type { Answer } from '../../cache/report-cache.ts';
import type { Dimension, DimensionValue, Question, Report } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import { ofCampaign } from './figures.ts';
import { together } from './together.ts';

/** Campaigns that are asked one by one, at most: those with the most clicks. */
const MOST_CAMPAIGNS = 100;

/** What the list of all campaigns tells of each. */
const LISTED = ['campaign', 'source'] as const;
type Listed = { readonly [D in (typeof LISTED)[number]]?: DimensionValue | undefined };

const isListed = (dimension: Dimension): dimension is (typeof LISTED)[number] =>
  LISTED.some((one) => one === dimension);

/**
 * The report of all campaigns, for a tracker that groups only one campaign's report so: those of its
 * campaigns, whose rows are not added up yet. Incomplete where a campaign is missing.
 *
 * @param isWanted is a campaign asked for? Told what of `groupBy` the list of campaigns tells
 */
export async function oneByOne(
  ask: (question: Question) => Promise<Answer>,
  range: Range,
  groupBy: readonly Dimension[],
  isWanted: (campaign: Listed) => boolean = () => true,
): Promise<Answer> {
  const listed = groupBy.includes('source') ? LISTED : (['campaign'] as const);
  const within = groupBy.filter((dimension) => !isListed(dimension));
  const { report, problem } = await ask({ range, groupBy: listed, filters: [] });
  if (!report) return { report, problem };
  const active = report.rows
    .filter(({ metrics: { clicks, conversions, cost } }) => clicks || conversions || cost)
    .map(({ values: [campaign, source], metrics }) => ({ campaign, source, metrics }))
    .filter(isWanted)
    .sort((a, b) => (b.metrics.clicks ?? 0) - (a.metrics.clicks ?? 0));
  const answers = await Promise.all(
    active.slice(0, MOST_CAMPAIGNS).map(async (one) => {
      const answer = await ask(ofCampaign(range, one.campaign?.id ?? '', within));
      return {
        ...answer,
        report: answer.report && withListed(answer.report, one, groupBy, within),
      };
    }),
  );
  if (answers.length === 0) return { report: { ...report, rows: [] }, problem };
  const parts = together(answers);
  return {
    problem: problem ?? parts.problem,
    report: parts.report && {
      ...parts.report,
      fetchedAt: Math.min(report.fetchedAt, parts.report.fetchedAt),
      complete: report.complete && parts.report.complete && answers.length === active.length,
    },
  };
}

/** A campaign's report by `within`, grouped by what its place in the list tells as well. */
const withListed = (
  report: Report,
  listed: Listed,
  groupBy: readonly Dimension[],
  within: readonly Dimension[],
): Report => ({
  ...report,
  rows: report.rows.map(({ values, metrics }) => ({
    metrics,
    values: groupBy.map(
      (dimension) =>
        (isListed(dimension) ? listed[dimension] : values[within.indexOf(dimension)]) ?? UNKNOWN,
    ),
  })),
});

const UNKNOWN: DimensionValue = { id: '', name: '' };
