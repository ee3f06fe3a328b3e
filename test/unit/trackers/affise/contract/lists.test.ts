import { describe, expect, test } from 'vitest';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { type Case, contractClient, type Exchange, playAll, responseOf } from '../../contract.ts';
import { PAGE, PASTED, paged } from './shared.ts';

const DENIED = { status: 403, say: { status: 2, error: 'Access denied' } } as const;
/** An offer as lists show it; `id` is the number, `offer_id` 24 hex. */
const OFFER = {
  id: 902,
  offer_id: '5718dac83b7d9bf8588b4579',
  title: 'HD-smart [Web] <b>',
  status: 'active',
  payments: [{ revenue: '1.50', currency: 'usd', type: 'fixed' }],
  caps: [{ period: 'day', type: 'conversions', value: 100, goals: {} }],
};
const OFFERS = [
  OFFER,
  { id: '903', title: 'Stopped', status: 'stopped', payments: [] },
  { id: 904, title: 'Share', payments: [{ revenue: 30, currency: 'USD', type: 'percent' }] },
  {
    id: 905,
    title: 'Two goals',
    status: null,
    payments: [{ revenue: 1 }, { revenue: 2 }],
  },
];
/** Without them an administrator's list has the active offers only. */
const STATES = 'status[]=active&status[]=stopped&status[]=suspended&';
const statesOf = (path: string) => (path === '/3.0/offers' ? STATES : '');
const offersOf = (path: string, say: unknown): Exchange => ({
  ask: `GET ${path}?${statesOf(path)}${PAGE}`,
  say,
});
const list = (offers: unknown, pagination: unknown = paged(4)) => ({
  status: 1,
  offers,
  pagination,
});

