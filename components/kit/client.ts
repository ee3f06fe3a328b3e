import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Answers, CallName } from '../../lib/contract/calls.ts';
import { type Asked, createQueryClient, type QueryClient, type Question } from './query.ts';

const refusing = createQueryClient({
  call: () => Promise.reject(new Error('There is no client around this component.')),
  onChange: () => () => {},
});

/** The background, as a surface's components query it. */
export const ClientContext = createContext<QueryClient>(refusing);
export const useClient = (): QueryClient => useContext(ClientContext);

/** Subscribes a component to the answer to a call. */
export const useQuery = <N extends CallName>(
  name: N,
  input: Question<N> | null,
): Asked<Answers[N]> => useClient().query(name, input);
