import type { TrackerClient } from '../adapter.ts';
import { acceptedSchema } from './schema.ts';

const ACTIVE = 1;
const PAUSED = 2;

/** `PATCH /campaigns/status`: pauses or resumes a whole campaign; the answer may have no body. */
export async function setActive(
  client: TrackerClient,
  campaignId: string,
  active: boolean,
): Promise<void> {
  await client.http.send(
    {
      call: active ? 'resume' : 'pause',
      method: 'PATCH',
      path: '/campaigns/status',
      query: [
        ['ids', campaignId],
        ['status', active ? ACTIVE : PAUSED],
      ],
      write: true,
      answer: acceptedSchema,
      empty: 'ok',
    },
    client.signal,
  );
}
