import { z } from '../zod.ts';
import { label } from './numbers.ts';

/** An address in an answer; one in a form that nobody knows is none. */
export const addressText = z.catch(label, '');

/** The first web address among texts, for a field that may be absent. Macros in it stay as they are. */
export function urlIn(...texts: readonly string[]): { readonly url?: string } {
  const url = texts.map((text) => text.trim()).find((text) => /^https?:\/\//i.test(text));
  return url === undefined || !URL.canParse(url) ? {} : { url };
}
