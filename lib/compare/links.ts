import { CrosstrackError } from '../errors.ts';
import { z } from '../zod.ts';

export const memberSchema = z.object({
  connection: z.string(),
  campaignId: z.string(),
  name: z.string(),
});
export type Member = z.infer<typeof memberSchema>;

/** Counterparts of one campaign (or offer) on several connections. */
export const linkSchema = z.object({
  id: z.string(),
  members: z.array(memberSchema),
  /** Absent: campaigns. */
  kind: z.optional(z.literal('offer')),
  how: z.enum(['hand', 'name', 'offer', 'id']),
  /** Epoch ms. */
  createdAt: z.number(),
});
export type Link = z.infer<typeof linkSchema>;

const isMember = (link: Link, connection: string, campaignId: string): boolean =>
  link.members.some(
    (member) => member.connection === connection && member.campaignId === campaignId,
  );

/** The link of a campaign; null = none. */
export function linkOf(
  links: readonly Link[],
  connection: string,
  campaignId: string,
): Link | null {
  return links.find((link) => isMember(link, connection, campaignId)) ?? null;
}

/** A link's member on a connection; null = none. */
export function memberOn(link: Link, connection: string): Member | null {
  return link.members.find((member) => member.connection === connection) ?? null;
}

/**
 * Links two campaigns and merges their links. A newly named campaign replaces the former member on
 * its connection.
 *
 * @throws CrosstrackError `conflict` for two campaigns of one connection, or
 * when the two links hold different campaigns of a third.
 */
export function join(
  links: readonly Link[],
  a: Member,
  b: Member,
  made: { readonly id: string; readonly how: Link['how']; readonly at: number },
): Link[] {
  if (a.connection === b.connection) {
    throw new CrosstrackError({ kind: 'conflict', text: 'link_same_connection' });
  }
  const left = linkOf(links, a.connection, a.campaignId);
  const right = linkOf(links, b.connection, b.campaignId);
  const members = new Map<string, Member>();
  for (const member of [...(left?.members ?? []), ...(right?.members ?? [])]) {
    const named = [a, b].some(({ connection }) => connection === member.connection);
    const other = members.get(member.connection);
    if (!named && other && other.campaignId !== member.campaignId) {
      throw new CrosstrackError({
        kind: 'conflict',
        text: 'link_conflict',
        values: [other.name, member.name],
      });
    }
    members.set(member.connection, member);
  }
  members.set(a.connection, a);
  members.set(b.connection, b);
  const rest = links.filter((link) => link !== left && link !== right);
  const joined: Link = {
    id: left?.id ?? right?.id ?? made.id,
    members: [...members.values()],
    how: made.how,
    createdAt: made.at,
  };
  return [...rest, joined];
}

/** Removes a campaign from its link; a link with a single member is removed. */
export function unlink(links: readonly Link[], connection: string, campaignId: string): Link[] {
  return links.flatMap((link) => {
    if (!isMember(link, connection, campaignId)) return [link];
    const members = link.members.filter((member) => member.connection !== connection);
    return members.length > 1 ? [{ ...link, members }] : [];
  });
}
