import { problemOf } from '../errors.ts';
import type { HttpRequest, ReadRefusal } from '../http/http.ts';
import { z } from '../zod.ts';
import type { TrackerClient } from './adapter.ts';

type Answered = Parameters<ReadRefusal>[0];

/**
 * The answer to a request without a key; a redirect has status 0.
 * @throws CrosstrackError when the answer is inconclusive: no connection, a time-out, a rate limit, a server error
 */
async function sendKeyless(
  client: TrackerClient,
  path: string,
  query: NonNullable<HttpRequest<unknown>['query']>,
): Promise<Answered> {
  let got: Answered = { status: 0, json: undefined, text: '' };
  try {
    await client.http.send(
      {
        call: 'recognition',
        method: 'GET',
        path,
        query,
        key: 'none',
        maxBytes: 1_000_000,
        answer: z.unknown(),
        refusal(answer) {
          got = answer;
          return null;
        },
      },
      client.signal,
    );
  } catch (error) {
    const problem = problemOf(error);
    const redirected = problem.kind === 'auth' && problem.reason === 'redirected';
    const unsure =
      got.status === 0 ? !redirected : [408, 418, 429].includes(got.status) || got.status >= 500;
    if (unsure) throw error;
  }
  return got;
}

/**
 * Does this path alone, and not the whole site, answer a request without a key as the tracker would?
 * `/robots.txt` serves as the control: a lock of the whole site answers there too, and no tracker
 * counts it as a click.
 * @throws CrosstrackError when an answer is inconclusive
 */
export async function answersAlone(
  client: TrackerClient,
  path: string,
  isIt: (answer: Answered) => boolean,
  query: NonNullable<HttpRequest<unknown>['query']> = [],
): Promise<boolean> {
  return (
    isIt(await sendKeyless(client, path, query)) &&
    !isIt(await sendKeyless(client, '/robots.txt', []))
  );
}

/** Is it a refusal with words: `{"error":"…"}` or `{"message":"…"}`? */
export function saysNo(json: unknown): boolean {
  const { error, message } = Object(json);
  return [error, message].some((words) => typeof words === 'string' && words !== '');
}
