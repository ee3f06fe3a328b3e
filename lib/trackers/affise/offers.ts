import { CrosstrackError, isAbort } from '../../errors.ts';
import type { Ask, Campaign, CheckFacts } from '../adapter.ts';
import { allPages } from './lists.ts';
import { balanceSchema, offersSchema } from './schema.ts';

/** Offers as an affiliate sees them, and as an administrator does. */
const PATHS = ['/3.0/partner/offers', '/3.0/offers'] as const;
/** Key in `ask.memory`: the one of them that this key may ask. */
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
async function withPath<T>(ask: Ask, use: (path: string) => Promise<T>): Promise<T> {
  const known = ask.memory.get(SPEAKS);
  if (known !== undefined) return use(known);
  const [first, second] = PATHS;
  try {
    const answer = await use(first);
    ask.memory.set(SPEAKS, first);
    return answer;
  } catch (error) {
    if (!otherKind(error)) throw error;
  }
  const answer = await use(second);
  ask.memory.set(SPEAKS, second);
  return answer;
}

/** All offers, by the number that statistics know them by. Stopped and suspended ones are inactive. */
export async function campaigns(ask: Ask): Promise<Campaign[]> {
  const { rows } = await withPath(ask, (path) =>
    allPages(ask, {
      call: 'offers',
      path,
      answer: offersSchema,
      rows: (answer) => answer.offers ?? [],
    }),
  );
  return rows.map((offer) => ({
    id: offer.id,
    name: offer.title,
    active: offer.status === '' || offer.status === 'active',
    source: null,
  }));
}

/** Number of offers: the platform's own count where it gives one, else the length of the list. */
async function count(ask: Ask): Promise<number> {
  const { pagination } = await withPath(ask, (path) =>
    ask.http.send(
      {
        call: 'offers',
        method: 'GET',
        path,
        query: [
          ['page', 1],
          ['limit', 1],
        ],
        answer: offersSchema,
      },
      ask.signal,
    ),
  );
  return pagination?.total_count ?? (await campaigns(ask)).length;
}

/** The account's currency where the balance has just one; an administrator has no balance. */
async function currency(ask: Ask): Promise<string | null> {
  try {
    const { balance } = await ask.http.send(
      { call: 'balance', method: 'GET', path: '/3.0/balance', answer: balanceSchema },
      ask.signal,
    );
    const [only, ...others] = Object.keys(balance ?? {});
    return only !== undefined && others.length === 0 && /^[A-Z]{3}$/.test(only) ? only : null;
  } catch (error) {
    if (isAbort(error) || !otherKind(error)) throw error;
    return null;
  }
}

/** Balance proves an affiliate's key, the offers any key. Affise names neither account nor zone. */
export async function check(ask: Ask): Promise<CheckFacts> {
  const money = await currency(ask);
  return {
    account: null,
    version: null,
    campaigns: await count(ask),
    zone: null,
    currency: money,
  };
}
