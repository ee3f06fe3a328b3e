import { CrosstrackError } from '../errors.ts';

/** One page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Number of rows on all pages, where the tracker tells. */
  readonly total?: number | null | undefined;
  /** The tracker itself says whether there is a page after this one. */
  readonly more?: boolean | undefined;
}

export interface Paging<Row> {
  /** Asks for one page; `page` counts from 1, `offset` is the number of rows before it. */
  page(page: number, offset: number): Promise<Page<Row>>;
  /** What makes a row the same row on another page. */
  keyOf(row: Row): string;
  /** Rows a page, as asked for. */
  readonly limit: number;
  /** Pages after which reading stops. */
  readonly most: number;
  /** A server that knows no paging sends everything each time: its second page is the first, and all there is. */
  readonly unpaged?: boolean;
  /** A page that is not full is no sign of the last one: without a total, only an empty page is. */
  readonly untilEmpty?: boolean;
  /** Keeps what was read when the tracker asks to slow down, and calls it incomplete. */
  readonly partial?: boolean;
}

/** A server may cap pages below what was asked for; caps are round numbers. */
const isCapped = (rows: number): boolean => rows > 0 && rows % 50 === 0;

const isRate = (error: unknown): boolean =>
  error instanceof CrosstrackError && error.problem.kind === 'rate';

/**
 * All pages of a list, one after the other, each row once: rows that come in
 * while pages are read move others onto the next one.
 *
 * `complete: false` when a full page brings nothing new (a server that does not
 * page and may hold more), when the rows are fewer in the end than the tracker
 * said at any time (some went away meanwhile, and others slipped past), or when
 * a limit stops it.
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
    // Rows that look the same within one page are two rows.
    const fresh = answer.rows.filter((row) => !seen.has(paging.keyOf(row)));
    for (const row of fresh) {
      seen.add(paging.keyOf(row));
      rows.push(row);
    }
    offset += answer.rows.length;
    const total = answer.total || null;
    if (total !== null) most = Math.max(most, total);
    if (answer.rows.length === 0) return { rows, complete: rows.length >= most };
    // More than was asked for, and nobody speaks of more: the list is not paged, and this is all of it.
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
 * Rows of a list that is of use only as a whole.
 * @throws CrosstrackError `conflict` when it is not: some of it changed meanwhile, or there is too much
 */
export function wholeOf<Row>({ rows, complete }: { rows: Row[]; complete: boolean }): Row[] {
  if (complete) return rows;
  throw new CrosstrackError({ kind: 'conflict', text: 'problem_list_incomplete' });
}
