import { describe, expect, test } from 'vitest';
import type { CostOrder } from '../../../../lib/costs/order.ts';
import { CrosstrackError } from '../../../../lib/errors.ts';
import { NO_METRICS } from '../../../../lib/report/metrics.ts';
import type { Question } from '../../../../lib/report/question.ts';
import { redtrack } from '../../../../lib/trackers/redtrack/adapter.ts';
import { fakeAsk, problemFrom } from '../redtrack-affise-ask.ts';

const RANGE = { from: '2026-08-01', to: '2026-08-02', zone: 'America/Sao_Paulo' };
const CAMPAIGN = '591efe91ba4d120936b7b3b2';

/** The row of "Report" in the published document (seed 004), with `roi: -1` as a ratio. */
const DOCUMENTED = {
  clicks: 110,
  conversions: 0,
  cost: 3.949,
  cpa: 0,
  cpc: 0.0359,
  cr: 0,
  epc: 0,
  impressions: 0,
  lp_clicks: 0,
  lp_ctr: 0,
  lp_views: 113,
  offer: 'My offer',
  profit: -3.949,
  revenue: 0,
  roi: -1,
  transactions: 0,
  unique_clicks: 104,
};
const READ = {
  ...NO_METRICS,
  clicks: 110,
  uniqueClicks: 104,
  landerViews: 113,
  landerClicks: 0,
  conversions: 0,
  cost: 3.949,
  revenue: 0,
};

function question(parts: Partial<Question>): Question {
  return { range: RANGE, groupBy: [], filters: [], ...parts };
}

describe('questions become requests', () => {
  const base = [
    'date_from=2026-08-01',
    'date_to=2026-08-02',
    'page=1',
    'per=1000',
    'timezone=America/Sao_Paulo',
  ];
  test.each<[string, Partial<Question>, string[]]>([
    ['the total, as a sum of days', {}, ['group=date']],
    ['campaigns', { groupBy: ['campaign'] }, ['group=campaign']],
    [
      'days of one campaign',
      { groupBy: ['day'], filters: [{ dimension: 'campaign', value: CAMPAIGN }] },
      ['group=date', `campaign_id=${CAMPAIGN}`],
    ],
    [
      'one token value of a campaign',
      {
        filters: [
          { dimension: 'campaign', value: CAMPAIGN },
          { dimension: 'token3', value: 'abc' },
        ],
      },
      ['group=date', `campaign_id=${CAMPAIGN}`, 'sub3=abc'],
    ],
    ['two tokens', { groupBy: ['token4', 'token7'] }, ['group=sub4,sub7']],
    ['hours of the day, which are not called hour', { groupBy: ['hour'] }, ['group=hour_of_day']],
    [
      'every named dimension',
      {
        groupBy: [
          'offer',
          'lander',
          'source',
          'country',
          'region',
          'city',
          'deviceType',
          'os',
          'browser',
          'language',
          'isp',
          'connectionType',
          'weekday',
        ],
      },
      [
        'group=offer,landing,source,country,region,city,device,os,browser,language,isp,connection_type,day_of_week',
      ],
    ],
    [
      'a filter that /report has no parameter for, as a group',
      { groupBy: ['os'], filters: [{ dimension: 'country', value: 'DE' }] },
      ['group=os,country'],
    ],
    [
      'a token value with a comma, which the parameter would split, as a group',
      { filters: [{ dimension: 'token2', value: 'a,b' }] },
      ['group=sub2'],
    ],
    [
      'the clicks without a value, which an empty parameter would not ask for, as a group',
      { groupBy: ['token1'], filters: [{ dimension: 'token1', value: '' }] },
      ['group=sub1'],
    ],
  ])('%s', async (_name, parts, extra) => {
    const { ask, sent } = fakeAsk(redtrack, () => ({ json: [] }));
    await redtrack.report(ask, question(parts));
    expect(sent).toEqual([
      {
        line: 'GET /report',
        query: [...base, ...extra].sort(),
        write: false,
        pace: 'report',
      },
    ]);
  });

  test.each(['token0', 'token21'] as const)('%s is said to be unsupported', async (dimension) => {
    const { ask, sent } = fakeAsk(redtrack, () => ({ json: [] }));
    const asked = redtrack.report(ask, question({ groupBy: [dimension] }));
    expect(await problemFrom(asked)).toMatchObject({
      kind: 'unsupported',
      text: 'redtrack_dimension',
      values: [dimension],
    });
    expect(sent).toEqual([]);
  });
});

