import type { Answered } from '../server.ts';
import { COVERS } from './covers.ts';
import { POLICIES } from './policies.ts';
import { READING } from './reading.ts';
import { SPEAKING } from './speaking.ts';

const SCRIPTS = {
  /** Waits for what the test does in its name. */
  idle: '',
  ...COVERS,
  ...READING,
  ...SPEAKING,
} as const;

/** What the page's own script does to the extension, or what its headers say. `window.loot` is all that it got hold of. */
export type Hostility = keyof typeof SCRIPTS | keyof typeof POLICIES;

const isPolicy = (hostility: Hostility): hostility is keyof typeof POLICIES =>
  Object.hasOwn(POLICIES, hostility);

/** The page as it would be if its tracker, or a script in it, were an attacker's: its own policy goes, a script comes first. */
export function hostilePage(answered: Answered, hostility: Hostility | null): Answered {
  const { body, headers = {} } = answered;
  if (hostility === null || !body || !/^text\/html/.test(headers['Content-Type'] ?? '')) {
    return answered;
  }
  const { 'Content-Security-Policy': _, ...rest } = headers;
  const policy = isPolicy(hostility)
    ? POLICIES[hostility]
    : { headers: {}, script: SCRIPTS[hostility] };
  const script = `<script>window.loot = [];${policy.script}</script>`;
  return {
    ...answered,
    headers: { ...rest, ...policy.headers },
    body: body.replace('<head>', `<head>${script}`),
  };
}
