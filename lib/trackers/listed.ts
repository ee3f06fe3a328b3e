import type { HttpRequest, QueryValue } from '../http/http.ts';
import type { TrackerClient } from './adapter.ts';
import { allPages, type Page, type Paging } from './paging.ts';

type Query = ReadonlyArray<readonly [string, QueryValue]>;

/** A list that is fetched page by page. */
export interface Listing<Answer, Row>
  extends Omit<Paging<Row>, 'page'>,
    Pick<HttpRequest<Answer>, 'call' | 'path' | 'answer' | 'pace'> {
  readonly query?: Query;
  /** The query parameters of a page; `page` and `offset` as in `Paging`. */
  readonly pageQuery: (page: number, offset: number) => Query;
  readonly pageIn: (answer: Answer) => Page<Row>;
}

/** Fetches all pages of a list; `complete` as in `allPages`. */
export function listed<Answer, Row>(
  client: TrackerClient,
  { call, path, answer, pace, query = [], pageQuery, pageIn, ...paging }: Listing<Answer, Row>,
): Promise<{ rows: Row[]; complete: boolean }> {
  return allPages<Row>({
    ...paging,
    page: async (page, offset) =>
      pageIn(
        await client.http.send(
          {
            call,
            method: 'GET',
            path,
            query: [...query, ...pageQuery(page, offset)],
            answer,
            ...(pace === undefined ? {} : { pace }),
          },
          client.signal,
        ),
      ),
  });
}

/** Pages by `limit` and `offset`. */
export const byOffset =
  (limit: number) =>
  (_page: number, offset: number): Query => [
    ['limit', limit],
    ['offset', offset],
  ];
