import type { LinkKind } from '../../compare/link-kinds.ts';
import { linkSchema, rejectionSchema } from '../../compare/link-schema.ts';
import {
  join,
  kindField,
  type Link,
  linkOf,
  type Member,
  memberOn,
  ofKind,
  unlink,
  withSplit,
} from '../../compare/links.ts';
import { type Pair, pairKey, type Rejection, unlinked } from '../../compare/rejections.ts';
import type { linkCalls } from '../../contract/links.ts';
import { CrosstrackError } from '../../errors.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { createRecords } from '../../store/records.ts';
import { transact } from '../../store/transact.ts';
import type { z } from '../../zod.ts';
import type { Services } from '../services.ts';
import type { NamedLists } from './named-lists.ts';
import { searchNames } from './search-names.ts';

/** Links and rejected proposals, of campaigns and of offers. */
export interface Linked {
  readonly links: readonly Link[];
  readonly rejections: readonly Rejection[];
}

/** The stored links and rejected proposals. */
export interface LinkRepository {
  /** Links of campaigns and of offers. */
  all(): Promise<Link[]>;
  rejections(): Promise<Rejection[]>;
  /**
   * Reads, changes and writes in one transaction. A rejection of a pair that is linked now is dropped.
   * @returns what `next` returned
   */
  change(next: (before: Linked) => Partial<Linked>): Promise<Linked>;
}

const STORES = { links: linkSchema, rejections: rejectionSchema } as const;

export function createLinkRepository(database: OpenDatabase): LinkRepository {
  return {
    all: createRecords<Link>(database, 'links', linkSchema).all,
    rejections: createRecords<Rejection>(database, 'rejections', rejectionSchema).all,
    async change(next) {
      return transact(await database(), ['links', 'rejections'], async (transaction) => {
        const read = async <T>(name: keyof typeof STORES, schema: z.ZodMiniType<T>) =>
          (await transaction.objectStore(name).getAll()).flatMap(
            (record) => schema.safeParse(record).data ?? [],
          );
        const before: Linked = {
          links: await read('links', linkSchema),
          rejections: await read('rejections', rejectionSchema),
        };
        const { links, rejections } = { ...before, ...next(before) };
        const after = { links, rejections: unlinked(rejections, links) };
        for (const name of ['links', 'rejections'] as const) {
          const store = transaction.objectStore(name);
          const stays = new Set(after[name].map(({ id }) => id));
          for (const { id } of before[name]) if (!stays.has(id)) await store.delete(id);
          const former = new Set<unknown>(before[name]);
          for (const record of after[name]) if (!former.has(record)) await store.put(record);
        }
        return after;
      });
    },
  };
}

export function createLinks(
  { connections, now }: Pick<Services, 'connections' | 'now'>,
  links: LinkRepository,
  namedOn: NamedLists,
): HandlersOf<Omit<typeof linkCalls, 'links.proposals'>> {
  /** Changes the links of one kind. */
  const change = async (kind: LinkKind, next: (before: Link[]) => Link[]): Promise<Link[]> => {
    const after = await links.change((before) => {
      const own = ofKind(before.links, kind);
      return { links: [...before.links.filter((link) => !own.includes(link)), ...next(own)] };
    });
    return ofKind(after.links, kind);
  };
  const reject = async (kind: LinkKind, pairs: readonly Pair[]): Promise<null> => {
    const rejectedAt = now();
    await links.change(({ rejections }) => {
      const all = new Map(rejections.map((one) => [one.id, one]));
      for (const { a, b } of pairs) {
        const id = pairKey(kind, { a, b });
        all.set(id, { id, ...kindField(kind), members: [a, b], rejectedAt });
      }
      return { rejections: [...all.values()] };
    });
    return null;
  };
  /** Demo campaigns are linked with one another only. */
  const demos = async (): Promise<ReadonlySet<string>> =>
    new Set((await connections.list()).filter(({ demo }) => demo).map(({ id }) => id));
  /** @throws CrosstrackError `conflict` where some are of a demo and others are not */
  const requireAlike = async (members: readonly Member[]): Promise<void> => {
    const demo = await demos();
    if (new Set(members.map(({ connection }) => demo.has(connection))).size > 1) {
      throw new CrosstrackError({ kind: 'conflict', text: 'link_demo' });
    }
  };
  const made = (how: Link['how'], kind: LinkKind) => ({
    id: crypto.randomUUID(),
    how,
    kind,
    at: now(),
  });

  return {
    'links.list': async ({ kind }) => {
      const all = await links.all();
      return kind ? ofKind(all, kind) : all;
    },
    'links.join': async ({ a, b, kind = 'campaign', also }) => {
      await requireAlike([a, b]);
      return change(kind, (before) => join(before, a, b, { ...made('hand', kind), also }));
    },
    'links.split': async ({ members, split }) => {
      await requireAlike(members);
      return change('campaign', (before) =>
        withSplit(before, members, split, made('hand', 'campaign')),
      );
    },
    'links.part': async ({ connection, campaignId, kind = 'campaign' }, { caller }) =>
      change(kind, (before) => {
        const link = linkOf(before, connection, campaignId);
        // A page may part only links of its own campaigns.
        if (link && caller.kind !== 'extension' && !memberOn(link, caller.connection)) {
          throw new CrosstrackError({ kind: 'permission', text: 'problem_sender' });
        }
        return unlink(before, connection, campaignId);
      }),
    'links.accept': async ({ kind, pairs }) => {
      const demo = await demos();
      let refused = 0;
      await change(kind, (before) =>
        pairs.reduce((known, { a, b, how }) => {
          const joined = demo.has(a.connection) === demo.has(b.connection) && isApart(known, a, b);
          if (!joined) refused++;
          return joined ? join(known, a, b, { ...made(how, kind), also: true }) : known;
        }, before),
      );
      return { refused };
    },
    'links.reject': ({ kind, pairs }) => reject(kind, pairs),
    'links.tellApart': (pair) => reject('campaign', [pair]),
    'links.restore': async ({ id }) => {
      await links.change(({ rejections }) => ({
        rejections: rejections.filter((one) => one.id !== id),
      }));
      return null;
    },
    'links.rejected': async ({ kind }) => {
      const all = unlinked(await links.rejections(), await links.all());
      return kind ? ofKind(all, kind) : all;
    },
    'links.search': async ({ kind, connection, text, like }, { signal }) =>
      searchNames(await namedOn(connection, kind, signal), text, like),
  };
}

/** Can the two be linked without a second campaign of one connection in the link? */
function isApart(links: readonly Link[], a: Member, b: Member): boolean {
  const [left, right] = [a, b].map(
    (one) => linkOf(links, one.connection, one.campaignId)?.members ?? [one],
  );
  const has = new Set(left?.map(({ connection }) => connection));
  return right?.every(({ connection }) => !has.has(connection)) ?? false;
}
