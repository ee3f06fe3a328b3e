import type { MessageKey } from './i18n.ts';
/**
 * Everything that can go wrong with a tracker, as a value of a few kinds.
 *
 * | kind | meaning | next step for the user |
 * |---|---|---|
 * | auth | the key was refused, or is missing | check or enter the key |
 * | permission | the browser, or the tracker, does not let us ask this | grant access, or use a key with more rights |
 * | rate | the tracker asks us to slow down | wait (`retryAfterMs`) |
 * | network | no connection, or it broke | check the address, try again |
 * | timeout | no answer in time | try again, ask for a shorter range |
 * | shape | the answer is not what the documents say | see `field`; often a login or maintenance page |
 * | unsupported | this tracker cannot do it | the reason says why |
 * | conflict | what was asked contradicts what is there | the reason says what |
 * | input | what the user typed cannot be used | the reason says how to mend it |
 */
export const PROBLEM_KINDS = [
  'auth',
  'permission',
  'rate',
  'network',
  'timeout',
  'shape',
  'unsupported',
  'conflict',
  'input',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** What is asked of a tracker, in our words. */
export const TRACKER_CALLS = [
  'account',
  'balance',
  'campaigns',
  'clicks',
  'conversion upload',
  'conversions',
  'cost update',
  'groupings',
  'label update',
  'labels',
  'landers',
  'mark update',
  'offers',
  'pause',
  'postbacks',
  'recognition',
  'report',
  'resume',
  'rights',
  'role',
  'settings',
  'sources',
] as const;
export type TrackerCall = (typeof TRACKER_CALLS)[number];

/** What any problem may say: plain JSON, without keys, queries or bodies. */
interface Facts {
  /** Locale key of the sentence for people; default `problem_<kind>`. */
  readonly text?: MessageKey;
  /** Values for the sentence's placeholders, in order ($1, $2 …). */
  readonly values?: readonly string[];
  /** Name of the tracker that was asked. */
  readonly tracker?: string;
  readonly call?: TrackerCall;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** How long we are asked to wait, in milliseconds: a Retry-After comes with any status. */
  readonly retryAfterMs?: number;
  /** What the tracker itself said, shortened; never holds a key. */
  readonly said?: string;
  /** For writes: true when the request may have been applied although it failed. */
  readonly maybeApplied?: boolean;
}

/**
 * A problem as it travels. `reason` tells apart what code treats differently
 * within a kind; sentences are for people alone.
 */
export type Problem = Facts &
  (
    | { readonly kind: 'rate' | 'network' | 'timeout' | 'unsupported' }
    | { readonly kind: 'auth'; readonly reason?: AuthReason }
    | { readonly kind: 'permission'; readonly reason?: 'no-access' }
    | { readonly kind: 'shape'; readonly field?: string }
    | { readonly kind: 'input'; readonly reason?: 'path'; readonly field?: string }
    /** `looksLike`: id of the tracker that seems to answer in place of the one that was asked. */
    | { readonly kind: 'conflict'; readonly reason?: 'session-full'; readonly looksLike?: string }
  );

/**
 * | reason | meaning |
 * |---|---|
 * | locked | the keys' passphrase has to be entered first |
 * | no-key, key-unreadable | the key has to be entered, or entered again |
 * | too-early | after wrong passphrases the next has to wait (`retryAfterMs`) |
 * | sealed | this file opens with its passphrase only |
 * | redirected | the tracker sent us elsewhere, as to its sign-in page |
 */
export type AuthReason =
  | 'locked'
  | 'no-key'
  | 'key-unreadable'
  | 'too-early'
  | 'sealed'
  | 'redirected';

/** Path of the field that is wrong, where the problem is about one. */
export const fieldOf = (problem: Problem): string | undefined =>
  problem.kind === 'shape' || problem.kind === 'input' ? problem.field : undefined;

/** The one error class of the project; carries a {@link Problem}. */
export class CrosstrackError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(
      [problem.tracker, problem.call, problem.kind, fieldOf(problem), problem.said]
        .filter((part) => part !== undefined)
        .join(': '),
      options,
    );
    this.name = 'CrosstrackError';
    this.problem = problem;
  }
}

/**
 * The problem behind anything thrown. What is none of ours is a fault, here or in the browser: a
 * `conflict` with its message, so that nothing is swallowed. A failed fetch is told by `lib/http`.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof CrosstrackError) return error.problem;
  const said = error instanceof Error ? error.message : String(error);
  return { kind: 'conflict', text: 'problem_unexpected', said };
}

/** The session takes no more: Firefox gives an extension 10 MB of it. */
export const SESSION_FULL = {
  kind: 'conflict',
  reason: 'session-full',
  text: 'problem_session_full',
} satisfies Problem;

/** The keys' passphrase has to be entered first; until then what is cached is all there is. */
export const LOCKED = { kind: 'auth', reason: 'locked', text: 'problem_locked' } satisfies Problem;

export const NO_KEY = { kind: 'auth', reason: 'no-key', text: 'problem_no_key' } satisfies Problem;

/** It was changed, moved, or sealed by another browser profile. */
export const KEY_UNREADABLE = {
  kind: 'auth',
  reason: 'key-unreadable',
  text: 'problem_key_unreadable',
} satisfies Problem;

/** The browser was not asked for a connection's hosts, or allows them no longer. */
export const NO_ACCESS = {
  kind: 'permission',
  reason: 'no-access',
  text: 'problem_no_host_permission',
} satisfies Problem;

/** True for the error that an aborted fetch or a cancelled question throws. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export const isLocked = (problem: Problem | null): boolean =>
  problem?.kind === 'auth' && problem.reason === 'locked';

/** Has a connection no key, or none that can be read? Then it has to be entered (again). */
export const lacksKey = (problem: Problem | null): boolean =>
  problem?.kind === 'auth' && (problem.reason === 'no-key' || problem.reason === 'key-unreadable');

/** Has the browser to be asked for a connection's hosts? */
export const lacksAccess = (problem: Problem | null): boolean =>
  problem?.kind === 'permission' && problem.reason === 'no-access';
