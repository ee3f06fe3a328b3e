import { createHttp } from '../../../lib/http/client.ts';
import { createPacer } from '../../../lib/http/pacer.ts';
import type { TrackerAdapter, TrackerClient } from '../../../lib/trackers/adapter.ts';

/** JSON answers by the path of their address; of several to one path, the last. */
export type Recorded = ReadonlyMap<string, unknown>;

/** What comes of a read by a client made for it, and the answers that it came from. */
export async function record<T>(
  read: () => Promise<T>,
): Promise<{ readonly value: T; readonly answers: Recorded }> {
  const answers = new Map<string, unknown>();
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await real(input, init);
    const text = await response.clone().text();
    if (response.ok && text !== '') answers.set(new URL(String(input)).pathname, JSON.parse(text));
    return response;
  };
  try {
    return { value: await read(), answers };
  } finally {
    globalThis.fetch = real;
  }
}

/** Key of a client that replays: in no problem may it be found. */
export const REPLAY_KEY = 'key-of-the-replay';

/** A client that is given recorded answers, each as `write` writes it. */
export function replayClient(
  adapter: TrackerAdapter,
  real: TrackerClient,
  answers: Recorded,
  write: (answer: unknown) => string,
): TrackerClient {
  const clock = {
    now: () => 0,
    sleep: (ms: number) => (ms >= 20_000 ? new Promise<void>(() => {}) : Promise.resolve()),
  };
  const http = createHttp({
    connection: real.connection,
    adapter,
    credentials: async () => ({ key: REPLAY_KEY }),
    fetch: async (input) => new Response(write(answers.get(new URL(String(input)).pathname))),
    clock,
    pacer: createPacer({ ...clock, sleep: () => Promise.resolve() }),
    random: () => 0,
  });
  return { ...real, http, memory: new Map<string, string>() };
}

/** Paths of all values in an answer, the answer itself first. */
export function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  const own = [[...path]];
  if (typeof value !== 'object' || value === null) return own;
  return [
    ...own,
    ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name])),
  ];
}