describe('answers become rows', () => {
  test('the documented row, whose offer has a name only', async () => {
    const { ask } = fakeAsk(redtrack, () => ({ json: [DOCUMENTED] }));
    const report = await redtrack.report(ask, question({ groupBy: ['offer'] }));
    expect(report).toEqual({
      rows: [{ values: [{ id: 'My offer', name: 'My offer' }], metrics: READ }],
      zone: 'America/Sao_Paulo',
      currency: 'USD',
      basis: 'postback',
      fetchedAt: 1_785_600_000_000,
      complete: true,
    });
  });

  test('campaign rows are known by campaign_id, which stands beside the title', async () => {
    const row = { ...DOCUMENTED, campaign: 'Supah Hybrid', campaign_id: CAMPAIGN };
    const { ask } = fakeAsk(redtrack, () => ({ json: { items: [row], total: { clicks: 110 } } }));
    const { rows } = await redtrack.report(ask, question({ groupBy: ['campaign'] }));
    expect(rows).toEqual([{ values: [{ id: CAMPAIGN, name: 'Supah Hybrid' }], metrics: READ }]);
  });

  test('a campaign row without its id is a wrong shape, named by row and field', async () => {
    const { ask } = fakeAsk(redtrack, () => ({ json: [{ ...DOCUMENTED, campaign: 'A' }] }));
    const problem = await problemFrom(redtrack.report(ask, question({ groupBy: ['campaign'] })));
    expect(problem).toMatchObject({ kind: 'shape', field: '0.campaign_id' });
  });

  test('a figure that is no number is a wrong shape, not a zero', async () => {
    const { ask } = fakeAsk(redtrack, () => ({ json: [{ ...DOCUMENTED, clicks: 'many' }] }));
    const problem = await problemFrom(redtrack.report(ask, question({})));
    expect(problem).toMatchObject({ kind: 'shape', field: 'items.0.clicks' });
  });

  test('missing figures are unknown, text figures are read, statuses are counted', async () => {
    const row = { date: '2026-08-01', clicks: '12', approved: 3, pending: 2, declined: 1 };
    const { ask } = fakeAsk(redtrack, () => ({ json: [row] }));
    const { rows } = await redtrack.report(ask, question({ groupBy: ['day'] }));
    expect(rows[0]?.metrics).toEqual({ ...NO_METRICS, clicks: 12, sales: 3, hold: 2, rejected: 1 });
  });

  test.each([
    ['day', 'date', '2026-08-01T00:00:00Z', '2026-08-01'],
    ['hour', 'hour_of_day', 0, '0'],
    ['hour', 'hour_of_day', '07:00', '7'],
    ['hour', 'hour_of_day', '00', '0'],
    ['token5', 'sub5', null, ''],
    ['token5', 'sub5', 991, '991'],
  ] as const)('%s in %s: %s is %s', async (dimension, field, written, read) => {
    const { ask } = fakeAsk(redtrack, () => ({ json: [{ [field]: written, clicks: 1 }] }));
    const { rows } = await redtrack.report(ask, question({ groupBy: [dimension] }));
    expect(rows[0]?.values).toEqual([{ id: read, name: read }]);
  });

  test('a filter applied here keeps its rows and sums them', async () => {
    const json = [
      { os: 'iOS', country: 'DE', clicks: 1, cost: 0.5 },
      { os: 'iOS', country: 'FR', clicks: 20, cost: 9 },
      { os: 'Android', country: 'DE', clicks: 300, cost: 0.25 },
    ];
    const { ask } = fakeAsk(redtrack, () => ({ json }));
    const { rows } = await redtrack.report(
      ask,
      question({ filters: [{ dimension: 'country', value: 'DE' }] }),
    );
    expect(rows).toEqual([{ values: [], metrics: { ...NO_METRICS, clicks: 301, cost: 0.75 } }]);
  });

  test('the total of days is one row; of nothing it is zero, not unknown', async () => {
    const days = [
      { date: '2026-08-01', clicks: 3, cost: 1 },
      { date: '2026-08-02', clicks: 4, cost: 2 },
    ];
    const two = fakeAsk(redtrack, () => ({ json: days }));
    const total = await redtrack.report(two.ask, question({}));
    expect(total.rows).toEqual([{ values: [], metrics: { ...NO_METRICS, clicks: 7, cost: 3 } }]);
    const none = fakeAsk(redtrack, () => ({ json: null }));
    const nothing = await redtrack.report(none.ask, question({}));
    expect(nothing.rows[0]?.metrics).toMatchObject({ clicks: 0, cost: 0, sales: null });
  });
});

