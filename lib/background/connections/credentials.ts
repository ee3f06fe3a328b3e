import type { Connection } from '../../connections/connection.ts';
import { CrosstrackError } from '../../errors.ts';
import { type Credentials, withSecret } from '../../keys/credentials.ts';
import type { CheckFacts } from '../../trackers/adapter.ts';
import type { Managed } from '../policy/managed.ts';
import type { Services } from '../services.ts';
import { type Drafted, mayTakeAnother } from './draft.ts';
import { sealedFor } from './sealed-for.ts';

export const hasKey = (typed: Credentials): boolean => typed.key.trim() !== '';

/** Is anything typed? What stays is not touched. */
export const isTyped = (typed: Credentials): boolean =>
  hasKey(typed) || Boolean(typed.secret?.trim());

/**
 * With what a form's connection is asked: what is typed, or else stays. A new key replaces the
 * secret beside it too.
 * @throws CrosstrackError `input` when it stays and the connection moves to another origin, `auth`
 * as the key store does
 */
export type CredentialsFor = (drafted: Drafted, typed: Credentials) => Promise<Credentials>;

export function createCredentialsFor({
  keys,
  clients,
}: Pick<Services, 'keys' | 'clients'>): CredentialsFor {
  return async ({ connection, moved }, typed) => {
    const key = typed.key.trim();
    const secret = (clients.adapter(connection.tracker).secretKey && typed.secret) || '';
    if (key !== '') return withSecret({ key }, secret);
    // A key goes only to the host it was entered for.
    if (moved) throw new CrosstrackError({ kind: 'input', text: 'key_enter_again' });
    return withSecret(await keys.get(sealedFor(connection)), secret);
  };
}

/**
 * Refuses a key that leads to another account, where the address alone does not tell and no
 * connection may be added. One that cannot be told from another account's counts as that.
 */
export type RequireSameAccount = (
  before: Connection | null,
  used: Credentials,
  facts: CheckFacts,
) => Promise<void>;

export function createRequireSameAccount(
  { keys, clients }: Pick<Services, 'keys' | 'clients'>,
  managed: Pick<Managed, 'allow' | 'presetOf'>,
): RequireSameAccount {
  return async (before, { key }, { account }) => {
    if (!before || !clients.adapter(before.tracker).manyAccounts || managed.presetOf(before))
      return;
    if (account !== null && account === before.account) return;
    const stored = await keys.get(sealedFor(before)).catch(() => null);
    if (stored?.key !== key) await mayTakeAnother(managed);
  };
}
