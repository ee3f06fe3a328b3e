/**
 * Makes sure that the browsers the tests need are there, before a test run:
 *
 *     node test/browsers/main.ts [--chromium] [--firefox] [--display]
 *
 * Without an argument: both browsers. Prints where they are.
 */
import { ensureXvfb, findChromium, findFirefox } from './find.ts';

const STEPS: Record<string, () => Promise<string>> = {
  '--chromium': findChromium,
  '--firefox': findFirefox,
  '--display': async () => {
    await ensureXvfb();
    return 'Xvfb, openbox and xdotool are there';
  },
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : ['--chromium', '--firefox'];

for (const option of wanted) {
  const step = STEPS[option];
  if (!step) {
    console.error(`Unknown option ${option}. Known: ${Object.keys(STEPS).join(' ')}`);
    process.exit(2);
  }
  try {
    console.log(`${option.slice(2)}: ${await step()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