describe('all pages are read', () => {
  test('and those before the limit of the minute are kept, as incomplete', async () => {
    const { ask } = fakeAsk(redtrack, (_path, query) =>
      query.get('page') === '3'
        ? { status: 429, json: { error: 'too many requests' } }
        : { json: pageOf(Number(query.get('page')), 1000) },
    );
    const { rows, complete } = await redtrack.report(ask, question({ groupBy: ['token1'] }));
    expect([rows.length, complete]).toEqual([2000, false]);
  });

  test('but a limit on the first page is said', async () => {
    const { ask } = fakeAsk(redtrack, () => ({ status: 429, json: { error: 'slow down' } }));
    const asked = redtrack.report(ask, question({}));
    expect(await problemFrom(asked)).toMatchObject({ kind: 'rate' });
  });

  const pageOf = (page: number, rows: number) =>
    Array.from({ length: rows }, (_, row) => ({ sub1: `${page}-${row}`, clicks: 1 }));

  test('until one is short', async () => {
    const { ask, sent } = fakeAsk(redtrack, (_path, query) => {
      const page = Number(query.get('page'));
      return { json: pageOf(page, page === 3 ? 17 : 1000) };
    });
    const { rows, complete } = await redtrack.report(ask, question({ groupBy: ['token1'] }));
    expect(sent.length).toBe(3);
    expect(rows.length).toBe(2017);
    expect(complete).toBe(true);
  });

  test('and a server that repeats its page is not added twice', async () => {
    const { ask, sent } = fakeAsk(redtrack, () => ({ json: pageOf(1, 1000) }));
    const { rows, complete } = await redtrack.report(ask, question({ groupBy: ['token1'] }));
    expect(sent.length).toBe(2);
    expect(rows.length).toBe(1000);
    expect(complete).toBe(false);
  });
});

/** "Campaigns list" of the published document; serial_number is in today's interface description. */
const CAMPAIGNS = [
  {
    id: '5a7b3ba2f07a9105f25a5f5d',
    serial_number: 41,
    title: 'Supah Hybrid',
    cpc: 3,
    source_id: '5a7b3ba1f07a9105f25a5f51',
    source_title: 'Magnificent Two-Face Man',
    status: 1,
    stat: { clicks: 240, roi: 33.7148 },
    tags: null,
  },
  { id: 'b', title: 'Paused', status: 2, source_id: '' },
  { id: 'c', title: 'Deleted', status: 3 },
];

describe('campaigns', () => {
  test.each([
    ['a bare array', CAMPAIGNS],
    ['items and total', { items: CAMPAIGNS, total: { clicks: 240 } }],
    ['items alone', { items: CAMPAIGNS }],
  ])('from %s', async (_name, json) => {
    const { ask, sent } = fakeAsk(redtrack, () => ({ json }));
    expect(await redtrack.campaigns(ask)).toEqual([
      {
        id: '5a7b3ba2f07a9105f25a5f5d',
        name: 'Supah Hybrid',
        active: true,
        source: { id: '5a7b3ba1f07a9105f25a5f51', name: 'Magnificent Two-Face Man' },
      },
      { id: 'b', name: 'Paused', active: false, source: null },
    ]);
    expect(sent[0]).toMatchObject({ line: 'GET /campaigns', query: ['page=1', 'per=100'] });
  });

  test('an account with none says null', async () => {
    const { ask } = fakeAsk(redtrack, () => ({ json: null }));
    expect(await redtrack.campaigns(ask)).toEqual([]);
  });
});

