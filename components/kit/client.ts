import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Answers, CallName } from '../../lib/contract/calls.ts';
import { type Asked, createQueryClient, type QueryClient, type Question } from './query.ts';

const refusing = createQueryClient({
  call: () => Promise.reject(new Error('There is no client around this component.')),
  onChange: () => () => {},
});

/** The background, for the components of a surface. */
export const ClientContext = createContext<QueryClient>(refusing);
export const useClient = (): QueryClient => useContext(ClientContext);

/** The answer to a call, for a component. */
export const useQuery = <N extends CallName>(
  name: N,
  input: Question<N> | null,
): Asked<Answers[N]> => useClient().query(name, input);
