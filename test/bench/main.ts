import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { findChromium, findFirefox } from '../browsers/find.ts';
import { extensionDir } from '../e2e/connect.ts';
import type { BrowserName } from '../e2e/drivers/driver.ts';
import { type BenchWorld, openBenchWorld } from './bench-world.ts';
import { benchCompute } from './compute.ts';
import { benchDetector } from './detector.ts';
import { benchJoins } from './joins.ts';
import { benchJournal } from './journal.ts';
import { type Line, type Report, shown } from './lines.ts';
import { benchPanel } from './panel.ts';
import { benchPopup } from './popup.ts';
import { benchQuestions } from './questions.ts';
import { benchScrolling } from './scrolling.ts';
import { benchSizes } from './sizes.ts';

/**
 * `npm run bench`: our figures beside a control and a bar of the same run. Nothing here passes or
 * fails; the machine decides the milliseconds.
 *
 * `npm run bench -- sizes panel firefox` measures those subjects, in those browsers, only;
 * `--json` prints all lines once more, as one JSON list in the last line.
 */
const ALONE = {
  sizes: benchSizes,
  compute: benchCompute,
  joins: benchJoins,
  scrolling: benchScrolling,
  questions: benchQuestions,
};
const IN_BROWSER = {
  panel: benchPanel,
  popup: benchPopup,
  detector: benchDetector,
  journal: benchJournal,
};
const FIND: Readonly<Record<BrowserName, () => Promise<string>>> = {
  chromium: findChromium,
  firefox: findFirefox,
};

const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const named = <T>(all: Readonly<Record<string, T>>): Array<[string, T]> => {
  const chosen = Object.entries(all).filter(([name]) => words.includes(name));
  return chosen.length > 0 ? chosen : Object.entries(all);
};
const subjects = new Set(named({ ...ALONE, ...IN_BROWSER }).map(([name]) => name));

const lines: Line[] = [];
const report: Report = (line) => {
  lines.push(line);
  console.error(`${line.what}: ${shown(line.ours, line.unit)}`);
};

for (const [name, bench] of Object.entries(ALONE)) {
  if (subjects.has(name)) await bench(report);
}
const inBrowser = Object.entries(IN_BROWSER).filter(([name]) => subjects.has(name));
if (inBrowser.length > 0) {
  for (const [name, find] of named(FIND)) {
    const browser = name as BrowserName;
    const missing = await whyNot(browser, find);
    if (missing) {
      console.error(`Not measured in ${browser}: ${missing}`);
      continue;
    }
    const world = await openBenchWorld(browser);
    try {
      for (const [subject, bench] of inBrowser) await attempt(subject, bench, world);
    } finally {
      await world.close();
    }
  }
}

// On a machine with more to do than that milliseconds mean little; processor time and sizes still do.
const [load = Number.NaN] = loadavg();
report({
  what: 'the machine: work waiting for each core, at the end',
  ours: load / availableParallelism(),
  unit: '',
  bar: null,
});

console.table(
  lines.map(({ what, ours, unit, bar, beside }) => ({
    what,
    ours: shown(ours, unit),
    bar: bar === null ? '' : `${ours <= bar ? 'met ' : 'over'} ${shown(bar, unit)}`,
    beside: beside ?? '',
  })),
);
if (process.argv.includes('--json')) console.log(JSON.stringify(lines));

async function whyNot(browser: BrowserName, find: () => Promise<string>): Promise<string | null> {
  if (!existsSync(extensionDir(browser))) return 'there is no build for tests (npm run build:e2e).';
  return find().then(
    () => null,
    (error: unknown) => String(error),
  );
}

/** What cannot be measured here does not keep the rest from being. */
async function attempt(
  subject: string,
  bench: (world: BenchWorld, report: Report) => Promise<void>,
  world: BenchWorld,
): Promise<void> {
  try {
    await bench(world, report);
  } catch (error) {
    console.error(`The measurement of the ${subject} in ${world.driver.name} ended early:`, error);
  }
}
