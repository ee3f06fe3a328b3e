import { CrosstrackError } from '../../errors.ts';
import type { Filter } from '../../report/question.ts';
import { totalOf } from '../../report/total.ts';
import { CAN, cannot, type Source, type TrackerAdapter } from '../adapter.ts';
import { campaignsOf, DIMENSIONS, OFFER_DIMENSIONS, report } from './report.ts';
import type { SetCost } from './schema.ts';

const MISSING = cannot('demo_missing');

/** Each source passes the same three ids. */
const TOKENS: Source['tokens'] = [
  { slot: 1, name: 'campaign', macro: '{campaignid}', role: 'campaign' },
  { slot: 2, name: 'zone', macro: '{zoneid}', role: 'placement' },
  { slot: 3, name: 'banner', macro: '{bannerid}', role: 'ad' },
];

/** The network that pays the made-up buyer; its campaigns are offers. */
export const demoNetwork: TrackerAdapter = {
  id: 'demo.network',
  name: 'Demo',
  initial: 'D',
  side: 'network',
  demo: [{ id: 'demo-network', name: 'demo_name_network' }],
  key: { in: 'header', name: 'X-Demo' },
  keyHelp: 'demo_key_help',
  addressExample: 'https://demo.invalid',
  paces: { default: { atOnce: 8 } },
  capabilities: {
    dimensions: OFFER_DIMENSIONS,
    tokens: 0,
    reportZone: 'own',
    hourlyTotals: true,
    dailyTotals: true,
    levels: 3,
    offers: MISSING,
    landers: MISSING,
    sources: MISSING,
    conversions: MISSING,
    clicks: MISSING,
    clickLookup: MISSING,
    postbacks: MISSING,
    pause: MISSING,
    marks: MISSING,
    upload: MISSING,
    campaignPage: MISSING,
    cost: cannot('demo_no_cost'),
  },
  refusal: () => null,
  address() {
    throw new CrosstrackError({ kind: 'input', text: 'demo_key_help' });
  },
  claims: () => false,
  check: async (client) => ({
    account: null,
    version: null,
    campaigns: campaignsOf(client).length,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
  }),
  campaigns: async (client) => campaignsOf(client),
  sources: async (client) => {
    const names = new Set(campaignsOf(client).flatMap(({ source }) => source?.name ?? []));
    return [...names].map((name) => ({ id: name, name, tokens: TOKENS }));
  },
  report: async (client, question) => report(client, question),
};

/**
 * Made-up trackers of a made-up buyer: every figure comes from the model in this
 * folder, by day, campaign and placement, and no request is ever made. Costs
 * that are set stay in the connection's memory.
 */
export const demo: TrackerAdapter = {
  ...demoNetwork,
  id: 'demo',
  side: 'tracker',
  demo: [
    { id: 'demo-a', name: 'demo_name_a' },
    { id: 'demo-b', name: 'demo_name_b' },
  ],
  capabilities: {
    ...demoNetwork.capabilities,
    dimensions: DIMENSIONS,
    tokens: TOKENS.length,
    sources: CAN,
    cost: {
      can: true,
      modes: ['total', 'cpc'],
      byToken: TOKENS.length,
      uniqueOnly: false,
      currency: 'own',
      applied: 'at once',
      instants: true,
      settlesWithin: 0,
      rounding: { shown: 0, perClick: 0 },
      bulk: 1,
      cautions: ['demo_cost'],
    },
  },
  async setCost(client, { campaignId: campaign, range, until, token, mode, amount }) {
    const filters: Filter[] = [{ dimension: 'campaign', value: campaign }];
    if (token) filters.push({ dimension: `token${token.slot}`, value: token.value });
    const counted = until === undefined ? { range } : { range, until };
    const { clicks } = totalOf(report(client, { ...counted, groupBy: [], filters }));
    const cpc = mode === 'cpc' ? amount : amount / (clicks || 1);
    const { from, to } = range;
    const cost: SetCost = { campaign, from, to, token, cpc, at: client.now() };
    client.memory.set(`cost:${JSON.stringify([campaign, from, to, token])}`, JSON.stringify(cost));
  },
};
