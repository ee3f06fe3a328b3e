import { CrosstrackError } from '../../errors.ts';
import type { Mark, MarksQuestion, TrackerClient } from '../adapter.ts';
import { numericId } from '../numbers.ts';
import { refuseUnscheduled, scheduledSchema } from './scheduled.ts';
import { type LabelsAnswer, labelsSchema } from './schema.ts';

/** `ref_name` takes fewer tokens than reports do. */
const LABEL_TOKENS = 10;
/** They all go into one request; no limit is documented. */
export const MOST_LABELS = 10_000;
const MARKS = ['blacklist', 'whitelist'] as const;
const VALUE_FIELDS = ['value', 'ref', 'name', 'ref_value'];

function refOf(slot: number): string {
  if (slot >= 1 && slot <= LABEL_TOKENS) return `sub_id_${slot}`;
  throw new CrosstrackError({
    kind: 'unsupported',
    tracker: 'Keitaro',
    text: 'keitaro_label_token',
    values: [String(LABEL_TOKENS)],
  });
}

/** Values with this label, whatever the form of the answer. */
function valuesIn(answer: LabelsAnswer, wanted: Mark): string[] {
  if (!Array.isArray(answer)) {
    return [...answer].flatMap(([value, label]) => (label === wanted ? [value] : []));
  }
  return answer.flatMap((entry) => {
    if (typeof entry !== 'object') return [String(entry)];
    if (typeof entry.label === 'string' && entry.label !== wanted) return [];
    // A numeric value may come as a number. If it were skipped, the next write would lose it.
    const value = VALUE_FIELDS.map((name) => entry[name]).find(
      (field) => typeof field === 'string' || typeof field === 'number',
    );
    return value === undefined ? [] : [String(value)];
  });
}

/** Values of a token that are labelled in a campaign, by `GET /report/labels`. */
export async function marks(
  client: TrackerClient,
  { campaignId, slot }: MarksQuestion,
): Promise<ReadonlyMap<string, Mark>> {
  const ref = refOf(slot);
  const lists = await Promise.all(
    MARKS.map(async (mark) => {
      const answer = await client.http.send(
        {
          call: 'labels',
          method: 'GET',
          path: '/admin_api/v1/report/labels',
          query: [
            ['campaign_id', campaignId],
            ['ref_name', ref],
            ['label_name', mark],
          ],
          answer: labelsSchema,
        },
        client.signal,
      );
      return valuesIn(answer, mark).map((value) => [value, mark] as const);
    }),
  );
  return new Map(lists.flat());
}

/**
 * Labels values by `POST /report/labels`; an empty label clears one. Existing
 * labels are sent along, because it is not documented whether the call merges.
 */
export async function setMarks(
  client: TrackerClient,
  question: MarksQuestion,
  changes: ReadonlyMap<string, Mark | null>,
): Promise<void> {
  const merged = new Map<string, Mark | null>([...(await marks(client, question)), ...changes]);
  const answer = await client.http.send(
    {
      call: 'label update',
      method: 'POST',
      path: '/admin_api/v1/report/labels',
      json: {
        campaign_id: numericId(question.campaignId),
        ref_name: refOf(question.slot),
        items: Object.fromEntries([...merged].map(([value, mark]) => [value, mark ?? ''])),
      },
      write: true,
      answer: scheduledSchema,
    },
    client.signal,
  );
  refuseUnscheduled(answer, 'label update', 'keitaro_labels_refused');
}
