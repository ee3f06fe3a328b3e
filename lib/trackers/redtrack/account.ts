import { isZone } from '../../report/range.ts';
import type { CheckFacts, TrackerClient } from '../adapter.ts';
import { unlessRefused } from '../probes.ts';
import { accountSchema } from './schema.ts';

type Account = Pick<CheckFacts, 'account' | 'zone' | 'currency'>;

/** `/auth` is in the old document only; the settings answer in its place, and rarely say more. */
const PLACES = [
  ['account', '/auth'],
  ['settings', '/me/settings'],
] as const;

/**
 * Reads account, zone and currency where RedTrack reports them. A refusal here
 * says nothing about the key: the first list that is requested proves it.
 */
export async function readAccount(client: TrackerClient): Promise<Account> {
  for (const [call, path] of PLACES) {
    const told = await unlessRefused(() =>
      client.http.send({ call, method: 'GET', path, answer: accountSchema }, client.signal),
    );
    if (told === null) continue;
    const { email, currency, timezone } = told;
    const zone = typeof timezone === 'string' ? timezone : timezone.zone;
    return {
      account: email || null,
      zone: zone !== '' && isZone(zone) ? zone : null,
      currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
    };
  }
  return { account: null, zone: null, currency: null };
}
