import { CrosstrackError } from '../errors.ts';
import type { LinkKind } from './link-kinds.ts';
import type { Link, Member } from './link-schema.ts';

export type { Link, Member } from './link-schema.ts';

/** The stored field for a kind. */
export const kindField = (kind: LinkKind): { kind?: 'offer' } => (kind === 'offer' ? { kind } : {});

/** Links, or other records of one kind. */
export const ofKind = <T extends { readonly kind?: 'offer' | undefined }>(
  records: readonly T[],
  kind: LinkKind,
): T[] => records.filter((record) => (record.kind ?? 'campaign') === kind);

export const isSameMember = (
  a: Pick<Member, 'connection' | 'campaignId'>,
  b: Pick<Member, 'connection' | 'campaignId'>,
): boolean => a.connection === b.connection && a.campaignId === b.campaignId;

/** The link of a campaign, among links of one kind; null = none. */
export function linkOf(
  links: readonly Link[],
  connection: string,
  campaignId: string,
): Link | null {
  const one = { connection, campaignId };
  return links.find(({ members }) => members.some((member) => isSameMember(member, one))) ?? null;
}

/** A link's first member on a connection; null = none. */
export function memberOn(link: Link, connection: string): Member | null {
  return link.members.find((member) => member.connection === connection) ?? null;
}

/**
 * Links two campaigns and merges their links. What comes of it is split if every link that they had was,
 * and they had one: where one of two says that all count the same events, so does the merged one.
 *
 * @param links of one kind
 * @param made.also keeps all members of both links; without it, `b` takes the place of those on its
 *   connection in the link of `a`, and the other way round
 * @throws CrosstrackError `conflict` when all would be of one connection, or, without `also`, when the
 *   two links hold different campaigns of a third
 */
export function join(
  links: readonly Link[],
  a: Member,
  b: Member,
  made: {
    readonly id: string;
    readonly how: Link['how'];
    readonly at: number;
    readonly kind?: LinkKind;
    readonly also?: boolean | undefined;
  },
): Link[] {
  const left = linkOf(links, a.connection, a.campaignId);
  const right = linkOf(links, b.connection, b.campaignId);
  let former = left?.members ?? [];
  if (right && right !== left) {
    former = made.also
      ? [...former, ...right.members]
      : withoutConflict(without(former, b), without(right.members, a));
  } else if (!right && !made.also) former = without(former, b);
  const members = [...former.filter((one) => !isSameMember(one, a) && !isSameMember(one, b)), a, b];
  if (isSameMember(a, b) || connectionsOf(members).size < 2) {
    throw new CrosstrackError({ kind: 'conflict', text: 'link_same_connection' });
  }
  const joined: Link = {
    id: left?.id ?? right?.id ?? made.id,
    members,
    ...kindField(made.kind ?? 'campaign'),
    how: made.how,
    ...(isSplit(left, right) ? { split: true } : {}),
    createdAt: made.at,
  };
  return [...links.filter((link) => link !== left && link !== right), joined];
}

/** Are those links split that there are? */
const isSplit = (...links: ReadonlyArray<Link | null>): boolean =>
  links.some((link) => link?.split) && links.every((link) => link === null || link.split);

/**
 * Says whether counterparts share the traffic or count the same events. Those that no link holds
 * together are linked first, with all members of their links.
 *
 * @param links of campaigns
 * @throws CrosstrackError `conflict` when all are of one connection
 */
export function withSplit(
  links: readonly Link[],
  [first, ...others]: readonly [Member, ...Member[]],
  split: boolean,
  made: Pick<Parameters<typeof join>[3], 'id' | 'how' | 'at'>,
): Link[] {
  const of = (known: readonly Link[], { connection, campaignId }: Member) =>
    linkOf(known, connection, campaignId);
  const joined = others.reduce<readonly Link[]>((known, other) => {
    const link = of(known, first);
    return link && link === of(known, other)
      ? known
      : join(known, first, other, { ...made, also: true });
  }, links);
  const link = of(joined, first);
  return joined.map((one) => {
    if (one !== link) return one;
    const { split: _, ...same } = one;
    return split ? { ...same, split: true } : same;
  });
}

const connectionsOf = (members: readonly Member[]): Set<string> =>
  new Set(members.map(({ connection }) => connection));

const without = (members: readonly Member[], { connection }: Member): Member[] =>
  members.filter((member) => member.connection !== connection);

/** The members of two links. @throws CrosstrackError when both have members of a connection */
function withoutConflict(left: readonly Member[], right: readonly Member[]): Member[] {
  for (const other of right) {
    const there = left.find(({ connection }) => connection === other.connection);
    if (there) {
      throw new CrosstrackError({
        kind: 'conflict',
        text: 'link_conflict',
        values: [there.name, other.name],
      });
    }
  }
  return [...left, ...right];
}

/** Removes a campaign from its link; a link that is left with one connection is removed. */
export function unlink(links: readonly Link[], connection: string, campaignId: string): Link[] {
  const link = linkOf(links, connection, campaignId);
  const members = (link?.members ?? []).filter(
    (one) => !isSameMember(one, { connection, campaignId }),
  );
  const stays = connectionsOf(members).size > 1;
  return links.flatMap((one) => (one !== link ? [one] : stays ? [{ ...one, members }] : []));
}
