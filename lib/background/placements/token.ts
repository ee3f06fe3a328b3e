import { isYoung } from '../../age.ts';
import type { Connection, SourceTemplate } from '../../connections/connection.ts';
import type { PlacementList } from '../../contract/blacklist.ts';
import { isLocked, problemOf } from '../../errors.ts';
import { meaningOf } from '../../sources/macros.ts';
import { guessSource } from '../../sources/names.ts';
import { type OwnSource, ownSourceOf } from '../../sources/own-sources.ts';
import { proposeTemplate } from '../../sources/template.ts';
import type { Source } from '../../trackers/adapter.ts';
import type { CampaignLists } from '../campaigns/lists.ts';
import type { Services } from '../services.ts';

/** Sources and campaign lists change rarely; a report needs them only to find the token. */
export const LIST_MS = 60 * 60_000;

/** The token that holds a campaign's placements, with facts about its source. */
export interface PlacementToken extends Pick<PlacementList, 'slot' | 'tokens' | 'format' | 'kind'> {
  /** The source's template with this token as the placement; null = the campaign has no source. */
  readonly template: SourceTemplate | null;
}

/** @param chosen by the user; null = as the source template says, or as the tokens' names do */
export type FindPlacementToken = (
  connection: Connection,
  campaignId: string,
  chosen: number | null,
  signal: AbortSignal,
) => Promise<PlacementToken>;

export function createFindPlacementToken(
  { clients, now }: Pick<Services, 'clients' | 'now'>,
  campaignLists: CampaignLists,
  ownSources: () => Promise<readonly OwnSource[]>,
): FindPlacementToken {
  const sourcesKnown = new Map<string, { at: number; sources: Source[] }>();

  const sourcesOf = async (connection: Connection, signal: AbortSignal): Promise<Source[]> => {
    const known = sourcesKnown.get(connection.id);
    if (known && isYoung(known.at, now(), LIST_MS)) return known.sources;
    try {
      const sources = await clients.run(connection, signal, (client, adapter) =>
        adapter.sources(client),
      );
      sourcesKnown.set(connection.id, { at: now(), sources });
      return sources;
    } catch (error) {
      // What is cached is shown all the same; a template or the user says which token it is.
      if (isLocked(problemOf(error))) return known?.sources ?? [];
      throw error;
    }
  };

  return async (connection, campaignId, chosen, signal) => {
    const adapter = clients.adapter(connection.tracker);
    const { campaigns } = await campaignLists(connection.id, LIST_MS, signal);
    const source = campaigns.find(({ id }) => id === campaignId)?.source ?? null;
    const template = connection.templates.find(({ sourceId }) => sourceId === source?.id);
    const known = source
      ? (await sourcesOf(connection, signal)).find(({ id }) => id === source.id)
      : undefined;
    const tokens: Source['tokens'] =
      known?.tokens ??
      Array.from({ length: adapter.capabilities.tokens }, (_, index) => ({
        slot: index + 1,
        name: String(index + 1),
        macro: null,
        role: null,
      }));
    const proposal = proposeTemplate({ name: source?.name ?? '', tokens });
    const proposed = proposal.placement;
    const slot: PlacementToken['slot'] =
      chosen !== null
        ? { slot: chosen, from: 'chosen' }
        : template?.placement
          ? { slot: template.placement, from: 'template' }
          : proposed !== null
            ? { slot: proposed, from: 'proposed' }
            : null;
    const macro = tokens.find((token) => token.slot === slot?.slot)?.macro ?? null;
    const meaning = meaningOf(source?.name ?? '', macro)?.meaning;
    return {
      tokens,
      slot,
      template:
        source &&
        withPlacement(
          template ?? { ...proposal, sourceId: source.id, sourceName: source.name },
          slot?.slot ?? null,
        ),
      format:
        source &&
        ((ownSourceOf(source.name, await ownSources()) ?? guessSource(source.name))?.id ?? null),
      kind: typeof meaning === 'object' ? meaning.placement : null,
    };
  };
}

/** A template with another token as the placement, which then holds no other id. */
function withPlacement(template: SourceTemplate, placement: number | null): SourceTemplate {
  const other = (slot: number | null) => (slot === placement ? null : slot);
  return {
    ...template,
    campaign: other(template.campaign),
    adSet: other(template.adSet),
    ad: other(template.ad),
    placement,
  };
}
