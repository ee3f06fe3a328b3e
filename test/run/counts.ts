export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const numberAt = (of: unknown, ...path: string[]): number => {
  let at = of;
  for (const step of path) at = Object(at)[step];
  if (typeof at !== 'number') throw new Error(`No number at ${path.join('.')} of the test report.`);
  return at;
};

/** Vitest's JSON reporter. A skipped test counts as failed: there are to be none. */
export function countVitest(json: unknown): Counts {
  const total = numberAt(json, 'numTotalTests');
  const passed = numberAt(json, 'numPassedTests');
  const suites = numberAt(json, 'numFailedTestSuites');
  return { passed, failed: Math.max(total - passed, suites > 0 ? 1 : 0) };
}

/** Playwright's JSON reporter; flaky and skipped tests count as failed. */
export function countPlaywright(json: unknown): Counts {
  const count = (name: string) => numberAt(json, 'stats', name);
  return {
    passed: count('expected'),
    failed: count('unexpected') + count('flaky') + count('skipped'),
  };
}
