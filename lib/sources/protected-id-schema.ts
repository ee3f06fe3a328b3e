import { z } from '../zod.ts';

/** A placement that is never exported to a source, whatever its verdict. */
export const protectedIdSchema = z.object({
  /** Id of the source's format. */
  format: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The placement, as the tracker has it. */
  id: z.string().check(z.minLength(1), z.maxLength(500)),
});
export type ProtectedId = Readonly<z.infer<typeof protectedIdSchema>>;

export const protectedIdsSchema = z.array(protectedIdSchema).check(z.maxLength(20_000));
