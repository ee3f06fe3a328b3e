import type { ProtectedId } from './protected-id-schema.ts';

export type { ProtectedId } from './protected-id-schema.ts';

/** The protected placements of one source. */
export const protectedAt = (all: readonly ProtectedId[], format: string): ReadonlySet<string> =>
  new Set(all.filter((one) => one.format === format).map(({ id }) => id));

/** The list with a placement on it once, or without it. */
export function withProtected(
  all: readonly ProtectedId[],
  { format, id }: ProtectedId,
  on: boolean,
): ProtectedId[] {
  const others = all.filter((one) => one.format !== format || one.id !== id);
  return on ? [...others, { format, id }] : others;
}
