import { CrosstrackError } from '../../errors.ts';
import { z } from '../../zod.ts';
import type { TrackerClient } from '../adapter.ts';
import { campaignSchema } from './schema.ts';

/** The campaign in its new state; some versions wrap it in a list. */
const answer = z.pipe(
  z.transform((value: unknown) => (Array.isArray(value) ? value[0] : value)),
  campaignSchema,
);

/**
 * Pauses (`disable`) or resumes (`enable`) a whole campaign.
 * @throws CrosstrackError `conflict` when the tracker answers with another state than asked for
 */
export async function setActive(
  client: TrackerClient,
  campaignId: string,
  active: boolean,
): Promise<void> {
  const call = active ? 'resume' : 'pause';
  const { state } = await client.http.send(
    {
      call,
      method: 'POST',
      path: `/admin_api/v1/campaigns/${encodeURIComponent(campaignId)}/${active ? 'enable' : 'disable'}`,
      write: true,
      answer,
    },
    client.signal,
  );
  if (state !== '' && (state === 'active') !== active) {
    throw new CrosstrackError({
      kind: 'conflict',
      tracker: 'Keitaro',
      call,
      text: 'keitaro_state',
      values: [state],
    });
  }
}
