import { useSignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Answers, CallName, Input } from '../../lib/contract/calls.ts';
import { isAbort, type Problem, problemOf } from '../../lib/errors.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';

const refusing: OpenClient = {
  call: () => Promise.reject(new Error('There is no client around this component.')),
  onChange: () => () => {},
};

/** The background, for the components of a surface. */
export const ClientContext = createContext<OpenClient>(refusing);
export const useClient = (): OpenClient => useContext(ClientContext);

export interface Asked<T> {
  /** The last good answer. */
  readonly value: T | null;
  readonly problem: Problem | null;
  /** Is a newer answer on its way? */
  readonly busy: boolean;
}

const NOT_ASKED = { value: null, problem: null, busy: true } as const;

/**
 * Asks when the input changes and cancels what it asked before; null asks
 * nothing. Asked `again`, by the user or because keys or connections changed,
 * the old answer stays until the new one is there; the answer to another
 * question is never shown.
 *
 * @param first the answer, where it is known already: it is not asked for until something changes
 */
export function useAsk<N extends CallName>(
  name: N,
  input: Input<N> | null,
  again = 0,
  first: Answers[N] | null = null,
): Asked<Answers[N]> {
  const client = useClient();
  const [changes, setChanges] = useState(0);
  // Not after the next frame: every question would wait for one, and those that follow from it again.
  useLayoutEffect(
    () => client.onChange(name, () => setChanges((count) => count + 1)),
    [client, name],
  );
  const key = input === null ? null : JSON.stringify(input);
  const state = useSignal<{ key: string | null; asked: Asked<Answers[N]> }>({
    key,
    asked: first === null ? NOT_ASKED : { value: first, problem: null, busy: false },
  });
  const given = useRef(first !== null);
  useLayoutEffect(() => {
    const isKnown = given.current;
    given.current = false;
    if (input === null || isKnown) return;
    const controller = new AbortController();
    const change = (update: (before: Asked<Answers[N]>) => Asked<Answers[N]>) => {
      const before = state.peek();
      state.value = { key, asked: update(before.key === key ? before.asked : NOT_ASKED) };
    };
    change((before) => ({ ...before, busy: true }));
    client.call(name, input, controller.signal).then(
      (value) => change(() => ({ value, problem: null, busy: false })),
      (error: unknown) => {
        if (isAbort(error) && controller.signal.aborted) return;
        change((before) => ({ ...before, problem: problemOf(error), busy: false }));
      },
    );
    return () => controller.abort();
  }, [client, name, key, again, changes]);
  return state.value.key === key ? state.value.asked : NOT_ASKED;
}
