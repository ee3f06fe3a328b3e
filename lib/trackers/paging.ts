import { CrosstrackError } from '../errors.ts';

/** One page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Number of rows on all pages, if the tracker reports it. */
  readonly total?: number | null | undefined;
  /** Whether there is a next page, if the tracker reports it. */
  readonly more?: boolean | undefined;
}

export interface Paging<Row> {
  /** Fetches one page; `page` counts from 1, `offset` is the number of rows before it. */
  page(page: number, offset: number): Promise<Page<Row>>;
  /** Identifies a row across pages. */
  keyOf(row: Row): string;
  /** Requested rows per page. */
  readonly limit: number;
  /** Most pages to fetch. */
  readonly most: number;
  /** The server ignores paging and always returns everything: a second page that equals the first is the end. */
  readonly unpaged?: boolean;
  /** A short page need not be the last: without a total, only an empty page is. */
  readonly untilEmpty?: boolean;
  /** On a rate limit, returns the rows so far as incomplete instead of rejecting. */
  readonly partial?: boolean;
}

/** A server may cap pages below the requested size; caps are round numbers. */
const isCapped = (rows: number): boolean => rows > 0 && rows % 50 === 0;

const isRate = (error: unknown): boolean =>
  error instanceof CrosstrackError && error.problem.kind === 'rate';

/**
 * Fetches all pages of a list in sequence. Each row appears once, although new rows may push others
 * onto the next page meanwhile.
 *
 * `complete: false` when a full page brings nothing new (a server that ignores paging and may hold
 * more), when there are fewer rows than the tracker ever reported (some were removed meanwhile, and
 * others slipped past), or when a limit stops it.
 */
export async function allPages<Row>(
  paging: Paging<Row>,
): Promise<{ rows: Row[]; complete: boolean }> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  let offset = 0;
  let most = 0;
  for (let page = 1; page <= paging.most; page++) {
    let answer: Page<Row>;
    try {
      answer = await paging.page(page, offset);
    } catch (error) {
      if (paging.partial && page > 1 && isRate(error)) return { rows, complete: false };
      throw error;
    }
    // Equal rows within one page are distinct rows.
    const fresh = answer.rows.filter((row) => !seen.has(paging.keyOf(row)));
    for (const row of fresh) {
      seen.add(paging.keyOf(row));
      rows.push(row);
    }
    offset += answer.rows.length;
    const total = answer.total || null;
    if (total !== null) most = Math.max(most, total);
    if (answer.rows.length === 0) return { rows, complete: rows.length >= most };
    // More rows than requested, and no word of a next page: the list is not paged, and this is all.
    const unpaged = answer.more === undefined && answer.rows.length > paging.limit;
    if (page === 1 && unpaged && rows.length >= most) return { rows, complete: true };
    if (fresh.length === 0) {
      const same = page === 2 && answer.rows.length === rows.length;
      const whole = paging.unpaged === true || answer.rows.length < paging.limit;
      return { rows, complete: same && whole && rows.length >= most };
    }
    const full = answer.rows.length >= paging.limit || isCapped(answer.rows.length);
    const more = answer.more ?? (total === null ? paging.untilEmpty || full : offset < total);
    if (!more) return { rows, complete: rows.length >= most };
  }
  return { rows, complete: false };
}

/**
 * The rows of a list that is useful only if complete.
 * @throws CrosstrackError `conflict` when it is not: it changed meanwhile, or is too long
 */
export function wholeOf<Row>({ rows, complete }: { rows: Row[]; complete: boolean }): Row[] {
  if (complete) return rows;
  throw new CrosstrackError({ kind: 'conflict', text: 'problem_list_incomplete' });
}
