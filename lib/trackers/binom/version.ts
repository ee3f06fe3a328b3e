import { CrosstrackError } from '../../errors.ts';
import { z } from '../../zod.ts';
import type { Ask } from '../adapter.ts';

/** What only v2 has: the REST API of the same host, which tells by its refusal that it is there. */
const V2_ROLE = '/public/api/v1/user/role';

/**
 * Does v2 answer at this address? It keeps an entry that answers in v1's way,
 * so that v1 answering is no proof. Asked without a key.
 */
export async function answersAsV2(ask: Ask): Promise<boolean> {
  try {
    await ask.http.send(
      { call: 'version', method: 'GET', path: V2_ROLE, key: 'none', answer: z.looseObject({}) },
      ask.signal,
    );
    return true;
  } catch (error) {
    if (!(error instanceof CrosstrackError)) throw error;
    const { status, text } = error.problem;
    // A page with 401 is some other lock, as of a proxy.
    return (status === 401 || status === 403) && text !== 'problem_html';
  }
}
