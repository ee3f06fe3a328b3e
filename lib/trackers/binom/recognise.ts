import type { TrackerClient } from '../adapter.ts';
import { answersAsV2 } from '../binom2/recognise.ts';
import { answersAlone } from '../keyless.ts';

/** Words in which versions refuse a key; the status is 200 all the same. */
export const ABOUT_KEY =
  /api.?key|(?:wrong|invalid|bad|incorrect|missing) key|auth|access|login|permission|token is/i;

/** What its pages have of its own; of the sign-in two at least. */
const SIGNS = [/<title>\s*binom\b/i, /templates\/standart\//, /type=["']?password/i];

/**
 * Does v1 answer here? Its script says without a key that one is missing, or
 * shows its sign-in. v2 keeps an entry that does the same, so that v2 must not answer.
 */
export const answersAsV1 = async (client: TrackerClient): Promise<boolean> =>
  (await answersAlone(
    client,
    `/${client.connection.script ?? 'index.php'}`,
    ({ status, json, text }) => {
      const { error } = Object(json);
      return (
        status === 200 &&
        (text.startsWith('<')
          ? SIGNS.filter((sign) => sign.test(text)).length > 1
          : typeof error === 'string' && ABOUT_KEY.test(error))
      );
    },
    [['page', 'Campaigns']],
  )) && !(await answersAsV2(client));
