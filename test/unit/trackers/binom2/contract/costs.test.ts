import { describe } from 'vitest';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { type Case, costUpdate, type Exchange, playAll, RANGE } from '../../contract.ts';
import { API, PASTED } from './shared.ts';

describe('costs', () => {
  const UPDATE = `PUT ${API}/clicks/campaign/7`;
  const body = (change: object = {}) => ({
    datePreset: 'custom_time',
    dateFrom: '2026-08-01 00:00:00',
    dateTo: '2026-08-02 23:59:59',
    timezone: 'Europe/Madrid',
    cost: 19.22,
    model: 'COSTS',
    currency: 'eur',
    ...change,
  });
  const sets = (
    title: string,
    order: Parameters<typeof costUpdate>[0],
    change: object,
    answer: Omit<Exchange, 'ask'> = {},
  ): Case => ({
    title,
    run: (adapter, client) => adapter.setCost?.(client, costUpdate(order)),
    line: [{ ask: UPDATE, body: body(change), ...answer }],
    gives: undefined,
  });
  playAll(binom2, PASTED, [
    sets('a total, answered with 200 and no body', {}, {}),
    sets(
      'a CPC, answered with 204',
      { mode: 'cpc', amount: 0.05 },
      { model: 'CPC', cost: 0.05 },
      { status: 204 },
    ),
    sets(
      'of one token value, in another zone and currency, answered with something',
      { token: { slot: 1, value: 'abc' }, range: { ...RANGE, zone: 'UTC' }, currency: 'USD' },
      { tokenId: 1, tokenValue: 'abc', timezone: 'UTC', currency: 'usd' },
      { say: { ok: true } },
    ),
    ...(
      [
        ['unique clicks only', { uniqueOnly: true }, 'binom_cost_unique'],
        ['a token beyond the last', { token: { slot: 31, value: 'a' } }, 'binom_cost_token'],
        ['an amount that JSON writes with an exponent', { amount: 1e22 }, 'amount_beyond'],
        ['one that is too small', { mode: 'cpc', amount: 1e-7 }, 'amount_beyond'],
      ] as const
    ).map(
      ([title, order, text]): Case => ({
        title: `${title}: refused before anything is sent`,
        run: (adapter, client) => adapter.setCost?.(client, costUpdate(order)),
        line: [],
        fails: { text },
      }),
    ),
    sets(
      'of the last token',
      { token: { slot: 30, value: 'abc' } },
      { tokenId: 30, tokenValue: 'abc' },
    ),
    sets('with six places', { amount: 1 / 3 }, { cost: 0.333333 }),
  ]);
});

describe('the queue of costs', () => {
  const task = (change: object) => ({ id: 1, type: 'update_cost', status: 'new', ...change });
  const queue = (title: string, say: unknown, gives: object): Case => ({
    title,
    run: (adapter, client) => adapter.costQueue?.(client),
    line: [{ ask: `GET ${API}/monitor/background_tasks`, say }],
    gives,
  });
  playAll(binom2, PASTED, [
    queue('is empty', [], { waiting: 0, percent: null }),
    queue(
      'has the tasks that are not over',
      [
        task({ progress: '40', status: 'in work' }),
        task({ progress: 0, status: 'waiting' }),
        task({ status: 'processing' }),
        task({ progress: 100, status: 'in work' }),
        task({ progress: 70, status: 'failed' }),
        task({ progress: null, status: 'finished' }),
        task({ progress: null, status: 'of its own' }),
        task({ progress: 80, type: 'delete_clicks' }),
      ],
      { waiting: 3, percent: 40 },
    ),
    queue('is wrapped', { data: [task({ progress: 5 })] }, { waiting: 1, percent: 5 }),
  ]);
});
