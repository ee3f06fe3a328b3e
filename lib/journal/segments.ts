import type { CostUpdate } from '../costs/update.ts';
import { instantsOf } from '../report/range.ts';

const sameCampaign = (a: CostUpdate, b: CostUpdate): boolean =>
  a.connection === b.connection && a.campaignId === b.campaignId;

/**
 * May two updates set the cost of the same clicks? Values of two tokens may meet in one click, two
 * values of one token cannot, unless the tracker's database takes them for the same text.
 */
export function overlaps(a: CostUpdate, b: CostUpdate): boolean {
  if (!sameCampaign(a, b) || areApart(a, b)) return false;
  const [first, second] = [instantsOf(a.range), instantsOf(b.range)];
  return first.start < second.end && second.start < first.end;
}

const areApart = ({ token: a }: CostUpdate, { token: b }: CostUpdate): boolean =>
  a?.slot === b?.slot && a !== null && b !== null && folded(a.value) !== folded(b.value);

/** As databases compare texts: without case, accents and spaces around. */
const folded = (value: string): string =>
  value.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** Does the first update set the cost of every click that the second one sets? */
export const covers = (a: CostUpdate, b: CostUpdate): boolean =>
  coversDays(a, b) && endOf(a) >= endOf(b);

/** Where it ends within days that are not over; a whole day never does. */
const endOf = ({ until }: CostUpdate): number => until ?? Number.POSITIVE_INFINITY;

/** The same, wherever within a day that is not over they end. */
function coversDays(a: CostUpdate, b: CostUpdate): boolean {
  if (!sameCampaign(a, b)) return false;
  const [outer, inner] = [instantsOf(a.range), instantsOf(b.range)];
  const sameToken = a.token?.slot === b.token?.slot && a.token?.value === b.token?.value;
  return (
    outer.start <= inner.start &&
    inner.end <= outer.end &&
    (a.token === null || sameToken) &&
    (!a.uniqueOnly || b.uniqueOnly)
  );
}

/** Do two updates set the cost of the same clicks, but for those that came in between them? */
export const sameSegment = (a: CostUpdate, b: CostUpdate): boolean =>
  coversDays(a, b) && coversDays(b, a);
