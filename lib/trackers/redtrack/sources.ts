import { roleOfMacro } from '../../sources/macros.ts';
import type { Source, TokenRole, TrackerClient } from '../adapter.ts';
import { label } from '../numbers.ts';
import { wholeOf } from '../paging.ts';
import { listed } from './lists.ts';
import { nameOf, type SourceAnswer, sourceSchema } from './schema.ts';

/**
 * The meaning of RedTrack's roles. It separates ids (`cid`, `gid`, `aid`) from
 * names (`rt_campaign` …). Lists for a traffic source need ids, so a name counts
 * only if no other token of the source holds the id. Placements are the
 * exception: `pid` is the publisher's name, `rt_placement` the placement.
 */
const ROLES: Readonly<Record<string, { readonly role: TokenRole; readonly rank: number }>> = {
  cid: { role: 'campaign', rank: 1 },
  campaign_id: { role: 'campaign', rank: 1 },
  campaign: { role: 'campaign', rank: 2 },
  rt_campaign: { role: 'campaign', rank: 3 },
  gid: { role: 'adSet', rank: 1 },
  adgroup_id: { role: 'adSet', rank: 1 },
  adgroup: { role: 'adSet', rank: 2 },
  rt_adgroup: { role: 'adSet', rank: 3 },
  aid: { role: 'ad', rank: 1 },
  ad_id: { role: 'ad', rank: 1 },
  ad: { role: 'ad', rank: 2 },
  rt_ad: { role: 'ad', rank: 3 },
  rt_placement: { role: 'placement', rank: 1 },
  placement_id: { role: 'placement', rank: 1 },
  placement: { role: 'placement', rank: 2 },
  pid: { role: 'placement', rank: 3 },
};
/** Roles of tokens that hold something else; these are not guessed by their macro. */
const OTHER = new Set(['rt_source', 'rt_medium', 'rt_keyword']);

interface Sub {
  readonly slot: number;
  readonly alias: string;
  readonly hint: string;
  readonly role: string;
  readonly value: string;
}

function subsOf(source: SourceAnswer): Sub[] {
  if (source.subs) {
    return source.subs.flatMap((sub, index) =>
      sub === null ? [] : [{ slot: index + 1, ...sub, role: sub.role.toLowerCase() }],
    );
  }
  return Array.from({ length: 10 }, (_, index) => {
    const name = `sub${index + 1}`;
    const value = label.safeParse(source[name]);
    return {
      slot: index + 1,
      alias: '',
      hint: source.hints?.[name] ?? '',
      role: '',
      value: value.success ? value.data : '',
    };
  });
}

function roleOf(sub: Sub, subs: readonly Sub[]): TokenRole | null {
  const known = ROLES[sub.role];
  if (known === undefined) {
    if (OTHER.has(sub.role)) return null;
    const guess = roleOfMacro(sub.hint || sub.alias, sub.value || null);
    const said = guess !== null && subs.some((other) => ROLES[other.role]?.role === guess);
    return said ? null : guess;
  }
  const better = subs.some((other) => {
    const rival = ROLES[other.role];
    return rival !== undefined && rival.role === known.role && rival.rank < known.rank;
  });
  return better ? null : known.role;
}

/** Traffic sources with their tokens; a token's slot is its position in `subs`, from 1. */
export async function sources(client: TrackerClient): Promise<Source[]> {
  const rows = wholeOf(
    await listed(client, {
      call: 'sources',
      path: '/sources',
      row: sourceSchema,
      keyOf: ({ id }) => id,
      per: 100,
    }),
  );
  return rows.map((source) => {
    const subs = subsOf(source).filter((sub) => sub.value || sub.hint || sub.alias || sub.role);
    return {
      id: source.id,
      name: nameOf(source),
      tokens: subs.map((sub) => ({
        slot: sub.slot,
        name: sub.hint || sub.alias || `sub${sub.slot}`,
        parameter: sub.alias || `sub${sub.slot}`,
        macro: sub.value || null,
        role: roleOf(sub, subs),
      })),
    };
  });
}
