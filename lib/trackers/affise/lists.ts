import type { TrackerCall } from '../../errors.ts';
import type { z } from '../../zod.ts';
import type { Ask } from '../adapter.ts';
import { allPages } from '../all-pages.ts';
import type { Pagination } from './schema.ts';

/** Rows a page; working clients ask for no more. A platform may give fewer. */
const LIMIT = 500;
const MOST_PAGES = 1000;

interface Listing<Answer, Row> {
  readonly call: TrackerCall;
  readonly path: string;
  readonly query?: ReadonlyArray<readonly [string, string]>;
  readonly answer: z.ZodMiniType<Answer>;
  readonly rows: (answer: Answer) => readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Keeps what was read when the platform asks to slow down, and calls it incomplete. */
  readonly partial?: boolean;
}

/** All pages of a list; `complete` as `allPages` says. */
export function listed<Answer extends { readonly pagination?: Pagination }, Row>(
  ask: Ask,
  { call, path, query = [], answer, rows, keyOf, partial = false }: Listing<Answer, Row>,
): Promise<{ rows: Row[]; complete: boolean }> {
  return allPages<Row>({
    limit: LIMIT,
    most: MOST_PAGES,
    partial,
    keyOf,
    async page(page) {
      const read = await ask.http.send(
        {
          call,
          method: 'GET',
          path,
          query: [...query, ['page', page], ['limit', LIMIT]],
          answer,
        },
        ask.signal,
      );
      const { pagination } = read;
      return {
        rows: rows(read),
        total: pagination?.total_count,
        // Newer answers name the next page; the last one names none.
        more: pagination?.next_page ? true : undefined,
      };
    },
  });
}
