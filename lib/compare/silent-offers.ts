import { type Cell, idsIn } from './join.ts';
import type { Link, Member } from './links.ts';
import { type JoinedOffer, linkedOffers, type OfferSide } from './offers.ts';
import { silence } from './silent.ts';

/**
 * The offers with a cell of zeros where a link says which offer a side has and the side's complete
 * report has no row of it: a network's, for what only trackers have; trackers', for what only networks
 * have. So 3 conversions against 0 are judged.
 *
 * @param offers as `joinOffers` gives them for the same sides and links
 */
export function withSilentOffers(
  offers: readonly JoinedOffer[],
  sides: readonly OfferSide[],
  links: readonly Link[],
): JoinedOffer[] {
  const linkedTo = new Map<string, readonly Member[]>();
  for (const { members } of linkedOffers(sides, links)) {
    for (const { connection, campaignId } of members) {
      const key = keyOf(connection, campaignId);
      linkedTo.set(key, [...(linkedTo.get(key) ?? []), ...members]);
    }
  }
  // What one tracker does not tell may have been sent to any offer.
  const allTold = sides.every(({ kind, report }) => kind === 'network' || report?.complete);
  return offers.map((offer) => {
    const has = (kind: OfferSide['kind']) =>
      sides.some((side, at) => side.kind === kind && offer.cells[at]);
    const [sent, got] = [has('tracker'), has('network')];
    if (sent === got || (got && !allTold)) return offer;
    const linked = sides.flatMap(({ connection }, at) => {
      const cell = offer.cells[at];
      return cell ? idsIn(cell).flatMap((id) => linkedTo.get(keyOf(connection, id)) ?? []) : [];
    });
    const cells = sides.map((side, at) => {
      const misses = side.kind === (sent ? 'network' : 'tracker');
      return misses ? nothingOn(side, linked) : (offer.cells[at] ?? null);
    });
    const idle = sides.flatMap(({ connection, kind }, at) =>
      got && kind === 'tracker' && cells[at] ? connection : [],
    );
    return { ...offer, cells, idle };
  });
}

const keyOf = (connection: string, id: string): string => JSON.stringify([connection, id]);

/** What a side counted for the linked offers that it has, none of which is in its report; null = unknown. */
function nothingOn({ connection, report }: OfferSide, linked: readonly Member[]): Cell | null {
  const own = new Map(
    linked
      .filter((one) => one.connection === connection)
      .map(({ campaignId: id, name }) => [id, { id, name }]),
  );
  const [first, ...also] = own.values();
  if (!first || !report?.complete || !report.counted) return null;
  const metrics = silence({ complete: true, counted: report.counted });
  return { ...first, metrics, ...(also.length > 0 ? { also } : {}) };
}
