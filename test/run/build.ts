import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { BrowserName } from '../e2e/drivers/driver.ts';

/** Builds the extension for trying out and for tests: production code, loopback hosts granted. */
export function build(browser: BrowserName): void {
  const target = browser === 'firefox' ? ['-b', 'firefox', '--mv3'] : [];
  const wxt = resolve(import.meta.dirname, '../../node_modules/.bin/wxt');
  const { status } = spawnSync(wxt, ['build', ...target], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CROSSTRACK_BUILD: 'e2e' },
  });
  if (status !== 0) throw new Error('The build failed; what is wrong stands above.');
}
