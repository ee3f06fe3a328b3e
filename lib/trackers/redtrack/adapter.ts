import type { ReadRefusal } from '../../http/http.ts';
import { z } from '../../zod.ts';
import {
  CAN,
  type CheckFacts,
  cannot,
  type TrackerAdapter,
  type TrackerClient,
} from '../adapter.ts';
import { type Refusal, refused } from '../refusals.ts';
import { readAccount } from './account.ts';
import { address, ownHost } from './address.ts';
import { conversionTypes } from './conversion-types.ts';
import { refuseCost, setCost } from './cost.ts';
import { campaigns, landers, offers } from './lists.ts';
import { click, clicks, conversions } from './logs.ts';
import { setActive } from './pause.ts';
import { DIMENSIONS, report, TOKENS } from './report.ts';
import { sources } from './sources.ts';
import { MOST_UPLOADS, uploadConversions } from './upload.ts';

/** `{"error":"…"}` today, `{"errors":["…"]}` in the old document. */
const refusalSchema = z.union([
  z.object({ error: z.string().check(z.minLength(1)) }),
  z.object({ errors: z.array(z.string()).check(z.minLength(1)) }),
]);

const REFUSED: Refusal = { kind: 'conflict', text: 'redtrack_refused', quotes: true };
const REFUSALS: Readonly<Record<number, Refusal>> = {
  401: { kind: 'auth' },
  403: { kind: 'permission', text: 'redtrack_rights' },
};

/** Rate limits and server errors follow the general rules. */
const refusal: ReadRefusal = ({ status, json }) => {
  if (status === 429 || status >= 500) return null;
  const read = refusalSchema.safeParse(json);
  if (!read.success) return null;
  const said = 'error' in read.data ? read.data.error : read.data.errors.join('; ');
  return refused(REFUSALS[status] ?? REFUSED, status, said);
};

async function check(client: TrackerClient): Promise<CheckFacts> {
  const told = await readAccount(client);
  const { length } = await campaigns(client);
  return {
    ...told,
    version: null,
    campaigns: length,
    // No document limits what a key may do.
    role: null,
    mayWrite: null,
  };
}

/**
 * RedTrack (api.redtrack.io). The key travels in the query as `api_key`. Reports
 * are in any zone, money in the account's currency. A cost update names its
 * currency, and RedTrack converts it.
 */
export const redtrack: TrackerAdapter = {
  id: 'redtrack',
  name: 'RedTrack',
  initial: 'R',
  side: 'tracker',
  key: { in: 'query', name: 'api_key' },
  manyAccounts: true,
  keyHelp: 'redtrack_key_help',
  addressExample: 'https://app.redtrack.io',
  paces: {
    // Documented: 20 reports and 1 cost update a minute. The rest is what careful clients keep to.
    report: { atOnce: 1, perWindow: { requests: 20, ms: 60_000 } },
    cost: { atOnce: 1, perWindow: { requests: 1, ms: 60_000 } },
    default: { atOnce: 1, perWindow: { requests: 2, ms: 1_000 } },
  },
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
    marks: cannot('redtrack_no_marks'),
    upload: { can: true, most: MOST_UPLOADS, needs: [] },
    campaignPage: cannot('no_campaign_page'),
    cost: {
      can: true,
      modes: ['total'],
      byToken: TOKENS,
      uniqueOnly: false,
      currency: 'any',
      applied: 'later',
      // Costs are applied in runs of about five minutes.
      settlesWithin: 15 * 60_000,
      rounding: { shown: 0.01, perClick: 0.0001 },
      bulk: 1,
      cautions: ['redtrack_cost_models', 'redtrack_cost_zone', 'redtrack_cost_pace'],
    },
  },
  refusal,
  address,
  claims: (pasted) => ownHost(pasted.hostname),
  check,
  campaigns,
  sources,
  conversionTypes,
  offers,
  landers,
  report,
  conversions,
  clicks,
  click,
  refuseCost,
  setCost,
  setActive,
  uploadConversions,
};
