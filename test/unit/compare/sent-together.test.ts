import { describe, expect, test } from 'vitest';
import type { ReportFacts } from '../../../lib/compare/comparable.ts';
import type { Sent } from '../../../lib/compare/offers.ts';
import type { Named } from '../../../lib/compare/proposals.ts';
import type { Rate } from '../../../lib/compare/rates.ts';
import { sentTogether } from '../../../lib/compare/sent-together.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';

const facts: ReportFacts = {
  zone: 'UTC',
  currency: 'USD',
  basis: 'visit',
  complete: true,
  fetchedAt: 0,
};
const euro: Rate = { from: 'EUR', to: 'USD', rate: 1.1, day: '2026-08-01' };
const campaign = (id: string, name = id): Named => ({ id, name });

type SentBy = Sent & { readonly campaigns: readonly Named[] };
const sent = (of: Partial<SentBy> = {}): SentBy => ({
  metrics: metricsOf({}),
  reports: [facts],
  hindered: [],
  rates: [],
  campaigns: [],
  ...of,
});

describe('what was sent to several offers', () => {
  test('is the sum of their figures', () => {
    const both = sentTogether([
      sent({ metrics: metricsOf({ clicks: 100, cost: 2.5 }) }),
      sent({ metrics: metricsOf({ clicks: 40, cost: 1.5 }) }),
    ]);
    expect(both?.metrics).toEqual(metricsOf({ clicks: 140, cost: 4 }));
  });

  test('keeps the facts of every report and every rate, in order', () => {
    const later = { ...facts, fetchedAt: 60_000 };
    const both = sentTogether([
      sent({ reports: [facts], rates: [euro] }),
      sent({ reports: [later, facts], rates: [{ ...euro, from: 'GBP' }] }),
    ]);
    expect(both?.reports).toEqual([facts, later, facts]);
    expect(both?.rates).toEqual([euro, { ...euro, from: 'GBP' }]);
  });

  test('is hindered by what hinders one of them, each reason once', () => {
    const both = sentTogether([
      sent({ hindered: ['days'] }),
      sent({ hindered: ['twice', 'days'] }),
      sent(),
    ]);
    expect(both?.hindered).toEqual(['days', 'twice']);
  });

  test('comes from the campaigns of all, each once', () => {
    const both = sentTogether([
      sent({ campaigns: [campaign('1'), campaign('2')] }),
      sent({ campaigns: [campaign('2'), campaign('3'), campaign('2', 'Pops')] }),
    ]);
    expect(both?.campaigns).toEqual([
      campaign('1'),
      campaign('2'),
      campaign('3'),
      campaign('2', 'Pops'),
    ]);
  });

  test('is what was sent to the only one', () => {
    const only = sent({
      metrics: metricsOf({ clicks: 7 }),
      hindered: ['incomplete'],
      rates: [euro],
      campaigns: [campaign('1')],
    });
    expect(sentTogether([only])).toEqual(only);
  });

  test('is not known unless it is known of every offer', () => {
    expect(sentTogether([])).toBeNull();
    expect(sentTogether([null])).toBeNull();
    expect(sentTogether([sent(), null])).toBeNull();
    expect(sentTogether([null, sent()])).toBeNull();
  });

  test('is not known in two currencies, also within one offer', () => {
    const euros = { ...facts, currency: 'EUR' };
    expect(sentTogether([sent(), sent({ reports: [euros] })])).toBeNull();
    expect(sentTogether([sent({ reports: [euros] }), sent({ reports: [euros] })])).not.toBeNull();
  });
});
