import { describe, expect, test } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import {
  type Case,
  contractClient,
  costUpdate,
  type Exchange,
  playAll,
  problemOf,
  question,
  RANGE,
  responseOf,
} from '../../contract.ts';
import { BASE, DISABLED, PASTED } from './shared.ts';

const UPDATE = `POST ${BASE}/clicks/update_costs`;
const entry = (cost: string, more: object = {}) => ({
  start_date: '2026-08-01 00:00',
  end_date: '2026-08-02 23:59:59',
  timezone: 'Europe/Madrid',
  currency: 'EUR',
  cost,
  ...more,
});
const costBody = (costs: readonly object[], change: object = {}) => ({
  campaign_ids: [7],
  costs,
  timezone: 'Europe/Madrid',
  currency: 'EUR',
  only_campaign_uniques: 0,
  ...change,
});

describe('costs', () => {
  const sets = (
    title: string,
    order: Parameters<typeof costUpdate>[0],
    body: unknown,
    say: unknown = { success: true },
  ): Case => ({
    title,
    run: (adapter, client) => adapter.setCost?.(client, costUpdate(order)),
    line: [{ ask: UPDATE, body, say }],
    gives: undefined,
  });
  playAll(keitaro, PASTED, [
    sets('a total of a campaign', {}, costBody([entry('19.22')])),
    sets(
      'of one token value, of one day, in another zone and currency',
      {
        token: { slot: 6, value: '123' },
        range: { from: '2026-08-01', to: '2026-08-01', zone: 'America/New_York' },
        currency: 'RUB',
        amount: 0.5,
      },
      costBody(
        [
          entry('0.50', {
            end_date: '2026-08-01 23:59:59',
            timezone: 'America/New_York',
            currency: 'RUB',
            filters: { sub_id_6: '123' },
          }),
        ],
        { timezone: 'America/New_York', currency: 'RUB' },
      ),
      { success: 'true' },
    ),
    sets(
      'of unique clicks only',
      { uniqueOnly: true },
      costBody([entry('19.22')], { only_campaign_uniques: 1 }),
    ),
    sets('the smallest that is kept', { amount: 0.0001 }, costBody([entry('0.0001')])),
    sets('more places than are kept', { amount: 1 / 3 }, costBody([entry('0.3333')])),
    sets('the largest', { amount: 999_999_999 }, costBody([entry('999999999.00')])),
    sets(
      'of the last token of newer versions',
      { token: { slot: 30, value: 'a' } },
      costBody([entry('19.22', { filters: { sub_id_30: 'a' } })]),
    ),
    sets('nought', { amount: 0 }, costBody([entry('0.00')])),
    sets('large', { amount: 1_234_567.125 }, costBody([entry('1234567.125')]), { success: 1 }),
    {
      title: 'in bulk: many values of one campaign in one call',
      run: (adapter, client) =>
        adapter.setCosts?.(
          client,
          ['a', 'b'].map((value, index) =>
            costUpdate({ amount: index + 1, token: { slot: 15, value } }),
          ),
        ),
      line: [
        {
          ask: UPDATE,
          body: costBody([
            entry('1.00', { filters: { sub_id_15: 'a' } }),
            entry('2.00', { filters: { sub_id_15: 'b' } }),
          ]),
          say: { success: true },
        },
      ],
      gives: undefined,
    },
    {
      title: 'in bulk: none is no call',
      run: (adapter, client) => adapter.setCosts?.(client, []),
      line: [],
      gives: undefined,
    },
    {
      title: 'answered without success',
      run: (adapter, client) => adapter.setCost?.(client, costUpdate()),
      line: [{ ask: UPDATE, body: costBody([entry('19.22')]), say: { success: false } }],
      fails: { kind: 'conflict', text: 'keitaro_cost_refused' },
    },
    {
      title: 'answered with something else: it may have been applied',
      run: (adapter, client) => adapter.setCost?.(client, costUpdate()),
      line: [{ ask: UPDATE, body: costBody([entry('19.22')]), say: {} }],
      fails: { kind: 'shape', field: 'success', maybeApplied: true },
    },
    ...(
      [
        ['CPC', [{ mode: 'cpc' }], 'keitaro_cost_total_only'],
        ['a token beyond the filters', [{ token: { slot: 31, value: 'a' } }], 'keitaro_cost_token'],
        ['a value with a comma', [{ token: { slot: 1, value: '1,2,3' } }], 'keitaro_cost_comma'],
        ['one among others', [{}, { token: { slot: 1, value: ',' } }], 'keitaro_cost_comma'],
        ['two campaigns', [{}, { campaignId: '8' }], 'keitaro_cost_bulk'],
        ['two currencies', [{}, { currency: 'USD' }], 'keitaro_cost_bulk'],
        ['two kinds of clicks', [{}, { uniqueOnly: true }], 'keitaro_cost_bulk'],
        ['two zones', [{}, { range: { ...RANGE, zone: 'UTC' } }], 'keitaro_cost_bulk'],
        ['101 entries', Array.from({ length: 101 }, () => ({})), 'keitaro_cost_bulk'],
      ] as const
    ).map(
      ([title, orders, text]): Case => ({
        title: `${title}: refused before anything is sent`,
        run: (adapter, client) =>
          adapter.setCosts?.(
            client,
            orders.map((order) => costUpdate(order)),
          ),
        line: [],
        fails: { kind: 'unsupported', text },
      }),
    ),
  ]);
});

test.each([1e22, 1e9, 5e-7])(
  '%d is beyond what is kept: refused before anything is sent',
  (amount) => {
    const { client, sent } = contractClient(keitaro, PASTED, () => responseOf({}));
    const update = costUpdate({ amount });
    expect(() => keitaro.refuseCost?.(client, update)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ text: 'amount_beyond' }) }),
    );
    expect(sent).toEqual([]);
  },
);

test('a version of the old vocabulary takes 15 tokens', async () => {
  const { client, sent } = contractClient(keitaro, PASTED, (_, call) =>
    responseOf(call === 1 ? { status: 406, say: { error: 'x' } } : { say: { rows: [], total: 0 } }),
  );
  await keitaro.report(client, question());
  const update = costUpdate({ token: { slot: 16, value: 'a' } });
  const done = keitaro.setCost?.(client, update) ?? Promise.resolve();
  expect(await problemOf(done)).toMatchObject({ text: 'keitaro_cost_token', values: ['15'] });
  expect(sent).toHaveLength(2);
});

describe('pause', () => {
  const answers = (verb: string, say: unknown): Exchange[] => [
    { ask: `POST ${BASE}/campaigns/662/${verb}`, say },
  ];
  playAll(keitaro, PASTED, [
    {
      title: 'paused: the document answers a list with one campaign',
      run: (adapter, client) => adapter.setActive?.(client, '662', false),
      line: answers('disable', [DISABLED]),
      gives: undefined,
    },
    {
      title: 'resumed: others answer the campaign alone',
      run: (adapter, client) => adapter.setActive?.(client, '662', true),
      line: answers('enable', { ...DISABLED, state: 'active' }),
      gives: undefined,
    },
    {
      title: 'answered with the other state',
      run: (adapter, client) => adapter.setActive?.(client, '662', true),
      line: answers('enable', [DISABLED]),
      fails: { kind: 'conflict', text: 'keitaro_state', values: ['disabled'] },
    },
  ]);
});
