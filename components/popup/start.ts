import type { Client } from '../../lib/rpc/client.ts';
import type { KnownAnswer } from '../kit/query.ts';
import { FIRST_PRESET } from './model.ts';

/** For so long the popup stays blank, so that it is drawn once, with its figures (ms). */
const BLANK_MS = 100;

/** What the popup is drawn with; nothing where that takes too long or fails: then it asks, and says why. */
export async function readStart(client: Client): Promise<KnownAnswer[]> {
  const preset = FIRST_PRESET;
  const start = await Promise.race([
    client.call('popup.start', { preset }).catch(() => null),
    new Promise<null>((late) => setTimeout(late, BLANK_MS, null)),
  ]);
  if (!start) return [];
  return [
    { name: 'connections.list', input: {}, answer: start.connections },
    { name: 'trackers.list', input: {}, answer: start.trackers },
    { name: 'stats.known', input: { preset }, answer: start.stats },
  ];
}
