import type { Member } from '../compare/links.ts';
import { foldName } from '../compare/names.ts';
import { pairKey, type Rejection } from '../compare/rejections.ts';
import { guessSource } from './names.ts';

export interface TrackedSide {
  readonly connection: string;
  /** Id of the adapter; only connections to one kind of tracker can overlap. */
  readonly tracker: string;
  readonly campaigns: ReadonlyArray<{
    /** Absent = not known. */
    readonly id?: string | undefined;
    readonly name: string;
    readonly source: { readonly name: string } | null;
    /** The campaign's id at the source, if a token holds it; a campaign with several ids appears once per id. */
    readonly sourceCampaignId?: string;
  }>;
}

/** Two connections that track the same campaigns of a source. */
export interface Overlap {
  readonly connections: readonly [string, string];
  /** The campaigns' names on the first connection; "One ↔ Two" where only the ids are equal. */
  readonly campaigns: readonly string[];
}

/**
 * Finds connections to one kind of tracker that share campaigns of a source: by normalised name, or by
 * id at the source. What the user said is not the same is left out.
 */
export function findOverlaps(
  sides: readonly TrackedSide[],
  rejected: readonly Rejection[] = [],
): Overlap[] {
  const apart = new Set(rejected.map(({ id }) => id));
  const keys = sides.map(({ campaigns }) => campaigns.map(keysOf));
  return sides.flatMap((side, first) =>
    sides.slice(first + 1).flatMap((other, offset): Overlap[] => {
      if (other.tracker !== side.tracker) return [];
      const theirs = Map.groupBy(
        other.campaigns.flatMap((campaign, at) =>
          (keys[first + 1 + offset]?.[at] ?? []).map((key) => ({ key, campaign })),
        ),
        ({ key }) => key,
      );
      const shared = side.campaigns.flatMap((ours, at) => {
        const twin = keys[first]?.[at]
          ?.flatMap((key) => theirs.get(key) ?? [])
          .find(({ campaign }) => {
            const [a, b] = [memberOf(side, ours), memberOf(other, campaign)];
            return !apart.has(pairKey('campaign', { a, b }));
          });
        return twin ? [calledBoth(ours.name, twin.campaign.name)] : [];
      });
      const names = [...new Set(shared)];
      return names.length > 0
        ? [{ connections: [side.connection, other.connection], campaigns: names }]
        : [];
    }),
  );
}

const memberOf = (
  { connection }: TrackedSide,
  { id = '', name }: TrackedSide['campaigns'][number],
): Member => ({ connection, campaignId: id, name });

const calledBoth = (ours: string, theirs: string): string =>
  foldName(ours) === foldName(theirs) ? ours : `${ours} ↔ ${theirs}`;

/** An empty text, or a macro that the source did not replace, is not an id. */
const ID = /^[\p{L}\p{N}][^{[]*$/u;

/** Normalises a source's name: "Propeller Ads #2" equals "PropellerAds". */
export const sourceKey = (name: string): string => guessSource(name)?.id ?? foldName(name);

function keysOf({ name, source, sourceCampaignId }: TrackedSide['campaigns'][number]): string[] {
  if (!source) return [];
  const from = sourceKey(source.name);
  const plain = foldName(name);
  const id = sourceCampaignId?.trim() ?? '';
  return [
    ...(plain ? [`${from}\nname\n${plain}`] : []),
    ...(ID.test(id) ? [`${from}\nid\n${id}`] : []),
  ];
}
