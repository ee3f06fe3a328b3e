import { z } from '../../zod.ts';
import type { Ask } from '../adapter.ts';
import { campaignSchema, sourceSchema } from './schema.ts';

/**
 * Newer versions page lists with `limit` and `offset`; older ones ignore both
 * and send everything each time.
 */
const LIMIT = 1000;
const MOST_PAGES = 50;

/** A whole list, each object once. */
async function whole<T extends { readonly id: string }>(
  ask: Ask,
  call: string,
  path: string,
  row: z.ZodMiniType<T>,
): Promise<T[]> {
  const byId = new Map<string, T>();
  for (let page = 0; page < MOST_PAGES; page++) {
    const before = byId.size;
    const rows = await ask.http.send(
      {
        call,
        method: 'GET',
        path,
        query: [
          ['limit', LIMIT],
          ['offset', page * LIMIT],
        ],
        answer: z.array(row),
      },
      ask.signal,
    );
    for (const one of rows) byId.set(one.id, one);
    // More than was asked for, or nothing new: the list is not paged.
    if (rows.length !== LIMIT || byId.size === before) break;
  }
  return [...byId.values()];
}

export const campaignAnswers = (ask: Ask) =>
  whole(ask, 'campaigns', '/admin_api/v1/campaigns', campaignSchema);

export const sourceAnswers = (ask: Ask) =>
  whole(ask, 'sources', '/admin_api/v1/traffic_sources', sourceSchema);

/** Archived: answers say `deleted`, the table of fields `removed`. */
export const isGone = ({ state }: { readonly state: string }): boolean =>
  state === 'deleted' || state === 'removed';
