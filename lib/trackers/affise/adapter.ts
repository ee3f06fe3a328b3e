import type { ReadRefusal } from '../../http/http.ts';
import { z } from '../../zod.ts';
import { CAN, cannot, type TrackerAdapter } from '../adapter.ts';
import { answersAlone, saysNo } from '../keyless.ts';
import { type Refusal, refused } from '../refusals.ts';
import { address, claims } from './address.ts';
import { click, clicks, conversions, postbacks } from './logs.ts';
import { campaigns, check, offers } from './offers.ts';
import { DIMENSIONS, report, TOKENS } from './report.ts';
import { MOST_IMPORTS, uploadConversions } from './upload.ts';

/** `status` 1 is a good answer; 2 and 0 are refusals, whatever the HTTP status is. */
const statusSchema = z.object({
  status: z.optional(z.union([z.number(), z.string()])),
  error: z.optional(z.unknown()),
  message: z.optional(z.unknown()),
});

const isRefusal = (status: unknown): boolean => ['0', '2'].includes(String(status));

const RIGHTS: Refusal = { kind: 'permission', text: 'affise_permission' };
const REFUSED: Refusal = { kind: 'conflict', text: 'affise_refused', quotes: true };
const REFUSALS: Readonly<Record<number, Refusal>> = { 401: { kind: 'auth' }, 403: RIGHTS };
/** Meaning of a refusal with HTTP status 200, by its words. */
const WORDS: ReadonlyArray<readonly [RegExp, Refusal]> = [
  [/too many|rate limit|limit (?:is )?(?:exceeded|reached)|throttl/i, { kind: 'rate' }],
  [/api.?key|token|unauthori[sz]ed|not authori[sz]ed/i, { kind: 'auth' }],
  [/denied|forbidden|permission|not allowed/i, RIGHTS],
];

function sentence(said: unknown): string {
  return typeof said === 'string' ? said : (JSON.stringify(said) ?? '');
}

/** Rate limits and server errors follow the general rules. */
const refusal: ReadRefusal = ({ status, json }) => {
  if (status === 429 || status >= 500) return null;
  const read = statusSchema.safeParse(json);
  if (!read.success) return null;
  const { error, message } = read.data;
  if (!isRefusal(read.data.status) && status < 400) return null;
  const said = sentence(error || message || '').slice(0, 200);
  const byWords = status < 400 ? WORDS.find(([words]) => words.test(said))?.[1] : undefined;
  return refused(
    REFUSALS[status] ?? byWords ?? (said === '' ? { kind: 'conflict' } : REFUSED),
    status,
    said,
  );
};

/**
 * Affise, the network side: the clicks that it received and the conversions that
 * it will pay. Its campaigns are offers. The key travels in the header `API-Key`
 * and is an affiliate's or an administrator's. What the traffic cost is unknown.
 */
export const affise: TrackerAdapter = {
  id: 'affise',
  name: 'Affise',
  initial: 'A',
  side: 'network',
  key: { in: 'header', name: 'API-Key' },
  manyAccounts: true,
  keyHelp: 'affise_key_help',
  addressExample: 'https://network.affise.com',
  // No limit is documented; this pace should stay below any.
  paces: { default: { atOnce: 2, perWindow: { requests: 2, ms: 1_000 } } },
  capabilities: {
    dimensions: DIMENSIONS,
    tokens: TOKENS,
    reportZone: 'any',
    hourlyTotals: true,
    dailyTotals: true,
    levels: 3,
    offers: CAN,
    landers: cannot('affise_no_landers'),
    sources: cannot('affise_no_sources'),
    conversions: CAN,
    clicks: CAN,
    clickLookup: CAN,
    postbacks: CAN,
    pause: cannot('affise_no_pause'),
    marks: cannot('affise_no_marks'),
    upload: { can: true, most: MOST_IMPORTS, needs: ['offer'] },
    campaignPage: CAN,
    cost: cannot('affise_no_cost'),
  },
  refusal,
  address,
  claims,
  answersHere: (client) =>
    answersAlone(
      client,
      '/3.0/balance',
      ({ status, json }) =>
        [200, 401, 403].includes(status) && saysNo(json) && isRefusal(Object(json).status),
    ),
  check,
  campaigns,
  // A network does not know where the affiliate buys.
  sources: async () => [],
  offers,
  report,
  conversions,
  clicks,
  click,
  postbacks,
  uploadConversions,
  // The route of affiliates; that of administrators is not known.
  campaignPage: ({ api, pages }, campaignId) =>
    `${pages[0] ?? api}/v2/offer/${encodeURIComponent(campaignId)}/general`,
};
