import type { Input } from '../../contract/calls.ts';
import { CrosstrackError } from '../../errors.ts';
import { joinKey, splitKey } from '../../keys/secret.ts';
import type { Services } from '../services.ts';
import type { Drafted } from './draft.ts';
import { sealedFor } from './sealed-for.ts';

export type Typed = Pick<Input<'connections.save'>, 'key' | 'secret'>;

export const hasKey = (typed: Typed): boolean => Boolean(typed.key?.trim());
/** A key that stays is not touched. */
export const changesKey = (typed: Typed): boolean => hasKey(typed) || Boolean(typed.secret?.trim());

/**
 * The key with which a form's connection is asked, as it is sealed: what is typed, or else stays. A
 * new key replaces the secret beside it too.
 * @throws CrosstrackError `input` when it stays and the connection moves to another origin, `auth`
 * as the key store does
 */
export type KeyFor = (drafted: Drafted, typed: Typed) => Promise<string>;

export function createKeyFor({ keys, asks }: Pick<Services, 'keys' | 'asks'>): KeyFor {
  return async ({ connection, moved }, typed) => {
    const key = typed.key?.trim() ?? '';
    const secret = (asks.adapter(connection.tracker).secretKey && typed.secret) || '';
    if (key !== '') return joinKey(key, secret);
    // A key goes only to the host it was entered for.
    if (moved) throw new CrosstrackError({ kind: 'input', text: 'key_enter_again' });
    const stored = await keys.get(sealedFor(connection));
    return secret.trim() ? joinKey(splitKey(stored).key, secret) : stored;
  };
}
