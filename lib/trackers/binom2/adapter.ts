import type { ReadRefusal } from '../../http/http.ts';
import { z } from '../../zod.ts';
import {
  CAN,
  type CheckFacts,
  cannot,
  type TrackerAdapter,
  type TrackerClient,
} from '../adapter.ts';
import { type Refusal, refused, refusedByStatus } from '../refusals.ts';
import { address, claims } from './address.ts';
import { API, TOKENS } from './api.ts';
import { refuseCost, setCost } from './cost.ts';
import { DIMENSIONS } from './groupings.ts';
import { conversions } from './logs.ts';
import { marks, setMarks } from './marks.ts';
import { campaignCount, campaigns, landers, offers } from './objects.ts';
import { answersAsV2 } from './recognise.ts';
import { LEVELS, report } from './report.ts';
import { roleSchema } from './schema.ts';
import { sources } from './sources.ts';
import { costQueue } from './tasks.ts';

/** `errors.detail`, `error` or `message`, by call and version. */
const refusalSchema = z.object({
  error: z.optional(z.unknown()),
  message: z.optional(z.unknown()),
  errors: z.optional(z.unknown()),
});

/** An empty list or map of errors is no error; good answers have one too. */
const isSaid = (part: unknown): boolean =>
  typeof part === 'object' && part !== null ? Object.keys(part).length > 0 : Boolean(part);

function saidIn(json: unknown): string {
  const read = refusalSchema.safeParse(json);
  if (!read.success) return '';
  const { errors, error, message } = read.data;
  const detail: unknown = Object(errors).detail ?? errors;
  const words = [detail, error, message].find(isSaid);
  const said = typeof words === 'string' ? words : JSON.stringify(words);
  return (said ?? '').slice(0, 200);
}

const REFUSED: Refusal = { kind: 'conflict', text: 'binom_refused', quotes: true };
const REFUSALS: Readonly<Record<number, Refusal>> = {
  400: REFUSED,
  401: { kind: 'auth', text: 'binom_key' },
  403: { kind: 'permission', text: 'binom2_rights' },
  404: REFUSED,
  // Seen both for throttling and for maintenance.
  418: { kind: 'rate' },
  422: REFUSED,
  429: { kind: 'rate' },
};

const refusal: ReadRefusal = (answer) => {
  const { status, json } = answer;
  const said = saidIn(json);
  if (status < 200 || status >= 300) return refusedByStatus(REFUSALS, answer, said);
  const failed = refusalSchema.safeParse(json).data;
  return isSaid(failed?.error) || isSaid(failed?.errors) ? refused(REFUSED, status, said) : null;
};

/** The role proves that it is v2 and that the key is valid; zone and currency are not told. */
async function check(client: TrackerClient): Promise<CheckFacts> {
  const { role } = await client.http.send(
    { call: 'role', method: 'GET', path: `${API}/user/role`, answer: roleSchema },
    client.signal,
  );
  return {
    account: null,
    version: 'v2',
    campaigns: await campaignCount(client),
    zone: null,
    currency: null,
    role: role || null,
    // What other roles may do is set per user.
    mayWrite: /^(super)?admin$/i.test(role) || null,
  };
}

/**
 * Binom v2 (self-hosted). Key in the header `api-key`. Reports in any zone;
 * money in the tracker's currency, cost updates in any that it knows.
 */
export const binom2: TrackerAdapter = {
  id: 'binom2',
  name: 'Binom v2',
  initial: 'B',
  side: 'tracker',
  key: { in: 'header', name: 'api-key' },
  keyHelp: 'binom2_key_help',
  addressExample: 'https://tracker.example.com/panel',
  paths: { login: 'login', click: 'click' },
  // Careful clients stay below ten requests per second.
  paces: { default: { atOnce: 3, perWindow: { requests: 8, ms: 1_000 } } },
  capabilities: {
    dimensions: DIMENSIONS,
    together: ['campaign', 'source'],
    tokens: TOKENS,
    reportZone: 'any',
    hourlyTotals: true,
    dailyTotals: false,
    levels: LEVELS,
    offers: CAN,
    landers: CAN,
    sources: CAN,
    conversions: CAN,
    clicks: cannot('binom2_no_clicks'),
    clickLookup: cannot('binom2_no_clicks'),
    postbacks: cannot('no_postbacks'),
    pause: cannot('binom2_no_pause'),
    marks: {
      can: true,
      by: 'campaign',
      write: { can: true, most: null, effect: 'binom2_marks_effect' },
    },
    upload: cannot('binom2_no_upload'),
    campaignPage: cannot('no_campaign_page'),
    cost: {
      can: true,
      modes: ['total', 'cpc'],
      byToken: TOKENS,
      uniqueOnly: false,
      instants: true,
      currency: 'any',
      applied: 'later',
      // A background task in the tracker's queue.
      settlesWithin: 45 * 60_000,
      rounding: { shown: 0.0001, perClick: 0.0001 },
      bulk: 1,
      cautions: ['binom2_cost_later'],
    },
  },
  refusal,
  address,
  claims,
  answersHere: answersAsV2,
  check,
  campaigns,
  sources,
  offers,
  landers,
  report,
  conversions,
  refuseCost,
  setCost,
  costQueue,
  marks,
  setMarks,
};
