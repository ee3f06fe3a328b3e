import { CrosstrackError } from '../../errors.ts';
import { type Dimension, tokenSlot } from '../../report/question.ts';
import type { Range } from '../../report/range.ts';
import { z } from '../../zod.ts';
import type { TrackerClient } from '../adapter.ts';
import { API, daysOf } from './api.ts';
import { campaignStats } from './objects.ts';
import { sourceList, tokensOf } from './sources.ts';

/**
 * Names under which our dimensions may appear in a campaign's list of groupings,
 * letters and digits only. Public clients confirm the first two; the others are
 * only looked for in the list, never sent without having been seen there.
 */
const WORDS: { readonly [D in Dimension]?: readonly string[] } = {
  offer: ['offer'],
  country: ['geocountry', 'country'],
  lander: ['landing', 'lander', 'landings'],
  region: ['georegion', 'region'],
  city: ['geocity', 'city'],
  deviceType: ['devicetype', 'device'],
  os: ['osname', 'os', 'operatingsystem'],
  browser: ['browsername', 'browser'],
  language: ['language', 'lang'],
  isp: ['isp', 'ispcarrier', 'carrier'],
  connectionType: ['connectiontype', 'connection'],
  day: ['day', 'days', 'date'],
  hour: ['hour', 'hourofday', 'hours'],
  weekday: ['weekday', 'dayofweek'],
};
const KNOWN: { readonly [D in Dimension]?: string } = { offer: 'offer', country: 'geoCountry' };

/** Dimensions of one campaign's report; all campaigns together know only `campaign`, `source` and one day's `hour`. */
export const DIMENSIONS: readonly Dimension[] = [
  'campaign',
  'source',
  ...(Object.keys(WORDS) as Dimension[]),
];

interface Grouping {
  /** Its value in `groupings[]`. */
  readonly value: string;
  /** All its names, letters and digits only. */
  readonly names: readonly string[];
}

const VALUES = ['value', 'key', 'code', 'id', 'name', 'alias'];

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Every grouping in an answer, however deeply nested, because its form is not documented. */
function groupingsIn(answer: unknown): Grouping[] {
  if (Array.isArray(answer)) {
    return answer.flatMap((entry) =>
      typeof entry === 'string' ? [{ value: entry, names: [plain(entry)] }] : groupingsIn(entry),
    );
  }
  if (typeof answer !== 'object' || answer === null) return [];
  const fields = new Map<string, unknown>(Object.entries(answer));
  const texts = [...fields.values()].filter((value) => typeof value === 'string');
  const value = VALUES.map((name) => fields.get(name)).find(
    (each) => typeof each === 'string' && each !== '',
  );
  const own = typeof value === 'string' ? [{ value, names: texts.map(plain) }] : [];
  return [
    ...own,
    ...[...fields.values()].filter((inner) => typeof inner === 'object').flatMap(groupingsIn),
  ];
}

async function groupings(
  client: TrackerClient,
  campaignId: string,
  range: Range,
): Promise<Grouping[]> {
  const answer = await client.http.send(
    {
      call: 'groupings',
      method: 'GET',
      path: `${API}/report/campaign/groupings`,
      query: [['ids[]', campaignId], ...daysOf(range)],
      answer: z.unknown(),
    },
    client.signal,
  );
  return groupingsIn(answer);
}

/** What the campaign's source calls a token; its grouping has one of these names. */
async function tokenNames(
  client: TrackerClient,
  campaignId: string,
  slot: number,
  range: Range,
): Promise<string[]> {
  const [{ rows }, sources] = await Promise.all([campaignStats(client, range), sourceList(client)]);
  const sourceName = rows.find(({ id }) => id === campaignId)?.traffic_source;
  const source = sources.find(({ name }) => name === sourceName);
  if (!source) return [];
  const token = (await tokensOf(client, source.id)).find((one) => one.slot === slot);
  return token ? [token.name, token.parameter ?? ''].filter((name) => name !== '') : [];
}

const memoryOf = (campaignId: string, dimension: Dimension): string =>
  `grouping:${campaignId}:${dimension}`;

/**
 * The values of `groupings[]` for these dimensions in a campaign's report. They
 * are read from the tracker once and remembered, because tokens have the names
 * that the campaign's source gives them.
 * @throws CrosstrackError `unsupported` for what the campaign's list lacks
 */
export async function groupingsOf(
  client: TrackerClient,
  campaignId: string,
  dimensions: readonly Dimension[],
  range: Range,
): Promise<string[]> {
  let list: Promise<Grouping[]> | null = null;
  const found = async (dimension: Dimension): Promise<string> => {
    const known = KNOWN[dimension] ?? client.memory.get(memoryOf(campaignId, dimension));
    if (known !== undefined) return known;
    list ??= groupings(client, campaignId, range);
    const entries = await list;
    const value = await matching(client, campaignId, dimension, range, entries);
    if (value === null) {
      throw new CrosstrackError({
        kind: 'unsupported',
        tracker: 'Binom v2',
        text: 'binom_dimension',
        values: [dimension],
      });
    }
    client.memory.set(memoryOf(campaignId, dimension), value);
    return value;
  };
  return Promise.all(dimensions.map(found));
}

async function matching(
  client: TrackerClient,
  campaignId: string,
  dimension: Dimension,
  range: Range,
  entries: readonly Grouping[],
): Promise<string | null> {
  const slot = tokenSlot(dimension);
  const words = slot === null ? (WORDS[dimension] ?? []) : [`token${slot}`];
  for (const word of words) {
    const entry = entries.find(({ names }) => names.includes(word));
    if (entry) return entry.value;
  }
  if (slot === null) return null;
  const wanted = (await tokenNames(client, campaignId, slot, range)).map(plain);
  return entries.find(({ names }) => names.some((name) => wanted.includes(name)))?.value ?? null;
}
