import type { TrackerClient } from '../adapter.ts';
import { listed as allListed, type Listing } from '../listed.ts';
import type { Pagination } from './schema.ts';

/** Most rows per page. A platform may give fewer. */
const LIMIT = 500;
const MOST_PAGES = 1000;

type ListOf<Answer, Row> = Pick<
  Listing<Answer, Row>,
  'call' | 'path' | 'query' | 'answer' | 'keyOf' | 'partial'
> & { readonly rows: (answer: Answer) => readonly Row[] };

/** Fetches all pages of a list; `complete` as in `allPages`. */
export const listed = <Answer extends { readonly pagination?: Pagination }, Row>(
  client: TrackerClient,
  { rows, ...list }: ListOf<Answer, Row>,
) =>
  allListed(client, {
    ...list,
    pageQuery: (page) => [
      ['page', page],
      ['limit', LIMIT],
    ],
    pageIn: (answer) => ({
      rows: rows(answer),
      total: answer.pagination?.total_count,
      // Newer answers name the next page, except on the last one.
      more: answer.pagination?.next_page ? true : undefined,
    }),
    limit: LIMIT,
    most: MOST_PAGES,
  });
