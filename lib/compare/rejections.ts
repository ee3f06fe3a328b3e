import type { LinkKind } from './link-kinds.ts';
import type { Link, Member, Rejection } from './link-schema.ts';

export type { Rejection } from './link-schema.ts';

/** Two campaigns or offers, of different connections. */
export interface Pair {
  readonly a: Member;
  readonly b: Member;
}

/** The same for both orders of a pair. */
export function pairKey(kind: LinkKind, { a, b }: Pair): string {
  const [first, last] = [a, b]
    .map(({ connection, campaignId }) => JSON.stringify([connection, campaignId]))
    .sort();
  return `${kind} ${first} ${last}`;
}

/** The rejections of pairs that no link joins. */
export function unlinked(rejections: readonly Rejection[], links: readonly Link[]): Rejection[] {
  const placeOf = (kind: 'offer' | undefined, { connection, campaignId }: Member): string =>
    JSON.stringify([kind, connection, campaignId]);
  const linkAt = new Map(
    links.flatMap((link) => link.members.map((one) => [placeOf(link.kind, one), link] as const)),
  );
  return rejections.filter(({ kind, members: [a, b] }) => {
    const link = linkAt.get(placeOf(kind, a));
    return !link || link !== linkAt.get(placeOf(kind, b));
  });
}
