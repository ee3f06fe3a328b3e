import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rate } from '../../../lib/compare/rates.ts';
import { OFFERS } from '../../simulators/model/campaigns.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { compared, judged, RANGE, reported, rowOf, saidOf } from './books.ts';

/** Sides with other midnights, or other money. */

const PAYOUT = OFFERS[0]?.payout ?? 0;
/** As a user enters it; the books were kept with 0.9. */
const RATE: Rate = { from: 'EUR', to: 'USD', rate: 1.11, day: '2026-08-03' };

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({
    limits: false,
    currencies: { redtrack: 'EUR' },
    modes: { binom: ['old'] },
  });
});
afterAll(() => simulators.stop());

const ours = () => simulators.keitaro.truth({ campaignIndex: 0, ...RANGE });
const beside = async (id: 'binom' | 'redtrack', rates: readonly Rate[] = []) => {
  const sides = [await reported(simulators, 'keitaro'), await reported(simulators, id)];
  const comparison = compared(sides, { rates });
  const row = rowOf(comparison, 'keitaro', simulators.keitaro.campaignId(0));
  return { comparison, row };
};

describe('a tracker that cuts days in its own zone alone', () => {
  test.each(['clicks', 'conversions', 'revenue', 'cost'] as const)(
    'shows its own days’ %s, which nobody judges; the zones are named, and nothing else',
    async (metric) => {
      const { comparison, row } = await beside('binom');
      const { zone } = simulators.binom;
      const theirs = simulators.binom.truth({ campaignIndex: 0, ...RANGE, zone });
      // Its books of the days that were asked for are others.
      expect(simulators.binom.truth({ campaignIndex: 0, ...RANGE }).clicks).not.toBe(theirs.clicks);
      const said = saidOf(comparison, row, metric);
      expect(said.difference).toBeCloseTo(theirs[metric] - ours()[metric], 2);
      expect(said).toMatchObject({
        state: 'unknown',
        hindrances: ['days'],
        causes: [{ key: 'cause_zone', values: ['+1', 'Europe/Madrid', 'Etc/GMT-3'] }],
      });
    },
  );
});

describe('a tracker with another currency', () => {
  const theirs = () => simulators.redtrack.truth({ campaignIndex: 0, ...RANGE });

  test.each(['revenue', 'cost'] as const)(
    'without a rate, its %s is not compared, and the currencies are named',
    async (metric) => {
      const { comparison, row } = await beside('redtrack');
      expect(row.cells[1]?.metrics[metric]).toBeCloseTo(theirs()[metric], 2);
      expect(saidOf(comparison, row, metric)).toEqual({
        difference: null,
        gap: null,
        state: 'unknown',
        hindrances: ['currency'],
        causes: [{ key: 'cause_currency', values: ['USD', 'EUR'] }],
      });
    },
  );

  test('counts are judged all the same, and no currency is named for them', async () => {
    const { comparison, row } = await beside('redtrack');
    for (const metric of ['clicks', 'conversions'] as const) {
      const said = saidOf(comparison, row, metric);
      expect(said).toMatchObject({
        difference: theirs()[metric] - ours()[metric],
        state: judged(metric, ours()[metric], theirs()[metric]),
        hindrances: [],
      });
      expect(said.causes.map(({ key }) => key)).not.toContain('cause_currency');
    }
  });

  test('with a rate, money is compared by it, and the rate with its day is named', async () => {
    const { comparison, row } = await beside('redtrack', [RATE]);
    const converted = theirs().revenue * RATE.rate;
    const said = saidOf(comparison, row, 'revenue');
    expect(said.difference).toBeCloseTo(converted - ours().revenue, 2);
    expect(said).toMatchObject({
      state: judged('revenue', ours().revenue, converted, PAYOUT),
      hindrances: [],
      causes: [{ key: 'cause_rate', values: ['EUR', '1.11', 'USD', '2026-08-03'] }],
    });
    expect(comparison.gap(row, 1, 'revenue').converted?.amount).toBeCloseTo(theirs().revenue, 2);
  });

  test('a rate of long ago makes a red gap, which the rate is named for', async () => {
    const { comparison, row } = await beside('redtrack', [{ ...RATE, rate: 1.5 }]);
    const said = saidOf(comparison, row, 'revenue');
    expect(judged('revenue', ours().revenue, theirs().revenue * 1.5, PAYOUT)).toBe('red');
    expect([said.state, said.causes.map(({ key }) => key)]).toEqual(['red', ['cause_rate']]);
  });
});
