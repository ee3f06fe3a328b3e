import { join, type Link, linkOf, linkSchema, memberOn, unlink } from '../compare/links.ts';
import { proposeLinks } from '../compare/names.ts';
import type { figureCalls, Match } from '../contract/figures.ts';
import { CrosstrackError, isAbort, isLocked, problemOf } from '../errors.ts';
import { sumMetrics } from '../report/metrics.ts';
import type { Question, Report } from '../report/question.ts';
import type { Range } from '../report/range.ts';
import type { HandlersOf } from '../rpc/server.ts';
import { createRecords } from '../store/records.ts';
import type { Campaign } from '../trackers/adapter.ts';
import { z } from '../zod.ts';
import type { ConnectionHandlers } from './connections.ts';
import type { Services } from './deps.ts';
import { keep } from './kept.ts';

type FigureCalls = HandlersOf<typeof figureCalls>;

/** A campaign list older than this is asked for anew before names are matched. */
const LIST_MS = 10 * 60_000;

export const listSchema = z.object({
  fetchedAt: z.number(),
  campaigns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      active: z.boolean(),
      source: z.nullable(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
});

const ofCampaign = (range: Range, campaignId: string, groupBy: Question['groupBy']): Question => ({
  range,
  groupBy,
  filters: [{ dimension: 'campaign', value: campaignId }],
});

/**
 * The total as the sum of its hours: one question instead of two, for trackers
 * that count them. Unique clicks of an hour are not unique over the range.
 */
function totalOfHours(report: Report): Report {
  const metrics = sumMetrics(report.rows.map((row) => row.metrics));
  return { ...report, rows: [{ values: [], metrics: { ...metrics, uniqueClicks: null } }] };
}

/** Campaign lists with their age; asked for anew when too old. */
export function createCampaignLists(
  services: Pick<Services, 'database' | 'now'> & { readonly asks: Pick<Services['asks'], 'run'> },
  connections: Pick<ConnectionHandlers, 'get'>,
) {
  return async (
    connectionId: string,
    maxAgeMs: number,
    signal: AbortSignal,
  ): Promise<{ campaigns: Campaign[]; fetchedAt: number }> => {
    const database = await services.database();
    const name = `campaigns:${connectionId}`;
    const stored = listSchema.safeParse(await database.get('settings', name));
    if (stored.success && services.now() - stored.data.fetchedAt <= maxAgeMs) return stored.data;
    const connection = await connections.get(connectionId);
    try {
      const campaigns = await services.asks.run(connection, signal, (ask, adapter) =>
        adapter.campaigns(ask),
      );
      const list = { campaigns, fetchedAt: services.now() };
      await keep(database, 'campaigns', connectionId, () => list);
      return list;
    } catch (error) {
      // While nobody can be asked an old list is better than none.
      if (stored.success && isLocked(problemOf(error))) return stored.data;
      throw error;
    }
  };
}
export type CampaignLists = ReturnType<typeof createCampaignLists>;

export function createFigures(
  services: Services,
  connections: ConnectionHandlers,
  campaignLists: CampaignLists,
): FigureCalls {
  const { reports, asks } = services;
  const links = createRecords<Link>(services.database, 'links', linkSchema);

  /** Writes the difference between two sets of links in one transaction. */
  const saveLinks = async (before: readonly Link[], after: readonly Link[]): Promise<Link[]> => {
    const transaction = (await services.database()).transaction('links', 'readwrite');
    const kept = new Set(after.map(({ id }) => id));
    for (const { id } of before) if (!kept.has(id)) await transaction.store.delete(id);
    for (const link of after) await transaction.store.put(link);
    await transaction.done;
    return [...after];
  };

  /** Offers that a campaign sends to, biggest first, for finding it in a network. */
  const offersOf = async (
    connectionId: string,
    campaignId: string,
    range: Range,
    signal: AbortSignal,
  ): Promise<Array<{ id: string; name: string }>> => {
    const connection = await connections.get(connectionId);
    const { capabilities } = asks.adapter(connection.tracker);
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

  const match: FigureCalls['side.match'] = async ({ from, target, range }, { signal }) => {
    if (from.connection === target) {
      return {
        member: { campaignId: from.campaignId, name: from.name, how: 'same' },
        proposals: [],
        problem: null,
      };
    }
    const link = linkOf(await links.all(), from.connection, from.campaignId);
    const linked = link ? memberOn(link, target) : null;
    if (link && linked) {
      return {
        member: { campaignId: linked.campaignId, name: linked.name, how: link.how },
        proposals: [],
        problem: null,
      };
    }
    try {
      return await byName(from, target, range, signal);
    } catch (error) {
      if (isAbort(error) && signal.aborted) throw error;
      return { member: null, proposals: [], problem: problemOf(error) };
    }
  };

  const byName = async (
    from: { connection: string; campaignId: string; name: string },
    target: string,
    range: Range,
    signal: AbortSignal,
  ): Promise<Match> => {
    const [here, there] = [await connections.get(from.connection), await connections.get(target)];
    // Made-up campaigns are nobody's, whatever their names.
    if (here.demo !== there.demo) return { member: null, proposals: [], problem: null };
    const { campaigns } = await campaignLists(target, LIST_MS, signal);
    const proposed = proposeLinks([{ id: from.campaignId, name: from.name }], campaigns);
    const named = proposed.find(({ how }) => how !== 'similar');
    const similar = proposed.filter(({ how }) => how === 'similar');
    const proposals = similar.slice(0, 5).map(({ to }) => ({ campaignId: to.id, name: to.name }));
    if (named) {
      const { id, name } = named.to;
      return { member: { campaignId: id, name, how: 'name' }, proposals, problem: null };
    }
    const [ours, theirs] = [asks.adapter(here.tracker), asks.adapter(there.tracker)];
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
    return { member: null, proposals, problem: null };
  };

  return {
    'campaigns.list': ({ connection, fresh }, { signal }) =>
      campaignLists(connection, fresh ? 0 : LIST_MS, signal),
    'campaigns.figures': async ({ connection, range, fresh }, { signal }) =>
      reports.answer(connection, { range, groupBy: ['campaign'], filters: [] }, fresh, signal),
    'side.figures': async ({ connection, campaignId, range, fresh }, { signal }) => {
      const { tracker } = await connections.get(connection);
      const hours = asks.adapter(tracker).capabilities.dimensions.includes('hour');
      const question = ofCampaign(range, campaignId, hours ? ['hour'] : []);
      const answer = await reports.answer(connection, question, fresh, signal);
      if (!hours) return { total: answer, byHour: { report: null, problem: null } };
      return {
        total: { ...answer, report: answer.report && totalOfHours(answer.report) },
        byHour: answer,
      };
    },
    'side.match': match,
    'links.list': () => links.all(),
    'links.join': async ({ a, b }) => {
      const [left, right] = await Promise.all(
        [a, b].map(({ connection }) => services.connections.get(connection)),
      );
      if (left?.demo !== right?.demo) {
        throw new CrosstrackError({ kind: 'conflict', text: 'link_demo' });
      }
      const before = await links.all();
      const at = services.now();
      return saveLinks(before, join(before, a, b, { id: crypto.randomUUID(), how: 'hand', at }));
    },
    'links.part': async ({ connection, campaignId }, { caller }) => {
      const before = await links.all();
      const link = linkOf(before, connection, campaignId);
      // A page parts what its own campaigns are linked with.
      if (link && caller.kind !== 'extension' && !memberOn(link, caller.connection)) {
        throw new CrosstrackError({ kind: 'permission', text: 'problem_sender' });
      }
      return saveLinks(before, unlink(before, connection, campaignId));
    },
  };
}
