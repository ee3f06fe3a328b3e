import type { Source, TokenRole } from '../trackers/adapter.ts';
import { type Meaning, meaningOf } from './macros.ts';

/** Slot (from 1) of the token that holds each of a source's ids; null = none. */
export type RoleSlots = Readonly<Record<TokenRole, number | null>>;

type Token = Source['tokens'][number];

/** Lists need ids, so a token with a name is used only if no other has the id. */
const isName = ({ name, macro }: Token): boolean => /name|title/i.test(macro ?? name);

const roleIn = (meaning: Meaning): TokenRole | 'none' =>
  typeof meaning === 'object' ? 'placement' : meaning;

/**
 * Proposes which token holds what: by the source's table of macros, else by the tracker's roles or
 * the tokens' names. The user confirms it.
 */
export function proposeTemplate({ name, tokens }: Pick<Source, 'name' | 'tokens'>): RoleSlots {
  const known = tokens.map((token) => {
    const found = meaningOf(name, token.macro);
    return {
      token,
      role: found ? roleIn(found.meaning) : token.role,
      rank: found?.rank ?? Number.POSITIVE_INFINITY,
    };
  });
  const slotOf = (role: TokenRole): number | null => {
    const fitting = known
      .filter((one) => one.role === role)
      .sort((a, b) => a.rank - b.rank || Number(isName(a.token)) - Number(isName(b.token)));
    return fitting[0]?.token.slot ?? null;
  };
  return {
    campaign: slotOf('campaign'),
    adSet: slotOf('adSet'),
    ad: slotOf('ad'),
    placement: slotOf('placement'),
  };
}
