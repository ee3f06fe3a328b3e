import { CrosstrackError } from '../../errors.ts';
import type { Mark, MarksQuestion, SeenMark, TrackerClient } from '../adapter.ts';
import { API } from './api.ts';
import { reportRows } from './report.ts';
import { acceptedSchema } from './schema.ts';

/**
 * What is not documented: the fields of a mark's body, and the form of a mark on
 * a row. A wrong guess is noticed when a write is read back.
 */
const COLOURS: Readonly<Record<Mark, string>> = { blacklist: 'red', whitelist: 'green' };
const bodyOf = (slot: number, values: readonly string[], mark: Mark) => ({
  tokenId: slot,
  tokenValues: values,
  mark: COLOURS[mark],
});
const oneOf = (slot: number, value: string) => ({ tokenId: slot, tokenValue: value });

/** How a row without a mark may be written. */
const NONE = /^(0|none|null|false|\[\]|\{\})?$/;

/** Of a colour that means nothing to us it is at least told that it is there. */
function markIn(written: unknown): SeenMark | null {
  const inside: Record<string, unknown> = Object(written);
  const word = inside.color ?? inside.name ?? written ?? '';
  const text = (typeof word === 'object' ? JSON.stringify(word) : String(word)).toLowerCase();
  if (NONE.test(text)) return null;
  if (/black|red/.test(text)) return 'blacklist';
  return /white|green/.test(text) ? 'whitelist' : 'other';
}

/** Values per request; no limit is documented. */
const MOST = 200;

/** Marks in the campaign's report by the token. */
export async function marks(
  client: TrackerClient,
  { campaignId, slot, range }: MarksQuestion,
): Promise<ReadonlyMap<string, SeenMark>> {
  const { rows, complete } = await reportRows(client, campaignId, [`token${slot}`], range);
  if (!complete) {
    throw new CrosstrackError({
      kind: 'conflict',
      tracker: 'Binom v2',
      call: 'report',
      text: 'binom2_marks_partial',
    });
  }
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
 */
export async function setMarks(
  client: TrackerClient,
  { campaignId, slot }: MarksQuestion,
  changes: ReadonlyMap<string, Mark | null>,
): Promise<void> {
  const path = `${API}/report/mark/campaign/${encodeURIComponent(campaignId)}`;
  const valuesFor = (mark: Mark | null) =>
    [...changes].flatMap(([value, wanted]) => (wanted === mark ? [value] : []));
  const requests = [
    ...(['blacklist', 'whitelist'] as const).flatMap((mark) =>
      parts(valuesFor(mark)).map((values) => ({
        method: 'POST' as const,
        path: `${path}/multiple`,
        json: bodyOf(slot, values, mark),
      })),
    ),
    ...valuesFor(null).map((value) => ({
      method: 'DELETE' as const,
      path,
      json: oneOf(slot, value),
    })),
  ];
  for (const [index, request] of requests.entries()) {
    const asked = { ...request, call: 'mark update', write: true, empty: 'ok' } as const;
    try {
      await client.http.send({ ...asked, answer: acceptedSchema }, client.signal);
    } catch (error) {
      // What was accepted before is there, whatever became of this one.
      if (index === 0 || !(error instanceof CrosstrackError)) throw error;
      throw new CrosstrackError({ ...error.problem, maybeApplied: true }, { cause: error });
    }
  }
}

const parts = (values: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(values.length / MOST) }, (_, nth) =>
    values.slice(nth * MOST, (nth + 1) * MOST),
  );
