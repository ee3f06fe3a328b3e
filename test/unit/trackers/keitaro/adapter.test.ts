import { describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../../lib/costs/update.ts';
import type { HttpRequest } from '../../../../lib/http/http.ts';
import { keitaro } from '../../../../lib/trackers/keitaro/adapter.ts';
import { page } from '../../../../lib/trackers/keitaro/page.ts';
import { documentWith, fakeTrackerClient, problemFrom, type Said } from '../fake-tracker-client.ts';

const range = { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' };

/** `fakeAsk` with the JSON bodies that were sent. */
function keitaroClient(answer: (path: string, call: number) => Said) {
  const { client, sent } = fakeTrackerClient(keitaro, (path, _, call) => answer(path, call));
  const bodies: unknown[] = [];
  const { http } = client;
  const recording = {
    send<T>(request: HttpRequest<T>, signal: AbortSignal): Promise<T> {
      bodies.push(request.json);
      return http.send(request, signal);
    },
  };
  return { ask: { ...client, http: recording }, sent, bodies };
}

describe('reports', () => {
  test('by campaign: the request of the current vocabulary, rows with ids and names', async () => {
    const { ask, sent, bodies } = keitaroClient(() => ({
      // Shape of "Build Report" in the Admin API document; numbers as text by version.
      json: {
        rows: [
          {
            campaign_id: 12,
            campaign: 'Summer',
            clicks: 100,
            cost: '10.5000',
            revenue: 20.25,
            leads: 1,
          },
        ],
        total: 1,
        meta: {},
      },
    }));
    const report = await keitaro.report(ask, { range, groupBy: ['campaign'], filters: [] });
    expect(sent[0]?.line).toBe('POST /admin_api/v1/report/build');
    expect(bodies[0]).toMatchObject({
      range: { from: '2026-08-01', to: '2026-08-02', timezone: 'Europe/Madrid' },
      dimensions: ['campaign_id', 'campaign'],
      filters: [],
      limit: 1000,
      offset: 0,
    });
    expect(report.rows).toEqual([
      {
        values: [{ id: '12', name: 'Summer' }],
        metrics: expect.objectContaining({
          clicks: 100,
          cost: 10.5,
          revenue: 20.25,
          leads: 1,
          sales: null,
        }),
      },
    ]);
    expect(report).toMatchObject({ zone: 'Europe/Madrid', currency: 'USD', complete: true });
  });

  test('an older version is asked in its own words, and that is remembered', async () => {
    const { ask, bodies } = keitaroClient((_, call) =>
      call === 1
        ? { status: 406, json: { error: 'grouping is required' } }
        : { json: { rows: [], total: 0 } },
    );
    await keitaro.report(ask, { range, groupBy: ['day'], filters: [] });
    await keitaro.report(ask, { range, groupBy: ['day'], filters: [] });
    expect(bodies[1]).toMatchObject({ grouping: ['day'], columns: ['day'] });
    expect(bodies[1]).not.toHaveProperty('dimensions');
    expect(bodies).toHaveLength(3);
    expect(bodies[2]).toHaveProperty('grouping');
  });

  test('one placement of a campaign is filtered by its token', async () => {
    const { ask, bodies } = keitaroClient(() => ({ json: { rows: [], total: 0 } }));
    const report = await keitaro.report(ask, {
      range,
      groupBy: [],
      filters: [
        { dimension: 'campaign', value: '12' },
        { dimension: 'token6', value: '007' },
      ],
    });
    expect(bodies[0]).toMatchObject({
      filters: [
        { name: 'campaign_id', operator: 'EQUALS', expression: 12 },
        { name: 'sub_id_6', operator: 'EQUALS', expression: '007' },
      ],
    });
    expect(report.rows[0]?.metrics).toMatchObject({ clicks: 0, cost: 0 });
  });

  test('all pages are fetched; a tracker that repeats a page is noticed', async () => {
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ sub_id_1: `z${from + index}`, clicks: 1 }));
    const paged = keitaroClient((_, call) => ({
      json: { rows: call === 1 ? rows(0, 1000) : rows(1000, 5), total: 1005 },
    }));
    const whole = await keitaro.report(paged.ask, { range, groupBy: ['token1'], filters: [] });
    expect(whole.rows).toHaveLength(1005);
    expect(whole.complete).toBe(true);
    expect(paged.bodies[1]).toMatchObject({ offset: 1000 });
    const stuck = keitaroClient(() => ({ json: { rows: rows(0, 1000), total: 5000 } }));
    const partial = await keitaro.report(stuck.ask, { range, groupBy: ['token1'], filters: [] });
    expect(partial.complete).toBe(false);
    expect(partial.rows).toHaveLength(1000);
  });

  test('unreadable figures are a shape problem that names the field', async () => {
    const { ask } = keitaroClient(() => ({
      json: { rows: [{ day: '2026-08-01', clicks: '<b>' }] },
    }));
    const problem = await problemFrom(
      keitaro.report(ask, { range, groupBy: ['day'], filters: [] }),
    );
    expect(problem).toMatchObject({ kind: 'shape', field: 'rows.0.clicks' });
  });
});

