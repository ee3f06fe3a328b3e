import { CrosstrackError, problemOf } from '../../errors.ts';
import type { ReadRefusal } from '../../http/http.ts';
import { roleOfMacro } from '../../sources/macros.ts';
import { z } from '../../zod.ts';
import {
  CAN,
  type Campaign,
  type CheckFacts,
  cannot,
  type Source,
  type TrackerAdapter,
  type TrackerClient,
} from '../adapter.ts';
import { answersAlone, saysNo } from '../keyless.ts';
import { type Refusal, refused, refusedByStatus } from '../refusals.ts';
import { address, claims } from './address.ts';
import { BULK, COST_TOKENS, refuseCost, setCost, setCosts } from './cost.ts';
import { MOST_LABELS, marks, setMarks } from './labels.ts';
import { campaignAnswers, isGone, landers, offers, sourceAnswers } from './lists.ts';
import { click, clicks, conversions } from './logs.ts';
import { setActive } from './pause.ts';
import { report } from './report.ts';
import { DIMENSIONS, TOKENS } from './words.ts';

/** `{"error":…}` in most versions, `{"message":…}` in some. A validation error lists its fields, in some versions nothing else. */
const refusalSchema = z.object({
  error: z.optional(z.unknown()),
  message: z.optional(z.unknown()),
  errors: z.optional(z.unknown()),
});

function saidIn(json: unknown): string {
  const read = refusalSchema.safeParse(json);
  if (!read.success) return '';
  const { error, message, errors } = read.data;
  return [error, message, errors]
    .filter((part) => part !== undefined && part !== null)
    .map(written)
    .join(' ')
    .slice(0, 200);
}

const written = (part: unknown): string =>
  (typeof part === 'string' ? part : JSON.stringify(part)).slice(0, 200);

const REFUSED: Refusal = { kind: 'conflict', text: 'keitaro_refused', quotes: true };
/** Statuses of the Admin API. */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  400: REFUSED,
  401: { kind: 'auth', text: 'keitaro_key' },
  402: { kind: 'unsupported', text: 'keitaro_edition' },
  403: { kind: 'permission', text: 'keitaro_rights' },
  404: { kind: 'conflict', text: 'keitaro_not_found' },
  406: REFUSED,
  422: REFUSED,
};

const refusal: ReadRefusal = (answer) => {
  const { status, json, text } = answer;
  const said = saidIn(json);
  if (status >= 200 && status < 300) {
    // A domain that serves landing pages answers every path with one.
    if (text.startsWith('<')) return { kind: 'shape', text: 'keitaro_wrong_domain' };
    return refusalSchema.safeParse(json).data?.error ? refused(REFUSED, status, said) : null;
  }
  // A validation error may list its fields and nothing else.
  const bare = REFUSALS[status] === REFUSED && Object.keys(Object(json)).length > 0;
  return refusedByStatus(REFUSALS, answer, said || (bare ? written(json) : ''));
};

/** Campaigns that are not archived. */
async function campaigns(client: TrackerClient): Promise<Campaign[]> {
  const [rows, names] = await Promise.all([campaignAnswers(client), sourceNames(client)]);
  return rows
    .filter((row) => !isGone(row))
    .map((row) => ({
      id: row.id,
      name: row.name,
      active: row.state === '' || row.state === 'active',
      source:
        row.traffic_source_id === '' || row.traffic_source_id === '0'
          ? null
          : {
              id: row.traffic_source_id,
              name: row.traffic_source || (names.get(row.traffic_source_id) ?? ''),
            },
    }));
}

/** Names of sources by id; empty if the key may read only campaigns. */
async function sourceNames(client: TrackerClient): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map((await sourceAnswers(client)).map(({ id, name }) => [id, name]));
  } catch (error) {
    const status = error instanceof CrosstrackError ? error.problem.status : undefined;
    if (status === 403 || status === 404) return new Map();
    throw error;
  }
}

