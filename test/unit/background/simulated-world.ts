import type { Previewed } from '../../../lib/contract/costs.ts';
import type { CostUpdate } from '../../../lib/costs/update.ts';
import { journalRecordSchema } from '../../../lib/journal/record.ts';
import { type Browser, createBrowser } from '../../faults/browser.ts';
import { createNetwork, type Trouble } from '../../faults/network.ts';
import { inVirtualTime } from '../../faults/run.ts';
import { type COST_TRACKERS, connect, PLACEMENT_SLOT, START } from '../../faults/schedule.ts';
import { createTime, type VirtualTime } from '../../faults/time.ts';
import type { Simulator, Simulators } from '../../simulators/start.ts';

/** The whole background in virtual time over a real simulator, whose books tell what it did. */

export const HOUR = 3_600_000;
/** A day that is over. */
export const DAY = { from: '2026-08-07', to: '2026-08-07' };

export interface World {
  readonly simulator: Simulator;
  readonly time: VirtualTime;
  readonly browser: Browser;
  readonly trouble: Trouble;
  readonly order: (amount: number, value?: string) => CostUpdate;
}

/** Runs a test on one tracker, in virtual time. */
export async function on(
  id: (typeof COST_TRACKERS)[number],
  work: (world: World) => Promise<void>,
): Promise<void> {
  await inVirtualTime(async (simulators: Simulators, clock) => {
    const time = createTime(START);
    clock.time = time;
    const trouble: Trouble = { writes: 0, reads: 0, certain: [] };
    const browser = createBrowser(time, createNetwork(simulators, 1, trouble));
    const simulator = simulators[id];
    const connecting = connect(browser, simulator);
    await time.passTo(time.now() + 60_000);
    const connection = await connecting;
    await work({
      simulator,
      time,
      browser,
      trouble,
      order: (amount, value) => ({
        connection,
        campaignId: simulator.campaignId(0),
        campaignName: '0',
        range: { ...DAY, zone: simulator.zone },
        mode: 'total',
        amount,
        currency: 'USD',
        rate: null,
        token: value === undefined ? null : { slot: PLACEMENT_SLOT[id], value },
        uniqueOnly: false,
      }),
    });
  });
}

/** Waits for an answer while time passes. */
export async function ask<T>({ time }: World, asked: Promise<T>): Promise<T> {
  let over = false;
  const end = () => {
    over = true;
  };
  asked.then(end, end);
  while (!over) await time.passTo(time.now() + 1_000);
  return asked;
}

export async function send(world: World, previews: readonly Previewed[]): Promise<string[]> {
  const { browser, time } = world;
  const ids = previews.map(({ id }) => id);
  const sent = await ask(
    world,
    browser.call('costs.sendAll', { previews: ids, together: true, at: null }),
  );
  await time.passTo(time.now() + HOUR);
  return sent.map(({ record }) => record?.id ?? '');
}

export const set = async (world: World, order: CostUpdate): Promise<string> => {
  const previewed = await ask(world, world.browser.call('costs.preview', { order }));
  const [id = ''] = await send(world, [previewed]);
  return id;
};

export async function statesOf({ browser }: World, ids: readonly string[]): Promise<string[]> {
  const records = (await browser.journal()).map((record) => journalRecordSchema.parse(record));
  return ids.map((id) => records.find((record) => record.id === id)?.state ?? 'gone');
}
