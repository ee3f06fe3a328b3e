import { isAbort, type ProblemKind, problemOf } from '../../errors.ts';
import { isZone } from '../../report/range.ts';
import type { CheckFacts, TrackerClient } from '../adapter.ts';
import { accountSchema } from './schema.ts';

type Account = Pick<CheckFacts, 'account' | 'zone' | 'currency'>;

const UNTOLD: Account = { account: null, zone: null, currency: null };

/** `/auth` is in the old document only; the settings answer in its place, and rarely say more. */
const PLACES = [
  ['account', '/auth'],
  ['settings', '/me/settings'],
] as const;

/** Failures that stop the check. Any other only means that this place tells nothing. */
const DECISIVE: ReadonlySet<ProblemKind> = new Set(['network', 'rate']);

/**
 * Reads account, zone and currency where RedTrack reports them. A refusal here
 * says nothing about the key: the first list that is requested proves it.
 */
export async function readAccount(client: TrackerClient): Promise<Account> {
  for (const [call, path] of PLACES) {
    try {
      const { email, currency, timezone } = await client.http.send(
        { call, method: 'GET', path, answer: accountSchema },
        client.signal,
      );
      const zone = typeof timezone === 'string' ? timezone : timezone.zone;
      return {
        account: email || null,
        zone: zone !== '' && isZone(zone) ? zone : null,
        currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
      };
    } catch (error) {
      if (isAbort(error) || DECISIVE.has(problemOf(error).kind)) throw error;
    }
  }
  return UNTOLD;
}
