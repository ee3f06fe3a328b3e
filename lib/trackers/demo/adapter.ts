import { CrosstrackError } from '../../errors.ts';
import { metricOf, sumMetrics } from '../../report/metrics.ts';
import type { Dimension } from '../../report/question.ts';
import { type Ask, CAN, cannot, type Source, type TrackerAdapter } from '../adapter.ts';
import { campaignsOf, report } from './report.ts';
import type { SetCost } from './schema.ts';

const OFFERS: readonly Dimension[] = ['campaign', 'country', 'day', 'hour'];
const CAMPAIGNS: readonly Dimension[] = [
  ...OFFERS,
  'offer',
  'source',
  'token1',
  'token2',
  'token3',
];

/** Each source passes the same three ids, by the macros of the source. */
const TOKENS: Source['tokens'] = [
  { slot: 1, name: 'campaign', macro: '{campaignid}', role: 'campaign' },
  { slot: 2, name: 'zone', macro: '{zoneid}', role: 'placement' },
  { slot: 3, name: 'banner', macro: '{bannerid}', role: 'ad' },
];

const sourcesOf = (ask: Ask): Source[] =>
  [...new Set(campaignsOf(ask).map(({ campaign }) => campaign.source))].map((name) => ({
    id: name,
    name,
    tokens: TOKENS,
  }));

/** The made-up world is smaller than a tracker's. */
const NOT_HERE = cannot('demo_not_here');
const ABILITIES = {
  reportZone: 'own',
  hourlyTotals: true,
  levels: 3,
  offers: NOT_HERE,
  landers: NOT_HERE,
  conversions: NOT_HERE,
  clicks: NOT_HERE,
  clickLookup: NOT_HERE,
  pause: NOT_HERE,
  marks: NOT_HERE,
  upload: NOT_HERE,
} as const;

/** What both have in common: nothing is asked of anybody. */
const madeUp = {
  name: 'Demo',
  initial: 'D',
  key: { in: 'header', name: 'X-Demo' },
  keyHelp: 'demo_key_help',
  addressExample: 'https://demo.invalid',
  paces: { default: { atOnce: 8 } },
  refusal: () => null,
  address() {
    throw new CrosstrackError({ kind: 'input', text: 'demo_key_help' });
  },
  claims: () => false,
  check: async (ask) => ({
    account: null,
    version: null,
    campaigns: campaignsOf(ask).length,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
  }),
  campaignPage: () => null,
} as const satisfies Partial<TrackerAdapter>;

/**
 * Made-up trackers of a made-up buyer: every figure comes from the model in this
 * folder, by day, campaign and placement, and no request is ever made. Costs
 * that are set stay in the connection's memory.
 */
export const demo: TrackerAdapter = {
  ...madeUp,
  id: 'demo',
  side: 'tracker',
  demo: [
    { id: 'demo-a', name: 'demo_name_a' },
    { id: 'demo-b', name: 'demo_name_b' },
  ],
  capabilities: {
    dimensions: CAMPAIGNS.filter((dimension) => !dimension.startsWith('token')),
    tokens: TOKENS.length,
    ...ABILITIES,
    sources: CAN,
    cost: {
      can: true,
      modes: ['total', 'cpc'],
      byToken: true,
      uniqueOnly: false,
      currency: 'own',
      applied: 'at once',
      bulk: 1,
      cautions: ['demo_cost'],
    },
  },
  campaigns: async (ask) =>
    campaignsOf(ask).map(({ id, name, campaign: { source } }) => ({
      id,
      name,
      active: true,
      source: { id: source, name: source },
    })),
  sources: async (ask) => sourcesOf(ask),
  report: async (ask, question) => report(ask, question, CAMPAIGNS),
  async setCost(ask, order) {
    const { campaignId: campaign, range, token, mode, amount } = order;
    const filters = [{ dimension: 'campaign', value: campaign } as const];
    const segment = token
      ? [...filters, { dimension: `token${token.slot}`, value: token.value } as const]
      : filters;
    const { rows } = report(ask, { range, groupBy: [], filters: segment }, CAMPAIGNS);
    const clicks = metricOf(sumMetrics(rows.map(({ metrics }) => metrics)), 'clicks') || 1;
    const { from, to } = range;
    const cpc = mode === 'cpc' ? amount : amount / clicks;
    const cost: SetCost = { campaign, from, to, token, cpc, at: ask.now() };
    ask.memory.set(`cost:${JSON.stringify([campaign, from, to, token])}`, JSON.stringify(cost));
  },
};

/** The network that pays the made-up buyer; its campaigns are offers. */
export const demoNetwork: TrackerAdapter = {
  ...madeUp,
  id: 'demo.network',
  side: 'network',
  demo: [{ id: 'demo-network', name: 'demo_name_network' }],
  capabilities: {
    dimensions: OFFERS,
    tokens: 0,
    ...ABILITIES,
    sources: NOT_HERE,
    cost: cannot('demo_no_cost'),
  },
  campaigns: async (ask) =>
    campaignsOf(ask).map(({ id, name }) => ({ id, name, active: true, source: null })),
  sources: async () => [],
  report: async (ask, question) => report(ask, question, OFFERS),
};
