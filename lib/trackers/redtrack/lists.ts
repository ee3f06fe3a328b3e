import { CrosstrackError } from '../../errors.ts';
import type { z } from '../../zod.ts';
import type { Ask } from '../adapter.ts';
import { listOf } from './schema.ts';

interface Listing<T> {
  readonly call: string;
  readonly path: string;
  readonly query?: ReadonlyArray<readonly [string, string]>;
  readonly row: z.ZodMiniType<T>;
  /** Rows a page; /report and the lists have different limits. */
  readonly per: number;
  readonly pace?: string;
  /** Keeps what was read when the limit of a minute is reached, and calls it incomplete. */
  readonly partial?: true;
}

/** Pages after which reading stops and the answer is called incomplete. */
const MAX_PAGES = 100;

function limited(error: unknown): boolean {
  return error instanceof CrosstrackError && error.problem.kind === 'rate';
}

/**
 * All pages of a list, one after the other. A page shorter than `per` is the last one. A page that
 * begins like the one before it is the same page again (a server that does not
 * page): it is dropped, and the list is called incomplete.
 */
export async function allPages<T>(
  ask: Ask,
  listing: Listing<T>,
): Promise<{ rows: T[]; complete: boolean }> {
  const { call, path, query = [], row, per, pace, partial } = listing;
  const rows: T[] = [];
  let before = '';
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const request = {
      call,
      method: 'GET',
      path,
      query: [...query, ['page', page], ['per', per]],
      answer: listOf(row),
      ...(pace === undefined ? {} : { pace }),
    } as const;
    const answer = await ask.http.send(request, ask.signal).catch((error: unknown) => {
      if (partial && page > 1 && limited(error)) return null;
      throw error;
    });
    if (answer === null) return { rows, complete: false };
    const first = JSON.stringify(answer[0]);
    if (answer.length > 0 && first === before) return { rows, complete: false };
    rows.push(...answer);
    if (answer.length !== per) return { rows, complete: true };
    before = first;
  }
  return { rows, complete: false };
}
