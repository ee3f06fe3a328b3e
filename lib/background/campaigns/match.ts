import { linkOf, memberOn } from '../../compare/links.ts';
import { proposeLinks } from '../../compare/proposals.ts';
import type { Match, matchCalls } from '../../contract/figures.ts';
import { isAbort, problemOf } from '../../errors.ts';
import type { Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Services } from '../services.ts';
import { ofCampaign } from './figures.ts';
import type { LinkRepository } from './links.ts';
import type { CampaignLists } from './lists.ts';

/** Age at which a campaign list is fetched again before names are matched. */
const LIST_MS = 10 * 60_000;

const NOBODY: Match = { member: null, proposals: [], problem: null };

/** Finds a campaign's counterpart on another connection: by its link, else by name. */
export function createMatch(
  { connections, reports, clients }: Pick<Services, 'connections' | 'reports' | 'clients'>,
  links: Pick<LinkRepository, 'all'>,
  campaignLists: CampaignLists,
): HandlersOf<typeof matchCalls> {
  /** The offers that a campaign sends clicks to, most clicks first; used to find it in a network. */
  const offersOf = async (
    connectionId: string,
    campaignId: string,
    range: Range,
    signal: AbortSignal,
  ): Promise<Array<{ id: string; name: string }>> => {
    const connection = await connections.get(connectionId);
    const { capabilities } = clients.adapter(connection.tracker);
    if (!capabilities.dimensions.includes('offer')) return [];
    const question = ofCampaign(range, campaignId, ['offer']);
    const report =
      (await reports.known(connectionId, question)) ??
      (await reports.refresh(connectionId, question, signal));
    return report.rows
      .filter(({ metrics }) => (metrics.clicks ?? 0) > 0)
      .sort((a, b) => (b.metrics.clicks ?? 0) - (a.metrics.clicks ?? 0))
      .flatMap(({ values }) => values.slice(0, 1));
  };

  const byName = async (
    from: { connection: string; campaignId: string; name: string },
    target: string,
    range: Range,
    signal: AbortSignal,
  ): Promise<Match> => {
    const [here, there] = [await connections.get(from.connection), await connections.get(target)];
    // Demo campaigns match no real ones, whatever their names.
    if (here.demo !== there.demo) return NOBODY;
    const { campaigns } = await campaignLists(target, LIST_MS, signal);
    const proposed = proposeLinks([{ id: from.campaignId, name: from.name }], campaigns);
    const named = proposed.find(({ how }) => how !== 'similar');
    const similar = proposed.filter(({ how }) => how === 'similar');
    const proposals = similar.slice(0, 5).map(({ to }) => ({ campaignId: to.id, name: to.name }));
    if (named) {
      const { id, name } = named.to;
      return { member: { campaignId: id, name, how: 'name' }, proposals, problem: null };
    }
    const [ours, theirs] = [clients.adapter(here.tracker), clients.adapter(there.tracker)];
    if (theirs.side === 'network' && ours.side === 'tracker') {
      const offers = await offersOf(from.connection, from.campaignId, range, signal);
      const found = offers.flatMap((offer) =>
        proposeLinks([offer], campaigns).filter(({ how }) => how !== 'similar'),
      )[0];
      if (found) {
        const { id, name } = found.to;
        return { member: { campaignId: id, name, how: 'offer' }, proposals, problem: null };
      }
    }
    return { ...NOBODY, proposals };
  };

  return {
    'side.match': async ({ from, target, range }, { signal }) => {
      const { campaignId, name } = from;
      if (from.connection === target) {
        return { ...NOBODY, member: { campaignId, name, how: 'same' } };
      }
      const link = linkOf(await links.all(), from.connection, campaignId);
      const linked = link ? memberOn(link, target) : null;
      if (link && linked) {
        const member = { campaignId: linked.campaignId, name: linked.name, how: link.how };
        return { ...NOBODY, member };
      }
      try {
        return await byName(from, target, range, signal);
      } catch (error) {
        if (isAbort(error) && signal.aborted) throw error;
        return { ...NOBODY, problem: problemOf(error) };
      }
    },
  };
}
