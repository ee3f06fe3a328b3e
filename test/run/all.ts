import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Counts, countPlaywright, countVitest } from './counts.ts';

/**
 * Runs every suite, cheapest first, and sums them up in one closing line.
 * A suite that fails does not keep the later ones from running, except that
 * nothing that needs a build runs without one. The end-to-end tests, which wait
 * for browsers most of the time, run beside the other tests.
 *
 * `node test/run/all.ts unit e2e` runs the named suites only.
 */
const ROOT = resolve(import.meta.dirname, '../..');
/** A suite that takes longer is stuck (ms): it is ended and has failed, and the others still run. */
const LONGEST_MS = 30 * 60_000;
const reports = mkdtempSync(join(tmpdir(), 'crosstrack-tests-'));

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** File with the counts; without one the suite is one check that passes or fails. */
  readonly report?: { readonly file: string; readonly count: (json: unknown) => Counts };
  readonly needs?: string;
  /** Runs beside those that follow. */
  readonly isBeside?: true;
}

const vitest = (name: string, config: string, needs?: string): Suite => {
  const file = join(reports, `${name}.json`);
  return {
    name,
    command: [
      'vitest',
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    report: { file, count: countVitest },
    ...(needs ? { needs } : {}),
  };
};

const SUITES: readonly Suite[] = [
  { name: 'browsers', command: ['node', 'test/browsers/main.ts', '--chromium', '--firefox'] },
  { name: 'prepare', command: ['wxt', 'prepare'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'unused', command: ['knip'] },
  { name: 'build', command: ['npm', 'run', '--silent', 'build:all'] },
  {
    name: 'web-ext lint',
    command: [
      'web-ext',
      'lint',
      '--source-dir',
      '.output/firefox-mv3',
      '--self-hosted',
      '--no-config-discovery',
    ],
    needs: 'build',
  },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--config', 'test/e2e/playwright.config.ts'],
    report: { file: join(reports, 'e2e.json'), count: countPlaywright },
    needs: 'build',
    isBeside: true,
  },
  vitest('unit', 'test/vitest.config.ts', 'build'),
  vitest('component', 'test/vitest.component.config.ts'),
];

/** How to end each suite that is running. */
const running = new Set<() => void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const end of running) end();
    process.exit(1);
  });
}

function run(suite: Suite): Promise<boolean> {
  const [command = '', ...args] = suite.command;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
      ...(suite.report ? { PLAYWRIGHT_JSON_OUTPUT_NAME: suite.report.file } : {}),
    },
  });
  /** With all that it has started. */
  const end = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // Gone already.
    }
  };
  const stuck = setTimeout(() => {
    console.error(`${suite.name} did not end within ${LONGEST_MS / 60_000} minutes.`);
    end();
  }, LONGEST_MS);
  running.add(end);
  child.on('error', (error) => {
    console.error(String(error));
    resolve(false);
  });
  child.on('close', (code) => resolve(code === 0));
  return promise.finally(() => {
    clearTimeout(stuck);
    running.delete(end);
  });
}

/** Counts of a suite; one that died before it wrote a report has failed once. */
function countsOf(suite: Suite, ok: boolean): Counts {
  if (!suite.report) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const counts = suite.report.count(JSON.parse(readFileSync(suite.report.file, 'utf8')));
    const silent = !ok && counts.failed === 0;
    const none = counts.passed + counts.failed === 0;
    return silent || none ? { passed: counts.passed, failed: counts.failed + 1 } : counts;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const wanted = process.argv.slice(2);
const totals = { passed: 0, failed: 0 };
const failed = new Set<string>();
const lines: string[] = [];

async function settle(suite: Suite): Promise<void> {
  const started = performance.now();
  console.log(`\n── ${suite.name}`);
  const blocked = suite.needs !== undefined && failed.has(suite.needs);
  const ok = blocked ? false : await run(suite);
  const counts = countsOf(suite, ok);
  if (counts.failed > 0) failed.add(suite.name);
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const note = blocked ? ` (not run: ${suite.needs} failed)` : ` in ${seconds} s`;
  lines.push(`${suite.name}: ${counts.passed} passed, ${counts.failed} failed${note}`);
}

const beside: Promise<void>[] = [];
for (const suite of SUITES) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  if (suite.isBeside) beside.push(settle(suite));
  else await settle(suite);
}
await Promise.all(beside);
rmSync(reports, { recursive: true, force: true });

console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;
