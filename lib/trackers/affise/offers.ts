import { CrosstrackError, isAbort, type ProblemKind, problemOf } from '../../errors.ts';
import type { Campaign, CheckFacts, Offer, TrackerClient } from '../adapter.ts';
import { wholeOf } from '../paging.ts';
import { listed } from './lists.ts';
import { anySchema, balanceSchema, offersSchema } from './schema.ts';

/** Offers as an affiliate sees them, and as an administrator does. */
const PATHS = ['/3.0/partner/offers', '/3.0/offers'] as const;
/** An administrator's list has active offers only unless it is asked for the others; an affiliate's takes no state. */
const STATES: ReadonlyArray<readonly [string, string]> = ['active', 'stopped', 'suspended'].map(
  (state) => ['status[]', state],
);
const statesFor = (path: string) => (path === PATHS[1] ? STATES : []);
/** Key in `client.memory`: the one of them that this key may ask. */
const SPEAKS = 'affise.offers';

/** Does this refusal mean that the other kind of key is wanted? */
function otherKind(error: unknown): boolean {
  if (!(error instanceof CrosstrackError)) return false;
  return error.problem.kind === 'permission' || error.problem.status === 404;
}

/**
 * Asks for offers where this key may: the affiliate's list first, the other one
 * when that is denied. What worked is remembered for the connection.
 */
async function withPath<T>(client: TrackerClient, use: (path: string) => Promise<T>): Promise<T> {
  const known = client.memory.get(SPEAKS);
  if (known !== undefined) return use(known);
  const [first, second] = PATHS;
  try {
    const answer = await use(first);
    client.memory.set(SPEAKS, first);
    return answer;
  } catch (error) {
    if (!otherKind(error)) throw error;
  }
  const answer = await use(second);
  client.memory.set(SPEAKS, second);
  return answer;
}

function allOffers(client: TrackerClient) {
  return withPath(client, (path) =>
    listed(client, {
      call: 'offers',
      path,
      query: statesFor(path),
      answer: offersSchema,
      rows: (answer) => answer.offers ?? [],
      keyOf: ({ id }) => id,
    }),
  );
}

const isActive = ({ status }: { readonly status: string }): boolean =>
  status === '' || status === 'active';

/** All offers, by the number that statistics know them by. Stopped and suspended ones are inactive. */
export async function campaigns(client: TrackerClient): Promise<Campaign[]> {
  const rows = wholeOf(await allOffers(client));
  return rows.map((offer) => ({
    id: offer.id,
    name: offer.title,
    active: isActive(offer),
    source: null,
  }));
}

/** The same with the payout, where there is one of a fixed amount. */
export async function offers(client: TrackerClient): Promise<Offer[]> {
  const rows = wholeOf(await allOffers(client));
  return rows.map((offer) => {
    const [only, ...others] = offer.payments ?? [];
    const fixed = only && others.length === 0 && only.type !== 'percent' && only.revenue;
    return {
      id: offer.id,
      name: offer.title,
      active: isActive(offer),
      payout: fixed ? { amount: fixed, currency: only.currency.toUpperCase() } : null,
      network: null,
    };
  });
}

/** Number of offers: the platform's own count where it gives one, else the length of the list. */
async function count(client: TrackerClient): Promise<number> {
  const { pagination } = await withPath(client, (path) =>
    client.http.send(
      {
        call: 'offers',
        method: 'GET',
        path,
        query: [...statesFor(path), ['page', 1], ['limit', 1]],
        answer: offersSchema,
      },
      client.signal,
    ),
  );
  return pagination?.total_count ?? (await campaigns(client)).length;
}

/** Failures of the balance that say nothing of the key: it is asked for its currency only. */
const BY_THE_WAY: ReadonlySet<ProblemKind> = new Set(['permission', 'conflict', 'shape']);

/** The account's currency where the balance has just one; an administrator has no balance. */
async function currency(client: TrackerClient): Promise<string | null> {
  try {
    const { balance } = await client.http.send(
      { call: 'balance', method: 'GET', path: '/3.0/balance', answer: balanceSchema },
      client.signal,
    );
    const [only, ...others] = Object.keys(balance ?? {});
    return only !== undefined && others.length === 0 && /^[A-Z]{3}$/.test(only) ? only : null;
  } catch (error) {
    if (isAbort(error) || !BY_THE_WAY.has(problemOf(error).kind)) throw error;
    return null;
  }
}

/** Whose key it is: an administrator's may ask under `/3.0/admin`. */
async function isAdmin(client: TrackerClient): Promise<boolean> {
  try {
    await client.http.send(
      { call: 'rights', method: 'GET', path: '/3.0/admin/currency', answer: anySchema },
      client.signal,
    );
    return true;
  } catch (error) {
    if (isAbort(error) || !otherKind(error)) throw error;
    return false;
  }
}

/** Balance proves an affiliate's key, the offers any key. Affise names neither account nor zone. */
export async function check(client: TrackerClient): Promise<CheckFacts> {
  const [money, campaigns, admin] = await Promise.all([
    currency(client),
    count(client),
    isAdmin(client),
  ]);
  return {
    account: null,
    version: '3.0',
    campaigns,
    zone: null,
    currency: money,
    role: admin ? 'admin' : 'affiliate',
    mayWrite: admin,
  };
}