describe('sources', () => {
  test('today: subs in slot order, with a role each', async () => {
    // Shape from the current interface description; roles as a client of 2026 sends them.
    const subs = [
      { value: '{replace}', alias: 'utm_campaign', hint: 'Campaign name', role: 'rt_campaign' },
      { value: '' },
      { value: '{adgroupid}', hint: 'Ad group ID', role: 'gid' },
      { value: '{creative}', hint: 'Creative ID', role: 'aid' },
      { value: '{campaignid}', hint: 'Campaign ID', role: 'cid' },
      { value: '{placement}', alias: 'plc', role: 'pid' },
      { value: 'Google', alias: 'utm_source', role: 'rt_source' },
    ];
    const { ask } = fakeAsk(redtrack, () => ({ json: [{ id: 's1', title: 'Ads', subs }] }));
    expect(await redtrack.sources(ask)).toEqual([
      {
        id: 's1',
        name: 'Ads',
        tokens: [
          {
            slot: 1,
            name: 'Campaign name',
            parameter: 'utm_campaign',
            macro: '{replace}',
            role: null,
          },
          { slot: 3, name: 'Ad group ID', parameter: 'sub3', macro: '{adgroupid}', role: 'adSet' },
          { slot: 4, name: 'Creative ID', parameter: 'sub4', macro: '{creative}', role: 'ad' },
          {
            slot: 5,
            name: 'Campaign ID',
            parameter: 'sub5',
            macro: '{campaignid}',
            role: 'campaign',
          },
          { slot: 6, name: 'plc', parameter: 'plc', macro: '{placement}', role: 'placement' },
          { slot: 7, name: 'utm_source', parameter: 'utm_source', macro: 'Google', role: null },
        ],
      },
    ]);
  });

  test('without a role the macro is asked', async () => {
    const subs = [{ value: '{zoneid}', alias: 'zone' }];
    const { ask } = fakeAsk(redtrack, () => ({ json: [{ id: 's', title: 'Push', subs }] }));
    const [source] = await redtrack.sources(ask);
    expect(source?.tokens).toEqual([
      { slot: 1, name: 'zone', parameter: 'zone', macro: '{zoneid}', role: 'placement' },
    ]);
  });

  test('the old document: sub1…sub10 beside hints', async () => {
    const old = {
      id: 's',
      title: 'Google AdWords',
      sub1: '',
      sub2: '{Placement}',
      sub10: '{target}',
      hints: { sub1: '', sub2: 'Website placement for display network', sub10: 'Category' },
    };
    const { ask } = fakeAsk(redtrack, () => ({ json: [old] }));
    const [source] = await redtrack.sources(ask);
    expect(source?.tokens.map(({ slot, macro }) => [slot, macro])).toEqual([
      [2, '{Placement}'],
      [10, '{target}'],
    ]);
  });
});

describe('the check', () => {
  // "Log in using api key" of the published document, shortened.
  const auth = {
    id: '5a8407acf07a9153abe11564',
    email: 'your_email',
    api_key: 'MYAPITOKEN',
    password: '842e918e652bc3010a32e43423572aacca0e9221',
    timezone: { id: '5a8407abf07a9153abe11530', zone: 'UTC', alias: '', offset: 0 },
  };

  test('says account, zone and campaigns', async () => {
    const { ask } = fakeAsk(redtrack, (path) => ({ json: path === '/auth' ? auth : CAMPAIGNS }));
    expect(await redtrack.check(ask)).toEqual({
      account: 'your_email',
      version: null,
      campaigns: 2,
      zone: 'UTC',
      currency: null,
      role: null,
      mayWrite: null,
    });
  });

  test('goes by the settings where /auth is gone', async () => {
    const { ask, sent } = fakeAsk(redtrack, (path) => {
      if (path === '/auth') return { status: 404, json: { error: 'not found' } };
      return { json: path === '/me/settings' ? { id: 'x', table_campaigns: {} } : CAMPAIGNS };
    });
    expect(await redtrack.check(ask)).toMatchObject({ account: null, campaigns: 2, zone: null });
    expect(sent.map(({ line }) => line)).toEqual([
      'GET /auth',
      'GET /me/settings',
      'GET /campaigns',
    ]);
  });

  test('stops at a refused key', async () => {
    const { ask, sent } = fakeAsk(redtrack, () => ({
      status: 401,
      json: { error: 'Unauthorized' },
    }));
    expect(await problemFrom(redtrack.check(ask))).toMatchObject({ kind: 'auth', status: 401 });
    expect(sent.length).toBe(1);
  });
});

