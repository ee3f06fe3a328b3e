import { CrosstrackError } from '../../errors.ts';
import type { Mark, MarksQuestion, TrackerClient } from '../adapter.ts';
import { API } from './api.ts';
import { reportRows } from './report.ts';
import { acceptedSchema } from './schema.ts';

/**
 * What is not documented: the fields of a mark's body, and the form of a mark on
 * a row. Marks are read back after a write, so that a wrong guess is an error and
 * does not go unnoticed.
 */
const COLOURS: Readonly<Record<Mark, string>> = { blacklist: 'red', whitelist: 'green' };
const bodyOf = (slot: number, values: readonly string[], mark: Mark) => ({
  tokenId: slot,
  tokenValues: values,
  mark: COLOURS[mark],
});
const oneOf = (slot: number, value: string) => ({ tokenId: slot, tokenValue: value });

function markIn(written: unknown): Mark | null {
  const inside: Record<string, unknown> = Object(written);
  const word = typeof written === 'string' ? written : (inside.color ?? inside.name ?? '');
  const text = String(word).toLowerCase();
  if (/black|red/.test(text)) return 'blacklist';
  return /white|green/.test(text) ? 'whitelist' : null;
}

/** Values per request; no limit is documented. */
const MOST = 200;
export const MOST_MARKS = MOST;

/** Marks in the campaign's report by the token. */
export async function marks(
  client: TrackerClient,
  { campaignId, slot, range }: MarksQuestion,
): Promise<ReadonlyMap<string, Mark>> {
  const { rows } = await reportRows(client, campaignId, [`token${slot}`], range);
  return new Map(
    rows.flatMap(({ name, mark }) => {
      const known = markIn(mark);
      return known === null ? [] : [[name, known] as const];
    }),
  );
}

/**
 * Marks values of a token (`POST …/multiple`) and removes marks (`DELETE`, one by
 * one). Other values keep theirs.
 * @throws CrosstrackError `conflict` when a mark is not there afterwards
 */
export async function setMarks(
  client: TrackerClient,
  question: MarksQuestion,
  changes: ReadonlyMap<string, Mark | null>,
): Promise<void> {
  const { campaignId, slot } = question;
  const path = `${API}/report/mark/campaign/${encodeURIComponent(campaignId)}`;
  const call = 'mark update';
  for (const mark of ['blacklist', 'whitelist'] as const) {
    const values = [...changes].flatMap(([value, wanted]) => (wanted === mark ? [value] : []));
    for (let at = 0; at < values.length; at += MOST) {
      await client.http.send(
        {
          call,
          method: 'POST',
          path: `${path}/multiple`,
          json: bodyOf(slot, values.slice(at, at + MOST), mark),
          write: true,
          answer: acceptedSchema,
          empty: 'ok',
        },
        client.signal,
      );
    }
  }
  for (const [value, mark] of changes) {
    if (mark !== null) continue;
    await client.http.send(
      {
        call,
        method: 'DELETE',
        path,
        json: oneOf(slot, value),
        write: true,
        answer: acceptedSchema,
        empty: 'ok',
      },
      client.signal,
    );
  }
  const after = await marks(client, question);
  const missing = [...changes].filter(([value, mark]) => (after.get(value) ?? null) !== mark);
  if (missing.length > 0) {
    throw new CrosstrackError({
      kind: 'conflict',
      tracker: 'Binom v2',
      call,
      text: 'binom2_marks_missing',
      values: [String(missing.length), String(changes.size)],
      maybeApplied: true,
    });
  }
}
