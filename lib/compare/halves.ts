import type { Report } from '../report/question.ts';
import type { Link } from './links.ts';

/** A tracker, and its report of all campaigns by campaign; null = it is not known. */
interface TotalSide {
  readonly connection: string;
  readonly report: Report | null;
}

/**
 * Number of split tests between two trackers of which their figures of all campaigns hold a half: those
 * whose campaigns did anything, or of which it is not known that they did nothing.
 *
 * @param links of campaigns
 */
export function halvesIn(links: readonly Link[], one: TotalSide, other: TotalSide): number {
  return links.filter(({ split, members }) => {
    if (!split) return false;
    const [ours, theirs] = [one, other].map((side) =>
      members.filter(({ connection }) => connection === side.connection).map((of) => of.campaignId),
    );
    if (!ours?.length || !theirs?.length) return false;
    return ours.some((id) => isIn(id, one)) || theirs.some((id) => isIn(id, other));
  }).length;
}

function isIn(id: string, { report }: TotalSide): boolean {
  const row = report?.rows.find(({ values: [campaign] }) => campaign?.id === id);
  if (!row) return report?.complete !== true;
  const { clicks, conversions, cost, revenue } = row.metrics;
  return [clicks, conversions, cost, revenue].some((figure) => figure !== 0);
}
