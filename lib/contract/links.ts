import { LINK_KINDS } from '../compare/link-kinds.ts';
import type { Proposed } from '../compare/link-proposals.ts';
import type { Link, Member } from '../compare/links.ts';
import type { Named } from '../compare/proposals.ts';
import type { Rejection } from '../compare/rejections.ts';
import type { Problem } from '../errors.ts';
import { z } from '../zod.ts';
import { call, fresh, id } from './call.ts';

export const member = z.object({ connection: id, campaignId: id, name: z.string() });
const kind = z.enum(LINK_KINDS);
const pair = z.object({ a: member, b: member });

/** Calls whose answers depend on the links. */
const LINK_ANSWERS = [
  'links.list',
  'links.rejected',
  'links.proposals',
  'side.match',
  'offer.senders',
  'offer.part',
  'stats.once',
  'connections.overlaps',
] as const;

/** What could not be read for proposals. */
export interface Unread {
  readonly connection: string;
  /** The names, the ids at the source, or the clicks by hour. */
  readonly what: 'names' | 'ids' | 'figures';
  readonly problem: Problem;
}

export interface LinkProposals {
  /** The surest first. */
  readonly proposals: readonly Proposed[];
  /** Proposals beyond those listed; they come when these are settled. */
  readonly more: number;
  /** What is joined with nothing on any other connection. */
  readonly unlinked: ReadonlyArray<{
    readonly connection: string;
    readonly campaigns: readonly Named[];
  }>;
  /** What is joined by its name alone. */
  readonly byName: ReadonlyArray<readonly Member[]>;
  readonly unread: readonly Unread[];
}

/** A connection's campaigns or offers that match a search. */
export interface Found {
  readonly found: readonly Named[];
  /** Matches beyond those. */
  readonly more: number;
}

/** Links join counterparts across connections. */
export const linkCalls = {
  /** Without a kind: links of campaigns and of offers. */
  'links.list': call({
    input: z.object({ kind: z.optional(kind) }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly Link[]>(),
  /**
   * `kind`: default campaigns. `also`: the other campaigns of both links stay; else `b` replaces those
   * of its connection.
   */
  'links.join': call({
    input: z.object({ ...pair.shape, kind: z.optional(kind), also: z.optional(z.boolean()) }),
    from: ['extension', 'panel'],
    ownConnection: ['a', 'connection'],
    invalidates: LINK_ANSWERS,
  }).returns<readonly Link[]>(),
  /**
   * Says whether campaigns share the traffic (a split test) or count the same events; those that no
   * link holds together are linked.
   */
  'links.split': call({
    input: z.object({
      members: z.tuple([member, member], member),
      split: z.boolean(),
    }),
    from: ['extension'],
    invalidates: LINK_ANSWERS,
  }).returns<readonly Link[]>(),
  /** `kind`: default campaigns. */
  'links.part': call({
    input: z.object({ connection: id, campaignId: id, kind: z.optional(kind) }),
    from: ['extension', 'panel'],
    invalidates: LINK_ANSWERS,
  }).returns<readonly Link[]>(),
  /** What may belong together but is not linked; `fresh: false` asks only what is known already. */
  'links.proposals': call({
    input: z.object({ kind, fresh }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<LinkProposals>(),
  /** Links proposed pairs. A pair that cannot be linked any more stays as it is, and is counted. */
  'links.accept': call({
    input: z.object({
      kind,
      pairs: z.array(
        z.object({ ...pair.shape, how: z.enum(['name', 'id', 'address', 'figures']) }),
      ),
    }),
    from: ['extension'],
    invalidates: LINK_ANSWERS,
  }).returns<{ readonly refused: number }>(),
  /** Keeps pairs from being proposed again, and from being joined by name. */
  'links.reject': call({
    input: z.object({ kind, pairs: z.array(pair) }),
    from: ['extension'],
    invalidates: LINK_ANSWERS,
  }).returns<null>(),
  /** Says that two campaigns are not the same: no name joins them, and no proposal. */
  'links.tellApart': call({
    input: pair,
    from: ['extension', 'panel'],
    ownConnection: ['a', 'connection'],
    invalidates: LINK_ANSWERS,
  }).returns<null>(),
  /** Takes a rejection back, by its id. */
  'links.restore': call({
    input: z.object({ id: z.string() }),
    from: ['extension'],
    invalidates: LINK_ANSWERS,
  }).returns<null>(),
  /** Without a kind: of campaigns and of offers. */
  'links.rejected': call({
    input: z.object({ kind: z.optional(kind) }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<readonly Rejection[]>(),
  /** Campaigns or offers of a connection by a part of the name, those most like `like` first. */
  'links.search': call({
    input: z.object({ kind, connection: id, text: z.string(), like: z.string() }),
    from: ['extension'],
    beforePolicy: true,
  }).returns<Found>(),
};
