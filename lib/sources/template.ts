import type { Source, TokenRole } from '../trackers/adapter.ts';

/** Slot (from 1) of the token that holds each of a source's ids; null = none. */
export type RoleSlots = Readonly<Record<TokenRole, number | null>>;

/** Lists need ids, so a token with a name is used only if no other has the id. */
const isName = ({ name, macro }: Source['tokens'][number]): boolean =>
  /name|title/i.test(macro ?? name);

/** Proposes which token holds what, by the tracker's roles or the tokens' names; the user confirms it. */
export function proposeTemplate(tokens: Source['tokens']): RoleSlots {
  const slotOf = (role: TokenRole): number | null => {
    const fitting = tokens.filter((token) => token.role === role);
    return (fitting.find((token) => !isName(token)) ?? fitting[0])?.slot ?? null;
  };
  return {
    campaign: slotOf('campaign'),
    adSet: slotOf('adSet'),
    ad: slotOf('ad'),
    placement: slotOf('placement'),
  };
}
