import { describe } from 'vitest';
import { binom } from '../../../../../lib/trackers/binom/adapter.ts';
import { type Case, costUpdate, type Exchange, playAll, RANGE } from '../../contract.ts';
import { DAYS, PASTED, SCRIPT } from './shared.ts';

describe('costs', () => {
  const RANGE_3 = { ...RANGE, zone: 'Etc/GMT-3' };
  const update = (tail: string, type = 1, zone = 3): string =>
    `${SCRIPT}?page=save_update_costs&camp_id=7&type=${type}&order_type=${type}&${DAYS}&timezone=${zone}&${tail}`;
  const sets = (
    title: string,
    order: Parameters<typeof costUpdate>[0],
    ask: string,
    say: unknown = { check_status: 'true' },
  ): Case => ({
    title,
    run: (adapter, to) =>
      adapter.setCost?.(to, costUpdate({ currency: 'USD', range: RANGE_3, ...order })),
    line: [{ ask, say }],
    gives: undefined,
  });
  const fails = (
    title: string,
    order: Parameters<typeof costUpdate>[0],
    line: readonly Exchange[],
    problem: NonNullable<Case['fails']>,
  ): Case => ({
    title,
    run: (adapter, to) =>
      adapter.setCost?.(to, costUpdate({ currency: 'USD', range: RANGE_3, ...order })),
    line,
    fails: problem,
  });
  playAll(binom, PASTED, [
    sets('a total, in both spellings of the type', {}, update('cost=19.22&value=19.22')),
    sets('a boolean true', { amount: 0 }, update('cost=0&value=0'), { check_status: true }),
    sets('a CPC', { mode: 'cpc', amount: 5e-7 }, update('cpc=0.0000005&value=0.0000005', 2)),
    sets(
      'of one token value, with what an address has to encode',
      { token: { slot: 2, value: 'a&b=c #1' } },
      update('cost=19.22&value=19.22&token_number=2&token_value=a&b=c #1'),
    ),
    sets(
      'in a zone behind UTC',
      { range: { ...RANGE, zone: 'America/Sao_Paulo' } },
      update('cost=19.22&value=19.22', 1, -3),
    ),
    sets(
      'in summer time',
      { range: { ...RANGE, zone: 'Europe/Madrid' } },
      update('cost=19.22&value=19.22', 1, 2),
    ),
    ...(
      [
        ['half hours', { range: { ...RANGE, zone: 'Asia/Kolkata' } }, 'binom_cost_zone'],
        ['beyond +12', { range: { ...RANGE, zone: 'Pacific/Kiritimati' } }, 'binom_cost_zone'],
        [
          'clocks that change',
          { range: { from: '2026-10-24', to: '2026-10-25', zone: 'Europe/Madrid' } },
          'binom_cost_dst',
        ],
        ['unique clicks only', { uniqueOnly: true }, 'binom_cost_unique'],
        [
          'clocks that change at midnight',
          { range: { from: '2026-04-24', to: '2026-04-24', zone: 'Africa/Cairo' } },
          'binom_cost_dst',
        ],
        ['an eleventh token', { token: { slot: 11, value: 'a' } }, 'binom_cost_token'],
      ] as const
    ).map(([title, order, text]) =>
      fails(`${title}: refused before anything is sent`, order, [], { kind: 'unsupported', text }),
    ),
    fails(
      'check_status of something else',
      {},
      [{ ask: update('cost=19.22&value=19.22'), say: { check_status: 'no clicks' } }],
      {
        kind: 'conflict',
        text: 'binom_refused',
        values: ['no clicks'],
      },
    ),
    fails(
      'an error with 200',
      {},
      [{ ask: update('cost=19.22&value=19.22'), say: { error: 'Wrong date' } }],
      {
        kind: 'conflict',
        text: 'binom_refused',
        values: ['Wrong date'],
      },
    ),
    fails(
      'nothing of the kind: it may have been applied',
      {},
      [{ ask: update('cost=19.22&value=19.22'), say: [] }],
      {
        kind: 'shape',
        maybeApplied: true,
      },
    ),
  ]);
});