describe('costs', () => {
  const update: CostUpdate = {
    connection: 'c1',
    campaignId: '7',
    campaignName: '',
    range: { from: '2026-08-01', to: '2026-08-01', zone: 'Europe/Madrid' },
    mode: 'total',
    amount: 19.22,
    currency: 'EUR',
    rate: null,
    token: { slot: 6, value: '123' },
    uniqueOnly: false,
  };

  test('answered without success are refused', async () => {
    const { ask } = keitaroClient(() => ({ json: { success: false } }));
    expect(await problemFrom(keitaro.setCost?.(ask, update) ?? Promise.resolve())).toMatchObject({
      kind: 'conflict',
      text: 'keitaro_cost_refused',
    });
  });
});

test.each([
  [401, { error: 'Invalid API key' }, 'auth', 'keitaro_key'],
  [402, { error: 'Upgrade' }, 'unsupported', 'keitaro_edition'],
  [404, { message: 'Not found' }, 'conflict', 'keitaro_not_found'],
  [406, { error: 'Validation' }, 'conflict', 'keitaro_refused'],
  [200, { error: 'Odd' }, 'conflict', 'keitaro_refused'],
])('%i %j is %s', (status, json, kind, text) => {
  expect(keitaro.refusal({ status, json, text: '' })).toMatchObject({ kind, text });
});

test('a domain that serves landings is told from a panel', () => {
  expect(keitaro.refusal({ status: 200, json: undefined, text: '<html>' })?.text).toBe(
    'keitaro_wrong_domain',
  );
});

test.each([
  ['https://t.example/admin/#!/campaigns/12', 'https://t.example'],
  ['https://t.example/admin_api/v1/', 'https://t.example'],
  ['https://t.example/sub/admin/?object=campaigns.index', 'https://t.example/sub'],
  ['https://t.example:8443', 'https://t.example:8443'],
  ['https://t.example/index.php', 'https://t.example'],
])('%s is cleaned to %s', (pasted, api) => {
  expect(keitaro.address(new URL(pasted)).api).toBe(api);
});

test('sources tell their tokens, macros and roles; slots without a name are left out', async () => {
  const { ask } = keitaroClient(() => ({
    json: [
      {
        id: 1,
        name: 'PropellerAds',
        state: 'active',
        parameters: {
          external_id: { name: 'subid', placeholder: '{subid}' },
          sub_id_1: { name: 'zone', placeholder: '{zoneid}', alias: '' },
          sub_id_2: { name: '', placeholder: '', alias: '' },
          sub_id_3: { name: 'cid', placeholder: '{campaignid}', alias: 'Campaign' },
        },
      },
      { id: 2, name: 'Bare', state: 'active', parameters: [] },
    ],
  }));
  expect(await keitaro.sources(ask)).toEqual([
    {
      id: '1',
      name: 'PropellerAds',
      tokens: [
        { slot: 1, name: 'zone', parameter: 'zone', macro: '{zoneid}', role: 'placement' },
        { slot: 3, name: 'Campaign', parameter: 'cid', macro: '{campaignid}', role: 'campaign' },
      ],
    },
    { id: '2', name: 'Bare', tokens: [] },
  ]);
});

describe('pages', () => {
  const see = (url: string, elements: Record<string, string> = {}) =>
    page.recognise({ url: new URL(url), title: 'Keitaro', document: documentWith(elements) });
  test.each([
    ['https://t.example/admin/#!/campaigns/', 'campaigns', null],
    ['https://t.example/admin/#!/campaigns/12', 'campaign', '12'],
    ['https://t.example/admin/#!/campaigns/12/streams', 'campaign', '12'],
    ['https://t.example/sub/admin/#!/offers/', 'offers', null],
    ['https://t.example/admin/?object=campaigns.index', 'campaigns', null],
  ])('%s', (url, view, id) => {
    expect(see(url)).toMatchObject({ view, campaignId: id });
  });
  test('days in the route are read', () => {
    expect(
      see('https://t.example/admin/#!/campaigns/12?from=2026-08-01&to=2026-08-02')?.range,
    ).toEqual({
      from: '2026-08-01',
      to: '2026-08-02',
    });
  });
  test.each([
    ['the sign-in', 'https://t.example/admin/#!/campaigns/', { '[type="password"]': '' }],
    ['the sign-in route', 'https://t.example/admin/#!/login', {}],
    ['a landing page', 'https://t.example/', {}],
    ['a shop with an admin', 'https://t.example/admin/', {}],
    ['another path', 'https://t.example/shop/#!/campaigns/12', {}],
  ])('%s is not taken for the panel', (_, url, elements) => {
    expect(see(url, elements)).toBeNull();
  });
});
