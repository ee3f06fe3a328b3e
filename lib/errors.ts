import type { MessageKey } from './i18n.ts';
/**
 * The kinds of problems.
 *
 * | kind | meaning | next step for the user |
 * |---|---|---|
 * | auth | the key was rejected or is missing | check or enter the key |
 * | permission | the browser or the tracker denies access | grant access, or use a key with more rights |
 * | rate | the tracker's rate limit was reached | wait (`retryAfterMs`) |
 * | network | no connection, or it was lost | check the address, try again |
 * | timeout | no answer in time | try again, ask for a shorter range |
 * | shape | the answer differs from the documentation | see `field`; often a sign-in or maintenance page |
 * | unsupported | this tracker cannot do it | the reason says why |
 * | conflict | the request contradicts the present state | the reason says what |
 * | input | the user's input cannot be used | the reason says how to correct it |
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

/** Our names of requests to a tracker. */
export const TRACKER_CALLS = [
  'account',
  'balance',
  'campaigns',
  'clicks',
  'conversion upload',
  'conversions',
  'cost tasks',
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

/** Fields of any problem: plain JSON, without keys, queries or bodies. */
interface Facts {
  /** Message key of the text for the user; default `problem_<kind>`. */
  readonly text?: MessageKey;
  /** Values for the text's placeholders, in order ($1, $2 …). */
  readonly values?: readonly string[];
  /** The tracker's name. */
  readonly tracker?: string;
  readonly call?: TrackerCall;
  /** HTTP status, if there was one. */
  readonly status?: number;
  /** How long to wait, in milliseconds: from Retry-After, which may come with any status. */
  readonly retryAfterMs?: number;
  /** The tracker's own words, shortened; never contains a key. */
  readonly said?: string;
  /** For writes: may the request have been applied although it failed? */
  readonly maybeApplied?: boolean;
}

/**
 * A problem as plain data. `reason` distinguishes what code treats differently within a kind; texts
 * are for users only.
 */
export type Problem = Facts &
  (
    | { readonly kind: 'rate' | 'network' | 'timeout' | 'unsupported' }
    | { readonly kind: 'auth'; readonly reason?: AuthReason }
    | { readonly kind: 'permission'; readonly reason?: 'no-access' }
    | { readonly kind: 'shape'; readonly field?: string }
    | { readonly kind: 'input'; readonly reason?: 'path'; readonly field?: string }
    /** `looksLike`: id of the tracker that seems to answer instead. */
    | { readonly kind: 'conflict'; readonly reason?: 'session-full'; readonly looksLike?: string }
  );

/**
 * | reason | meaning |
 * |---|---|
 * | locked | the passphrase must be entered first |
 * | no-key, key-unreadable | the key must be entered (again) |
 * | too-early | wait before the next passphrase attempt (`retryAfterMs`) |
 * | sealed | the file opens only with its passphrase |
 * | redirected | the tracker redirected us, for example to its sign-in page |
 */
export type AuthReason =
  | 'locked'
  | 'no-key'
  | 'key-unreadable'
  | 'too-early'
  | 'sealed'
  | 'redirected';

/** Path of the wrong field, if the problem is about one. */
export const fieldOf = (problem: Problem): string | undefined =>
  problem.kind === 'shape' || problem.kind === 'input' ? problem.field : undefined;

/** The project's only error class; carries a {@link Problem}. */
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
 * The problem behind anything thrown. An error that is not ours is a fault, here or in the browser, and
 * becomes a `conflict` with its message, so that nothing is swallowed. `lib/http` handles failed fetches.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof CrosstrackError) return error.problem;
  const said = error instanceof Error ? error.message : String(error);
  return { kind: 'conflict', text: 'problem_unexpected', said };
}

/** The session is full: Firefox gives an extension 10 MB. */
export const SESSION_FULL = {
  kind: 'conflict',
  reason: 'session-full',
  text: 'problem_session_full',
} satisfies Problem;

/** Keys are locked; until the passphrase is entered only cached data is available. */
export const LOCKED = { kind: 'auth', reason: 'locked', text: 'problem_locked' } satisfies Problem;

export const NO_KEY = { kind: 'auth', reason: 'no-key', text: 'problem_no_key' } satisfies Problem;

/** The sealed key was altered, moved, or sealed by another browser profile. */
export const KEY_UNREADABLE = {
  kind: 'auth',
  reason: 'key-unreadable',
  text: 'problem_key_unreadable',
} satisfies Problem;

/** Permission for a connection's hosts was not granted, or was revoked. */
export const NO_ACCESS = {
  kind: 'permission',
  reason: 'no-access',
  text: 'problem_no_host_permission',
} satisfies Problem;

/** Is it the error of an aborted fetch or a cancelled call? */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export const isLocked = (problem: Problem | null): boolean =>
  problem?.kind === 'auth' && problem.reason === 'locked';

/** Is the key missing or unreadable, so that it must be entered (again)? */
export const lacksKey = (problem: Problem | null): boolean =>
  problem?.kind === 'auth' && (problem.reason === 'no-key' || problem.reason === 'key-unreadable');

/** Must host permission be requested? */
export const lacksAccess = (problem: Problem | null): boolean =>
  problem?.kind === 'permission' && problem.reason === 'no-access';
