import { describe, expect, test } from 'vitest';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import {
  type Case,
  contractClient,
  type Exchange,
  KEY,
  playAll,
  responseOf,
} from '../../contract.ts';
import { CAMPAIGNS, ID, PASTED, STAT } from './shared.ts';

const listOf = (what: string, say: unknown): Exchange => ({
  ask: `GET /${what}?page=1&per=100`,
  say,
});

/** "Log in using api key" of the published document, shortened. */
const AUTH = {
  id: '5a8407acf07a9153abe11564',
  email: 'your_email',
  api_key: 'MYAPITOKEN',
  password: '842e918e652bc3010a32e43423572aacca0e9221',
  timezone: { id: '5a8407abf07a9153abe11530', zone: 'UTC', alias: '', offset: 0 },
  plan: { id: 'free', clicks: 50_000 },
};

const GONE = { status: 404, say: { error: 'not found' } };
/** "Get user settings" of the current interface description: table layouts. */
const LAYOUTS = [{ id: 'x', user_id: 'u', table_campaigns: { templates: [] } }];

describe('check, lists', () => {
  const facts = { version: null, campaigns: 2, role: null, mayWrite: null };
  playAll(redtrack, PASTED, [
    {
      title: 'check: account and zone as the document shows them',
      run: (adapter, client) => adapter.check(client),
      line: [{ ask: 'GET /auth', say: AUTH }, listOf('campaigns', CAMPAIGNS)],
      gives: { ...facts, account: 'your_email', zone: 'UTC', currency: null },
    },
    {
      title: 'check: with a currency, and a zone that no browser knows',
      run: (adapter, client) => adapter.check(client),
      line: [
        { ask: 'GET /auth', say: { email: null, currency: 'EUR', timezone: { zone: 'Moon' } } },
        listOf('campaigns', { items: CAMPAIGNS, total: 3 }),
      ],
      gives: { ...facts, account: null, zone: null, currency: 'EUR' },
    },
    ...(
      [
        ['404', GONE, LAYOUTS],
        ['405', { status: 405 }, LAYOUTS],
        ['a page', { text: '<html>' }, LAYOUTS],
        ['401, as for a login', { status: 401, say: { error: 'Unauthorized' } }, LAYOUTS],
        ['404, with one object of settings', GONE, { id: 'x', table_campaigns: {} }],
        ['404, with empty settings', GONE, null],
      ] as const
    ).map(
      ([title, answer, settings]): Case => ({
        title: `check: /auth is gone (${title}): zone and currency are not told`,
        run: (adapter, client) => adapter.check(client),
        line: [
          { ask: 'GET /auth', ...answer },
          { ask: 'GET /me/settings', say: settings },
          listOf('campaigns', CAMPAIGNS),
        ],
        gives: { ...facts, account: null, zone: null, currency: null },
      }),
    ),
    ...(
      [
        ['gone', GONE],
        ['refused for want of rights', { status: 403, say: { error: 'action not allowed' } }],
      ] as const
    ).map(
      ([title, answer]): Case => ({
        title: `check: settings that are ${title} do not fail it`,
        run: (adapter, client) => adapter.check(client),
        line: [
          { ask: 'GET /auth', ...GONE },
          { ask: 'GET /me/settings', ...answer },
          listOf('campaigns', CAMPAIGNS),
        ],
        gives: { ...facts, account: null, zone: null, currency: null },
      }),
    ),
    {
      title: 'check: a key that no list takes fails it',
      run: (adapter, client) => adapter.check(client),
      line: ['auth', 'me/settings', 'campaigns?page=1&per=100'].map((path) => ({
        ask: `GET /${path}`,
        status: 401,
        say: { error: 'Unauthorized' },
      })),
      fails: { kind: 'auth', status: 401, call: 'campaigns' },
    },
    ...(
      [
        [{ zone: 'America/Sao_Paulo', offset: -3 }, 'America/Sao_Paulo'],
        ['America/Sao_Paulo', 'America/Sao_Paulo'],
        [['x'], null],
        [null, null],
      ] as const
    ).map(
      ([timezone, zone]): Case => ({
        title: `check: what the settings say of the zone: ${JSON.stringify(timezone)}`,
        run: (adapter, client) => adapter.check(client),
        line: [
          { ask: 'GET /auth', ...GONE },
          { ask: 'GET /me/settings', say: { email: 'a@b.example', currency: 'BRL', timezone } },
          listOf('campaigns', CAMPAIGNS),
        ],
        gives: { ...facts, account: 'a@b.example', zone, currency: 'BRL' },
      }),
    ),
    {
      title: 'campaigns: the name under name',
      run: async (adapter, client) => (await adapter.campaigns(client)).map(({ name }) => name),
      line: [listOf('campaigns', [{ id: 'a', name: 'Summer' }])],
      gives: ['Summer'],
    },
    {
      title: 'campaigns: one without an id is a wrong shape',
      run: (adapter, client) => adapter.campaigns(client),
      line: [listOf('campaigns', [{ title: 'x' }])],
      fails: { kind: 'shape', field: 'items.0.id' },
    },
    ...(
      [
        ['a bare array', CAMPAIGNS],
        ['items and total', { items: CAMPAIGNS, total: 3 }],
        ['items and a total of figures', { items: CAMPAIGNS, total: STAT }],
        ['items alone', { items: CAMPAIGNS }],
      ] as const
    ).map(
      ([title, say]): Case => ({
        title: `campaigns: ${title}`,
        run: (adapter, client) => adapter.campaigns(client),
        line: [listOf('campaigns', say)],
        gives: [
          {
            id: ID,
            name: 'Supah <b>Hybrid',
            active: true,
            source: { id: '5a7b3ba1f07a9105f25a5f51', name: 'Magnificent Two-Face Man' },
          },
          { id: 'b', name: 'Paused', active: false, source: null },
        ],
      }),
    ),
    ...[null, [], { items: null, total: 0 }].map(
      (say): Case => ({
        title: `campaigns: ${JSON.stringify(say)} is none`,
        run: (adapter, client) => adapter.campaigns(client),
        line: [listOf('campaigns', say)],
        gives: [],
      }),
    ),
    {
      title: 'sources: slots, macros and roles; ids before names, places before publishers',
      run: (adapter, client) => adapter.sources(client),
      line: [
        listOf('sources', {
          items: [
            {
              id: 's1',
              title: 'Ads',
              currency: 'USD',
              cost_level: 'campaign',
              subs: [
                { alias: 'utm_c', hint: 'Campaign name', role: 'rt_campaign', value: '{c}' },
                null,
                { alias: '', hint: 'Campaign ID', role: 'cid', value: '{campaignid}' },
                { alias: 'zone', hint: '', role: '', value: '{zoneid}' },
                { alias: 'src', hint: '', role: 'rt_source', value: 'Ads' },
                { alias: '', hint: '', role: '', value: '' },
              ],
            },
            // The published document: macros by slot, hints beside them.
            { id: 's2', title: 'Old', sub1: '', sub2: '{Placement}', hints: { sub2: 'Website' } },
          ],
          total: 2,
        }),
      ],
      gives: [
        {
          id: 's1',
          name: 'Ads',
          tokens: [
            { slot: 1, name: 'Campaign name', parameter: 'utm_c', macro: '{c}', role: null },
            {
              slot: 3,
              name: 'Campaign ID',
              parameter: 'sub3',
              macro: '{campaignid}',
              role: 'campaign',
            },
            { slot: 4, name: 'zone', parameter: 'zone', macro: '{zoneid}', role: 'placement' },
            { slot: 5, name: 'src', parameter: 'src', macro: 'Ads', role: null },
          ],
        },
        {
          id: 's2',
          name: 'Old',
          tokens: [
            {
              slot: 2,
              name: 'Website',
              parameter: 'sub2',
              macro: '{Placement}',
              role: 'placement',
            },
          ],
        },
      ],
    },
    {
      title: 'offers: the documented payment, today’s payout, none',
      run: (adapter, client) => adapter.offers?.(client),
      line: [
        listOf('offers', [
          {
            id: '5a3a6ab1ba4d12e2979aa25c',
            title: 'Giant Apocalypse Brain',
            network_title: 'Dark Northstar III',
            status: 1,
            payment: { amount: 6 },
            stat: STAT,
          },
          { id: 'o2', title: 'Now', status: 2, payout: '0.5', payment: null },
          { id: 'o3', title: 'Auto', payment: { amount: 0, currency: 'EUR' } },
          { id: 'o4', title: 'Gone', status: 3 },
        ]),
      ],
      gives: [
        {
          id: '5a3a6ab1ba4d12e2979aa25c',
          name: 'Giant Apocalypse Brain',
          active: true,
          payout: { amount: 6, currency: 'USD' },
          network: 'Dark Northstar III',
        },
        {
          id: 'o2',
          name: 'Now',
          active: false,
          payout: { amount: 0.5, currency: 'USD' },
          network: null,
        },
        { id: 'o3', name: 'Auto', active: true, payout: null, network: null },
      ],
    },
    {
      title: 'landers',
      run: (adapter, client) => adapter.landers?.(client),
      line: [
        listOf('landings', [
          { id: '595b916eba4d125ed96f8158', title: 'Cyborg Molten Man Knight', stat: STAT },
          { id: 'gone', title: 'Gone', status: 3 },
          { id: 'l2', name: 'Quiz' },
        ]),
      ],
      gives: [
        { id: '595b916eba4d125ed96f8158', name: 'Cyborg Molten Man Knight', active: true },
        { id: 'l2', name: 'Quiz', active: true },
      ],
    },
  ]);

  test('all pages of a list, by its total or until one is short', async () => {
    const campaigns = (page: number, count: number) =>
      Array.from({ length: count }, (_, row) => ({ id: `${page}-${row}`, title: 'x' }));
    for (const total of [230, undefined]) {
      const { client, sent } = contractClient(redtrack, PASTED, (_, call) =>
        responseOf({ say: { items: campaigns(call, call === 3 ? 30 : 100), total } }),
      );
      expect(await redtrack.campaigns(client)).toHaveLength(230);
      expect(sent.map(({ ask: line }) => line)).toEqual(
        [1, 2, 3].map((page) => `GET /campaigns?page=${page}&per=100`),
      );
    }
  });

  test('the key is the last of the query; white-label domains are asked below /api', async () => {
    const own = contractClient(redtrack, 'http://api.redtrack.io/report', () =>
      responseOf({ say: [] }),
    );
    await redtrack.campaigns(own.client);
    const key = new URLSearchParams({ api_key: KEY });
    expect(own.urls).toEqual([`https://api.redtrack.io/campaigns?page=1&per=100&${key}`]);
    const white = contractClient(redtrack, 'https://track.brand.com/signin', () =>
      responseOf({ say: [] }),
    );
    await redtrack.campaigns(white.client);
    expect(white.urls).toEqual([`https://track.brand.com/api/campaigns?page=1&per=100&${key}`]);
  });
});
