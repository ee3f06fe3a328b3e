import { describe, expect, test } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import { type Case, contractClient, type Exchange, playAll, responseOf } from '../../contract.ts';
import { BASE, CAMPAIGN, DISABLED, PASTED } from './shared.ts';

const LISTED = 'limit=1000&offset=0';
/** Answer of the document to "archive": another state. */
const DELETED = { ...CAMPAIGN, id: 734, state: 'deleted' };
const REMOVED = { ...CAMPAIGN, id: 735, state: 'removed' };

const SOURCES = [
  {
    id: 1,
    name: 'PropellerAds <b>push</b>',
    state: 'active',
    traffic_loss: '0.00',
    parameters: {
      cost: { name: 'cost', placeholder: '{cost}', alias: '' },
      external_id: { name: 'subid', placeholder: '{subid}', alias: '' },
      sub_id_1: { name: 'zone', placeholder: '{zoneid}', alias: '' },
      sub_id_2: { name: '', placeholder: '', alias: '' },
      sub_id_3: { name: 'cid', placeholder: '{campaignid}', alias: 'Campaign' },
      sub_id_30: { name: 'os', placeholder: null, alias: null },
      sub_id_31: { name: 'beyond', placeholder: '{x}', alias: '' },
    },
  },
  // PHP writes an empty map as a list.
  { id: '2', name: 'Bare', state: 'active', parameters: [] },
  { id: 3, name: 'Old', state: 'active', parameters: null },
  { id: 4, name: 'Archived', state: 'deleted' },
];

const asksCampaigns = (say: unknown): Exchange => ({ ask: `GET ${BASE}/campaigns?${LISTED}`, say });
const asksSources = (say: unknown): Exchange => ({
  ask: `GET ${BASE}/traffic_sources?${LISTED}`,
  say,
});

const facts = { account: null, version: null, zone: null, role: null, mayWrite: null };

