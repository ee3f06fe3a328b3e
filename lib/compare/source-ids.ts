import type { Report } from '../report/question.ts';
import { isUnfilled } from '../sources/token-check.ts';
import type { Named } from './proposals.ts';

/** A campaign with its id at the source. */
export interface SourceId {
  readonly campaign: Named;
  /** The source, by a name that all trackers share. */
  readonly source: string;
  readonly value: string;
}

/** Least share of a campaign's clicks that an id has; fewer are strays. */
const LEAST_SHARE = 0.1;
/** An id that more campaigns of a side share tells none of them. */
const MOST_HOLDERS = 3;

/** The ids in a report by campaign and the token that holds them. */
export function sourceIdsOf({ rows }: Pick<Report, 'rows'>, source: string): SourceId[] {
  const clicks = new Map<string, number>();
  for (const { values, metrics } of rows) {
    const id = values[0]?.id ?? '';
    clicks.set(id, (clicks.get(id) ?? 0) + (metrics.clicks ?? 0));
  }
  return rows.flatMap(({ values: [campaign, token], metrics }) => {
    const value = token?.id.trim() ?? '';
    if (!campaign || isUnfilled(value)) return [];
    const least = LEAST_SHARE * (clicks.get(campaign.id) ?? 0);
    return (metrics.clicks ?? 0) > 0 && (metrics.clicks ?? 0) >= least
      ? [{ campaign, source, value }]
      : [];
  });
}

/** The campaigns of two sides that have the same id at the same source. */
export function matchSourceIds(
  first: readonly SourceId[],
  second: readonly SourceId[],
): Array<{ readonly a: Named; readonly b: Named; readonly value: string }> {
  const [ours, theirs] = [holdersOf(first), holdersOf(second)];
  return [...ours].flatMap(([key, { value, campaigns }]) => {
    const others = theirs.get(key)?.campaigns ?? [];
    if (campaigns.length > MOST_HOLDERS || others.length > MOST_HOLDERS) return [];
    return campaigns.flatMap((a) => others.map((b) => ({ a, b, value })));
  });
}

function holdersOf(ids: readonly SourceId[]) {
  const holders = new Map<string, { readonly value: string; readonly campaigns: Named[] }>();
  for (const { campaign, source, value } of ids) {
    const key = JSON.stringify([source, value]);
    const known = holders.get(key);
    if (!known) holders.set(key, { value, campaigns: [campaign] });
    else if (known.campaigns.every(({ id }) => id !== campaign.id)) known.campaigns.push(campaign);
  }
  return holders;
}
