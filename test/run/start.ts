import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { connectAll, extensionDir, openPanel, SIMULATORS } from '../e2e/connect.ts';
import type { BrowserName } from '../e2e/drivers/driver.ts';
import { openDriver } from '../e2e/drivers/open-driver.ts';
import { startSimulators } from '../simulators/start.ts';
import { build } from './build.ts';
import { walkTheJob } from './walk.ts';

/**
 * `npm start`: the extension in a fresh browser, beside four simulated
 * trackers, connected through its own options page, the panel open on a
 * campaign. Without a display the job is walked headless and told as a table.
 *
 * --firefox   Firefox instead of Chromium
 * --headless  walks the job even where there is a display
 */
const { values } = parseArgs({
  options: { firefox: { type: 'boolean' }, headless: { type: 'boolean' } },
});
const browser: BrowserName = values.firefox ? 'firefox' : 'chromium';
const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const onScreen = !values.headless && (Boolean(display) || process.platform !== 'linux');

build(browser);
const simulators = await startSimulators({
  trackers: SIMULATORS,
  clock: Date.now(),
  limits: false,
});
const driver = await openDriver(browser, { extensionDir: extensionDir(browser), onScreen });

let stopping = false;
const stop = async (code: number) => {
  if (stopping) return;
  stopping = true;
  await driver.close();
  await simulators.stop();
  process.exit(code);
};
process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
  console.log('Connecting the four trackers through the options page …');
  await connectAll({ driver, simulators });
  if (onScreen) {
    await openPanel({ driver, simulators }, simulators.keitaro.campaignPage(0));
    console.table(
      simulators.all.map(({ id, url, apiKey }) => ({ tracker: id, url, 'API key': apiKey })),
    );
    console.log('The panel is open on the campaign. Ctrl-C ends everything.');
    await new Promise(() => {});
  }
  const folder = resolve('start-output');
  mkdirSync(folder, { recursive: true });
  const told = await walkTheJob({ driver, simulators }, folder);
  console.table(told);
  console.log('There is no display here, so the job was walked headless.');
  console.log('Screenshots are in start-output/.');
  await stop(0);
} catch (error) {
  console.error(error);
  await stop(1);
}
