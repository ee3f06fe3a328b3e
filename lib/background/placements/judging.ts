import type { RuleSettings, Thresholds } from '../../blacklist/rule-settings.ts';
import type { Settings } from '../../settings/settings.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { Services } from '../services.ts';
import { createFindArrivals } from './arrivals.ts';
import { createFirstDays } from './first-days.ts';
import { createJudgeList } from './judged-list.ts';
import { createListPlacements } from './list.ts';
import { createPayouts } from './payouts.ts';
import type { FindPlacementToken } from './token.ts';

export interface JudgingParts {
  readonly campaignLists: CampaignLists;
  readonly findToken: FindPlacementToken;
  readonly readSettings: () => Promise<Pick<Settings, 'ownSources' | 'protectedIds'>>;
}

/**
 * A campaign's placements and their verdicts, with what they are made from.
 * @param fixed rules that an administrator puts in place of the user's
 */
export function createJudging(
  services: Services,
  { campaignLists, findToken, readSettings }: JudgingParts,
  fixed: () => Promise<Partial<Thresholds>>,
) {
  const rules = async (own: RuleSettings) => ({ ...own, ...(await fixed()) });
  const firstDays = createFirstDays(services);
  const payouts = createPayouts(services);
  const listPlacements = createListPlacements(
    services,
    findToken,
    createFindArrivals(services, campaignLists),
    firstDays,
    payouts,
  );
  const judge = createJudgeList(listPlacements, readSettings, rules);
  return { fixed, firstDays, payouts, listPlacements, judge };
}
export type Judging = ReturnType<typeof createJudging>;
