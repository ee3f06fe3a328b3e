import { CrosstrackError } from '../../errors.ts';
import { roleOfMacro } from '../../sources/macros.ts';
import type { Source, TrackerClient } from '../adapter.ts';
import { API, TOKENS } from './api.ts';
import { listOf, sourceDetailsSchema, sourceSchema, type TokenAnswer } from './schema.ts';

export const sourceList = (client: TrackerClient) =>
  client.http.send(
    {
      call: 'sources',
      method: 'GET',
      path: `${API}/traffic_source/list/filtered`,
      answer: listOf(sourceSchema),
    },
    client.signal,
  );

/** Ids of sources by name; none for a key that may not read them, and names stand in for ids then. */
export async function sourceIds(client: TrackerClient): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map((await sourceList(client)).map(({ id, name }) => [name, id]));
  } catch (error) {
    const status = error instanceof CrosstrackError ? error.problem.status : undefined;
    if (status === 403 || status === 404) return new Map();
    throw error;
  }
}

/** First of these fields that holds text. */
function textIn(of: TokenAnswer, fields: readonly string[]): string {
  for (const field of fields) {
    const value = of[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

const slotIn = (written: unknown): number | null => {
  const slot = /^\d{1,2}$/.test(String(written)) ? Number(written) : 0;
  return slot >= 1 && slot <= TOKENS ? slot : null;
};

/**
 * Tokens with their slots. An object has them as its keys, beside `external_id`
 * and `cost`, which are no tokens; in a list a token's place is its slot, unless
 * every token has an id that is one.
 */
function bySlot(tokens: Readonly<Record<string, TokenAnswer>> | ReadonlyArray<TokenAnswer | null>) {
  if (!Array.isArray(tokens)) {
    return Object.entries(tokens as Readonly<Record<string, TokenAnswer>>).flatMap(
      ([key, token]) => {
        const isNamed = /\D/.test(key);
        const slot = isNamed ? null : (slotIn(key) ?? slotIn(token.id));
        return slot === null ? [] : [{ slot, token }];
      },
    );
  }
  const list = tokens as ReadonlyArray<TokenAnswer | null>;
  const ids = new Set(list.map((token) => slotIn(token?.id)));
  const areSlots = ids.size === list.length && !ids.has(null);
  return list.flatMap((token, index) => {
    const slot = areSlots ? slotIn(token?.id) : slotIn(index + 1);
    return token === null || slot === null ? [] : [{ slot, token }];
  });
}

/** Tokens of one source. */
export async function tokensOf(client: TrackerClient, sourceId: string): Promise<Source['tokens']> {
  const { tokens } = await client.http.send(
    {
      call: 'sources',
      method: 'GET',
      path: `${API}/traffic_source/${encodeURIComponent(sourceId)}`,
      answer: sourceDetailsSchema,
    },
    client.signal,
  );
  return bySlot(tokens ?? [])
    .flatMap(({ slot, token }) => {
      const parameter = textIn(token, ['parameter', 'param']);
      const name = textIn(token, ['name', 'title']) || parameter || textIn(token, ['alias']);
      const macro = textIn(token, ['placeholder', 'value', 'macro', 'token']) || null;
      if (name === '' && macro === null) return [];
      return [
        {
          slot,
          name: name || `Token ${slot}`,
          // A macro alone says what the source sends, not as what.
          ...(name === '' ? { parameter: null } : {}),
          ...(parameter === '' || parameter === name ? {} : { parameter }),
          macro,
          role: roleOfMacro(parameter || name, macro),
        },
      ];
    })
    .sort((a, b) => a.slot - b.slot);
}

/** Traffic sources; each has to be asked for its tokens. */
export async function sources(client: TrackerClient): Promise<Source[]> {
  const list = await sourceList(client);
  return Promise.all(
    list.map(async ({ id, name }) => ({ id, name, tokens: await tokensOf(client, id) })),
  );
}
