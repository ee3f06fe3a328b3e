import { CrosstrackError } from '../../errors.ts';
import type { Cap } from '../../report/caps.ts';
import type { Campaign, CheckFacts, Offer, TrackerClient } from '../adapter.ts';
import { urlIn } from '../addresses.ts';
import { wholeOf } from '../paging.ts';
import { readAccount, readCurrency } from './account.ts';
import { networkAt } from './hosts.ts';
import { listed } from './lists.ts';
import { statusOf } from './logs.ts';
import { type OfferAnswer, offersSchema } from './schema.ts';

/** Offers as an affiliate sees them, and as an administrator does. */
const PATHS = ['/3.0/partner/offers', '/3.0/offers'] as const;
/** An administrator's list has only active offers unless it names the states; an affiliate's takes none. */
const STATES: ReadonlyArray<readonly [string, string]> = ['active', 'stopped', 'suspended'].map(
  (state) => ['status[]', state],
);
const statesFor = (path: string) => (path === PATHS[1] ? STATES : []);
/** Key in `client.memory`: the path that this key may use. */
const SPEAKS = 'affise.offers';

/** Does this refusal mean that the other kind of key is needed? */
function otherKind(error: unknown): boolean {
  if (!(error instanceof CrosstrackError)) return false;
  return error.problem.kind === 'permission' || error.problem.status === 404;
}

/**
 * Requests offers where this key may: the affiliate's list first, the other one
 * when that is denied. The path that worked is remembered for the connection.
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

/** Periods of a cap, and what it limits. A cap in other words is left out: nothing can be said of it. */
const PERIODS = ['day', 'month', 'all'] as const;
const LIMITED = ['conversions', 'budget'] as const;

function capsOf({ caps, caps_status: counted }: OfferAnswer): Cap[] {
  const statuses = counted?.flatMap((word) => statusOf(word) ?? []) ?? [];
  return (caps ?? []).flatMap((cap) => {
    const period = PERIODS.find((one) => one === cap.period);
    const of = LIMITED.find((one) => one === cap.type);
    // 0 is no limit.
    if (!period || !of || !cap.value) return [];
    const allGoals = cap.goal_type === 'all';
    return [
      { period, of, value: cap.value, allGoals, statuses: statuses.length > 0 ? statuses : null },
    ];
  });
}

/** The link of an offer on the host that each network on affise.com has for clicks; '' for other networks. */
function trackingLink(pages: readonly string[], offerId: string): string {
  const network = pages.flatMap((page) => networkAt(new URL(page).hostname)?.name ?? [])[0];
  return network === undefined
    ? ''
    : `https://${network}.g2afse.com/click?offer_id=${encodeURIComponent(offerId)}`;
}

/** The same offers with their caps and their payout, if it is a single fixed amount. */
export async function offers(client: TrackerClient): Promise<Offer[]> {
  const rows = wholeOf(await allOffers(client));
  return rows.map((offer) => {
    const [only, ...others] = offer.payments ?? [];
    const caps = capsOf(offer);
    const fixed = only && others.length === 0 && only.type !== 'percent' && only.revenue;
    return {
      id: offer.id,
      name: offer.title,
      active: isActive(offer),
      payout: fixed ? { amount: fixed, currency: only.currency.toUpperCase() } : null,
      network: null,
      ...urlIn(offer.link, trackingLink(client.connection.pages, offer.id)),
      ...(caps.length > 0 ? { caps } : {}),
    };
  });
}

/** Number of offers: the platform's own count if there is one, else the length of the list. */
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

/** The list of offers proves the key; everything else may be refused or missing. */
export async function check(client: TrackerClient): Promise<CheckFacts> {
  const currency = await readCurrency(client);
  const campaigns = await count(client);
  const { kind: _, ...account } = await readAccount(client);
  return { ...account, version: null, campaigns, currency };
}
