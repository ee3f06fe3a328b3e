import type { Answers, CallName, Input } from '../contract/calls.ts';
import { CrosstrackError, type Problem } from '../errors.ts';
import type { Sender } from './callers.ts';

/** A message to the background. The browser, not the message, says who sent it. */
export interface Request {
  readonly crosstrack: 'call' | 'cancel';
  readonly id: string;
  readonly name?: string;
  readonly input?: unknown;
}

/**
 * The message that the background sends to open pages and panels when answers have changed. `calls`
 * names the calls concerned; without it, all are. `nth` numbers the message, because panels in
 * Chromium receive it twice.
 */
export const CHANGED = { crosstrack: 'changed' } as const;

export type Reply =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly problem: Problem };

/** The background as the UI sees it. */
export interface Client {
  /**
   * Calls the background.
   * @throws CrosstrackError with the problem; `signal`'s reason when it fires, which also cancels
   * the work in the background.
   */
  call<N extends CallName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Answers[N]>;
}

/** The background as seen by a surface that stays open. */
export interface OpenClient extends Client {
  /** Calls back when a call's answer may have changed, as soon as the document is visible; returns the unsubscribe function. */
  onChange(call: CallName, listener: () => void): () => void;
}

type MessageListener = (message: unknown, sender: Sender) => undefined;

/** The part of `browser.runtime` that carries messages. */
interface Runtime {
  readonly id: string;
  sendMessage(request: Request): Promise<unknown>;
  readonly onMessage: {
    addListener(listen: MessageListener): void;
    removeListener(listen: MessageListener): void;
  };
}

/** A client over `browser.runtime` that receives invalidations. */
export function createOpenClient(runtime: Runtime): OpenClient {
  const { onMessage } = runtime;
  return {
    ...createClient((request) => runtime.sendMessage(request)),
    onChange(call, listener) {
      let due = false;
      let last: unknown;
      const notifyIfVisible = () => {
        // A hidden document queries no tracker.
        if (!due || document.hidden) return;
        due = false;
        listener();
      };
      const listen: MessageListener = (message, { id, tab }) => {
        // Only the background sends from no tab; content scripts and pages have one.
        const { crosstrack, calls, nth } = Object(message);
        if (id !== runtime.id || tab || crosstrack !== CHANGED.crosstrack) return;
        if (nth !== undefined && nth === last) return;
        last = nth;
        if (Array.isArray(calls) && !calls.includes(call)) return;
        due = true;
        notifyIfVisible();
      };
      onMessage.addListener(listen);
      document.addEventListener('visibilitychange', notifyIfVisible);
      return () => {
        onMessage.removeListener(listen);
        document.removeEventListener('visibilitychange', notifyIfVisible);
      };
    },
  };
}

/** Distinguishes this document's requests. Not `randomUUID`, which plain-http pages lack. */
const DOCUMENT_ID = crypto.getRandomValues(new Uint32Array(2)).join('-');
let count = 0;

/** A client over one send function (`browser.runtime.sendMessage`). */
export function createClient(send: (request: Request) => Promise<unknown>): Client {
  return {
    async call(name, input, signal) {
      signal?.throwIfAborted();
      const id = `${DOCUMENT_ID}.${++count}`;
      const cancelled = Promise.withResolvers<never>();
      const cancel = () => {
        void send({ crosstrack: 'cancel', id }).catch(() => {});
        cancelled.reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const answer = send({ crosstrack: 'call', id, name, input });
        const reply = (await (signal ? Promise.race([answer, cancelled.promise]) : answer)) as
          | Reply
          | undefined;
        if (reply === undefined) {
          throw new CrosstrackError({ kind: 'network', text: 'problem_background' });
        }
        if (!reply.ok) throw new CrosstrackError(reply.problem);
        return reply.result as Answers[typeof name];
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}
