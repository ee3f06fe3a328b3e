import { CrosstrackError, problemOf } from '../../errors.ts';
import type { ConversionUpload } from '../../report/log.ts';
import type { TrackerClient } from '../adapter.ts';
import { amountNumber } from '../amounts.ts';
import { refuseMore } from '../logs.ts';
import { acceptedSchema } from './schema.ts';

/** Most conversions per upload; our own limit, as none is documented. */
export const MOST_UPLOADS = 500;

/** Key in `client.memory`: this account takes one conversion per request. */
const SPEAKS = 'redtrack.uploadsSingly';

/** RedTrack's name of the type of a conversion that names none. */
const DEFAULT_NAME = 'Conversion';

const written = ({ clickId, payout, at, type, campaignId }: ConversionUpload) => ({
  clickid: clickId,
  ...(payout === null ? {} : { payout: amountNumber(payout) }),
  type: type ?? DEFAULT_NAME,
  ...(at === null ? {} : { created_at: new Date(at).toISOString() }),
  ...(campaignId === null ? {} : { campaign_id: campaignId }),
});

const send = (client: TrackerClient, json: unknown): Promise<unknown> =>
  client.http.send(
    {
      call: 'conversion upload',
      method: 'POST',
      path: '/conversions',
      json,
      write: true,
      answer: acceptedSchema,
      empty: 'ok',
    },
    client.signal,
  );

/** Was the body refused as it is, so that nothing of it was applied? */
function refusedForm(error: unknown): boolean {
  if (!(error instanceof CrosstrackError)) return false;
  const { status, maybeApplied } = error.problem;
  return (status === 400 || status === 422) && maybeApplied !== true;
}

/** Uploads one by one; the failure of a later one says that earlier ones were applied. */
async function sendSingly(client: TrackerClient, bodies: readonly unknown[]): Promise<void> {
  for (const [index, body] of bodies.entries()) {
    try {
      await send(client, body);
    } catch (error) {
      if (index === 0 || !(error instanceof CrosstrackError)) throw error;
      throw new CrosstrackError({ ...problemOf(error), maybeApplied: true }, { cause: error });
    }
  }
}

/**
 * `POST /conversions`: 201 and no body. The old document takes a list, the
 * current description a single conversion; a list that is refused is sent one
 * by one. A conversion without a payout gets the offer's.
 */
export async function uploadConversions(
  client: TrackerClient,
  uploads: readonly ConversionUpload[],
): Promise<void> {
  refuseMore(uploads, MOST_UPLOADS, 'RedTrack');
  const bodies = uploads.map(written);
  if (client.memory.has(SPEAKS)) return sendSingly(client, bodies);
  try {
    await send(client, bodies);
  } catch (error) {
    if (!refusedForm(error)) throw error;
    await sendSingly(client, bodies);
    client.memory.set(SPEAKS, 'yes');
  }
}
