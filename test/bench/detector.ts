import { LAUNCHER, SIMULATORS } from '../e2e/connect.ts';
import type { Tab } from '../e2e/drivers/driver.ts';
import { EMPTY_PAGE } from '../simulators/server.ts';
import type { SimulatorId } from '../simulators/start.ts';
import type { BenchWorld } from './bench-world.ts';
import { interleaved, median, type Report, shown, spread } from './lines.ts';
import { wait } from './marks.ts';

const PAIRS = 15;
const RANGE = { from: '2026-08-01', to: '2026-08-02' };

/** 50 changes of the address a second. */
const REPLACING = `new Promise((done) => {
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
    const at = new URL(location.href);
    at.hash += (at.hash.includes('?') ? '&' : '?') + 'step=' + count;
    history.replaceState(null, '', at.hash.replace(/([?&]step=\\d+)+/, '?step=' + count));
    if (count < 100) return;
    clearInterval(timer);
    done();
  }, 20);
})`;

interface Scene {
  readonly what: string;
  readonly tracker: SimulatorId;
  /** Elements beside the page's own. */
  readonly bulk: number;
  /** What goes on from the load on. */
  readonly during: string;
}

const SCENES: readonly Scene[] = [
  ...SIMULATORS.map((tracker) => ({
    what: `${tracker}: load and 1 s`,
    tracker,
    bulk: 0,
    during: wait(1_000),
  })),
  { what: '100,000 nodes, load and 2 s', tracker: 'keitaro', bulk: 100_000, during: wait(2_000) },
  { what: '50 replaceState a second for 2 s', tracker: 'keitaro', bulk: 0, during: REPLACING },
  {
    what: '50 replaceState a second for 2 s, 100,000 nodes',
    tracker: 'keitaro',
    bulk: 100_000,
    during: REPLACING,
  },
];

/**
 * What the closed panel costs a tracker's page: processor time of the main thread of its process,
 * with the detector and with an empty script of the same extension, load by load in turn.
 */
export async function benchDetector(world: BenchWorld, report: Report): Promise<void> {
  const { driver, simulators } = world;
  for (const { what, tracker, bulk, during } of SCENES) {
    const simulator = simulators[tracker];
    simulator.setBulk(bulk);
    await world.run('tracker.js');
    const page = simulator.campaignPage(0, RANGE);
    const empty = new URL(EMPTY_PAGE, page).href;
    const tab = await driver.newTab(page);
    await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
    const cost = async (script: 'tracker.js' | 'empty.js'): Promise<number> => {
      await world.run(script);
      return tab.loadCost(page, empty, during);
    };
    const warmed = [await cost('empty.js'), await cost('tracker.js')];
    await seen(tab, warmed);
    const { ours, control } = await interleaved(PAIRS, {
      ours: () => cost('tracker.js'),
      control: () => cost('empty.js'),
    });
    const more = ours.map((value, index) => value - (control[index] ?? Number.NaN));
    report({
      what: `${driver.name}: detector, ${what}`,
      ours: median(more),
      unit: 'ms',
      bar: 10,
      // How much the page alone differs from load to load says how far the difference can be trusted.
      beside: `${spread(more, 'ms')}; the page alone ${shown(median(control), 'ms')}, ${spread(control, 'ms')}`,
    });
    await tab.close();
    simulator.setBulk(0);
  }
  await world.run('tracker.js');
}

/** Makes sure that it is the detector's cost, and not that of a script that never ran. */
async function seen(tab: Tab, costs: readonly number[]): Promise<void> {
  await tab.element('button', { within: LAUNCHER }).waitFor({ state: 'visible' });
  if (!costs.every(Number.isFinite)) throw new Error('The browser told no processor time.');
}
