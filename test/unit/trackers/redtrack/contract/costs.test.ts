import { describe, expect, test } from 'vitest';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import {
  type Case,
  contractClient,
  costUpdate,
  type Exchange,
  playAll,
  problemOf,
  RANGE,
  responseOf,
} from '../../contract.ts';
import { CAMPAIGNS, ID, PASTED } from './shared.ts';

describe('costs', () => {
  const update = (tail: string): string => `POST /tracks/cost?${tail}`;
  const span = 'time_from=2026-08-01T00:00:00+02:00&time_to=2026-08-02T23:59:59+02:00';
  const sets = (
    title: string,
    order: Parameters<typeof costUpdate>[0],
    ask: string,
    answer: Omit<Exchange, 'ask'> = {},
  ): Case => ({
    title,
    run: (adapter, to) => adapter.setCost?.(to, costUpdate({ campaignId: ID, ...order })),
    line: [{ ask: update(ask), ...answer }],
    gives: undefined,
  });
  playAll(redtrack, PASTED, [
    sets(
      'a total: everything in the query',
      {},
      `${span}&cost=19.22&currency=EUR&campaign_id=${ID}`,
    ),
    sets(
      'answered with 201',
      { currency: 'USD' },
      `${span}&cost=19.22&currency=USD&campaign_id=${ID}`,
      { status: 201 },
    ),
    sets(
      'of one token value, in UTC, answered with 204',
      { token: { slot: 20, value: 'a+b&c' }, range: { ...RANGE, zone: 'UTC' } },
      `time_from=2026-08-01T00:00:00Z&time_to=2026-08-02T23:59:59Z&cost=19.22&currency=EUR&campaign_id=${ID}&sub_name=sub20&sub_value=a+b&c`,
      { status: 204 },
    ),
    sets(
      'across a change of clocks, each end with its own offset; tiny, without an exponent',
      { range: { from: '2026-10-24', to: '2026-10-25', zone: 'Europe/Madrid' }, amount: 1e-6 },
      `time_from=2026-10-24T00:00:00+02:00&time_to=2026-10-25T23:59:59+01:00&cost=0.000001&currency=EUR&campaign_id=${ID}`,
      { say: { ok: 1 } },
    ),
    ...(
      [
        ['CPC', { mode: 'cpc' }, 'redtrack_total_only'],
        ['unique clicks only', { uniqueOnly: true }, 'redtrack_all_clicks'],
      ] as const
    ).map(
      ([title, order, text]): Case => ({
        title: `${title}: refused before anything is sent`,
        run: (adapter, client) => adapter.setCost?.(client, costUpdate(order)),
        line: [],
        fails: { kind: 'unsupported', text },
      }),
    ),
  ]);

  test('offsets and values are encoded: a plus would be a space', async () => {
    const { client, urls } = contractClient(redtrack, PASTED, () => responseOf({}));
    await redtrack.setCost?.(
      client,
      costUpdate({ campaignId: ID, token: { slot: 3, value: 'a+b' } }),
    );
    expect(urls[0]).toContain('time_from=2026-08-01T00%3A00%3A00%2B02%3A00&');
    expect(urls[0]).toContain('sub_name=sub3&sub_value=a%2Bb&api_key=');
  });

  test('one a minute: the second is not sent, and says how long to wait', async () => {
    const contract = contractClient(redtrack, PASTED, () => responseOf({}));
    const update = costUpdate({ campaignId: ID });
    await redtrack.setCost?.(contract.client, update);
    const problem = await problemOf(
      redtrack.setCost?.(contract.client, update) ?? Promise.resolve(),
    );
    expect(problem).toEqual({
      kind: 'rate',
      tracker: 'RedTrack',
      call: 'cost update',
      retryAfterMs: 60_000,
    });
    expect(contract.sent).toHaveLength(1);
    contract.pass(60_000);
    await redtrack.setCost?.(contract.client, update);
    expect(contract.sent).toHaveLength(2);
  });

  test('an id that is refused is followed by the serial number, a minute later', async () => {
    const contract = contractClient(redtrack, PASTED, (request) => {
      const url = new URL(request.url);
      if (url.pathname === '/campaigns') return responseOf({ say: CAMPAIGNS });
      return url.searchParams.get('campaign_id') === '41'
        ? responseOf({})
        : responseOf({ status: 400, say: { error: 'invalid campaign_id' } });
    });
    const wanted = costUpdate({ campaignId: ID });
    const wait = await problemOf(redtrack.setCost?.(contract.client, wanted) ?? Promise.resolve());
    expect(wait).toMatchObject({ kind: 'rate', retryAfterMs: 60_000 });
    contract.pass(60_000);
    await redtrack.setCost?.(contract.client, wanted);
    const cost = (id: string) => update(`${span}&cost=19.22&currency=EUR&campaign_id=${id}`);
    const serial = `GET /campaigns?ids=${ID}&page=1&per=100`;
    expect(contract.sent.map(({ ask }) => ask)).toEqual([cost(ID), serial, serial, cost('41')]);
  });
});

describe('pause', () => {
  playAll(
    redtrack,
    PASTED,
    (
      [
        ['paused', false, 2, {}],
        ['resumed', true, 1, { status: 204 }],
        ['answered with something', true, 1, { say: { status: 'ok' } }],
      ] as const
    ).map(
      ([title, active, status, answer]): Case => ({
        title,
        run: (adapter, client) => adapter.setActive?.(client, ID, active),
        line: [{ ask: `PATCH /campaigns/status?ids=${ID}&status=${status}`, ...answer }],
        gives: undefined,
      }),
    ),
  );
});
