import type { BenchWorld } from './bench-world.ts';
import { interleaved, median, type Report, shown, spread } from './lines.ts';
import { DOCUMENT_START, longestTaskSince, paintOf, wait } from './marks.ts';

const ROUNDS = 9;
const SETTLE_MS = 400;

/**
 * From the start of the popup's document to its first figures on the screen, with the figures in
 * the cache; beside it, a blank page of the extension.
 */
export async function benchPopup({ driver }: BenchWorld, report: Report): Promise<void> {
  const longest: number[] = [];
  const open = async (page: string): Promise<number> => {
    const tab = await driver.extensionPage(page);
    try {
      const figuresAt = await tab.evaluate<number>(paintOf('figures'));
      // What it asks for after that is drawn meanwhile.
      await tab.evaluate(wait(SETTLE_MS));
      const task = await tab.evaluate<number | null>(longestTaskSince(0));
      if (task !== null && page === 'popup.html') longest.push(task);
      return figuresAt - (await tab.evaluate<number>(DOCUMENT_START));
    } finally {
      await tab.close();
    }
  };
  // Puts the figures into the cache.
  await open('popup.html');
  await open('popup.html');
  longest.length = 0;
  const { ours, control } = await interleaved(ROUNDS, {
    ours: () => open('popup.html'),
    control: () => open('blank.html'),
  });
  report({
    what: `${driver.name}: popup, start of the document to figures`,
    ours: median(ours),
    unit: 'ms',
    bar: 100,
    beside: `a blank page ${shown(median(control), 'ms')}; ${spread(ours, 'ms')}`,
  });
  if (longest.length === 0) return;
  report({
    what: `${driver.name}: popup, longest task`,
    ours: Math.max(...longest),
    unit: 'ms',
    bar: 50,
    beside: `the most of ${longest.length}`,
  });
}
