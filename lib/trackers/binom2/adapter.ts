import type { Problem } from '../../errors.ts';
import type { ReadRefusal } from '../../http/http.ts';
import { z } from '../../zod.ts';
import { type Ask, CAN, type CheckFacts, cannot, type TrackerAdapter } from '../adapter.ts';
import { address, claims } from './address.ts';
import { setCost } from './cost.ts';
import { DIMENSIONS } from './groupings.ts';
import { conversions } from './logs.ts';
import { MOST_MARKS, marks, setMarks } from './marks.ts';
import { API, campaignCount, campaigns, landers, offers, sources, TOKENS } from './objects.ts';
import { answersAsV2 } from './recognise.ts';
import { LEVELS, report } from './report.ts';
import { roleSchema } from './schema.ts';

/** `errors.detail`, `error` or `message`, by call and version. */
const refusalSchema = z.object({
  error: z.optional(z.unknown()),
  message: z.optional(z.unknown()),
  errors: z.optional(z.unknown()),
});

/** An empty list or map of errors is none, and stands beside good answers too. */
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

const refusal: ReadRefusal = ({ status, json, text }) => {
  const said = saidIn(json);
  const words: Pick<Problem, 'said'> = said === '' ? {} : { said };
  if (status >= 200 && status < 300) {
    const failed = refusalSchema.safeParse(json).data;
    if (!isSaid(failed?.error) && !isSaid(failed?.errors)) return null;
    return { kind: 'conflict', text: 'binom_refused', values: [said], ...words };
  }
  // The API refuses in JSON: a page with these is some other lock or a firewall, which knows no key.
  if (text.startsWith('<') && (status === 401 || status === 403)) return null;
  switch (status) {
    case 401:
      return { kind: 'auth', text: 'binom_key', ...words };
    case 403:
      return { kind: 'permission', text: 'binom2_rights', ...words };
    case 400:
    case 404:
    case 422:
      return said === ''
        ? null
        : { kind: 'conflict', text: 'binom_refused', values: [said], ...words };
    // Seen for throttling and for maintenance alike.
    case 418:
    case 429:
      return { kind: 'rate', ...words };
    default:
      return null;
  }
};

/** The role proves that it is v2 and that the key is good; zone and currency are not told. */
async function check(ask: Ask): Promise<CheckFacts> {
  const { role } = await ask.http.send(
    { call: 'role', method: 'GET', path: `${API}/user/role`, answer: roleSchema },
    ask.signal,
  );
  return {
    account: null,
    version: 'v2',
    campaigns: await campaignCount(ask),
    zone: null,
    currency: null,
    role: role || null,
    // What others may do is set for each user.
    mayWrite: /^(super)?admin$/i.test(role) || null,
  };
}

/**
 * Binom v2 (self-hosted). Key in the header `api-key`. Reports in any zone;
 * money in the tracker's currency, cost orders in any that it knows.
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
  // Careful clients stay below ten a second.
  paces: { default: { atOnce: 3, perWindow: { requests: 8, ms: 1_000 } } },
  capabilities: {
    dimensions: DIMENSIONS,
    tokens: TOKENS,
    reportZone: 'any',
    hourlyTotals: true,
    levels: LEVELS,
    offers: CAN,
    landers: CAN,
    sources: CAN,
    conversions: CAN,
    clicks: cannot('binom2_no_clicks'),
    clickLookup: cannot('binom2_no_clicks'),
    postbacks: cannot('no_postbacks'),
    pause: cannot('binom2_no_pause'),
    marks: { can: true, by: 'campaign', write: true, most: MOST_MARKS },
    upload: cannot('binom2_no_upload'),
    cost: {
      can: true,
      modes: ['total', 'cpc'],
      byToken: TOKENS,
      uniqueOnly: false,
      currency: 'any',
      applied: 'at once',
      bulk: 1,
      cautions: ['binom_cost_wide'],
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
  setCost,
  marks,
  setMarks,
  // Routes of the panel are not documented, and a wrong link is worse than none.
  campaignPage: () => null,
};
