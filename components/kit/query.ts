import { type Signal, signal } from '@preact/signals';
import type { Answers, CallName, Input } from '../../lib/contract/calls.ts';
import { type Problem, problemOf } from '../../lib/errors.ts';
import type { Client, OpenClient } from '../../lib/rpc/client.ts';

/** What has come of a question so far. */
export interface Asked<T> {
  /** The last good answer. */
  readonly value: T | null;
  /** Why the newest attempt failed. */
  readonly problem: Problem | null;
  /** Is a newer answer on its way, or the question not complete yet? */
  readonly busy: boolean;
}

/** The input of a call. Where a call takes `fresh`, 'soon' asks for what is known, then for what is new. */
export type Question<N extends CallName> =
  Input<N> extends { fresh: boolean }
    ? Omit<Input<N>, 'fresh'> & { readonly fresh: boolean | 'soon' }
    : Input<N>;

/** The background as the models and components of a surface see it. */
export interface QueryClient extends Client {
  /**
   * The answer to a call, for whatever runs again when a signal changes: a component's render, a
   * `computed`, an `effect`. The first to read it makes the call, and all share its answer. When the
   * background says that the answer has changed, the call is made again and the old answer stays until
   * then. A call that a rate limit stopped is made again when the limit allows. When nobody reads it any
   * more, the call is cancelled. null asks nothing.
   *
   * @param first the answer, where it is known already: then only what is `fresh` is asked for, or what
   * has changed
   */
  query<N extends CallName>(
    name: N,
    input: Question<N> | null,
    first?: Answers[N] | null,
  ): Asked<Answers[N]>;
  /** Makes every call again whose answer is being read. */
  refresh(): void;
}

const NOT_ASKED = { value: null, problem: null, busy: true } as const;

interface Query {
  readonly asked: Signal<Asked<unknown>>;
  ask(): void;
}

/** A limit that holds longer is not waited for (ms). */
const LONGEST_WAIT_MS = 10 * 60_000;

/** What came of a call before anybody has made it. */
export interface KnownAnswer<N extends CallName = CallName> {
  readonly name: N;
  readonly input: Input<N>;
  readonly answer: Answers[N];
}

/**
 * Adds stale-while-revalidate queries to a client.
 *
 * @param known answers for what is drawn at once; see `query`
 * @param drawn resolves when that is on the screen: until then no query makes its call, which would take
 * time from the drawing; null = nothing is waited for
 */
export function createQueryClient(
  client: OpenClient,
  known: readonly KnownAnswer[] = [],
  drawn: Promise<void> | null = null,
): QueryClient {
  /** Those that are being read, by call and input. */
  const queries = new Map<string, Query>();
  let atFirst = known;
  if (known.length > 0) setTimeout(() => (atFirst = []));
  let drawing = drawn;
  void drawn?.then(() => {
    drawing = null;
  });

  const createQuery = (key: string, name: CallName, input: object, given: unknown): Query => {
    const [step] = stepsOf(input, false);
    const found = atFirst.find(
      (one) => one.name === name && JSON.stringify(one.input) === JSON.stringify(step),
    );
    const first = given ?? found?.answer ?? null;
    const busy = first === null || isSoon(input);
    let controller = new AbortController();
    let stop = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    const askAfter = (ms: number | null) => {
      if (ms !== null && ms <= LONGEST_WAIT_MS) timer = setTimeout(query.ask, ms);
    };
    const ask = async () => {
      clearTimeout(timer);
      controller.abort();
      controller = new AbortController();
      const { signal: left } = controller;
      const { value: known, busy } = asked.peek();
      if (!busy) asked.value = { ...asked.peek(), busy: true };
      if (drawing) await drawing;
      if (left.aborted) return;
      const steps = stepsOf(input, known !== null);
      for (const [index, step] of steps.entries()) {
        const more = index < steps.length - 1;
        try {
          const value = await client.call(name, step as Input<CallName>, left);
          if (left.aborted) return;
          asked.value = { value, problem: null, busy: more };
          if (!more) askAfter(limitIn(value));
        } catch (error) {
          if (left.aborted) return;
          if (more) continue;
          const problem = problemOf(error);
          asked.value = { ...asked.peek(), problem, busy: false };
          askAfter(limitIn({ problem }));
        }
      }
    };
    const query: Query = {
      ask: () => void ask(),
      asked: signal<Asked<unknown>>(
        { value: first, problem: null, busy },
        {
          watched() {
            queries.set(key, query);
            stop = client.onChange(name, query.ask);
            if (asked.peek().busy) query.ask();
          },
          unwatched() {
            queries.delete(key);
            stop();
            clearTimeout(timer);
            controller.abort();
            asked.value = NOT_ASKED;
          },
        },
      ),
    };
    const { asked } = query;
    return query;
  };

  return {
    call: client.call,
    query<N extends CallName>(name: N, input: Question<N> | null, first: Answers[N] | null = null) {
      if (input === null) return NOT_ASKED;
      const key = JSON.stringify([name, input]);
      const { asked } = queries.get(key) ?? createQuery(key, name, input, first);
      return asked.value as Asked<Answers[N]>;
    },
    refresh() {
      for (const { ask } of queries.values()) ask();
    },
  };
}

const isSoon = (input: object): boolean => 'fresh' in input && input.fresh === 'soon';

/** The inputs of a question's calls, one after the other; what is known is asked for only once. */
function stepsOf(input: object, known: boolean): object[] {
  if (!isSoon(input)) return [input];
  return (known ? [true] : [false, true]).map((fresh) => ({ ...input, fresh }));
}

/** How long a rate limit holds that an answer, or a part of it, tells of (ms); null = it tells of none. */
function limitIn(answer: unknown): number | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const waits = [answer, ...Object.values(answer)].flatMap((part: unknown) => {
    const { problem }: { problem?: Problem | null } = Object(part);
    return problem?.kind === 'rate' ? (problem.retryAfterMs ?? []) : [];
  });
  return waits.length > 0 ? Math.max(...waits) : null;
}
