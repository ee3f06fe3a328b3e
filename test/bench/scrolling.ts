import { resolve } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import preact from '@preact/preset-vite';
import { build } from 'vite';
import { findChromium } from '../browsers/find.ts';
import { interleaved, kb, median, type Report, shown } from './lines.ts';
import { wait } from './marks.ts';

const ROUNDS = 3;
/** Turns of the wheel, and what each moves (px): some screens, then through the whole table. */
const TURNS = [
  ...Array<number>(30).fill(240),
  ...Array<number>(8).fill(20_000),
  ...Array<number>(8).fill(-20_000),
];
/** The turns to and fro cancel out; the first thirty do not. */
const SCROLLED = `[...document.querySelectorAll('*')].some(({ scrollTop }) => scrollTop > 5_000)`;
const CATEGORIES = ['disabled-by-default-devtools.timeline'];

type Table = 'ours' | 'peer';

/**
 * 100,000 rows of 28 figures scrolled by the wheel: the longest task of the page's main thread, in
 * processor time, in our table and in Tabulator with the same texts as plain cells. In Chromium,
 * which tells of tasks as short.
 */
export async function benchScrolling(report: Report): Promise<void> {
  const executablePath = await findChromium().catch((error: unknown) => {
    console.error(`Scrolling is not measured: ${error}`);
  });
  if (!executablePath) return;
  const script = await pageScript();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const all: Record<Table, number[]> = { ours: [], peer: [] };
    const heaps: Record<Table, number[]> = { ours: [], peer: [] };
    const scroll = async (table: Table) => {
      const { tasks, heap } = await scrollOnce(browser, script, table);
      all[table].push(...tasks);
      heaps[table].push(heap);
      return Math.max(...tasks);
    };
    const longest = await interleaved(ROUNDS, {
      ours: () => scroll('ours'),
      peer: () => scroll('peer'),
    });
    const over = (table: Table) => all[table].filter((ms) => ms > 16).length / ROUNDS;
    report({
      what: 'chromium: table of 100,000 rows, longest task of a scroll, processor time',
      ours: median(longest.ours),
      unit: 'ms',
      bar: 16,
      beside: `Tabulator ${shown(median(longest.peer), 'ms')}; the most of ${ROUNDS} ${shown(Math.max(...longest.ours), 'ms')}, and ${shown(Math.max(...longest.peer), 'ms')}`,
    });
    report({
      what: 'chromium: table of 100,000 rows, tasks over 16 ms in a scroll',
      ours: over('ours'),
      unit: '',
      bar: 0,
      beside: `Tabulator ${shown(over('peer'), '')}`,
    });
    report({
      what: 'chromium: table of 100,000 rows, heap with its data',
      ours: kb(median(heaps.ours)),
      unit: 'KB',
      bar: 150 * 1024,
      beside: `Tabulator ${shown(kb(median(heaps.peer)), 'KB')}`,
    });
  } finally {
    await browser.close();
  }
}

/** `scrolling-page.tsx` as one script, built as the extension is. */
async function pageScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [preact()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: {
        entry: resolve(import.meta.dirname, 'scrolling-page.tsx'),
        formats: ['iife'],
        name: 'page',
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error('The page of the tables was not built.');
  return chunk.code;
}

/** @returns processor time (ms) of each task of the main thread; bytes of the heap at the end */
async function scrollOnce(
  browser: Browser,
  script: string,
  table: Table,
): Promise<{ tasks: number[]; heap: number }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.setContent('<!doctype html><meta charset="utf-8"><div id="root"></div>');
    await page.addScriptTag({ content: script });
    await page.evaluate(`tables.${table}(document.getElementById('root'))`);
    await page.mouse.move(640, 400);
    await page.evaluate(wait(500));
    await browser.startTracing(page, { categories: CATEGORIES });
    for (const by of TURNS) {
      await page.mouse.wheel(0, by);
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(drawn))');
    }
    const trace = await browser.stopTracing();
    if (!(await page.evaluate<boolean>(SCROLLED))) throw new Error(`${table} did not scroll.`);
    const tasks = mainTasks(JSON.parse(trace.toString()).traceEvents);
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return { tasks, heap: usedSize };
  } finally {
    await page.close();
  }
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time, µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Of the main thread that did most: another page's renderer may be there in reserve. */
function mainTasks(events: readonly TraceEvent[]): number[] {
  const idOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(idOf),
  );
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name === 'RunTask' && mains.has(idOf(event)),
  );
  const busiest = [...Map.groupBy(tasks, idOf).values()]
    .map((of) => of.map(({ tdur = 0 }) => tdur / 1_000))
    .sort((a, b) => sum(b) - sum(a))[0];
  if (!busiest) throw new Error('The browser told of no tasks.');
  return busiest;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
