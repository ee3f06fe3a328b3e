import type { ReadRefusal } from '../../http/http.ts';
import { presetRange } from '../../report/range.ts';
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
import { answersAsV2 } from '../binom2/recognise.ts';
import { type Refusal, refused } from '../refusals.ts';
import { address, claims } from './address.ts';
import { refuseCost, setCost } from './cost.ts';
import { DIMENSIONS, TOKENS } from './groups.ts';
import { marks } from './marks.ts';
import { landers, offers, sourceAnswers } from './objects.ts';
import { ABOUT_KEY, answersAsV1 } from './recognise.ts';
import { report } from './report.ts';
import { BEFORE_1_9, campaignRows } from './rows.ts';
import type { CampaignAnswer, sourceSchema } from './schema.ts';
import { windowsOf } from './windows.ts';
import { campaignsAndZone } from './zone-probe.ts';

const refusalSchema = z.object({
  error: z.optional(z.unknown()),
  status: z.optional(z.unknown()),
  message: z.optional(z.unknown()),
});

/** The words of an error: `{"error":…}`, in some versions `{"status":"error","message":…}`; '' = none. */
function saidIn(json: unknown): string {
  const { error, status, message } = refusalSchema.safeParse(json).data ?? {};
  const said = error || (status === 'error' ? (message ?? status) : '');
  return typeof said === 'string' ? said : JSON.stringify(said);
}

const WRONG_KEY: Refusal = { kind: 'auth', text: 'binom_key' };
const REFUSED: Refusal = { kind: 'conflict', text: 'binom_refused', quotes: true };

/**
 * Errors come with 200 and `{"error":…}`; for a wrong key the sign-in page may
 * come instead. Missing rights, rate limits and broken servers are told by
 * status, and the general rules know which of them may pass.
 */
const refusal: ReadRefusal = ({ status, json, text }) => {
  if (status === 403 || status === 429 || status >= 500) return null;
  const said = saidIn(json);
  if (said !== '') {
    const aboutKey = status === 401 || ABOUT_KEY.test(said);
    return refused(aboutKey ? WRONG_KEY : REFUSED, status, said);
  }
  if (status < 400 && text.startsWith('<') && /password/i.test(text)) {
    return { kind: 'auth', text: 'binom_login_page' };
  }
  return null;
};

/** Any span of time names all campaigns; today is the least work for the tracker. */
async function rowsOfToday(client: TrackerClient): Promise<CampaignAnswer[]> {
  const [window] = windowsOf(presetRange('today', client.now(), client.connection.zone));
  return window ? campaignRows(client, window) : [];
}
const isListed = ({ status }: { readonly status: string }) => status !== '0';

/** Campaigns that are not in the archive. */
async function campaigns(client: TrackerClient): Promise<Campaign[]> {
  return (await rowsOfToday(client)).filter(isListed).map(({ id, name, ts_id, ts_name }) => ({
    id,
    name,
    active: true,
    source: ts_id === '' || ts_id === '0' ? null : { id: ts_id, name: ts_name },
  }));
}

/** A field that may hold a token, with the token's number in its name: "t2_name", "token_2". */
const TOKEN_FIELD = /^t(?:oken)?_?(\d{1,2})(?:_?(name|param|value))?$/i;

/**
 * Traffic sources. The published answer has no tokens: fields that look like
 * tokens are read, and all other slots are offered by their number.
 */
async function sources(client: TrackerClient): Promise<Source[]> {
  const rows = await sourceAnswers(client);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    tokens: Array.from({ length: TOKENS }, (_, index) => tokenIn(row, index + 1)),
  }));
}

function tokenIn(row: z.infer<typeof sourceSchema>, slot: number): Source['tokens'][number] {
  const words = Object.entries(row).flatMap(([field, value]) => {
    const [, number, part] = TOKEN_FIELD.exec(field) ?? [];
    const named = Number(number) === slot && typeof value === 'string' && value !== '';
    return named ? [{ part: part?.toLowerCase() ?? 'value', value: String(value) }] : [];
  });
  const macro = words.find(({ value }) => /[{[#%]/.test(value))?.value ?? null;
  const name = words.find(({ part }) => part === 'name')?.value ?? words[0]?.value;
  return {
    slot,
    name: name ?? `Token ${slot}`,
    // A macro alone says what the source sends, not as what.
    ...(name === undefined || name === macro ? { parameter: null } : {}),
    macro,
    role: name === undefined ? null : roleOfMacro(name, macro),
  };
}

/** The list of campaigns proves script and key; v1 tells neither zone nor currency. */
async function check(client: TrackerClient): Promise<CheckFacts> {
  const rows = await campaignsAndZone(client);
  const v2 = await answersAsV2(client).catch(() => false);
  const outdated = !v2 && client.memory.has(BEFORE_1_9);
  return {
    account: null,
    version: v2 ? 'v2, answering as v1' : outdated ? 'v1, before 1.9' : 'v1',
    campaigns: rows.filter(isListed).length,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
    outdated,
  };
}

/**
 * Binom v1 (self-hosted). Key in the query as `api_key`. Reports in any zone;
 * money in the tracker's currency.
 */
export const binom: TrackerAdapter = {
  id: 'binom',
  name: 'Binom v1',
  initial: 'B',
  side: 'tracker',
  key: { in: 'query', name: 'api_key' },
  keyHelp: 'binom_key_help',
  addressExample: 'https://tracker.example.com/index.php',
  paths: { login: 'login', click: 'click' },
  secretKey: true,
  // No limit is documented; reports are heavy queries on the user's own server.
  paces: { default: { atOnce: 2 } },
  capabilities: {
    dimensions: DIMENSIONS,
    together: ['campaign', 'source'],
    tokens: TOKENS,
    reportZone: 'any',
    hourlyTotals: false,
    dailyTotals: false,
    levels: 3,
    offers: CAN,
    landers: CAN,
    sources: CAN,
    conversions: cannot('binom_no_log'),
    clicks: cannot('binom_no_log'),
    clickLookup: cannot('binom_no_log'),
    postbacks: cannot('no_postbacks'),
    pause: cannot('binom_no_pause'),
    marks: { can: true, by: 'filter', write: cannot('binom_no_marking') },
    upload: cannot('binom_no_upload'),
    campaignPage: CAN,
    cost: {
      can: true,
      modes: ['total', 'cpc'],
      byToken: TOKENS,
      uniqueOnly: false,
      oneOffset: true,
      currency: 'own',
      applied: 'at once',
      // "The server may answer after a minute", and it goes on when nobody waits for the answer.
      settlesWithin: 10 * 60_000,
      // The cost is revenue less profit, and both have two decimals.
      rounding: { shown: 0.02, perClick: 0.0001 },
      bulk: 1,
      cautions: ['binom_cost_wide'],
    },
  },
  refusal,
  address,
  claims,
  answersHere: answersAsV1,
  check,
  campaigns,
  sources,
  offers,
  landers,
  report,
  refuseCost,
  setCost,
  marks,
  campaignPage: ({ api, script }, campaignId) =>
    `${api}/${script ?? 'index.php'}?page=Stats&camp_id=${encodeURIComponent(campaignId)}`,
};
