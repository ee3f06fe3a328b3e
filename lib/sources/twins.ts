import { normaliseName } from '../compare/names.ts';
import { guessSource } from './formats.ts';

export interface TwinSide {
  readonly connection: string;
  /** Id of the adapter: only two of a kind can be one too many. */
  readonly tracker: string;
  readonly campaigns: ReadonlyArray<{
    readonly name: string;
    readonly source: { readonly name: string } | null;
    /** The source's own id of it, where a token tells. */
    readonly sourceCampaignId?: string;
  }>;
}

/** Two connections that track the same campaigns of a source. */
export interface Twin {
  readonly connections: readonly [string, string];
  /** Names of the campaigns, as the first calls them. */
  readonly campaigns: readonly string[];
}

/**
 * Connections of one tracker kind that have campaigns of one source in common:
 * of the same normalised name, or with the same id at the source.
 */
export function twinSources(sides: readonly TwinSide[]): Twin[] {
  const keys = sides.map(({ campaigns }) => campaigns.map(keysOf));
  return sides.flatMap((side, first) =>
    sides.slice(first + 1).flatMap((other, offset): Twin[] => {
      if (other.tracker !== side.tracker) return [];
      const theirs = new Set(keys[first + 1 + offset]?.flat());
      const shared = side.campaigns.filter((_, at) =>
        keys[first]?.[at]?.some((key) => theirs.has(key)),
      );
      if (shared.length === 0) return [];
      const names = [...new Set(shared.map(({ name }) => name))];
      return [{ connections: [side.connection, other.connection], campaigns: names }];
    }),
  );
}

function keysOf({ name, source, sourceCampaignId }: TwinSide['campaigns'][number]): string[] {
  if (!source) return [];
  const from = guessSource(source.name)?.id ?? normaliseName(source.name);
  const plain = normaliseName(name);
  return [
    ...(plain ? [`${from}\nname\n${plain}`] : []),
    ...(sourceCampaignId ? [`${from}\nid\n${sourceCampaignId}`] : []),
  ];
}
