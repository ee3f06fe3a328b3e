import { CrosstrackError } from '../../errors.ts';
import type { z } from '../../zod.ts';
import type { Ask } from '../adapter.ts';
import type { Pagination } from './schema.ts';

/** Rows a page; working clients ask for no more. A platform may give fewer. */
const LIMIT = 500;
/** Pages after which reading stops and the answer is called incomplete. */
const MAX_PAGES = 200;

interface Listing<Answer, Row> {
  readonly call: string;
  readonly path: string;
  readonly query?: ReadonlyArray<readonly [string, string]>;
  readonly answer: z.ZodMiniType<Answer>;
  readonly rows: (answer: Answer) => readonly Row[];
  /** Keeps what was read when the platform asks to slow down, and calls it incomplete. */
  readonly partial?: true;
}

/** Is there a page after this one, of which `got` rows came and `all` rows so far? */
function more(pagination: Pagination, got: number, all: number): boolean {
  if (got === 0) return false;
  if (pagination?.next_page) return true;
  if (typeof pagination?.total_count === 'number') return all < pagination.total_count;
  return got >= LIMIT;
}

function limited(error: unknown): boolean {
  return error instanceof CrosstrackError && error.problem.kind === 'rate';
}

/**
 * All pages of a list. A page that begins like the one before it is the same
 * page again: it is dropped, and the list is called incomplete.
 */
export async function allPages<Answer extends { readonly pagination?: Pagination }, Row>(
  ask: Ask,
  { call, path, query = [], answer, rows: rowsOf, partial }: Listing<Answer, Row>,
): Promise<{ rows: Row[]; complete: boolean }> {
  const rows: Row[] = [];
  let before = '';
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const request = {
      call,
      method: 'GET',
      path,
      query: [...query, ['page', page], ['limit', LIMIT]],
      answer,
    } as const;
    const read = await ask.http.send(request, ask.signal).catch((error: unknown) => {
      if (partial && page > 1 && limited(error)) return null;
      throw error;
    });
    if (read === null) return { rows, complete: false };
    const got = rowsOf(read);
    const first = JSON.stringify(got[0]);
    if (got.length > 0 && first === before) return { rows, complete: false };
    rows.push(...got);
    if (!more(read.pagination, got.length, rows.length)) return { rows, complete: true };
    before = first;
  }
  return { rows, complete: false };
}
