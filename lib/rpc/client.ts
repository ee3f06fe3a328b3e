import { CrosstrackError, type Problem } from '../errors.ts';
import type { CallName, Input } from './calls.ts';
import type { Results } from './results.ts';

/** What travels to the background. `role` is a claim; the sender data decide. */
export interface Request {
  readonly crosstrack: 'call' | 'cancel';
  readonly id: string;
  readonly role: 'extension' | 'panel' | 'content';
  readonly name?: string;
  readonly input?: unknown;
}

export type Reply =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly problem: Problem };

/** The background as the UI sees it. */
export interface Client {
  /**
   * Asks the background.
   * @throws CrosstrackError with the problem; AbortError when `signal` fires,
   * upon which the background cancels what it was doing.
   */
  call<N extends CallName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Results[N]>;
}

/** A client over a message channel (`browser.runtime.sendMessage`). */
export function createClient(
  role: Request['role'],
  send: (request: Request) => Promise<unknown>,
): Client {
  return {
    async call(name, input, signal) {
      signal?.throwIfAborted();
      const id = crypto.randomUUID();
      const cancelled = Promise.withResolvers<never>();
      const cancel = () => {
        void send({ crosstrack: 'cancel', id, role }).catch(() => {});
        cancelled.reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const answer = send({ crosstrack: 'call', id, role, name, input });
        const reply = (await (signal ? Promise.race([answer, cancelled.promise]) : answer)) as
          | Reply
          | undefined;
        if (reply === undefined) {
          throw new CrosstrackError({ kind: 'network', text: 'problem_background' });
        }
        if (!reply.ok) throw new CrosstrackError(reply.problem);
        return reply.result as Results[typeof name];
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}
