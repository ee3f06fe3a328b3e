import type { Feature } from '../managed/feature.ts';
import { daySchema } from '../report/schema.ts';
import { z } from '../zod.ts';

/**
 * Who may call:
 * - `extension`: the popup, options page, dashboard and first-run page
 * - `content`: the detector in the top frame of a connected page
 * - `sandboxed`: the detector in a sandboxed document, where no panel runs
 * - `frame`: `panel.html` in a frame of a connected page, before it has claimed its ticket
 * - `panel`: the same frame afterwards
 */
export type CallerKind = 'extension' | 'content' | 'sandboxed' | 'frame' | 'panel';

/** One call: its input, and every rule about it. */
export interface CallRule<I extends z.ZodMiniType = z.ZodMiniType> {
  readonly input: I;
  readonly from: readonly CallerKind[];
  /**
   * Path to the input field that must name the page's own connection when a page calls. Where the
   * input names a journal record or a preview, the handler checks whose it is.
   */
  readonly ownConnection?: readonly string[];
  /**
   * Changes a tracker. A panel may call it only from a click on a button that its page's detector
   * sees unobscured at the input's `at`.
   */
  readonly confirmed?: true;
  /** The feature that the call uses for this input and an administrator can forbid; null = none. */
  feature?(input: z.infer<I>): Feature | null;
  /**
   * Changes nothing that a policy governs, so it may run under the stored policy until the browser
   * has delivered the current one. Every other call waits.
   */
  readonly beforePolicy?: true;
  /**
   * Calls whose answers change when this one succeeds. Open surfaces repeat these and no others,
   * which would query trackers in vain. Settings are left out: a page reads them when it opens.
   * Changes of connections or keys as a whole invalidate every call by themselves.
   */
  readonly invalidates?: readonly string[];
}

/** A call with its result type. Results come from our own background and need no schema. */
export type Call<I extends z.ZodMiniType = z.ZodMiniType, R = unknown> = CallRule<I> & {
  /** Never set; carries the type only. */
  readonly answers?: R;
};

/** One row of a contract: `call({ input, from }).returns<Answer>()`. */
export const call = <I extends z.ZodMiniType>(rule: CallRule<I>) => ({
  returns: <R>(): Call<I, R> => rule,
});

/** Calls by name. */
export type Contract = Readonly<Record<string, Call>>;
export type InputOf<C extends Call> = z.infer<C['input']>;
export type AnswerOf<C extends Call> = C extends { readonly answers?: infer R } ? R : never;

/** Shared input shapes. */
export const id = z.string().check(z.minLength(1), z.maxLength(200));
export const range = z.object({ from: daySchema, to: daySchema, zone: id });
/** true = query the tracker; false = answer from the cache. */
export const fresh = z.boolean();
/** A box in CSS px, in the viewport of the sender. */
export const box = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export const nothing = z.object({});
