import type { TrackerCall } from '../../errors.ts';
import { problemOf } from '../../errors.ts';
import type { z } from '../../zod.ts';
import type { Lander, Offer, TrackerClient } from '../adapter.ts';
import { landerSchema, offerSchema, rowsOf, sourceSchema } from './schema.ts';
import { scriptOf } from './script.ts';

/** The documents have these calls at `index.php`, whatever the script of the others is called. */
const OBJECTS = '/index.php';

/** Nothing that takes a key is there: no file, or a page of something else. */
const isElsewhere = (error: unknown): boolean => {
  const { kind, status, text } = problemOf(error);
  return status === 404 || kind === 'shape' || text === 'binom_login_page';
};

/** A renamed script leaves no `index.php`, or a page of another kind there: then it takes these calls as well. */
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
