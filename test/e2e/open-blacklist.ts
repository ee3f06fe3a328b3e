import type { Simulator } from '../simulators/start.ts';
import type { World } from './connect.ts';
import type { Days } from './days.ts';
import type { Tab } from './drivers/driver.ts';
import { expect, inPanel, openPanel } from './world.ts';

/** Opens the blacklist of a campaign's page, over days in the past. */
export async function openBlacklist(world: World, simulator: Simulator, asked: Days): Promise<Tab> {
  const tab = await openPanel(world, simulator.campaignPage(0));
  await inPanel(tab, '[data-tab=blacklist]').click();
  await inPanel(tab, '[data-head=blacklist]').waitForText(/\d+ to cut/);
  // The end first, which the start follows: else the days between are asked for, half a year of them.
  await inPanel(tab, 'input[name=to]').fill(asked.to);
  await expect.poll(() => inPanel(tab, 'input[name=from]').value()).toBe(asked.to);
  await inPanel(tab, 'input[name=from]').fill(asked.from);
  const end = new Date(asked.to).toLocaleDateString('en', { month: 'short', day: 'numeric' });
  await inPanel(tab, '[data-judged]').waitForText(new RegExp(end));
  await inPanel(tab, '[data-head=blacklist]').waitForText(/\d+ to cut/);
  return tab;
}
