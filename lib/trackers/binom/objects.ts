import type { TrackerCall } from '../../errors.ts';
import { problemOf } from '../../errors.ts';
import type { z } from '../../zod.ts';
import type { Lander, Offer, TrackerClient } from '../adapter.ts';
import { urlIn } from '../addresses.ts';
import { landerSchema, offerSchema, rowsOf, sourceSchema } from './schema.ts';
import { scriptOf } from './script.ts';

/** The documentation has these calls at `index.php`, whatever the name of the script for all others. */
const OBJECTS = '/index.php';

/** Is something else there than the tracker's script: no file, or another page? */
const isElsewhere = (error: unknown): boolean => {
  const { kind, status, text } = problemOf(error);
  return status === 404 || kind === 'shape' || text === 'binom_login_page';
};

/** If the script was renamed, `index.php` may be gone or be another page; then the script takes these calls as well. */
async function getAll<T>(
  client: TrackerClient,
  call: TrackerCall,
  action: string,
  row: z.ZodMiniType<T>,
): Promise<T[]> {
  const send = (path: string) =>
    client.http.send(
      { call, method: 'GET', path, query: [['action', action]], answer: rowsOf(row) },
      client.signal,
    );
  const script = scriptOf(client.connection);
  try {
    return await send(OBJECTS);
  } catch (error) {
    if (script === OBJECTS || !isElsewhere(error)) throw error;
    return send(script);
  }
}

const DELETED = '0';

/** `action=offer_getall`; the payout is in the tracker's currency. */
export async function offers(client: TrackerClient): Promise<Offer[]> {
  const rows = await getAll(client, 'offers', 'offer_getall', offerSchema);
  return rows
    .filter(({ status }) => status !== DELETED)
    .map((row) => ({
      id: row.id,
      name: row.name,
      active: true,
      payout:
        row.auto_payout === '1' || row.payout === null || row.payout === undefined
          ? null
          : { amount: row.payout, currency: client.connection.currency },
      network: row.network_name || null,
      ...urlIn(row.url),
    }));
}

/** `action=landing_getall`. */
export async function landers(client: TrackerClient): Promise<Lander[]> {
  const rows = await getAll(client, 'landers', 'landing_getall', landerSchema);
  return rows
    .filter(({ status }) => status !== DELETED)
    .map(({ id, name }) => ({ id, name, active: true }));
}

/** `action=source_getall`. */
export const sourceAnswers = (client: TrackerClient) =>
  getAll(client, 'sources', 'source_getall', sourceSchema);
