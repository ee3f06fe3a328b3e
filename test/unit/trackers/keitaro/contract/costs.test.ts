import { describe } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import { type Case, costUpdate, type Exchange, playAll, RANGE } from '../../contract.ts';
import { BASE, DISABLED, PASTED } from './shared.ts';

const UPDATE = `POST ${BASE}/clicks/update_costs`;
const entry = (cost: string, more: object = {}) => ({
  start_date: '2026-08-01 00:00',
  end_date: '2026-08-02 23:59',
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
      costBody([entry('0.50', { end_date: '2026-08-01 23:59', filters: { sub_id_6: '123' } })], {
        timezone: 'America/New_York',
        currency: 'RUB',
      }),
      { success: 'true' },
    ),
    sets(
      'of unique clicks only',
      { uniqueOnly: true },
      costBody([entry('19.22')], { only_campaign_uniques: 1 }),
    ),
    sets('tiny, without an exponent', { amount: 5e-7 }, costBody([entry('0.0000005')])),
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
        ['a token beyond the filters', [{ token: { slot: 16, value: 'a' } }], 'keitaro_cost_token'],
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
