import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClickLookup } from '../../../lib/background/clicks/look-up.ts';
import type { Services } from '../../../lib/background/services.ts';
import { type SimulatorId, type Simulators, startSimulators } from '../../simulators/start.ts';
import { clientOf } from './client-of.ts';

/** The look-up of a click against the simulators' own books. */
const DAY = '2026-08-08';
const NOW = Date.parse('2026-08-09T12:00:00Z');

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators({ limits: false, clock: NOW });
});
afterAll(() => simulators.stop());
beforeEach(() => simulators.reset());

function lookUp(id: SimulatorId, clickId: string, days = 5) {
  const { client, adapter } = clientOf(simulators, id);
  const services = {
    connections: { get: async () => client.connection },
    clients: {
      run: async (_: unknown, __: unknown, use: (...of: unknown[]) => unknown) =>
        use(client, adapter),
    },
    now: () => NOW,
  } as unknown as Services;
  return createClickLookup(services)['clicks.lookUp'](
    { connection: id, clickId, days },
    { caller: { kind: 'extension', tab: null }, signal: client.signal },
  );
}
const converted = (id: SimulatorId) => {
  const all = simulators[id].conversions({ campaignIndex: 0, from: DAY, to: DAY });
  const found = all.find(({ status }) => status === 'sale');
  if (!found) throw new Error('no sale');
  return found;
};

describe.each(['keitaro', 'redtrack'] as const)('%s', (id) => {
  test('shows campaign, time, cost and conversion of a click', async () => {
    const sale = converted(id);
    const { connection } = clientOf(simulators, id).client;
    const found = await lookUp(id, sale.clickId);
    const [click] = found.clicks.found;
    expect(click).toMatchObject({
      id: sale.clickId,
      campaign: { id: simulators[id].campaignId(0) },
      at: expect.any(Number),
      cost: expect.any(Number),
    });
    // A tracker may have several events of the click, which share the payout.
    const { found: conversions } = found.conversions;
    expect(new Set(conversions.map((one) => one.clickId))).toEqual(new Set([sale.clickId]));
    const sold = conversions.filter(({ status }) => status === 'sale');
    const paid = sold.reduce((sum, { payout }) => sum + (payout ?? 0), 0);
    expect(paid).toBeCloseTo(sale.payout, 2);
    // Which postbacks came in is told by no tracker: that is said, and is no "none".
    expect(found.postbacks).toEqual({
      found: [],
      complete: false,
      problem: expect.objectContaining({ kind: 'unsupported', text: 'no_postbacks' }),
    });
    expect(found.range).toEqual({ from: '2026-08-05', to: '2026-08-09', zone: connection.zone });
  });

  test('says that a click is not there where it read everything', async () => {
    const found = await lookUp(id, 'c0d0000n99999999');
    for (const log of [found.clicks, found.conversions]) {
      expect(log).toEqual({ found: [], complete: true, problem: null });
    }
  });
});

test('Affise shows the postbacks of the click’s conversion, each with its answer', async () => {
  const { client, adapter } = clientOf(simulators, 'affise');
  const range = { from: DAY, to: DAY, zone: client.connection.zone };
  const question = { range, campaignId: simulators.affise.campaignId(0), clickId: null };
  // Its click is of the same day, in any zone.
  const made = ((await adapter.conversions?.(client, question))?.entries ?? []).find(
    ({ clickedAt }) => (clickedAt ?? 0) > Date.parse(`${DAY}T02:00:00Z`),
  );
  if (!made?.clickId) throw new Error('no conversion');
  const found = await lookUp('affise', made.clickId, 2);
  expect(found.clicks.found).toHaveLength(1);
  // A network does not know what the click cost.
  expect(found.clicks.found[0]?.cost).toBeNull();
  expect(found.conversions.found.map(({ id }) => id)).toEqual([made.id]);
  expect(found.postbacks.problem).toBeNull();
  expect(found.postbacks.found).toHaveLength(1);
  expect(found.postbacks.found[0]).toMatchObject({ conversionId: made.id });
});

test('a network finds the click by the id that the buyer’s tracker gave it', async () => {
  const { client, adapter } = clientOf(simulators, 'affise');
  const range = { from: DAY, to: DAY, zone: client.connection.zone };
  const question = { range, campaignId: simulators.affise.campaignId(0), clickId: null };
  const [made] = (await adapter.conversions?.(client, question))?.entries ?? [];
  // The tracker's id travels in the first sub.
  const mine = made?.tokens[1] ?? '';
  expect(mine).not.toBe(made?.clickId);
  const found = await lookUp('affise', mine);
  expect(found.conversions.found.map(({ id }) => id)).toEqual([made?.id]);
  expect(found.clicks.found.map(({ tokens }) => tokens[1])).toEqual([mine]);
  expect(found.postbacks.found).toHaveLength(1);
});

test('Binom v2 has no log of clicks: a conversion tells of the click, and its absence of nothing', async () => {
  const sale = converted('binom2');
  const found = await lookUp('binom2', sale.clickId);
  expect(found.clicks.problem).toMatchObject({ kind: 'unsupported', text: 'binom2_no_clicks' });
  expect(found.conversions.found).toHaveLength(1);
});

test('what one log refuses does not hide what the other tells', async () => {
  const sale = converted('keitaro');
  simulators.keitaro.fail({ path: /clicks\/log/, how: { status: 500 } });
  const found = await lookUp('keitaro', sale.clickId);
  expect(found.clicks).toMatchObject({ found: [], complete: false });
  expect(found.clicks.problem).not.toBeNull();
  expect(found.conversions.found).toHaveLength(1);
});
