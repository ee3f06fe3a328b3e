import { LAUNCHER, openPanel, PANEL_DOCUMENT } from '../e2e/connect.ts';
import type { Tab } from '../e2e/drivers/driver.ts';
import type { BenchWorld, PageScript } from './bench-world.ts';
import { interleaved, median, type Report, shown, spread } from './lines.ts';
import { FIRST_PRESS, longestTaskSince, paintOf, shiftsSince, wait } from './marks.ts';

const ROUNDS = 9;
/** The pointer is on the launcher for at least so long before the press. */
const HOVER_MS = 300;
/** In this time after the last row the detector has seen the campaign's name. */
const SETTLED_MS = 600;
/** Nobody looks meanwhile: a driver that asks takes time from the browser. */
const SETTLE_MS = 400;
const FIGURES = '[data-connection="keitaro main"] [data-metric=clicks]';

type Way = 'launcher' | 'command';
type Shown = Extract<PageScript, 'tracker.js' | 'frame.js'>;

/** What the browser tells of an opening; null = this one does not. */
interface Opening {
  readonly ms: number;
  readonly shiftInPage: number | null;
  readonly shiftInFrame: number | null;
  readonly longestInPage: number | null;
  readonly longestInFrame: number | null;
}

/**
 * From the press to figures on the screen, with the figures in the cache: by the launcher, where
 * the panel was loaded under the pointer, and by the browser's command, where it was not. Beside
 * it, a blank page of the extension in the same frame, opened the same way.
 */
export async function benchPanel(world: BenchWorld, report: Report): Promise<void> {
  const { driver, simulators } = world;
  const url = simulators.keitaro.campaignPage(0, { from: '2026-08-01', to: '2026-08-02' });
  // Puts the figures into the cache.
  const first = await openPanel(world, url);
  await figuresIn(first);
  await first.close();

  for (const [way, bar, what] of [
    ['launcher', 50, 'press on the launcher to figures'],
    ['command', 150, 'command key to figures, not preloaded'],
  ] as const) {
    const all: Opening[] = [];
    const open = async (script: Shown) => {
      const opening = await openOnce(world, url, way, script);
      if (script === 'tracker.js') all.push(opening);
      return opening.ms;
    };
    await open('tracker.js');
    await open('frame.js');
    all.length = 0;
    const { ours, control } = await interleaved(ROUNDS, {
      ours: () => open('tracker.js'),
      control: () => open('frame.js'),
    });
    const line = `${driver.name}: panel, ${what}`;
    report({
      what: line,
      ours: median(ours),
      unit: 'ms',
      bar,
      beside: `a blank frame ${shown(median(control), 'ms')}; ${spread(ours, 'ms')}`,
    });
    for (const [name, unit, limit, told] of [
      ['layout shift in the page', '', 0, all.map(({ shiftInPage }) => shiftInPage)],
      ['layout shift in the frame', '', 0, all.map(({ shiftInFrame }) => shiftInFrame)],
      ['longest task in the page', 'ms', 50, all.map(({ longestInPage }) => longestInPage)],
      ['longest task in the frame', 'ms', 50, all.map(({ longestInFrame }) => longestInFrame)],
    ] as const) {
      const known = told.filter((value) => value !== null);
      if (known.length === 0) continue;
      report({
        what: `${driver.name}: panel by ${way}, ${name}`,
        ours: Math.max(...known),
        unit,
        bar: limit,
        beside: `the most of ${known.length}`,
      });
    }
  }
  await world.run('tracker.js');
}

async function openOnce(world: BenchWorld, url: string, way: Way, script: Shown): Promise<Opening> {
  await world.run(script);
  const tab = await world.driver.newTab(url);
  try {
    await tab.move(5, 5);
    const launcher = tab.element('button', { within: LAUNCHER });
    await launcher.waitFor({ state: 'visible' });
    // The page's own table moves the page while it fills.
    await tab.element('#rows tr').waitFor({ state: 'visible' });
    // Nobody presses before the page, and what the detector has read there, has settled.
    await tab.evaluate(wait(SETTLED_MS));
    const pressedAt =
      way === 'launcher' ? await pressLauncher(tab, script) : await pressCommand(world);
    await tab.evaluate(wait(SETTLE_MS));
    const inFrame = { within: PANEL_DOCUMENT };
    const figuresAt = await tab.evaluate<number>(paintOf('figures'), inFrame);
    const shownAt = await tab.evaluate<number>(paintOf('shown'), inFrame);
    return {
      ms: Math.max(figuresAt, shownAt) - pressedAt,
      shiftInPage: await tab.evaluate(shiftsSince(pressedAt)),
      shiftInFrame: await tab.evaluate(shiftsSince(0), inFrame),
      longestInPage: await tab.evaluate(longestTaskSince(pressedAt)),
      longestInFrame: await tab.evaluate(longestTaskSince(0), inFrame),
    };
  } finally {
    await tab.close();
  }
}

/** Epoch ms of the press. */
async function pressLauncher(tab: Tab, script: Shown): Promise<number> {
  const { x, y, width, height } = await tab.element('button', { within: LAUNCHER }).boundingBox();
  const [middle, height2] = [x + width / 2, y + height / 2];
  await tab.move(middle, height2);
  if (script === 'tracker.js') await figuresIn(tab);
  else await tab.element('p', { within: PANEL_DOCUMENT }).text();
  await tab.evaluate(wait(HOVER_MS));
  await tab.click(middle, height2);
  return tab.evaluate<number>(FIRST_PRESS);
}

/** Epoch ms at which the background heard of it. */
async function pressCommand({ driver }: BenchWorld): Promise<number> {
  // The background's own window or worker, whatever the driver evaluates in.
  const own = '(globalThis.window ?? globalThis)';
  await driver.runInBackground(`(() => {
    const { onCommand } = (globalThis.browser ?? chrome).commands;
    const hear = () => {
      onCommand.removeListener(hear);
      ${own}.commandAt = performance.timeOrigin + performance.now();
    };
    onCommand.addListener(hear);
  })()`);
  await driver.command('open-panel');
  return driver.runInBackground<number>(`new Promise((done) => {
    const timer = setInterval(() => {
      if (${own}.commandAt === undefined) return;
      clearInterval(timer);
      done(${own}.commandAt);
      delete ${own}.commandAt;
    }, 50);
  })`);
}

const figuresIn = (tab: Tab): Promise<string> =>
  tab.element(FIGURES, { within: PANEL_DOCUMENT }).waitForText(/\d/);
