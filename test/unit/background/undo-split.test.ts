import { expect, test } from 'vitest';
import type { Previewed } from '../../../lib/contract/costs.ts';
import { COST_TRACKERS } from '../../faults/schedule.ts';
import type { Simulator } from '../../simulators/start.ts';
import { ask, DAY, HOUR, on, send, set, statesOf, type World } from './simulated-world.ts';

/** Undo against the simulators' books: what each placement costs in the tracker, not what we say. */

const undo = (world: World, record: string) =>
  ask(world, world.browser.call('costs.undo', { record }));

const stateOf = async (world: World, id: string) => (await statesOf(world, [id]))[0];

const costsOf = (simulator: Simulator) =>
  new Map(
    simulator
      .truthByPlacement({ campaignIndex: 0, ...DAY })
      .map(({ id, cost }) => [id, cost] as const),
  );

const totalOf = (simulator: Simulator) => simulator.truth({ campaignIndex: 0, ...DAY }).cost;

/** The placements with the most clicks that are no bots. */
const largest = (simulator: Simulator, count: number): string[] =>
  simulator
    .truthByPlacement({ campaignIndex: 0, ...DAY })
    .filter(({ id }) => id !== '')
    .toSorted((a, b) => b.clicks - b.bots - (a.clicks - a.bots))
    .slice(0, count)
    .map(({ id }) => id);

test.for(COST_TRACKERS)(
  '%s: undo of a campaign’s cost restores what each placement cost, and its own undo brings it back',
  { timeout: 120_000 },
  (id) =>
    on(id, async (world) => {
      const { simulator, order } = world;
      const [first = '', second = ''] = largest(simulator, 2);
      await set(world, order(70, first));
      await set(world, order(20, second));
      const before = costsOf(simulator);
      const total = totalOf(simulator);
      expect(before.get(first)).toBeCloseTo(70, 2);

      const whole = await set(world, order(400));
      expect(totalOf(simulator)).toBeCloseTo(400, 1);
      const even = costsOf(simulator);
      expect(even.get(first)).not.toBeCloseTo(70, 0);

      const { preview, apart } = await undo(world, whole);
      expect(preview.facts.map(({ key }) => key)).toContain('undo_apart');
      expect(preview.facts.map(({ key }) => key)).not.toContain('undo_split');
      expect(preview.expected).toBeCloseTo(total, 1);
      expect(apart.length).toBeGreaterThan(1);
      const members = await send(world, apart);
      const after = costsOf(simulator);
      for (const [value, cost] of before) expect(after.get(value)).toBeCloseTo(cost, 1);
      expect(totalOf(simulator)).toBeCloseTo(total, 1);
      expect(await statesOf(world, members)).toEqual(members.map(() => 'verified'));
      expect(await stateOf(world, whole)).toBe('undone');

      const back = await undo(world, members.at(-1) ?? '');
      expect(back.preview.refused).toBeNull();
      expect(back.apart).toEqual([]);
      expect(back.preview.expected).toBeCloseTo(400, 1);
      await send(world, [back]);
      const again = costsOf(simulator);
      for (const [value, cost] of even) expect(again.get(value)).toBeCloseTo(cost, 1);
      expect(await stateOf(world, whole)).toBe('verified');
      expect(await stateOf(world, members[0] ?? '')).toBe('undone');
    }),
);

test(
  'one that restores a part is stopped where the whole before it was refused',
  { timeout: 120_000 },
  () =>
    on('keitaro', async (world) => {
      const { simulator, order, trouble, browser } = world;
      const [first = ''] = largest(simulator, 1);
      await set(world, order(70, first));
      const whole = await set(world, order(400));
      const { apart } = await undo(world, whole);
      trouble.certain.push({
        how: {
          status: 400,
          body: '{"error":"No"}',
          headers: { 'Content-Type': 'application/json' },
        },
        takes: 0,
      });
      const members = await send(world, apart);
      const states = await statesOf(world, members);
      expect(states).toEqual(['failed', ...states.slice(1).map(() => 'notSent')]);
      expect(totalOf(simulator)).toBeCloseTo(400, 1);
      expect(await stateOf(world, whole)).toBe('verified');
      // Asked again, it is the whole undo once more.
      const again = await ask(world, browser.call('costs.again', { record: members[1] ?? '' }));
      expect(again.apart).toHaveLength(apart.length);
    }),
);

test(
  'a part that was not sent is sent alone once more, and then the undo is whole',
  { timeout: 120_000 },
  () =>
    on('keitaro', async (world) => {
      const { simulator, order, browser, time } = world;
      const [first = '', second = ''] = largest(simulator, 2);
      await set(world, order(70, first));
      await set(world, order(20, second));
      const before = costsOf(simulator);
      const whole = await set(world, order(400));
      const { apart } = await undo(world, whole);
      world.trouble.certain.push(
        { how: null, takes: 0 },
        { how: { status: 429, body: '{}', headers: { 'Retry-After': '3000' } }, takes: 0 },
      );
      const members = await send(world, apart);
      await time.passTo(time.now() + HOUR);
      const states = await statesOf(world, members);
      expect(states).toContain('notSent');
      expect(await stateOf(world, whole)).toBe('verified');
      const missing: Previewed[] = [];
      for (const [index, state] of states.entries()) {
        if (state !== 'notSent') continue;
        const record = members[index] ?? '';
        const again = await ask(world, browser.call('costs.again', { record }));
        expect(again.preview.refused).toBeNull();
        missing.push(again);
      }
      await send(world, missing);
      await time.passTo(time.now() + HOUR);
      const after = costsOf(simulator);
      for (const [value, cost] of before) expect(after.get(value)).toBeCloseTo(cost, 1);
      expect(await stateOf(world, whole)).toBe('undone');
    }),
);
