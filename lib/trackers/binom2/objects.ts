import type { TrackerCall } from '../../errors.ts';
import { CrosstrackError } from '../../errors.ts';
import type { QueryValue } from '../../http/http.ts';
import { presetRange, type Range } from '../../report/range.ts';
import { roleOfMacro } from '../../sources/macros.ts';
import type { Campaign, Lander, Offer, Source, TrackerClient } from '../adapter.ts';
import { byOffset, listed } from '../listed.ts';
import { wholeOf } from '../paging.ts';
import {
  listOf,
  type ObjectAnswer,
  objectSchema,
  sourceDetailsSchema,
  sourceSchema,
} from './schema.ts';

const LIMIT = 1000;
const MOST_PAGES = 100;
export const API = '/public/api/v1';
export const TOKENS = 10;

type Query = ReadonlyArray<readonly [string, QueryValue]>;

/** Whole days in a zone; most calls refuse to work without both. */
export const daysOf = ({ from, to, zone }: Range): Query => [
  ['datePreset', 'custom_time'],
  ['dateFrom', `${from} 00:00:00`],
  ['dateTo', `${to} 23:59:59`],
  ['timezone', zone],
];

const todayOf = (client: TrackerClient): Range =>
  presetRange('today', client.now(), client.connection.zone);

/** All elements of `/info/…` or `/stats/…`, without the total at the end. */
export async function elements(
  client: TrackerClient,
  call: TrackerCall,
  path: string,
  query: Query,
): Promise<{ rows: ObjectAnswer[]; complete: boolean }> {
  return listed(client, {
    call,
    path: `${API}${path}`,
    query,
    answer: listOf(objectSchema),
    pageQuery: byOffset(LIMIT),
    pageIn(answer) {
      const totals = answer.find(({ id }) => id === 'totals');
      return { rows: answer.filter((row) => row !== totals), total: totals?.total_count };
    },
    keyOf: ({ id }) => id,
    limit: LIMIT,
    most: MOST_PAGES,
    partial: true,
  });
}

/** Figures of all campaigns for the days; biggest first, as the panel itself asks. */
export const campaignStats = (client: TrackerClient, range: Range) =>
  elements(client, 'report', '/stats/campaign', [
    ...daysOf(range),
    ['sortColumn', 'clicks'],
    ['sortType', 'desc'],
  ]);

/** Number of campaigns, asked in the cheapest way. */
export async function campaignCount(client: TrackerClient): Promise<number> {
  const rows = wholeOf(
    await elements(client, 'campaigns', '/info/campaign', daysOf(todayOf(client))),
  );
  return rows.filter(({ is_deleted }) => !is_deleted).length;
}

export const sourceList = (client: TrackerClient) =>
  client.http.send(
    {
      call: 'sources',
      method: 'GET',
      path: `${API}/traffic_source/list/filtered`,
      answer: listOf(sourceSchema),
    },
    client.signal,
  );

/** Ids of sources by name; a key that may not read them leaves the names to stand for them. */
export async function sourceIds(client: TrackerClient): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map((await sourceList(client)).map(({ id, name }) => [name, id]));
  } catch (error) {
    const status = error instanceof CrosstrackError ? error.problem.status : undefined;
    if (status === 403 || status === 404) return new Map();
    throw error;
  }
}

/** Campaigns that are not deleted. The list of them lacks their sources, which their figures name. */
export async function campaigns(client: TrackerClient): Promise<Campaign[]> {
  const today = todayOf(client);
  const [list, figures, idOf] = await Promise.all([
    elements(client, 'campaigns', '/info/campaign', daysOf(today)),
    campaignStats(client, today),
    sourceIds(client),
  ]);
  const sourceOf = new Map(figures.rows.map(({ id, traffic_source }) => [id, traffic_source]));
  return wholeOf(list)
    .filter(({ is_deleted }) => !is_deleted)
    .map(({ id, name, traffic_source }) => {
      const source = traffic_source || sourceOf.get(id) || '';
      return {
        id,
        name,
        active: true,
        source: source === '' ? null : { id: idOf.get(source) ?? source, name: source },
      };
    });
}

/** `/info/offer`; the payout is in the tracker's currency, and not told by every version. */
export async function offers(client: TrackerClient): Promise<Offer[]> {
  const rows = wholeOf(await elements(client, 'offers', '/info/offer', daysOf(todayOf(client))));
  return rows
    .filter(({ is_deleted }) => !is_deleted)
    .map((row) => ({
      id: row.id,
      name: row.name,
      active: true,
      payout: row.payout ? { amount: row.payout, currency: client.connection.currency } : null,
      network: row.affiliate_network || null,
    }));
}

export async function landers(client: TrackerClient): Promise<Lander[]> {
  const rows = wholeOf(await elements(client, 'landers', '/info/landing', daysOf(todayOf(client))));
  return rows
    .filter(({ is_deleted }) => !is_deleted)
    .map(({ id, name }) => ({ id, name, active: true }));
}

/** First of these fields that holds text. */
function textIn(of: Readonly<Record<string, unknown>>, fields: readonly string[]): string {
  for (const field of fields) {
    const value = of[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/** Tokens of one source: their place in the list is their number. */
export async function tokensOf(client: TrackerClient, sourceId: string): Promise<Source['tokens']> {
  const { tokens } = await client.http.send(
    {
      call: 'sources',
      method: 'GET',
      path: `${API}/traffic_source/${encodeURIComponent(sourceId)}`,
      answer: sourceDetailsSchema,
    },
    client.signal,
  );
  return (tokens ?? []).slice(0, TOKENS).flatMap((token, index) => {
    if (token === null) return [];
    const name = textIn(token, ['name', 'title', 'param', 'parameter', 'alias']);
    const macro = textIn(token, ['value', 'placeholder', 'macro', 'token']);
    if (name === '' && macro === '') return [];
    return [
      {
        slot: index + 1,
        name: name || `Token ${index + 1}`,
        ...(name === '' ? { parameter: null } : {}),
        macro: macro || null,
        role: roleOfMacro(name, macro || null),
      },
    ];
  });
}

/** Traffic sources, each with the tokens that it itself has to be asked for. */
export async function sources(client: TrackerClient): Promise<Source[]> {
  const list = await sourceList(client);
  return Promise.all(
    list.map(async ({ id, name }) => ({ id, name, tokens: await tokensOf(client, id) })),
  );
}
