import { ofKind } from '../compare/links.ts';
import type { Connection } from '../connections/connection.ts';
import { hostPatterns } from '../connections/hosts.ts';
import type { overlapCalls } from '../contract/connections.ts';
import type { Question } from '../report/question.ts';
import { presetRange } from '../report/range.ts';
import type { HandlersOf } from '../rpc/server.ts';
import { findOverlaps, sourceKey, type TrackedSide } from '../sources/overlaps.ts';
import { z } from '../zod.ts';
import type { LinkRepository } from './campaigns/links.ts';
import { listSchema } from './campaigns/lists.ts';
import { readData, writeData } from './connections/data.ts';
import type { Services } from './services.ts';

/** Campaigns with their ids at the source, and the questions that found them. */
const seenSchema = z.object({
  asked: z.string(),
  campaigns: z.array(
    z.object({
      id: z.optional(z.string()),
      name: z.string(),
      source: z.object({ name: z.string() }),
      sourceCampaignId: z.string(),
    }),
  ),
});

/** The templates that name the token with the source's campaign id. */
const withCampaignToken = ({ off, templates }: Connection) =>
  off ? [] : templates.filter(({ campaign }) => campaign !== null);

/**
 * Finds connections that track the same campaigns of a source: by names in the stored lists, however
 * old, and by ids at the source.
 */
export function createOverlaps(
  { database, connections, reports, permissions, now }: Services,
  links: Pick<LinkRepository, 'rejections'>,
): HandlersOf<typeof overlapCalls> {
  /**
   * Campaigns of the last 7 days with their ids at the source. To spare trackers' limits the same
   * question is asked once a day, answered or not, and only if another connection can match it.
   */
  const seenOn = async (
    connection: Connection,
    others: readonly Connection[],
    fresh: boolean,
    signal: AbortSignal,
  ): Promise<TrackedSide['campaigns']> => {
    const { id, zone } = connection;
    const shared = new Set(
      others.flatMap(withCampaignToken).map(({ sourceName }) => sourceKey(sourceName)),
    );
    const templates = withCampaignToken(connection).filter(({ sourceName }) =>
      shared.has(sourceKey(sourceName)),
    );
    if (templates.length === 0) return [];
    const range = presetRange('last7', now(), zone);
    const questions = templates.map(
      ({ sourceId, campaign }): Question => ({
        range,
        groupBy: ['campaign', `token${campaign ?? 0}`],
        filters: [{ dimension: 'source', value: sourceId }],
      }),
    );
    const asked = JSON.stringify(questions);
    const db = await database();
    const known = seenSchema.safeParse(await readData(db, 'twins', id)).data;
    if (known?.asked === asked) return known.campaigns;
    if (!fresh || !(await permissions.contains({ origins: hostPatterns(connection) }))) return [];
    const answers = await Promise.all(
      questions.map((question) => reports.answer(id, question, true, signal)),
    );
    const campaigns = answers.flatMap(({ report }, at) =>
      (report?.rows ?? []).map(({ values: [campaign, token] }) => ({
        id: campaign?.id,
        name: campaign?.name ?? '',
        source: { name: templates[at]?.sourceName ?? '' },
        sourceCampaignId: token?.id ?? '',
      })),
    );
    // Without a usable key no request was sent.
    if (!answers.some(({ problem }) => problem?.kind === 'auth' && !problem.status)) {
      await writeData(db, 'twins', id, () => ({ asked, campaigns }));
    }
    return campaigns;
  };

  return {
    'connections.overlaps': async ({ fresh }, { signal }) => {
      const real = (await connections.list()).filter(({ demo }) => !demo);
      const sides = real.map(async (connection): Promise<TrackedSide> => {
        const { id, tracker } = connection;
        const stored = listSchema.safeParse(await readData(await database(), 'campaigns', id));
        const others = real.filter((one) => one.id !== id && one.tracker === tracker);
        const seen = await seenOn(connection, others, fresh, signal).catch(() => []);
        return { connection: id, tracker, campaigns: [...(stored.data?.campaigns ?? []), ...seen] };
      });
      const rejected = ofKind(await links.rejections(), 'campaign');
      return findOverlaps(await Promise.all(sides), rejected);
    },
  };
}
