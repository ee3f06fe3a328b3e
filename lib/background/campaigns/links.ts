import { join, type Link, linkOf, linkSchema, memberOn, unlink } from '../../compare/links.ts';
import type { linkCalls } from '../../contract/figures.ts';
import { CrosstrackError } from '../../errors.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { createRecords } from '../../store/records.ts';
import { transact } from '../../store/transact.ts';
import type { Services } from '../services.ts';

/** The stored links between campaigns. */
export interface LinkRepository {
  all(): Promise<Link[]>;
  /** Writes the difference between two sets of links atomically; resolves with `after`. */
  replace(before: readonly Link[], after: readonly Link[]): Promise<Link[]>;
}

export function createLinkRepository(database: OpenDatabase): LinkRepository {
  return {
    all: createRecords<Link>(database, 'links', linkSchema).all,
    async replace(before, after) {
      const stays = new Set(after.map(({ id }) => id));
      await transact(await database(), ['links'], async (transaction) => {
        const store = transaction.objectStore('links');
        for (const { id } of before) if (!stays.has(id)) await store.delete(id);
        for (const link of after) await store.put(link);
      });
      return [...after];
    },
  };
}

export function createLinks(
  { connections, now }: Pick<Services, 'connections' | 'now'>,
  links: LinkRepository,
): HandlersOf<typeof linkCalls> {
  return {
    'links.list': () => links.all(),
    'links.join': async ({ a, b }) => {
      const known = await connections.list();
      const [left, right] = [a, b].map(({ connection }) =>
        known.find(({ id }) => id === connection),
      );
      if (left?.demo !== right?.demo) {
        throw new CrosstrackError({ kind: 'conflict', text: 'link_demo' });
      }
      const before = await links.all();
      const made = { id: crypto.randomUUID(), how: 'hand', at: now() } as const;
      return links.replace(before, join(before, a, b, made));
    },
    'links.part': async ({ connection, campaignId }, { caller }) => {
      const before = await links.all();
      const link = linkOf(before, connection, campaignId);
      // A page may part only links of its own campaigns.
      if (link && caller.kind !== 'extension' && !memberOn(link, caller.connection)) {
        throw new CrosstrackError({ kind: 'permission', text: 'problem_sender' });
      }
      return links.replace(before, unlink(before, connection, campaignId));
    },
  };
}
