import { CrosstrackError } from '../errors.ts';
import { z } from '../zod.ts';

export const memberSchema = z.object({
  connection: z.string(),
  campaignId: z.string(),
  name: z.string(),
});
export type Member = z.infer<typeof memberSchema>;

/** Campaigns (or offers) on several connections that are one and the same. */
export const linkSchema = z.object({
  id: z.string(),
  members: z.array(memberSchema),
  how: z.enum(['hand', 'name', 'offer', 'id']),
  /** Epoch ms. */
  createdAt: z.number(),
});
export type Link = z.infer<typeof linkSchema>;

const isMember = (link: Link, connection: string, campaignId: string): boolean =>
  link.members.some(
    (member) => member.connection === connection && member.campaignId === campaignId,
  );

/** The link that a campaign is in, or null. */
export function linkOf(
  links: readonly Link[],
  connection: string,
  campaignId: string,
): Link | null {
  return links.find((link) => isMember(link, connection, campaignId)) ?? null;
}

/** The member of a link on a connection, or null. */
export function memberOn(link: Link, connection: string): Member | null {
  return link.members.find((member) => member.connection === connection) ?? null;
}

/**
 * Joins two campaigns; the links they are in become one. What was on a
 * connection before is replaced by the newly named campaign.
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

/** Takes a campaign out of its link; a link of one is none. */
export function unlink(links: readonly Link[], connection: string, campaignId: string): Link[] {
  return links.flatMap((link) => {
    if (!isMember(link, connection, campaignId)) return [link];
    const members = link.members.filter((member) => member.connection !== connection);
    return members.length > 1 ? [{ ...link, members }] : [];
  });
}