describe('refusals', () => {
  test.each([
    [401, { error: 'Unauthorized' }, { kind: 'auth', said: 'Unauthorized' }],
    [401, { errors: ['Token is invalid'] }, { kind: 'auth', said: 'Token is invalid' }],
    [403, { error: 'action not allowed' }, { kind: 'permission', said: 'action not allowed' }],
    [
      400,
      { errors: ['Title cannot be blank', 'URL cannot be blank'] },
      { kind: 'conflict', said: 'Title cannot be blank; URL cannot be blank' },
    ],
    [404, { error: 'not found' }, { kind: 'conflict', text: 'redtrack_refused' }],
    [200, { error: 'no such report' }, { kind: 'conflict', said: 'no such report' }],
  ])('%i %j', (status, json, expected) => {
    expect(redtrack.refusal({ status, json, text: '' })).toMatchObject(expected);
  });

  test.each([
    [429, { error: 'too many requests' }],
    [500, { error: 'Problem with loading report' }],
    [200, [DOCUMENTED]],
    [200, { items: [], total: 0 }],
    [502, undefined],
  ])('%i %j is left to the rules for all trackers', (status, json) => {
    expect(redtrack.refusal({ status, json, text: '' })).toBeNull();
  });
});

describe('cost orders', () => {
  const ORDER: CostOrder = {
    connection: 'c1',
    campaignId: CAMPAIGN,
    campaignName: 'A',
    range: { from: '2026-08-01', to: '2026-08-01', zone: 'Europe/Madrid' },
    mode: 'total',
    amount: 12.5,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  };
  const setCost = redtrack.setCost ?? (() => Promise.reject(new Error('missing')));
  const written = [
    `campaign_id=${CAMPAIGN}`,
    'cost=12.5',
    'currency=USD',
    'time_from=2026-08-01T00:00:00+02:00',
    'time_to=2026-08-01T23:59:59+02:00',
  ];

  test('everything goes into the query, once, marked as a write of its own pace', async () => {
    const { ask, sent } = fakeAsk(redtrack, () => ({}));
    await setCost(ask, ORDER);
    expect(sent).toEqual([
      { line: 'POST /tracks/cost', query: written, write: true, pace: 'cost' },
    ]);
  });

  test.each<[string, Partial<CostOrder>, string[]]>([
    [
      'UTC is written as in the document',
      { range: { from: '2026-08-01', to: '2026-08-01', zone: 'UTC' } },
      ['time_from=2026-08-01T00:00:00Z', 'time_to=2026-08-01T23:59:59Z'],
    ],
    [
      'each end has its own offset when the clocks change between them',
      { range: { from: '2026-10-24', to: '2026-10-25', zone: 'Europe/Madrid' } },
      ['time_from=2026-10-24T00:00:00+02:00', 'time_to=2026-10-25T23:59:59+01:00'],
    ],
    ['a token value', { token: { slot: 3, value: 'abc' } }, ['sub_name=sub3', 'sub_value=abc']],
    [
      'another currency, which RedTrack converts',
      { currency: 'EUR', amount: 3 },
      ['cost=3', 'currency=EUR'],
    ],
    [
      'a rate that the user fixed',
      { currency: 'EUR', amount: 3, rate: 1.1 },
      ['cost=3.3', 'currency=USD'],
    ],
  ])('%s', async (_name, parts, expected) => {
    const { ask, sent } = fakeAsk(redtrack, () => ({}));
    await setCost(ask, { ...ORDER, ...parts });
    expect(sent[0]?.query).toEqual(expect.arrayContaining(expected));
  });

  test('an id that is refused is tried once as the serial number, which is then remembered', async () => {
    const { ask, sent } = fakeAsk(redtrack, (path, query) => {
      if (path === '/campaigns') return { json: [{ id: CAMPAIGN, serial_number: 41 }] };
      if (query.get('campaign_id') === '41') return {};
      return { status: 400, json: { error: 'invalid campaign_id' } };
    });
    await setCost(ask, ORDER);
    expect(sent.map(({ line }) => line)).toEqual([
      'POST /tracks/cost',
      'GET /campaigns',
      'POST /tracks/cost',
    ]);
    expect(sent[1]?.query).toContain(`ids=${CAMPAIGN}`);
    await setCost(ask, ORDER);
    expect(sent.slice(3).map(({ line }) => line)).toEqual(['GET /campaigns', 'POST /tracks/cost']);
  });

  test('what the refusal taught outlives the minute that the second try has to wait', async () => {
    const { ask, sent } = fakeAsk(redtrack, (path, query, call) => {
      if (path === '/campaigns') return { json: [{ id: CAMPAIGN, serial_number: 41 }] };
      if (query.get('campaign_id') === '41') return call === 3 ? { status: 429 } : {};
      return { status: 400, json: { error: 'campaign not found' } };
    });
    expect(await problemFrom(setCost(ask, ORDER))).toMatchObject({ kind: 'rate' });
    await setCost(ask, ORDER);
    const writes = sent.filter(({ write }) => write).map(({ query }) => query[0]);
    expect(writes).toEqual([`campaign_id=${CAMPAIGN}`, 'campaign_id=41', 'campaign_id=41']);
  });

  test.each([{ error: 'record not found' }, { error: 'invalid id' }, {}, null])(
    'a refusal that names nothing is of the id: %j',
    async (json) => {
      const { ask, sent } = fakeAsk(redtrack, (path, query) => {
        if (path === '/campaigns') return { json: [{ id: CAMPAIGN, serial_number: 41 }] };
        return query.get('campaign_id') === '41' ? {} : { status: 400, json };
      });
      await setCost(ask, ORDER);
      expect(sent.filter(({ write }) => write).map(({ query }) => query[0])).toEqual([
        `campaign_id=${CAMPAIGN}`,
        'campaign_id=41',
      ]);
    },
  );

  test('when the serial number is refused too, the next order starts with the id again', async () => {
    const { ask, sent } = fakeAsk(redtrack, (path) =>
      path === '/campaigns'
        ? { json: [{ id: CAMPAIGN, serial_number: 41 }] }
        : { status: 400, json: { error: 'campaign not found' } },
    );
    for (const _ of [1, 2]) {
      expect(await problemFrom(setCost(ask, ORDER))).toMatchObject({ kind: 'conflict' });
    }
    const writes = sent.filter(({ write }) => write).map(({ query }) => query[0]);
    const both = [`campaign_id=${CAMPAIGN}`, 'campaign_id=41'];
    expect(writes).toEqual([...both, ...both]);
  });

  test.each<[string, number, unknown]>([
    ['a refusal for another reason', 400, { error: 'time_from is invalid' }],
    ['a broken server', 500, { error: 'campaign update failed' }],
    ['a limit', 429, { error: 'campaign costs: too many requests' }],
    ['a refused key', 401, { error: 'Unauthorized campaign' }],
  ])('%s is never followed by a second write', async (_name, status, json) => {
    const { ask, sent } = fakeAsk(redtrack, () => ({ status, json }));
    await expect(setCost(ask, ORDER)).rejects.toBeInstanceOf(CrosstrackError);
    expect(sent.length).toBe(1);
  });

  test.each<[Partial<CostOrder>, string]>([
    [{ mode: 'cpc' }, 'redtrack_total_only'],
    [{ uniqueOnly: true }, 'redtrack_all_clicks'],
  ])('%j cannot be sent', async (parts, text) => {
    const { ask, sent } = fakeAsk(redtrack, () => ({}));
    const problem = await problemFrom(setCost(ask, { ...ORDER, ...parts }));
    expect(problem).toMatchObject({ kind: 'unsupported', text });
    expect(sent).toEqual([]);
  });
});

