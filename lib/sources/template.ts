import type { Source, TokenRole } from '../trackers/adapter.ts';

/** Slot of the token that holds each of a source's ids; null = none does. */
export type RoleSlots = Readonly<Record<TokenRole, number | null>>;

/** Lists need ids: a token that passes a name only stands in where no other has the id. */
const isName = ({ name, macro }: Source['tokens'][number]): boolean =>
  /name|title/i.test(macro ?? name);

/** Which token likely holds what, by what the tracker or the tokens' names say; for the user to confirm. */
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
