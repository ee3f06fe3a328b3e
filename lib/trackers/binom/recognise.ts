import type { TrackerClient } from '../adapter.ts';
import { answersAsV2 } from '../binom2/recognise.ts';
import { answersAlone } from '../keyless.ts';

/** Words with which versions refuse a key, with status 200. */
export const ABOUT_KEY =
  /api.?key|(?:wrong|invalid|bad|incorrect|missing) key|auth|access|login|permission|token is/i;

/** Marks of its pages; the sign-in page has at least two. */
const SIGNS = [/<title>\s*binom\b/i, /templates\/standart\//, /type=["']?password/i];

/**
 * Does v1 answer here? Without a key its script says that one is missing, or
 * shows the sign-in page. So does an entry that v2 keeps, so v2 must not answer.
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