describe('addresses', () => {
  const own = { api: 'https://api.redtrack.io', pages: ['https://app.redtrack.io'] };
  test.each([
    ['https://app.redtrack.io', { ...own, removed: [] }],
    ['https://app.redtrack.io/campaigns?x=1#y', { ...own, removed: ['/campaigns', '?x=1', '#y'] }],
    ['http://api.redtrack.io/report', { ...own, removed: ['http://', '/report'] }],
    [
      'https://track.brand.com/campaigns',
      {
        api: 'https://track.brand.com/api',
        pages: ['https://track.brand.com'],
        removed: ['/campaigns'],
      },
    ],
    [
      'http://127.0.0.1:4010/api/',
      { api: 'http://127.0.0.1:4010/api', pages: ['http://127.0.0.1:4010'], removed: [] },
    ],
    [
      'https://redtrack.io.evil.example/',
      {
        api: 'https://redtrack.io.evil.example/api',
        pages: ['https://redtrack.io.evil.example'],
        removed: [],
      },
    ],
  ])('%s', (pasted, expected) => {
    expect(redtrack.address(new URL(pasted))).toEqual(expected);
  });

  test('only its own hosts are claimed', () => {
    expect(redtrack.claims(new URL('https://app.redtrack.io/x'))).toBe(true);
    expect(redtrack.claims(new URL('https://notredtrack.io/'))).toBe(false);
  });
});
