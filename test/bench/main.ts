import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEFAULT_RULES, scorePlacements } from '../../lib/blacklist/score.ts';
import { gapOf, joinSides, type Side, sortRows } from '../../lib/compare/join.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import { connectAll, extensionDir, openPanel, PANEL, SIMULATORS } from '../e2e/connect.ts';
import { openDriver } from '../e2e/drivers/open-driver.ts';
import { gzipOfPage } from '../run/packages.ts';
import { randomFrom } from '../simulators/model/random.ts';
import { startSimulators } from '../simulators/start.ts';
import { askOf, IDS } from '../unit/simulators/asking.ts';

/**
 * `npm run bench`: our figure beside a control or a bar from the same run.
 * Nothing here passes or fails; the machine decides the milliseconds.
 */
interface Line {
  readonly what: string;
  readonly ours: string;
  readonly beside: string;
}
const lines: Line[] = [];
const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** Best of several runs, after one to warm up. */
function time(work: () => unknown, runs = 5): number {
  work();
  return Math.min(
    ...Array.from({ length: runs }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}

// 4 sides × 10,000 campaigns joined, judged, sorted; beside it, the sort of one column alone.
{
  const random = randomFrom(7);
  const sides: Side[] = Array.from({ length: 4 }, (_, side) => ({
    connection: String(side),
    currency: 'USD',
    rows: Array.from({ length: 10_000 }, (_, index) => ({
      id: String(index),
      name: `Campaign ${index} push`,
      metrics: metricsOf({
        clicks: Math.round(random() * 1e5),
        conversions: Math.round(random() * 500),
        revenue: random() * 1e3,
        cost: random() * 1e3,
      }),
    })),
  }));
  const ours = time(() => {
    const rows = joinSides(sides, []);
    for (const row of rows) {
      for (const other of [1, 2, 3]) {
        for (const metric of ['clicks', 'conversions', 'revenue'] as const)
          gapOf(row, sides, 0, other, metric);
      }
    }
    return sortRows(rows, (row) => row.cells[0]?.metrics.clicks ?? null, true);
  });
  const control = time(() =>
    [...(sides[0]?.rows ?? [])].sort((a, b) => (b.metrics.clicks ?? 0) - (a.metrics.clicks ?? 0)),
  );
  lines.push({
    what: 'compare 4 × 10,000 campaigns',
    ours: ms(ours),
    beside: `bar 50 ms; sorting one side alone ${ms(control)}`,
  });
}

// 1,000,000 placements scored; beside it, only walking over them.
{
  const random = randomFrom(9);
  const placements = Array.from({ length: 1_000_000 }, (_, index) => {
    const cost = random() * 5;
    const conversions = random() < 0.2 ? Math.ceil(random() * 3) : 0;
    return {
      id: String(index),
      clicks: 50,
      landerViews: 50,
      landerClicks: 10,
      conversions,
      cost,
      revenue: conversions * 3,
    };
  });
  const ours = time(() => scorePlacements(placements, DEFAULT_RULES), 2);
  const control = time(() => placements.reduce((sum, { cost }) => sum + Math.exp(-cost), 0), 2);
  lines.push({
    what: 'score 1,000,000 placements',
    ours: ms(ours),
    beside: `bar 500 ms; one exp() each ${ms(control)}`,
  });
}

// Sizes.
for (const build of ['chrome-mv3', 'firefox-mv3']) {
  const folder = resolve('.output', build);
  if (!existsSync(folder)) continue;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const size = files.reduce(
    (sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size,
    0,
  );
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  lines.push({ what: `${build}: unpacked`, ours: kb(size), beside: 'bar 1536 KB' });
  lines.push({
    what: `${build}: detector, gzip`,
    ours: kb(gzipSync(readFileSync(join(folder, 'tracker.js'))).length),
    beside: 'bar 15 KB',
  });
  for (const [page, bar] of [
    ['popup', 60],
    ['panel', 110],
  ] as const) {
    lines.push({
      what: `${build}: ${page} with all it loads, gzip`,
      ours: kb(gzipOfPage(folder, `${page}.html`)),
      beside: `bar ${bar} KB`,
    });
  }
}

// The same question to five slow trackers: all at once beside the slowest alone.
{
  const slow = { slowMs: 250, limits: false } as const;
  const simulators = await startSimulators({
    ...slow,
    modes: {
      keitaro: ['slow'],
      binom: ['slow'],
      binom2: ['slow'],
      redtrack: ['slow'],
      affise: ['slow'],
    },
  });
  const questions = IDS.map((id) => () => {
    const { ask, adapter } = askOf(simulators, id);
    const range = { from: '2026-08-01', to: '2026-08-02', zone: simulators[id].zone };
    return adapter.report(ask, { range, groupBy: ['campaign'], filters: [] });
  });
  /** Median of five, after one to warm up. */
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    await work();
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[2] ?? 0;
  };
  const alone: number[] = [];
  for (const question of questions) alone.push(await timed(question));
  const together = await timed(() => Promise.all(questions.map((question) => question())));
  const slowest = Math.max(...alone);
  lines.push({
    what: 'a question to 5 connections at once',
    ours: `${ms(together)} (${(together / slowest).toFixed(2)} ×)`,
    beside: `bar 1.1 ×; the slowest alone ${ms(slowest)}, one after the other ${ms(alone.reduce((a, b) => a + b))}`,
  });
  await simulators.stop();
}

// In a browser: the panel with cached data, and questions to n trackers.
if (existsSync(extensionDir('chromium'))) {
  const simulators = await startSimulators({ trackers: SIMULATORS, limits: false });
  const driver = await openDriver('chromium', { extensionDir: extensionDir('chromium') });
  const world = { driver, simulators };
  try {
    await connectAll(world);
    const page = simulators.keitaro.campaignPage(0, { from: '2026-08-01', to: '2026-08-02' });
    const first = await openPanel(world, page);
    const row = '[data-connection="keitaro main"] [data-metric=clicks]';
    await first.element(row, { within: PANEL, hasText: /\d/ }).waitFor({ state: 'visible' });
    await first.close();
    const tab = await driver.newTab(page);
    await tab.element('button', { within: 'crosstrack-launcher' }).waitFor({ state: 'visible' });
    // The page's own table moves the page while it fills.
    await tab.element('#rows tr').waitFor({ state: 'visible' });
    await tab.evaluate(
      `(window.shift = 0, new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; }).observe({ type: 'layout-shift' }))`,
    );
    const control = performance.now();
    await tab.element('h1').click();
    const click = performance.now() - control;
    const start = performance.now();
    await tab.element('button', { within: 'crosstrack-launcher' }).click();
    await tab.element(row, { within: PANEL, hasText: /\d/ }).waitFor({ state: 'visible' });
    lines.push({
      what: 'panel with cached figures, click to seen',
      ours: ms(performance.now() - start),
      beside: `bar 100 ms; the driver's click alone ${ms(click)}`,
    });
    lines.push({
      what: 'layout shift by opening it',
      ours: String(await tab.evaluate('shift')),
      beside: 'bar 0',
    });
  } finally {
    await driver.close();
    await simulators.stop();
  }
}

console.table(lines);
