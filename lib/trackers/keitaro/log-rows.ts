import type { TrackerCall } from '../../errors.ts';
import type { LogQuestion } from '../../report/log.ts';
import type { TrackerClient } from '../adapter.ts';
import { tokenFields } from '../logs.ts';
import { numericId } from '../numbers.ts';
import { allPages } from '../paging.ts';
import { type LogAnswer, type LogRowAnswer, logSchema } from './schema.ts';
import { isValidation } from './vocabulary.ts';

const LIMIT = 1000;
const MOST_PAGES = 200;
/** Token columns: 30 in newer versions, 10 in older ones. */
const TOKENS = 30;
const OLD_TOKENS = 10;
/** All token columns that an answer may have. */
export const SUBS = tokenFields('sub_id_', TOKENS);

/** One way of asking for a log; versions differ in the names of columns. */
export interface Wording {
  readonly columns: readonly string[];
  /** Column by which the pages are sorted; it does not change while they are read. */
  readonly sort: string;
}

export interface LogRequest {
  readonly call: TrackerCall;
  readonly path: string;
  /** From the newest version's to the oldest's, without the token columns. */
  readonly wordings: readonly Wording[];
  readonly keyOf: (row: LogRowAnswer) => string;
}

/**
 * All pages of a log. A version that refuses a column, or answers without the
 * column that it is sorted by, is asked in the next wording; the one that was
 * understood is remembered.
 */
export function logRows(client: TrackerClient, request: LogRequest, question: LogQuestion) {
  const wordings: Wording[] = [TOKENS, OLD_TOKENS].flatMap((tokens) =>
    request.wordings.map(({ columns, sort }) => ({
      columns: [...columns, ...SUBS.slice(0, tokens)],
      sort,
    })),
  );
  const memory = `log:${request.path}`;
  const understood = (wording: Wording) =>
    client.memory.set(memory, String(wordings.indexOf(wording)));
  const ask = async (offset: number) => {
    const known = wordings[Number(client.memory.get(memory))];
    const others = wordings.filter((wording) => wording !== known);
    let incomplete: { wording: Wording; answer: LogAnswer } | null = null;
    let refused: { error: unknown } | null = null;
    for (const wording of known ? [known, ...others] : others) {
      try {
        const answer = await send(client, request, question, wording, offset);
        const [row] = answer.rows;
        if (row === undefined) return answer;
        if (wording === known || wording.sort in row) {
          understood(wording);
          return answer;
        }
        incomplete ??= { wording, answer };
      } catch (error) {
        if (!isValidation(error)) throw error;
        refused ??= { error };
      }
    }
    // Refused in every wording: something else was wrong, and the first refusal says what.
    if (incomplete === null) throw refused?.error;
    understood(incomplete.wording);
    return incomplete.answer;
  };
  return allPages<LogRowAnswer>({
    limit: LIMIT,
    most: MOST_PAGES,
    page: (_, offset) => ask(offset),
    keyOf: request.keyOf,
  });
}

const send = (
  client: TrackerClient,
  { call, path }: LogRequest,
  { range, campaignId, clickId }: LogQuestion,
  { columns, sort }: Wording,
  offset: number,
) =>
  client.http.send(
    {
      call,
      method: 'POST',
      path: `/admin_api/v1${path}`,
      json: {
        range: { from: range.from, to: range.to, timezone: range.zone },
        columns,
        filters: [
          ...(campaignId === null ? [] : [filter('campaign_id', numericId(campaignId))]),
          ...(clickId === null ? [] : [filter('sub_id', clickId)]),
        ],
        sort: [{ name: sort, order: 'ASC' }],
        limit: LIMIT,
        offset,
      },
      answer: logSchema,
    },
    client.signal,
  );

const filter = (name: string, expression: string | number) => ({
  name,
  operator: 'EQUALS',
  expression,
});