describe('check, lists', () => {
  const untold = { account: null, version: null, zone: null, role: null, mayWrite: null };
  const counted = (path: string, say: unknown): Exchange => ({
    ask: `GET ${path}?${statesOf(path)}page=1&limit=1`,
    say,
  });
  const balance = (answer: Omit<Exchange, 'ask'>): Exchange => ({
    ask: 'GET /3.0/balance',
    ...answer,
  });
  const asked = (path: string, answer: Omit<Exchange, 'ask'>): Exchange => ({
    ask: `GET ${path}`,
    ...answer,
  });
  /** "Get partner own data" of the current description, shortened. */
  const USER = {
    partner_id: 2,
    id: '5d91e81acbe5a8fd53e7215d',
    api_key: 'cd21e0d96fdfcd181403531854bba48f',
    email: 'buyer@example.com',
    login: 'buyer',
    timezone: null,
    type: 'affiliate',
    permissions: { stats: { 'conversions-import': { level: 'write' } } },
  };
  const NO_IMPORT = { stats: { 'conversions-import': { level: 'deny' } } };
  const user = (parts: object = {}) => ({ say: { status: 1, user: { ...USER, ...parts } } });
  const GONE = { status: 404, say: { status: 2, error: 'Not found' } };
  const MONEY = balance({ say: { status: 1, balance: { USD: { balance: '0.00', hold: 0 } } } });
  const OWN = counted('/3.0/partner/offers', list([OFFER], paged(37)));
  const campaigns = [
    { id: '902', name: 'HD-smart [Web] <b>', active: true, source: null },
    { id: '903', name: 'Stopped', active: false, source: null },
    { id: '904', name: 'Share', active: true, source: null },
    { id: '905', name: 'Two goals', active: true, source: null },
  ];
  playAll(affise, PASTED, [
    {
      title: 'check: an affiliate’s key says whose it is, its zone and what it may',
      run: (adapter, client) => adapter.check(client),
      line: [MONEY, OWN, asked('/3.1/partner/me', user({ timezone: 'Europe/Berlin' }))],
      gives: {
        ...untold,
        account: 'buyer@example.com',
        zone: 'Europe/Berlin',
        campaigns: 37,
        currency: 'USD',
        role: 'affiliate',
        mayWrite: true,
      },
    },
    ...(
      [
        ['that may not import', { permissions: NO_IMPORT }, { mayWrite: false }],
        ['without permissions', { permissions: [] }, { mayWrite: null }],
        ['with others', { permissions: { stats: [] } }, { mayWrite: null }],
        ['without an address', { email: '', type: '' }, { account: 'buyer', mayWrite: true }],
        ['in no zone', { timezone: 'Moon' }, { mayWrite: true }],
      ] as const
    ).map(
      ([title, parts, gives]): Case => ({
        title: `check: an affiliate ${title}`,
        run: (adapter, client) => adapter.check(client),
        line: [MONEY, OWN, asked('/3.1/partner/me', user(parts))],
        gives: {
          ...untold,
          account: 'buyer@example.com',
          campaigns: 37,
          currency: 'USD',
          role: 'affiliate',
          ...gives,
        },
      }),
    ),
    {
      title: 'check: an administrator’s key has no balance, another list, and a role of its own',
      run: (adapter, client) => adapter.check(client),
      line: [
        balance(DENIED),
        { ...OWN, ...DENIED },
        counted('/3.0/offers', list([OFFER], paged(2))),
        asked('/3.1/partner/me', DENIED),
        asked('/3.1/user/me', user({ type: 'common_manager', permissions: null })),
      ],
      gives: {
        ...untold,
        account: 'buyer@example.com',
        campaigns: 2,
        currency: null,
        role: 'common_manager',
        mayWrite: true,
      },
    },
    ...(
      [
        ['may read an administrator’s list', { say: { status: 1, currency: [] } }, 'admin'],
        ['may not, which says nothing', DENIED, null],
      ] as const
    ).map(
      ([title, answer, role]): Case => ({
        title: `check: an older platform does not say who it is; the key ${title}`,
        run: (adapter, client) => adapter.check(client),
        line: [
          MONEY,
          OWN,
          asked('/3.1/partner/me', GONE),
          asked('/3.1/user/me', GONE),
          asked('/3.0/admin/currency', answer),
        ],
        gives: {
          ...untold,
          campaigns: 37,
          currency: 'USD',
          role,
          mayWrite: role === null ? null : true,
        },
      }),
    ),
    {
      title: 'check: empty maps, which PHP writes as lists; several currencies are none',
      run: (adapter, client) => adapter.check(client),
      line: [
        balance({ say: { status: '1', balance: [] } }),
        counted('/3.0/partner/offers', list([OFFER], [])),
        offersOf('/3.0/partner/offers', list(OFFERS, [])),
        asked('/3.1/partner/me', user()),
      ],
      gives: {
        ...untold,
        account: 'buyer@example.com',
        campaigns: 4,
        currency: null,
        role: 'affiliate',
        mayWrite: true,
      },
    },
    ...(
      [
        { status: 400, say: { status: 2, error: 'Partner not found' } },
        { say: { status: 1, balance: 'none' } },
        { status: 401, say: { status: 2, error: 'Token is necessary' } },
      ] as const
    ).map(
      (answer): Case => ({
        title: `check: a balance that says nothing of the key: ${JSON.stringify(answer.say)}`,
        run: async (adapter, client) => (await adapter.check(client)).campaigns,
        line: [balance(answer), OWN, asked('/3.1/partner/me', user())],
        gives: 37,
      }),
    ),
    {
      title: 'check: a key that no list takes fails it',
      run: (adapter, client) => adapter.check(client),
      line: [MONEY, OWN].map(({ ask }) => ({
        ask,
        status: 401,
        say: { status: 2, error: 'Token is necessary' },
      })),
      fails: { kind: 'auth', status: 401, call: 'offers' },
    },
    {
      title: 'campaigns: one without its number is a wrong shape',
      run: (adapter, client) => adapter.campaigns(client),
      line: [offersOf('/3.0/partner/offers', list([{ title: 'x' }]))],
      fails: { kind: 'shape', field: 'offers.0.id' },
    },
    {
      title: 'campaigns are offers, by the number that statistics know them by',
      run: (adapter, client) => adapter.campaigns(client),
      line: [offersOf('/3.0/partner/offers', list(OFFERS))],
      gives: campaigns,
    },
    {
      title: 'campaigns: the list that worked is remembered',
      run: async (adapter, client) => [
        await adapter.campaigns(client),
        await adapter.campaigns(client),
      ],
      line: [
        { ...offersOf('/3.0/partner/offers', undefined), ...DENIED },
        offersOf('/3.0/offers', list(OFFERS)),
        offersOf('/3.0/offers', list(null, null)),
      ],
      gives: [campaigns, []],
    },
    {
      title: 'offers: a payout where it is one and fixed',
      run: (adapter, client) => adapter.offers?.(client),
      line: [offersOf('/3.0/partner/offers', list(OFFERS))],
      gives: [
        {
          id: '902',
          name: 'HD-smart [Web] <b>',
          active: true,
          payout: { amount: 1.5, currency: 'USD' },
          network: null,
          url: 'https://net.g2afse.com/click?offer_id=902',
          // Of which goals is not told: nothing can be counted against it.
          caps: [{ period: 'day', of: 'conversions', value: 100, allGoals: false, statuses: null }],
        },
        ...[
          { id: '903', name: 'Stopped', active: false },
          { id: '904', name: 'Share', active: true },
          { id: '905', name: 'Two goals', active: true },
        ].map((offer) => ({
          ...offer,
          payout: null,
          network: null,
          url: `https://net.g2afse.com/click?offer_id=${offer.id}`,
        })),
      ],
    },
    {
      title: 'offers: the link that the affiliate is given',
      run: async (adapter, client) => (await adapter.offers?.(client))?.map(({ url }) => url),
      line: [
        offersOf(
          '/3.0/partner/offers',
          list(
            [
              { ...OFFER, link: 'http://go.example/click?pid=14&offer_id=902' },
              { ...OFFER, link: ['?'] },
            ],
            paged(2),
          ),
        ),
      ],
      gives: [
        'http://go.example/click?pid=14&offer_id=902',
        'https://net.g2afse.com/click?offer_id=902',
      ],
    },
    {
      title: 'offers: their caps as the document shows them; one in other words is left out',
      run: async (adapter, client) => (await adapter.offers?.(client))?.map(({ caps }) => caps),
      line: [
        offersOf(
          '/3.0/partner/offers',
          list(
            [
              {
                ...OFFER,
                caps: [
                  {
                    period: 'day',
                    type: 'conversions',
                    value: 100,
                    goal_type: 'exact',
                    goals: { 1: 'Install', 2: 'Register' },
                  },
                  { period: 'month', type: 'budget', value: '100', goal_type: 'each', goals: {} },
                  { period: 'all', type: 'budget', value: 100, goal_type: 'all', goals: {} },
                  { period: 'week', type: 'budget', value: 100, goal_type: 'all', goals: {} },
                  { period: 'day', type: 'conversions', value: 0, goal_type: 'all', goals: [] },
                ],
                caps_status: ['confirmed', 'pending', 'hold', 'own'],
              },
              { ...OFFER, caps: null },
            ],
            paged(2),
          ),
        ),
      ],
      gives: [
        [
          { period: 'day', of: 'conversions', value: 100, allGoals: false },
          { period: 'month', of: 'budget', value: 100, allGoals: false },
          { period: 'all', of: 'budget', value: 100, allGoals: true },
        ].map((cap) => ({ ...cap, statuses: ['sale', 'hold', 'hold'] })),
        undefined,
      ],
    },
    {
      title: 'sources: a network does not know where the affiliate buys',
      run: (adapter, client) => adapter.sources(client),
      line: [],
      gives: [],
    },
  ]);

  test.each([
    ['a number', (page: number) => page + 1, null],
    ['a text', (page: number) => String(page + 1), ''],
    [
      'an address',
      (page: number) => `https://api-net.affise.com/3.0/offers?page=${page + 1}`,
      null,
    ],
    ['true', () => true, false],
  ])('pages: as long as there is a next page, which is %s', async (_, next, none) => {
    const { client, sent } = contractClient(affise, PASTED, (_request, call) =>
      responseOf({
        say: list([{ id: call, title: 'x' }], {
          per_page: 1,
          page: call,
          next_page: call < 3 ? next(call) : none,
        }),
      }),
    );
    expect((await affise.campaigns(client)).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(sent.map(({ ask: line }) => line)).toEqual(
      [1, 2, 3].map((page) => `GET /3.0/partner/offers?page=${page}&limit=500`),
    );
  });
});
