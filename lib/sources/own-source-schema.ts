import { z } from '../zod.ts';
import { LONGEST, LONGEST_NAME, SIGNS } from './own-source-limits.ts';

const length = z.int().check(z.gte(1), z.lte(LONGEST));

/** A traffic source that the user described: what its ids look like, and how its list is written. */
export const ownSourceSchema = z
  .object({
    id: z.string().check(z.regex(/^own-[\p{L}\p{N}-]{1,100}$/u)),
    name: z.string().check(z.minLength(1), z.maxLength(LONGEST_NAME)),
    digits: z.boolean(),
    letters: z.boolean(),
    /** Other characters of ids, as one text. */
    signs: z.string().check(z.maxLength(20), z.regex(SIGNS)),
    /** Fewest and most characters of an id. */
    shortest: length,
    longest: length,
    separator: z.enum(['newline', 'comma']),
    /** Most ids in one list; null = no limit. */
    perList: z.nullable(z.int().check(z.gte(1), z.lte(10_000_000))),
  })
  .check(z.refine(({ digits, letters }) => digits || letters));
export type OwnSource = Readonly<z.infer<typeof ownSourceSchema>>;

export const ownSourcesSchema = z.array(ownSourceSchema).check(z.maxLength(100));
