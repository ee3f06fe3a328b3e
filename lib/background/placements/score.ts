import type { Placement } from '../../blacklist/placement.ts';
import type { RuleSettings } from '../../blacklist/rule-settings.ts';
import { scorePlacements } from '../../blacklist/score.ts';
import { summariseVerdicts } from '../../blacklist/summary.ts';
import type { ScoredList } from '../../contract/blacklist.ts';
import type { Problem } from '../../errors.ts';
import type { Question, Report } from '../../report/question.ts';
import { daysIn, type Range } from '../../report/range.ts';
import type { Services } from '../services.ts';
import type { FindPlacementToken } from './token.ts';

export interface ScoreQuestion {
  readonly connection: string;
  readonly campaignId: string;
  readonly range: Range;
  /** Token slot that holds the placement; null = find it. */
  readonly slot: number | null;
  readonly settings: RuleSettings;
}

/**
 * A campaign's placements with their verdicts.
 * @param fresh asks the tracker; else what is cached
 */
export type Score = (
  question: ScoreQuestion,
  fresh: boolean,
  signal: AbortSignal,
) => Promise<ScoredList>;

const placementOf = ({ values, metrics }: Report['rows'][number]): Placement => ({
  id: values[0]?.id ?? '',
  clicks: metrics.clicks ?? 0,
  landerViews: metrics.landerViews,
  landerClicks: metrics.landerClicks,
  conversions: metrics.conversions ?? 0,
  cost: metrics.cost ?? 0,
  revenue: metrics.revenue ?? 0,
});

export function createScore(
  { connections, reports, now }: Pick<Services, 'connections' | 'reports' | 'now'>,
  findToken: FindPlacementToken,
): Score {
  return async (question, fresh, signal) => {
    const connection = await connections.get(question.connection);
    const token = await findToken(connection, question.campaignId, question.slot, signal);
    const empty = {
      ...token,
      rows: [],
      currency: connection.currency,
      zone: connection.zone,
      range: question.range,
      complete: true,
      fetchedAt: now(),
      payout: null,
      cut: 0,
      expectedWrong: 0,
      savingPerDay: 0,
    };
    if (token.slot === null) {
      const problem: Problem = { kind: 'input', text: 'problem_no_placement_token' };
      return { ...empty, problem };
    }
    const reportQuestion: Question = {
      range: question.range,
      groupBy: [`token${token.slot.slot}`],
      filters: [{ dimension: 'campaign', value: question.campaignId }],
    };
    const { report, problem } = await reports.answer(
      question.connection,
      reportQuestion,
      fresh,
      signal,
    );
    if (!report) return { ...empty, problem };
    const scored = scorePlacements(report.rows.map(placementOf), question.settings);
    const summary = summariseVerdicts(scored.rows, daysIn(question.range));
    return {
      ...empty,
      ...summary,
      rows: scored.rows,
      payout: scored.payout,
      currency: report.currency,
      zone: report.zone,
      complete: report.complete,
      fetchedAt: report.fetchedAt,
      problem,
    };
  };
}
