import { CrosstrackError } from '../../errors.ts';
import type { ReadRefusal } from '../../http/http.ts';
import { isZone } from '../../report/range.ts';
import { z } from '../../zod.ts';
import {
  CAN,
  type Campaign,
  type CheckFacts,
  cannot,
  type TrackerAdapter,
  type TrackerClient,
} from '../adapter.ts';
import { label } from '../numbers.ts';
import { wholeOf } from '../paging.ts';
import { type Refusal, refused } from '../refusals.ts';
import { address, ownHost } from './address.ts';
import { setCost } from './cost.ts';
import { landers, listed, offers } from './lists.ts';
import { click, clicks, conversions, MOST_UPLOADS, uploadConversions } from './logs.ts';
import { setActive } from './pause.ts';
import { DIMENSIONS, report, TOKENS } from './report.ts';
import { accountSchema, campaignSchema, settingsSchema } from './schema.ts';
import { sources } from './sources.ts';

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

/** Rate limits and broken servers are left to the rules for all trackers. */
const refusal: ReadRefusal = ({ status, json }) => {
  if (status === 429 || status >= 500) return null;
  const read = refusalSchema.safeParse(json);
  if (!read.success) return null;
  const said = 'error' in read.data ? read.data.error : read.data.errors.join('; ');
  return refused(REFUSALS[status] ?? REFUSED, status, said);
};

/** Campaigns that are not deleted; paused and archived ones share a status and are inactive. */
async function campaigns(client: TrackerClient): Promise<Campaign[]> {
  const rows = wholeOf(
    await listed(client, {
      call: 'campaigns',
      path: '/campaigns',
      row: campaignSchema,
      keyOf: ({ id }) => id,
      per: 100,
    }),
  );
  return rows
    .filter((row) => row.status !== 3)
    .map((row) => ({
      id: row.id,
      name: row.title,
      active: (row.status ?? 1) === 1,
      source: row.source_id === '' ? null : { id: row.source_id, name: row.source_title },
    }));
}

/**
 * Who the key belongs to. `/auth` is in the old document only; where it is gone
 * the settings prove the key; what of it they do not say stays unknown.
 */
async function account(client: TrackerClient): Promise<z.infer<typeof accountSchema>> {
  try {
    return await client.http.send(
      { call: 'account', method: 'GET', path: '/auth', answer: accountSchema },
      client.signal,
    );
  } catch (error) {
    const gone =
      error instanceof CrosstrackError &&
      (error.problem.kind === 'shape' || [404, 405].includes(error.problem.status ?? 0));
    if (!gone) throw error;
  }
  const { email, currency, timezone } = await client.http.send(
    { call: 'settings', method: 'GET', path: '/me/settings', answer: settingsSchema },
    client.signal,
  );
  const text = (value: unknown) => label.safeParse(value).data ?? '';
  return {
    email: text(email),
    currency: text(currency),
    timezone: { zone: text(Object(timezone).zone ?? timezone) },
  };
}

async function check(client: TrackerClient): Promise<CheckFacts> {
  const { email, currency, timezone } = await account(client);
  const zone = timezone?.zone ?? '';
  return {
    account: email || null,
    version: null,
    campaigns: (await campaigns(client)).length,
    // Neither document says what a key may do; every one that is shown may do all.
    role: null,
    mayWrite: null,
    zone: zone !== '' && isZone(zone) ? zone : null,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
  };
}

/**
 * RedTrack (api.redtrack.io). Key in the query as `api_key`. Reports in any
 * zone; money in the account's currency. Cost updates may be in any currency:
 * the request names it and RedTrack converts.
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
    // Documented: 20 reports and 1 cost update a minute; the rest as careful clients keep it.
    report: { atOnce: 1, perWindow: { requests: 20, ms: 60_000 } },
    cost: { atOnce: 1, perWindow: { requests: 1, ms: 60_000 } },
    default: { atOnce: 1, perWindow: { requests: 2, ms: 1_000 } },
  },
  capabilities: {
    dimensions: DIMENSIONS,
    tokens: TOKENS,
    reportZone: 'any',
    hourlyTotals: true,
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
    cost: {
      can: true,
      modes: ['total'],
      byToken: TOKENS,
      uniqueOnly: false,
      currency: 'any',
      applied: 'later',
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
  offers,
  landers,
  report,
  conversions,
  clicks,
  click,
  setCost,
  setActive,
  uploadConversions,
  // The address of a campaign's report is not documented, and a wrong link is worse than none.
  campaignPage: () => null,
};
