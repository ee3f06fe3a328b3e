import type { CallName } from '../../lib/contract/calls.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import type { KnownAnswer } from '../kit/query.ts';
import { FIRST_PRESET } from './model.ts';

/** At most so long the popup stays blank, so that its first drawing has figures (ms). */
const BLANK_MS = 100;

const ANSWERED = [
  'connections.list',
  'trackers.list',
  'stats.known',
] as const satisfies readonly CallName[];

/**
 * What the popup is first drawn with. Nothing where that takes too long, fails, or has changed meanwhile:
 * then it asks for it, and says what is wrong.
 */
export async function readStart(client: OpenClient): Promise<KnownAnswer[]> {
  const preset = FIRST_PRESET;
  let changed = false;
  const stops = ANSWERED.map((name) =>
    client.onChange(name, () => {
      changed = true;
    }),
  );
  const start = await client
    .call('popup.start', { preset }, AbortSignal.timeout(BLANK_MS))
    .catch(() => null);
  for (const stop of stops) stop();
  if (!start || changed) return [];
  return [
    { name: 'connections.list', input: {}, answer: start.connections },
    { name: 'trackers.list', input: {}, answer: start.trackers },
    { name: 'stats.known', input: { preset }, answer: start.stats },
  ];
}
