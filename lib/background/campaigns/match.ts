import { type Cell, idsIn, joinSides, type Side } from '../../compare/join.ts';
import { type Link, linkOf, memberOn, ofKind } from '../../compare/links.ts';
import { joinOffers, type OfferSide } from '../../compare/offers.ts';
import { type Named, proposeLinks } from '../../compare/proposals.ts';
import { withSilent } from '../../compare/silent.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Match, matchCalls } from '../../contract/figures.ts';
import { isAbort, problemOf } from '../../errors.ts';
import { NO_METRICS } from '../../report/metrics.ts';
import type { Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import { namedOffers } from '../offers/named.ts';
import type { Services } from '../services.ts';
import { ofCampaign } from './figures.ts';
import type { LinkRepository } from './links.ts';
import type { CampaignLists, KeptLists } from './lists.ts';

/** Age at which a campaign list is fetched again before names are matched. */
const LIST_MS = 10 * 60_000;

/** A connection's campaigns, with those that links hold. */
function side(connection: string, campaigns: readonly Named[], linked: readonly Link[]): Side {
  const members = linked.flatMap((link) =>
    link.members.flatMap((one) =>
      one.connection === connection ? { id: one.campaignId, name: one.name } : [],
    ),
  );
  const rows = campaigns.map(({ id, name }) => ({ id, name, metrics: NO_METRICS }));
  return { connection, currency: '', rows: withSilent(rows, members, null) };
}

const severalOf = (from: readonly Named[], target: readonly Named[]): Pick<Match, 'several'> =>
  from.length > 1 || target.length > 1 ? { several: { from, target } } : {};
const campaignsIn = (cell: Cell | null | undefined): Named[] =>
  cell ? [cell, ...(cell.also ?? [])].map(({ id, name }) => ({ id, name })) : [];

const NOBODY: Match = { member: null, proposals: [], problem: null };

/** Finds a campaign's counterpart on another connection: by its link, else by name; in a network by its offer. */
export function createMatch(
  { connections, reports, clients }: Pick<Services, 'connections' | 'reports' | 'clients'>,
  links: Pick<LinkRepository, 'all' | 'rejections'>,
  campaignLists: CampaignLists,
  keptLists: KeptLists,
): HandlersOf<typeof matchCalls> {
  /** The network's offer that a campaign sends most clicks to; null = none that is known there. */
  const offerOf = async (
    from: Connection,
    own: Named,
    network: OfferSide,
    range: Range,
    signal: AbortSignal,
  ): Promise<Named | null> => {
    const { capabilities } = clients.adapter(from.tracker);
    if (!capabilities.dimensions.includes('offer')) return null;
    const question = ofCampaign(range, own.id, ['offer']);
    const report =
      (await reports.known(from.id, question)) ??
      (await reports.refresh(from.id, question, signal));
    const rows = report.rows
      .filter(({ metrics }) => (metrics.clicks ?? 0) > 0)
      .map(({ values, metrics }) => ({ values: [...values.slice(0, 1), own], metrics }));
    const { id: connection, currency } = from;
    const sent: OfferSide = { connection, currency, kind: 'tracker', report: { ...report, rows } };
    const found = joinOffers([sent, network], await links.all(), await links.rejections()).flatMap(
      ({ cells: [ours, theirs] }) =>
        ours && theirs ? [{ theirs, clicks: ours.metrics.clicks ?? 0 }] : [],
    );
    return found.sort((a, b) => b.clicks - a.clicks)[0]?.theirs ?? null;
  };

  /** The other campaigns of a campaign's connection; none where they cannot be listed. */
  const siblingsOf = async (
    from: { connection: string; campaignId: string },
    signal: AbortSignal,
  ): Promise<Named[]> => {
    try {
      const { campaigns } = await campaignLists(from.connection, LIST_MS, signal);
      return campaigns.filter(({ id }) => id !== from.campaignId);
    } catch (error) {
      if (isAbort(error) && signal.aborted) throw error;
      return [];
    }
  };

  /**
   * The campaigns of all trackers besides two, as they were last read: a link with one of them, or its
   * name, joins those two as well. Nobody waits for a third tracker.
   */
  const elsewhere = async (
    here: Connection,
    target: string,
    linked: readonly Link[],
  ): Promise<Side[]> => {
    const others = (await connections.list()).filter(
      ({ id, demo, off, tracker }) =>
        id !== here.id &&
        id !== target &&
        demo === here.demo &&
        !off &&
        clients.adapter(tracker).side === 'tracker',
    );
    const lists = others.map(async ({ id }) =>
      side(id, (await keptLists(id))?.campaigns ?? [], linked),
    );
    return Promise.all(lists);
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
    const own = { id: from.campaignId, name: from.name };
    const [ours, theirs] = [clients.adapter(here.tracker), clients.adapter(there.tracker)];
    if (theirs.side === 'network' && ours.side === 'tracker') {
      // A network has offers, which a campaign is found by, never by its own name.
      const listed = await campaignLists(target, LIST_MS, signal);
      const found = await offerOf(here, own, namedOffers(there, listed), range, signal);
      return {
        member: found && { campaignId: found.id, name: found.name, how: 'offer' },
        proposals: proposeLinks([own], listed.campaigns)
          .filter(({ to }) => to.id !== found?.id)
          .map(({ to }) => ({ campaignId: to.id, name: to.name })),
        problem: null,
      };
    }
    const [{ campaigns }, siblings] = await Promise.all([
      campaignLists(target, LIST_MS, signal),
      siblingsOf(from, signal),
    ]);
    // The rule of the dashboard: a name that a sibling shares joins nothing.
    const linked = ofKind(await links.all(), 'campaign');
    const row = joinSides(
      [
        side(from.connection, [own, ...siblings], linked),
        side(target, campaigns, linked),
        ...(ours.side === 'tracker' ? await elsewhere(here, target, linked) : []),
      ],
      linked,
      ofKind(await links.rejections(), 'campaign'),
    ).find(({ cells: [cell] }) => cell && idsIn(cell).includes(own.id));
    const named = row?.cells[1];
    const proposals = proposeLinks([own], campaigns)
      .filter(({ to }) => to.id !== named?.id)
      .map(({ to }) => ({ campaignId: to.id, name: to.name }));
    if (named) {
      const { id, name } = named;
      return {
        member: { campaignId: id, name, how: 'name' },
        ...severalOf(campaignsIn(row?.cells[0]), campaignsIn(named)),
        proposals,
        problem: null,
      };
    }
    return { ...NOBODY, proposals };
  };

  return {
    'side.match': async ({ from, target, range }, { signal }) => {
      const { campaignId, name } = from;
      if (from.connection === target) {
        return { ...NOBODY, member: { campaignId, name, how: 'same' } };
      }
      const link = linkOf(ofKind(await links.all(), 'campaign'), from.connection, campaignId);
      const linked = link ? memberOn(link, target) : null;
      if (link && linked) {
        const member = { campaignId: linked.campaignId, name: linked.name, how: link.how };
        const on = (connection: string): Named[] =>
          link.members.flatMap((one) =>
            one.connection === connection ? { id: one.campaignId, name: one.name } : [],
          );
        const several = severalOf(on(from.connection), on(target));
        return { ...NOBODY, member, ...several, ...(link.split ? { split: true } : {}) };
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
