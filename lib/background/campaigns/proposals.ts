import { matchAddresses } from '../../compare/addresses.ts';
import { matchCurves } from '../../compare/curves.ts';
import { type Hourly, hourlyOf, sharedCurves } from '../../compare/hourly.ts';
import { joinSides, type Side } from '../../compare/join.ts';
import type { LinkKind } from '../../compare/link-kinds.ts';
import {
  type Apart,
  memberOf,
  pairsOf,
  partedIn,
  proposalsFrom,
  type Suspected,
  suspectNames,
} from '../../compare/link-proposals.ts';
import { ofKind } from '../../compare/links.ts';
import type { Named } from '../../compare/proposals.ts';
import { matchSourceIds, type SourceId, sourceIdsOf } from '../../compare/source-ids.ts';
import type { Connection } from '../../connections/connection.ts';
import type { LinkProposals, linkCalls, Unread } from '../../contract/links.ts';
import { CrosstrackError, isAbort, problemOf } from '../../errors.ts';
import { NO_METRICS } from '../../report/metrics.ts';
import { addDays, dayOf, type Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import { sourceKey } from '../../sources/overlaps.ts';
import type { Services } from '../services.ts';
import { type Clock, inSlices } from '../slices.ts';
import type { ReportAcross } from './across.ts';
import type { LinkRepository } from './links.ts';
import type { Listed, NamedLists } from './named-lists.ts';

/** Most proposals of an answer. */
const LISTED = 500;
/** Days by whose hours figures are matched, and by which ids are found. */
const DAYS = { figures: 2, ids: 7 } as const;

export interface ProposalParts {
  readonly links: LinkRepository;
  readonly namedOn: NamedLists;
  readonly reportAcross: ReportAcross;
  readonly clock: Clock;
}

/** What is asked of every connection, and how. */
interface Asking {
  readonly apart: Apart;
  readonly compared: readonly Connection[];
  /** The lists of the compared connections, by connection. */
  readonly lists: ReadonlyMap<string, readonly Listed[]>;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  readonly unread: Unread[];
}

/** Proposes links: by ids at the source, by clicks, by addresses, by names. */
export function createProposals(
  { connections, clients, now }: Pick<Services, 'connections' | 'clients' | 'now'>,
  { links, namedOn, reportAcross, clock }: ProposalParts,
): HandlersOf<Pick<typeof linkCalls, 'links.proposals'>> {
  /** Runs a question to each connection; what cannot be had is told, and hinders no other. */
  const eachOf = async <T>(
    { unread, signal }: Pick<Asking, 'unread' | 'signal'>,
    what: Unread['what'],
    asked: readonly Connection[],
    ask: (connection: Connection) => Promise<T | null>,
  ): Promise<Array<readonly [Connection, T]>> => {
    const answers = asked.map(async (connection) => {
      try {
        const answer = await ask(connection);
        return answer === null ? [] : [[connection, answer] as const];
      } catch (error) {
        if (isAbort(error) && signal.aborted) throw error;
        unread.push({ connection: connection.id, what, problem: problemOf(error) });
        return [];
      }
    });
    return (await Promise.all(answers)).flat();
  };

  /** The last whole days of a zone. */
  const lastDays = (days: number, zone: string): Range => {
    const today = dayOf(now(), zone);
    return { from: addDays(today, -days), to: addDays(today, -1), zone };
  };

  /** What a connection has that another one may have under another name. */
  const missingOn = ({ apart, compared }: Asking, { id }: Connection): Named[] => {
    const found = new Map<string, Named>();
    for (const other of compared) {
      if (other.id === id) continue;
      for (const one of apart.missing(id, other.id)) found.set(one.id, one);
    }
    return [...found.values()];
  };

  const byIds = async (asking: Asking): Promise<Suspected[]> => {
    const { compared, fresh, signal } = asking;
    const withToken = ({ templates }: Connection) =>
      templates.filter(({ campaign }) => campaign !== null);
    const shared = new Map<string, number>();
    for (const connection of compared) {
      for (const key of new Set(withToken(connection).map((one) => sourceKey(one.sourceName)))) {
        shared.set(key, (shared.get(key) ?? 0) + 1);
      }
    }
    const read = await eachOf(asking, 'ids', compared, async (connection): Promise<SourceId[]> => {
      const missing = missingOn(asking, connection);
      if (missing.length === 0) return [];
      const range = lastDays(DAYS.ids, connection.zone);
      const sources = new Map(
        asking.lists.get(connection.id)?.map(({ id, source }) => [id, source]),
      );
      const ids = withToken(connection).map(async ({ sourceId, sourceName, campaign }) => {
        const key = sourceKey(sourceName);
        // Nobody else could have the same id.
        if ((shared.get(key) ?? 0) < 2) return [];
        const filters = [{ dimension: 'source', value: sourceId }] as const;
        const groupBy = [`token${campaign ?? 0}`] as const;
        const options = { fresh, signal };
        const own = missing.filter(({ id }) => (sources.get(id) ?? sourceId) === sourceId);
        if (own.length === 0) return [];
        const report = await reportAcross(connection, { range, groupBy, filters }, own, options);
        return report ? sourceIdsOf(report, key) : [];
      });
      return (await Promise.all(ids)).flat();
    });
    return pairsOf(read).flatMap(([[first, ours], [second, theirs]]) =>
      matchSourceIds(ours, theirs).map(({ a, b, value }) => ({
        a: memberOf(first.id, a),
        b: memberOf(second.id, b),
        reason: { by: 'id', value } as const,
      })),
    );
  };

  const byFigures = async (asking: Asking): Promise<Suspected[]> => {
    const { apart, compared, fresh, signal } = asking;
    const range = lastDays(DAYS.figures, 'UTC');
    const read = await eachOf(
      asking,
      'figures',
      compared,
      async (connection): Promise<Hourly | null> => {
        const missing = missingOn(asking, connection);
        if (missing.length === 0) return null;
        const { dimensions } = clients.adapter(connection.tracker).capabilities;
        if (!dimensions.includes('day') || !dimensions.includes('hour')) {
          throw new CrosstrackError({ kind: 'unsupported', text: 'links_no_hours' });
        }
        const question = { range, groupBy: ['day', 'hour'], filters: [] } as const;
        const report = await reportAcross(connection, question, missing, { fresh, signal });
        if (!report) return null;
        const hourly = hourlyOf(report, range);
        if (typeof hourly === 'string') {
          throw new CrosstrackError({ kind: 'unsupported', text: hourly });
        }
        return hourly;
      },
    );
    const found: Suspected[] = [];
    for (const [[first, ours], [second, theirs]] of pairsOf(read)) {
      const isFree = (one: Connection, other: Connection, { campaigns, ...hours }: Hourly) => {
        const free = new Map(apart.missing(one.id, other.id).map((each) => [each.id, each]));
        return { ...hours, campaigns: campaigns.filter(({ of }) => free.has(of.id)) };
      };
      const [a, b] = sharedCurves(isFree(first, second, ours), isFree(second, first, theirs));
      const matches = await inSlices(matchCurves(a, b), clock, signal);
      for (const { a: one, b: other, correlation, level } of matches) {
        const reason = { by: 'figures', correlation, level } as const;
        found.push({ a: memberOf(first.id, one), b: memberOf(second.id, other), reason });
      }
    }
    return found;
  };

  /** Offers of trackers that send to the link of a network's offer. */
  const byAddresses = ({ apart, compared, lists }: Asking): Suspected[] => {
    const isNetwork = ({ tracker }: Connection) => clients.adapter(tracker).side === 'network';
    const apartFrom = (one: Connection, other: Connection): readonly Listed[] => {
      const missing = new Set(apart.missing(one.id, other.id).map(({ id }) => id));
      return lists.get(one.id)?.filter(({ id }) => missing.has(id)) ?? [];
    };
    return pairsOf(compared).flatMap((pair): Suspected[] => {
      const [network, ...others] = pair.filter(isNetwork);
      const [tracker] = pair.filter((one) => !isNetwork(one));
      if (!network || !tracker || others.length > 0) return [];
      return matchAddresses(apartFrom(tracker, network), apartFrom(network, tracker)).map(
        ({ a, b }) => ({
          a: memberOf(tracker.id, a),
          b: memberOf(network.id, b),
          reason: { by: 'address' },
        }),
      );
    });
  };

  /** The connections whose records may be linked; a campaign is never held against a whole offer. */
  const comparedIn = async (kind: LinkKind): Promise<Connection[]> => {
    const all = (await connections.list()).filter(({ off }) => !off);
    const real = all.filter(({ demo }) => !demo);
    return (real.length > 0 ? real : all).filter(({ tracker }) => {
      const { side, capabilities } = clients.adapter(tracker);
      return kind === 'campaign'
        ? side === 'tracker'
        : side === 'network' || capabilities.offers.can;
    });
  };

  return {
    'links.proposals': async ({ kind, fresh }, { signal }): Promise<LinkProposals> => {
      const unread: Unread[] = [];
      const lists = await eachOf({ unread, signal }, 'names', await comparedIn(kind), ({ id }) =>
        namedOn(id, kind, signal),
      );
      const compared = lists.map(([connection]) => connection);
      const ids = compared.map(({ id }) => id);
      const sides = lists.map(([{ id }, names]): Side => {
        const rows = names.map((one) => ({ id: one.id, name: one.name, metrics: NO_METRICS }));
        return { connection: id, currency: '', rows };
      });
      const rejected = ofKind(await links.rejections(), kind);
      const rows = joinSides(sides, ofKind(await links.all(), kind), rejected);
      const apart = partedIn(rows, ids);
      const listed = new Map(lists.map(([{ id }, names]) => [id, names]));
      const asking: Asking = { apart, compared, lists: listed, fresh, signal, unread };
      const suspected = [
        ...(kind === 'campaign'
          ? await Promise.all([byIds(asking), byFigures(asking)])
          : [byAddresses(asking)]),
        await inSlices(suspectNames(apart, ids), clock, signal),
      ].flat();
      const proposals = proposalsFrom(suspected, apart, rejected);
      return {
        proposals: proposals.slice(0, LISTED),
        more: Math.max(0, proposals.length - LISTED),
        unlinked: sides.map(({ connection }, side) => ({
          connection,
          campaigns: rows
            .filter(({ by }) => by === 'alone')
            .flatMap(({ cells }) => cells[side] ?? [])
            .map(({ id, name }) => ({ id, name })),
        })),
        byName: rows
          .filter(({ by }) => by === 'exact' || by === 'folded')
          .map(({ cells }) =>
            cells.flatMap((cell, at) => (cell ? memberOf(ids[at] ?? '', cell) : [])),
          ),
        unread,
      };
    },
  };
}
