import { isZone } from '../../report/range.ts';
import type { CheckFacts, TrackerClient } from '../adapter.ts';
import { unlessRefused } from '../probes.ts';
import { anySchema, balanceSchema, userSchema } from './schema.ts';

/** Whose key it is; they have different lists and imports. */
export type KeyKind = 'affiliate' | 'admin';

/** Key in `client.memory`: the kind of this connection's key. */
const SPEAKS = 'affise.key';

/** The affiliate's own data, and those of any user. */
const PLACES = ['/3.1/partner/me', '/3.1/user/me'] as const;

type Account = Pick<CheckFacts, 'account' | 'zone' | 'role' | 'mayWrite'> & {
  readonly kind: KeyKind | null;
};

/**
 * Reads account, role and rights. Older platforms lack both places; there only
 * an administrator's key is recognised, by a list that it may read.
 */
export async function readAccount(client: TrackerClient): Promise<Account> {
  const account = (await fromUser(client)) ?? (await fromRights(client));
  if (account.kind !== null) client.memory.set(SPEAKS, account.kind);
  return account;
}

/** The kind of the key, learnt once per connection; null = unknown. */
export async function keyKind(client: TrackerClient): Promise<KeyKind | null> {
  const known = client.memory.get(SPEAKS);
  if (known === 'affiliate' || known === 'admin') return known;
  return (await readAccount(client)).kind;
}

async function fromUser(client: TrackerClient): Promise<Account | null> {
  for (const path of PLACES) {
    const answer = await unlessRefused(() =>
      client.http.send({ call: 'account', method: 'GET', path, answer: userSchema }, client.signal),
    );
    if (answer === null) continue;
    const { email, login, type, timezone, permissions } = answer.user;
    const role = type || (path === PLACES[0] ? 'affiliate' : null);
    const kind = kindOf(role);
    const level = permissions?.stats?.['conversions-import']?.level;
    return {
      account: email || login || null,
      zone: timezone !== '' && isZone(timezone) ? timezone : null,
      role,
      mayWrite: level ? level === 'write' : kind === 'admin' ? true : null,
      kind,
    };
  }
  return null;
}

/** Managers, the owner and the like are administrators; an advertiser is neither. */
function kindOf(role: string | null): KeyKind | null {
  if (role === null || role === 'advertiser') return null;
  return role === 'affiliate' ? role : 'admin';
}

async function fromRights(client: TrackerClient): Promise<Account> {
  const answer = await unlessRefused(() =>
    client.http.send(
      { call: 'rights', method: 'GET', path: '/3.0/admin/currency', answer: anySchema },
      client.signal,
    ),
  );
  const admin = answer === null ? null : true;
  const kind = admin && 'admin';
  return { account: null, zone: null, role: kind, mayWrite: admin, kind };
}

/** The account's currency if the balance has only one; an administrator has no balance. */
export async function readCurrency(client: TrackerClient): Promise<string | null> {
  const answer = await unlessRefused(() =>
    client.http.send(
      { call: 'balance', method: 'GET', path: '/3.0/balance', answer: balanceSchema },
      client.signal,
    ),
  );
  const [only, ...others] = Object.keys(answer?.balance ?? {});
  return only !== undefined && others.length === 0 && /^[A-Z]{3}$/.test(only) ? only : null;
}