describe('check, lists', () => {
  playAll(keitaro, PASTED, [
    {
      title: 'check: campaigns that are not archived, and their one currency',
      run: (adapter, client) => adapter.check(client),
      line: [asksCampaigns([CAMPAIGN, DISABLED, DELETED])],
      gives: { ...facts, campaigns: 2, currency: 'RUB' },
    },
    {
      title: 'check: campaigns of two currencies tell none',
      run: (adapter, client) => adapter.check(client),
      line: [asksCampaigns([CAMPAIGN, { ...DISABLED, cost_currency: 'USD' }])],
      gives: { ...facts, campaigns: 2, currency: null },
    },
    {
      title: 'check: a new tracker has no campaigns',
      run: (adapter, client) => adapter.check(client),
      line: [asksCampaigns([])],
      gives: { ...facts, campaigns: 0, currency: null },
    },
    ...[{ say: { error: 'Not found' } }, { text: '<html>Not found</html>' }].map(
      (answer): Case => ({
        title: `check: no Admin API, said in ${'say' in answer ? 'JSON' : 'HTML'}`,
        run: (adapter, client) => adapter.check(client),
        line: [{ ...asksCampaigns(undefined), status: 404, ...answer }],
        fails: { kind: 'unsupported', text: 'keitaro_no_api', status: 404 },
      }),
    ),
    {
      title: 'campaigns: archived ones are left out, sources have names',
      run: (adapter, client) => adapter.campaigns(client),
      line: [
        asksCampaigns([
          CAMPAIGN,
          { ...DISABLED, traffic_source_id: null },
          { ...CAMPAIGN, id: 90, name: '<i>A&amp;B</i>', traffic_source_id: 77 },
          DELETED,
          REMOVED,
        ]),
        asksSources(SOURCES),
      ],
      gives: [
        {
          id: '89',
          name: 'Test cost1',
          active: true,
          source: { id: '1', name: 'PropellerAds <b>push</b>' },
        },
        { id: '662', name: 'Offers', active: false, source: null },
        { id: '90', name: '<i>A&amp;B</i>', active: true, source: { id: '77', name: '' } },
      ],
    },
    {
      title: 'campaigns: a key that may not see sources still sees campaigns',
      run: (adapter, client) => adapter.campaigns(client),
      line: [asksCampaigns([CAMPAIGN]), { ...asksSources({ error: 'Forbidden' }), status: 403 }],
      gives: [{ id: '89', name: 'Test cost1', active: true, source: { id: '1', name: '' } }],
    },
    {
      title: 'sources: tokens by slot with macro and role; named slots are none',
      run: (adapter, client) => adapter.sources(client),
      line: [asksSources(SOURCES)],
      gives: [
        {
          id: '1',
          name: 'PropellerAds <b>push</b>',
          tokens: [
            { slot: 1, name: 'zone', parameter: 'zone', macro: '{zoneid}', role: 'placement' },
            {
              slot: 3,
              name: 'Campaign',
              parameter: 'cid',
              macro: '{campaignid}',
              role: 'campaign',
            },
            { slot: 30, name: 'os', parameter: 'os', macro: null, role: null },
          ],
        },
        { id: '2', name: 'Bare', tokens: [] },
        { id: '3', name: 'Old', tokens: [] },
      ],
    },
    {
      title: 'offers: the documented one with PHP dates, one without a payout, an archived one',
      run: (adapter, client) => adapter.offers?.(client),
      line: [
        {
          ask: `GET ${BASE}/offers?${LISTED}`,
          say: [
            {
              id: 1,
              name: 'test',
              group_id: null,
              url: 'http://test.ru',
              affiliate_network_id: 1,
              payout_value: '0.0200',
              payout_currency: 'USD',
              payout_type: 'CPC',
              state: 'active',
              created_at: {
                date: '2017-08-10 13:38:41.000000',
                timezone_type: 3,
                timezone: 'UTC',
              },
              payout_auto: false,
              payout_upsell: false,
              country: null,
              affiliate_network: 'wapcombine.com',
            },
            {
              id: '16',
              name: 'Test Offer X2',
              payout_value: '0.0000',
              payout_currency: null,
              state: 'disabled',
              payout_auto: 0,
              affiliate_network: null,
              action_payload: 'https://net.example/click?pid=1&offer_id=7&sub1={subid}',
            },
            {
              id: 17,
              name: 'Auto',
              payout_value: 5,
              payout_currency: 'usd',
              payout_auto: '1',
              action_payload: '<h1>Shown here</h1>',
            },
            { id: 18, name: 'Gone', state: 'deleted' },
          ],
        },
      ],
      gives: [
        {
          id: '1',
          name: 'test',
          active: true,
          payout: { amount: 0.02, currency: 'USD' },
          network: 'wapcombine.com',
          url: 'http://test.ru',
        },
        {
          id: '16',
          name: 'Test Offer X2',
          active: false,
          payout: null,
          network: null,
          url: 'https://net.example/click?pid=1&offer_id=7&sub1={subid}',
        },
        { id: '17', name: 'Auto', active: true, payout: null, network: null },
      ],
    },
    {
      title: 'landers',
      run: (adapter, client) => adapter.landers?.(client),
      line: [
        {
          ask: `GET ${BASE}/landing_pages?${LISTED}`,
          say: [
            { id: 26, name: 'LP EU X1', state: 'active' },
            { id: 27, name: 'LP EU X2', state: 'disabled' },
            { id: 28, name: 'Gone', state: 'deleted' },
          ],
        },
      ],
      gives: [
        { id: '26', name: 'LP EU X1', active: true },
        { id: '27', name: 'LP EU X2', active: false },
      ],
    },
  ]);

  test('a list of more than a page is read on; a version that does not page repeats itself', async () => {
    const all = Array.from({ length: 1003 }, (_, id) => ({ id, name: `L${id}` }));
    const paged = contractClient(keitaro, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: all.slice(offset, offset + 1000) });
    });
    expect(await keitaro.landers?.(paged.client)).toHaveLength(1003);
    expect(paged.sent.map(({ ask }) => ask)).toEqual([
      `GET ${BASE}/landing_pages?limit=1000&offset=0`,
      `GET ${BASE}/landing_pages?limit=1000&offset=1000`,
    ]);
    const whole = contractClient(keitaro, PASTED, () => responseOf({ say: all }));
    expect(await keitaro.landers?.(whole.client)).toHaveLength(1003);
    expect(whole.sent).toHaveLength(1);
  });
});

test('a source’s empty slot may be an empty list', async () => {
  const { client } = contractClient(keitaro, PASTED, () =>
    responseOf({
      say: [{ id: 1, name: 'S', parameters: { keyword: [], sub_id_1: { name: 'zone' } } }],
    }),
  );
  const sources = await keitaro.sources?.(client);
  expect(sources?.[0]?.tokens.filter(({ slot }) => slot === 1)).toMatchObject([{ name: 'zone' }]);
});
