import { normaliseName } from '../compare/names.ts';
import { guessSource } from './formats.ts';

export interface TrackedSide {
  readonly connection: string;
  /** Id of the adapter: only two of a kind can be one too many. */
  readonly tracker: string;
  readonly campaigns: ReadonlyArray<{
    readonly name: string;
    readonly source: { readonly name: string } | null;
    /** The source's own id of it, where a token tells; one with several is there once for each. */
    readonly sourceCampaignId?: string;
  }>;
}

/** Two connections that track the same campaigns of a source. */
export interface Overlap {
  readonly connections: readonly [string, string];
  /** Names of the campaigns, as the first calls them; "One ↔ Two" where only the id is the same. */
  readonly campaigns: readonly string[];
}

/**
 * Connections of one tracker kind that have campaigns of one source in common:
 * of the same normalised name, or with the same id at the source.
 */
export function findOverlaps(sides: readonly TrackedSide[]): Overlap[] {
  const keys = sides.map(({ campaigns }) => campaigns.map(keysOf));
  return sides.flatMap((side, first) =>
    sides.slice(first + 1).flatMap((other, offset): Overlap[] => {
      if (other.tracker !== side.tracker) return [];
      const theirs = new Map(
        other.campaigns.flatMap(({ name }, at) =>
          (keys[first + 1 + offset]?.[at] ?? []).map((key) => [key, name] as const),
        ),
      );
      const shared = side.campaigns.flatMap(({ name }, at) => {
        const key = keys[first]?.[at]?.find((one) => theirs.has(one));
        return key === undefined ? [] : [calledBoth(name, theirs.get(key) ?? name)];
      });
      const names = [...new Set(shared)];
      return names.length > 0
        ? [{ connections: [side.connection, other.connection], campaigns: names }]
        : [];
    }),
  );
}

const calledBoth = (ours: string, theirs: string): string =>
  normaliseName(ours) === normaliseName(theirs) ? ours : `${ours} ↔ ${theirs}`;

/** Nothing, and a macro that the source left as it was, in any spelling, are no ids. */
const ID = /^[\p{L}\p{N}][^{[]*$/u;

/** One for all names of a source: "Propeller Ads #2" is "PropellerAds". */
export const sourceKey = (name: string): string => guessSource(name)?.id ?? normaliseName(name);

function keysOf({ name, source, sourceCampaignId }: TrackedSide['campaigns'][number]): string[] {
  if (!source) return [];
  const from = sourceKey(source.name);
  const plain = normaliseName(name);
  const id = sourceCampaignId?.trim() ?? '';
  return [
    ...(plain ? [`${from}\nname\n${plain}`] : []),
    ...(ID.test(id) ? [`${from}\nid\n${id}`] : []),
  ];
}
