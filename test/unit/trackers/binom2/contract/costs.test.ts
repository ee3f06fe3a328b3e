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
        ['an eleventh token', { token: { slot: 11, value: 'a' } }, 'binom_cost_token'],
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
});
