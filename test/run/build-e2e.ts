import { build } from './build.ts';

for (const browser of ['chromium', 'firefox'] as const) build(browser);
