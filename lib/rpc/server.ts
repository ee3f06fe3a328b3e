import type { AnswerOf, CallRule, Contract, InputOf } from '../contract/call.ts';
import { type CallName, calls } from '../contract/calls.ts';
import { CrosstrackError, isAbort, problemOf } from '../errors.ts';
import type { MessageKey } from '../i18n.ts';
import type { Box } from '../page/protocol.ts';
import { z } from '../zod.ts';
import {
  type Caller,
  type CallerFacts,
  callerOf,
  mayCall,
  mayCallName,
  type Sender,
} from './callers.ts';
import type { Reply } from './client.ts';

/** What a handler gets besides its input. */
export interface Context {
  readonly caller: Caller;
  /** Fires when the caller cancels. */
  readonly signal: AbortSignal;
}

/** Handlers for the calls of one subject. */
export type HandlersOf<C extends Contract> = {
  readonly [N in keyof C]: (input: InputOf<C[N]>, context: Context) => Promise<AnswerOf<C[N]>>;
};
export type Handlers = HandlersOf<typeof calls>;

const requestSchema = z.object({
  crosstrack: z.enum(['call', 'cancel']),
  id: z.string(),
  name: z.optional(z.string()),
  input: z.optional(z.unknown()),
});

const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name);

/**
 * Answers messages. Refuses by default: an unknown sender, call or input shape gets a `permission`
 * or `input` problem and reaches no handler. Never rejects.
 */
export function createServer(
  handlers: Handlers,
  facts: CallerFacts,
  /** Runs before each handler; throws to refuse. */
  guard: (rule: CallRule, input: unknown) => Promise<void> = async () => {},
  /** Notifies open surfaces that these calls' answers have changed. */
  invalidate: (calls: readonly string[]) => void = () => {},
  /** Asks the detector of a panel's page whether that part of the panel is visible. */
  inSight: (panel: Caller & { kind: 'panel' }, at: Box) => Promise<boolean> = async () => false,
) {
  const running = new Map<string, AbortController>();

  return async (message: unknown, sender: Sender): Promise<Reply> => {
    try {
      const request = requestSchema.safeParse(message);
      if (!request.success) return refuse('input', 'problem_message');
      const caller = await callerOf(sender, facts);
      if (caller === null) return refuse('permission', 'problem_sender');
      const { crosstrack, id, name = '', input } = request.data;
      const key = `${caller.kind}:${caller.tab}:${id}`;
      if (crosstrack === 'cancel') {
        running.get(key)?.abort();
        return { ok: true, result: null };
      }
      if (!isCallName(name)) return refuse('input', 'problem_message');
      if (!mayCallName(caller, name)) return refuse('permission', 'problem_sender');
      const parsed = calls[name].input.safeParse(input);
      if (!parsed.success) return refuse('input', 'problem_message', parsed.error.issues[0]?.path);
      if (!mayCall(caller, name, parsed.data)) return refuse('permission', 'problem_sender');

      const controller = new AbortController();
      running.set(key, controller);
      try {
        const rule: CallRule = calls[name];
        if (rule.confirmed && caller.kind === 'panel') {
          const at = 'at' in parsed.data ? parsed.data.at : null;
          if (!at || !(await inSight(caller, at))) return refuse('permission', 'confirmRefused');
        }
        await guard(rule, parsed.data);
        const handle = handlers[name] as (input: unknown, context: Context) => Promise<unknown>;
        const result = await handle(parsed.data, { caller, signal: controller.signal });
        if (rule.invalidates) invalidate(rule.invalidates);
        return { ok: true, result: result ?? null };
      } finally {
        running.delete(key);
      }
    } catch (error) {
      if (isAbort(error)) return refuse('timeout', 'problem_cancelled');
      return { ok: false, problem: problemOf(error) };
    }
  };
}

function refuse(
  kind: 'input' | 'permission' | 'timeout',
  text: MessageKey,
  path?: readonly PropertyKey[],
): Reply {
  const field = path && path.length > 0 ? { field: path.map(String).join('.') } : {};
  return { ok: false, problem: new CrosstrackError({ kind, text, ...field }).problem };
}
