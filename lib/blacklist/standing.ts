import { type Scores, VERDICT_KINDS } from './placement.ts';

/**
 * What the rule of thumb does to a placement: `byRule`: it is on the list by the rule alone. `spared`:
 * the verdict cuts it, and it is not on the list, as the rule does not pick it. `picked`: the rule picks
 * it, which changes nothing. null = it does not pick it.
 */
export type Standing = 'byRule' | 'spared' | 'picked' | null;

/** What puts a placement on a list: its verdict, the rule of thumb alone, or else the user. */
export type ListedBy = 'verdict' | 'rule' | 'hand';

export function listedBy(
  scores: Pick<Scores, 'kinds' | 'picked' | 'listed'>,
  row: number,
): ListedBy {
  if (standingOf(scores, row) === 'byRule') return 'rule';
  return scores.listed[row] === 1 ? 'verdict' : 'hand';
}

/** The standing of a row, before anything by hand. */
export function standingOf(
  { kinds, picked, listed }: Pick<Scores, 'kinds' | 'picked' | 'listed'>,
  row: number,
): Standing {
  const isCut = VERDICT_KINDS[kinds[row] ?? 0] === 'cut';
  const isOn = listed[row] === 1;
  if (isOn && !isCut) return 'byRule';
  if (isCut && !isOn) return 'spared';
  return picked[row] === 1 ? 'picked' : null;
}
