import { describe, expect, test } from 'vitest';
import type { CostUpdate } from '../../../../../lib/costs/update.ts';
import { CrosstrackError } from '../../../../../lib/errors.ts';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { fakeTrackerClient, problemFrom } from '../../fake-tracker-client.ts';
import { CAMPAIGN } from './shared.ts';

describe('cost orders', () => {
  const ORDER: CostUpdate = {
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
    const { client, sent } = fakeTrackerClient(redtrack, () => ({}));
    await setCost(client, ORDER);
    expect(sent).toEqual([
      { line: 'POST /tracks/cost', query: written, write: true, pace: 'cost' },
    ]);
  });

  test.each<[string, Partial<CostUpdate>, string[]]>([
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
    const { client, sent } = fakeTrackerClient(redtrack, () => ({}));
    await setCost(client, { ...ORDER, ...parts });
    expect(sent[0]?.query).toEqual(expect.arrayContaining(expected));
  });

  test('an id that is refused is tried once as the serial number, which is then remembered', async () => {
    const { client, sent } = fakeTrackerClient(redtrack, (path, query) => {
      if (path === '/campaigns') return { json: [{ id: CAMPAIGN, serial_number: 41 }] };
      if (query.get('campaign_id') === '41') return {};
      return { status: 400, json: { error: 'invalid campaign_id' } };
    });
    await setCost(client, ORDER);
    expect(sent.map(({ line }) => line)).toEqual([
      'POST /tracks/cost',
      'GET /campaigns',
      'POST /tracks/cost',
    ]);
    expect(sent[1]?.query).toContain(`ids=${CAMPAIGN}`);
    await setCost(client, ORDER);
    expect(sent.slice(3).map(({ line }) => line)).toEqual(['GET /campaigns', 'POST /tracks/cost']);
  });

  test('what the refusal taught outlives the minute that the second try has to wait', async () => {
    const { client, sent } = fakeTrackerClient(redtrack, (path, query, call) => {
      if (path === '/campaigns') return { json: [{ id: CAMPAIGN, serial_number: 41 }] };
      if (query.get('campaign_id') === '41') return call === 3 ? { status: 429 } : {};
      return { status: 400, json: { error: 'campaign not found' } };
    });
    expect(await problemFrom(setCost(client, ORDER))).toMatchObject({ kind: 'rate' });
    await setCost(client, ORDER);
    const writes = sent.filter(({ write }) => write).map(({ query }) => query[0]);
    expect(writes).toEqual([`campaign_id=${CAMPAIGN}`, 'campaign_id=41', 'campaign_id=41']);
  });

  test.each([{ error: 'record not found' }, { error: 'invalid id' }, {}, null])(
    'a refusal that names nothing is of the id: %j',
    async (json) => {
      const { client, sent } = fakeTrackerClient(redtrack, (path, query) => {
        if (path === '/campaigns') return { json: [{ id: CAMPAIGN, serial_number: 41 }] };
        return query.get('campaign_id') === '41' ? {} : { status: 400, json };
      });
      await setCost(client, ORDER);
      expect(sent.filter(({ write }) => write).map(({ query }) => query[0])).toEqual([
        `campaign_id=${CAMPAIGN}`,
        'campaign_id=41',
      ]);
    },
  );

  test('when the serial number is refused too, the next order starts with the id again', async () => {
    const { client, sent } = fakeTrackerClient(redtrack, (path) =>
      path === '/campaigns'
        ? { json: [{ id: CAMPAIGN, serial_number: 41 }] }
        : { status: 400, json: { error: 'campaign not found' } },
    );
    for (const _ of [1, 2]) {
      expect(await problemFrom(setCost(client, ORDER))).toMatchObject({ kind: 'conflict' });
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
    const { client, sent } = fakeTrackerClient(redtrack, () => ({ status, json }));
    await expect(setCost(client, ORDER)).rejects.toBeInstanceOf(CrosstrackError);
    expect(sent.length).toBe(1);
  });

  test.each<[Partial<CostUpdate>, string]>([
    [{ mode: 'cpc' }, 'redtrack_total_only'],
    [{ uniqueOnly: true }, 'redtrack_all_clicks'],
  ])('%j cannot be sent', async (parts, text) => {
    const { client, sent } = fakeTrackerClient(redtrack, () => ({}));
    const problem = await problemFrom(setCost(client, { ...ORDER, ...parts }));
    expect(problem).toMatchObject({ kind: 'unsupported', text });
    expect(sent).toEqual([]);
  });
});
