import { z } from '../zod.ts';

/** A view of the comparison that was saved by name: the hash that shows it. */
const savedViewSchema = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  hash: z.string().check(z.regex(/^#view=compare(&|$)/), z.maxLength(4000)),
});
export type SavedView = Readonly<z.infer<typeof savedViewSchema>>;

export const savedViewsSchema = z.array(savedViewSchema).check(z.maxLength(200));
