import { CrosstrackError } from '../../errors.ts';
import { type Dimension, tokenSlot } from '../../report/question.ts';

export const TOKENS = 10;

/** Values of `group1`…`group3` for our dimensions, by the published table. */
const GROUPS: { readonly [D in Dimension]?: number } = {
  offer: 3,
  lander: 4,
  country: 19,
  deviceType: 10,
  os: 17,
  browser: 15,
  language: 21,
  isp: 6,
  connectionType: 30,
  day: 31,
  hour: 26,
  weekday: 25,
};
/** The value of a `groupN` that does not group. */
export const NO_GROUP = 1;

/** Reports of one campaign know these; all campaigns together only `campaign` and `source`. */
export const DIMENSIONS: readonly Dimension[] = [
  'campaign',
  'source',
  ...(Object.keys(GROUPS) as Dimension[]),
];

/** @throws CrosstrackError `unsupported` for a dimension that one campaign's report lacks */
export function groupOf(dimension: Dimension): number {
  const slot = tokenSlot(dimension);
  if (slot === 1) return 27;
  if (slot !== null && slot >= 2 && slot <= TOKENS) return 280 + slot;
  const group = GROUPS[dimension];
  if (group !== undefined) return group;
  throw new CrosstrackError({ kind: 'unsupported', text: 'binom_dimension', values: [dimension] });
}

/** The dimension that a `groupN` of an address means; null when we have none for it. */
export function dimensionOf(group: number): Dimension | null {
  if (group === 27) return 'token1';
  if (group >= 282 && group <= 280 + TOKENS) return `token${group - 280}`;
  return DIMENSIONS.find((dimension) => GROUPS[dimension] === group) ?? null;
}
