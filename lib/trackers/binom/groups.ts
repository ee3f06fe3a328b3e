import type { Dimension } from '../../report/question.ts';
import { wordFinder } from '../dimensions.ts';

export const TOKENS = 10;

/** Values of `group1`…`group3` for our dimensions, from the published table. */
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
/** The value of a `groupN` that groups by nothing. */
export const NO_GROUP = 1;

/** Dimensions of one campaign's report; all campaigns together have only `campaign` and `source`. */
export const DIMENSIONS: readonly Dimension[] = [
  'campaign',
  'source',
  ...(Object.keys(GROUPS) as Dimension[]),
];

/** @throws CrosstrackError `unsupported` for a dimension that one campaign's report lacks */
export const groupOf = wordFinder<number>({
  words: GROUPS,
  tokens: TOKENS,
  token: (slot) => (slot === 1 ? 27 : 280 + slot),
  unknown: 'binom_dimension',
});

/** The dimension of a `groupN` in an address; null = none of ours. */
export function dimensionOf(group: number): Dimension | null {
  if (group === 27) return 'token1';
  if (group >= 282 && group <= 280 + TOKENS) return `token${group - 280}`;
  return DIMENSIONS.find((dimension) => GROUPS[dimension] === group) ?? null;
}
