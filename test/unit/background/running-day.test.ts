import { expect, test } from 'vitest';
import { journalRecordSchema } from '../../../lib/journal/record.ts';
import { dayOf } from '../../../lib/report/range.ts';
import { HOUR, on, set } from './simulated-world.ts';

/** Today's cost: what is verified is the cost of the clicks that were counted when it was ordered. */

test.for(['keitaro', 'binom2'] as const)(
  '%s: a cost of today is set and read back until the instant of its order, however many clicks follow',
  { timeout: 120_000 },
  (id) =>
    on(id, async (world) => {
      const { simulator, order, time, browser } = world;
      const today = dayOf(time.now(), simulator.zone);
      const range = { from: today, to: today, zone: simulator.zone };
      const truth = () => simulator.truth({ campaignIndex: 0, from: today, to: today });
      const before = truth();
      const at = time.now();
      const written = await set(world, { ...order(250), range });
      await time.passTo(time.now() + 3 * HOUR);
      const stored = (await browser.journal()).map((one) => journalRecordSchema.parse(one));
      const record = stored.find((one) => one.id === written);
      expect(record?.state).toBe('verified');
      expect(record?.order.until).toBeGreaterThan(at - 2_000);
      expect(record?.order.until).toBeLessThanOrEqual(at + 30_000);
      // Nothing had to be allowed for.
      expect(record?.seenClicks).toBe(record?.before.clicks);
      expect(record?.seen).toBeCloseTo(250, 1);
      const after = truth();
      expect(after.clicks).toBeGreaterThan(before.clicks);
      // The clicks that followed keep their own cost.
      expect(after.cost).toBeGreaterThan(250);
    }),
);

test(
  'redtrack: reports have whole days alone, so the clicks that follow are allowed for',
  { timeout: 120_000 },
  () =>
    on('redtrack', async (world) => {
      const { simulator, order, time, browser } = world;
      const today = dayOf(time.now(), simulator.zone);
      const written = await set(world, {
        ...order(250),
        range: { from: today, to: today, zone: simulator.zone },
      });
      const stored = (await browser.journal()).map((one) => journalRecordSchema.parse(one));
      const record = stored.find((one) => one.id === written);
      expect(record?.order.until).toBeUndefined();
    }),
);

test('a day that is over is whole', { timeout: 120_000 }, () =>
  on('keitaro', async (world) => {
    const { order, browser } = world;
    await set(world, order(250));
    const [record] = (await browser.journal()).map((one) => journalRecordSchema.parse(one));
    expect(record?.order.until).toBeUndefined();
    expect(record?.state).toBe('verified');
  }),
);
