import type { matchCalls } from '../../contract/figures.ts';
import type { CostUpdate } from '../../costs/update.ts';
import { CrosstrackError } from '../../errors.ts';
import type { Context, HandlersOf } from '../../rpc/server.ts';
import type { CampaignLists } from '../campaigns/lists.ts';

/** Age at which the list that has the campaign's name is fetched again. */
const LIST_MS = 10 * 60_000;

/**
 * Refuses an update whose campaign is not the counterpart of another one, by its link or its name. The
 * name is the tracker's own, so that a page cannot choose what is changed elsewhere.
 *
 * @throws CrosstrackError `conflict`
 */
export type RequireCounterpart = (
  from: { readonly connection: string; readonly campaignId: string },
  update: CostUpdate,
  context: Context,
) => Promise<void>;

export const createRequireCounterpart =
  (matches: HandlersOf<typeof matchCalls>, campaignLists: CampaignLists): RequireCounterpart =>
  async (from, update, context) => {
    const { campaigns } = await campaignLists(from.connection, LIST_MS, context.signal);
    const name = campaigns.find(({ id }) => id === from.campaignId)?.name ?? '';
    const { member, problem } = await matches['side.match'](
      { from: { ...from, name }, target: update.connection, range: update.range },
      context,
    );
    if (member?.campaignId === update.campaignId) return;
    throw new CrosstrackError(problem ?? { kind: 'conflict', text: 'problem_no_counterpart' });
  };