/** Sources with their tokens: `sub_id_N` of `parameters` is token N; other names (cost, external_id …) are not tokens. */
async function sources(client: TrackerClient): Promise<Source[]> {
  const rows = await sourceAnswers(client);
  return rows
    .filter((row) => !isGone(row))
    .map(({ id, name, parameters }) => ({
      id,
      name,
      tokens: Object.entries(parameters)
        .flatMap(([field, parameter]) => {
          const slot = Number(/^sub_id_(\d{1,2})$/.exec(field)?.[1] ?? 0);
          if (slot < 1 || slot > TOKENS || !parameter) return [];
          const macro = parameter.placeholder || null;
          const word = parameter.alias || parameter.name;
          if (word === '' && macro === null) return [];
          const role = roleOfMacro(word, macro);
          return [{ slot, name: word || field, parameter: parameter.name || field, macro, role }];
        })
        .sort((a, b) => a.slot - b.slot),
    }));
}

/**
 * The API refuses a request without a key in JSON that holds a message and
 * nothing else; editions without the API answer 402.
 */
const answersHere = (client: TrackerClient): Promise<boolean> =>
  answersAlone(
    client,
    '/admin_api/v1/campaigns',
    ({ status, json }) =>
      (status === 401 || status === 402) && saysNo(json) && Object.keys(Object(json)).length === 1,
  );

/**
 * The list of campaigns proves the key, the edition, and that the domain serves the panel.
 * @throws CrosstrackError `unsupported` where there is no Admin API at all
 */
async function check(client: TrackerClient): Promise<CheckFacts> {
  const rows = await campaignAnswers(client).catch((error: unknown) => {
    const problem = problemOf(error);
    if (problem.status !== 404) throw error;
    throw new CrosstrackError({ ...problem, kind: 'unsupported', text: 'keitaro_no_api' });
  });
  const currencies = new Set(rows.map((row) => row.cost_currency).filter((code) => code !== ''));
  const [currency] = currencies;
  return {
    account: null,
    version: null,
    campaigns: rows.filter((row) => !isGone(row)).length,
    zone: null,
    // The Admin API does not tell whose key it is or what it may do.
    role: null,
    mayWrite: null,
    // Only if all campaigns have the same currency is it the tracker's.
    currency: currencies.size === 1 && currency && /^[A-Z]{3}$/.test(currency) ? currency : null,
  };
}

/**
 * Keitaro, Admin API v1 of versions 9 to 11. Key in the header `Api-Key`.
 * Reports in any zone; money in the tracker's currency.
 */
export const keitaro: TrackerAdapter = {
  id: 'keitaro',
  name: 'Keitaro',
  initial: 'K',
  side: 'tracker',
  key: { in: 'header', name: 'Api-Key' },
  keyHelp: 'keitaro_key_help',
  addressExample: 'https://tracker.example.com/admin',
  // No limit is documented, but a self-hosted tracker has clicks to serve as well.
  paces: { default: { atOnce: 3 } },
  capabilities: {
    dimensions: DIMENSIONS,
    tokens: TOKENS,
    reportZone: 'any',
    hourlyTotals: true,
    dailyTotals: true,
    levels: 3,
    offers: CAN,
    landers: CAN,
    sources: CAN,
    conversions: CAN,
    clicks: CAN,
    clickLookup: CAN,
    postbacks: cannot('no_postbacks'),
    pause: CAN,
    marks: {
      can: true,
      by: 'campaign',
      write: { can: true, most: MOST_LABELS, effect: 'keitaro_labels_effect' },
    },
    upload: cannot('keitaro_no_upload'),
    campaignPage: CAN,
    cost: {
      can: true,
      modes: ['total'],
      byToken: COST_TOKENS,
      uniqueOnly: true,
      instants: true,
      currency: 'any',
      applied: 'later',
      // A scheduled job: 10 to 20 minutes are usual on busy trackers.
      settlesWithin: 45 * 60_000,
      rounding: { shown: 0.01, perClick: 0.0001 },
      bulk: BULK,
      cautions: ['keitaro_cost_later', 'keitaro_cost_overlap'],
    },
  },
  refusal,
  address,
  claims,
  answersHere,
  check,
  campaigns,
  sources,
  offers,
  landers,
  report,
  conversions,
  clicks,
  click,
  refuseCost,
  setCost,
  setCosts,
  setActive,
  marks,
  setMarks,
  campaignPage: ({ api }, campaignId) =>
    `${api}/admin/#!/campaigns/${encodeURIComponent(campaignId)}`,
};
