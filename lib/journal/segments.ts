import type { CostUpdate } from '../costs/update.ts';
import { instantsOf } from '../report/range.ts';

const sameCampaign = (a: CostUpdate, b: CostUpdate): boolean =>
  a.connection === b.connection && a.campaignId === b.campaignId;

/** May two updates set the cost of the same clicks? Any two token values may meet in one click. */
export function overlaps(a: CostUpdate, b: CostUpdate): boolean {
  if (!sameCampaign(a, b)) return false;
  const [first, second] = [instantsOf(a.range), instantsOf(b.range)];
  return first.start < second.end && second.start < first.end;
}

/** Does the first update set the cost of every click that the second one sets? */
export function covers(a: CostUpdate, b: CostUpdate): boolean {
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

/** Do two updates set the cost of exactly the same clicks? */
export const sameSegment = (a: CostUpdate, b: CostUpdate): boolean => covers(a, b) && covers(b, a);
