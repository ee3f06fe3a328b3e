import type { Feature } from '../managed/feature.ts';
import { z } from '../zod.ts';

/**
 * Who may ask:
 * - `extension`: popup, options, dashboard and first-run page
 * - `content`: the detector in the top frame of a connected page
 * - `sandboxed`: the same in a sandboxed document, where no panel runs
 * - `frame`: `panel.html` in a frame of a connected page, before its ticket was taken
 * - `panel`: the same afterwards
 */
export type CallerKind = 'extension' | 'content' | 'sandboxed' | 'frame' | 'panel';

/** One call: what it takes, and everything that is decided about it. */
export interface CallRule<I extends z.ZodMiniType = z.ZodMiniType> {
  readonly input: I;
  readonly from: readonly CallerKind[];
  /**
   * Path to the field of the input that must name the page's own connection when a page asks. Calls
   * that name a journal record or a preview are narrowed by their handlers to those of the page.
   */
  readonly ownConnection?: readonly string[];
  /**
   * Changes a tracker: from a panel only by a press on a button that the detector of its page sees
   * at `at` of the input, in plain view.
   */
  readonly confirmed?: true;
  /** What it is made of that an administrator can forbid; null = nothing, for this input. */
  feature?(input: z.infer<I>): Feature | null;
  /**
   * Changes nothing that an administrator has a say in, so it goes by the policy of last time until
   * the browser has told it. Every other call waits.
   */
  readonly beforePolicy?: true;
  /**
   * Calls that answer otherwise when it is done: what is open is told to ask these again, and no
   * others, which would ask trackers for nothing. Not for settings: a page reads them when it opens.
   * What changes connections or keys as a whole tells by itself, and of all calls.
   */
  readonly invalidates?: readonly string[];
}

/** A call with the type of its answer, which is our own background's and needs no schema. */
export type Call<I extends z.ZodMiniType = z.ZodMiniType, R = unknown> = CallRule<I> & {
  /** Never there: carries the type alone. */
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

/** Shapes that inputs share. */
export const id = z.string().check(z.minLength(1), z.maxLength(200));
/** ISO 8601, `2026-08-01`. */
export const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const range = z.object({ from: day, to: day, zone: id });
/** Ask the tracker, or take what is cached? */
export const fresh = z.boolean();
export const nothing = z.object({});
