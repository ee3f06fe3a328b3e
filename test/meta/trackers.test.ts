import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trackers } from '../../lib/trackers/index.ts';
import { pageRecognisers } from '../../lib/trackers/page-recognisers.ts';
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import { capabilityTable } from './capability-table.ts';
import { ROOT, sourceFiles } from './source-files.ts';

const folders = readdirSync(join(ROOT, 'lib/trackers'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const sentences = new Set(Object.keys(en));

describe('trackers', () => {
  test('every folder is in the list, and every member of the list is a folder', () => {
    // A folder may hold several adapters: `demo` and `demo.network`.
    const ids = new Set(trackers.map(({ id }) => id.replace(/\..*/, '')));
    expect([...ids].sort()).toEqual([...folders].sort());
    expect(pageRecognisers.map(({ tracker }) => tracker).sort()).toEqual([...folders].sort());
  });

  test.each(folders)('%s has adapter, schema, page, simulator and tests', (folder) => {
    for (const file of ['adapter.ts', 'schema.ts', 'page.ts']) {
      expect(existsSync(join(ROOT, 'lib/trackers', folder, file)), file).toBe(true);
    }
    // A made-up tracker asks nobody: there is nothing to simulate.
    const asked = trackers.some(({ id, demo }) => id === folder && !demo);
    expect(existsSync(join(ROOT, 'test/simulators', folder)), 'simulator').toBe(asked);
    expect(existsSync(join(ROOT, 'test/unit/trackers', folder)), 'tests').toBe(true);
  });

  test.each(trackers.map((tracker) => [tracker.id, tracker] as const))(
    '%s can set costs exactly when it says so, and its reasons are sentences',
    (_, tracker) => {
      const { cost } = tracker.capabilities;
      expect(tracker.setCost !== undefined).toBe(cost.can);
      const keys = [tracker.keyHelp, ...(cost.can ? cost.cautions : [cost.reason])];
      for (const key of keys) expect(sentences.has(key), key).toBe(true);
      expect(tracker.initial).toHaveLength(1);
    },
  );

  test('nothing outside a tracker’s folder names a tracker', () => {
    // "Demo" is a word of the product too: of its connections, not of their adapter.
    const named = folders.filter((folder) => folder !== 'demo' && folder !== 'binom2');
    // The binomial distribution is none of theirs.
    const names = new RegExp(`(?:${named.join('|')})(?!ial)|['"\`]demo-`, 'i');
    const naming = ['entrypoints', 'components', 'lib']
      .flatMap((folder) => sourceFiles(folder, ['.ts', '.tsx', '.css', '.html']))
      .filter(({ path }) => !/^lib\/trackers\/(?:[^/]+\/|index\.ts)/.test(path))
      .filter(({ text }) => names.test(text))
      .map(({ path }) => path);
    expect(naming).toEqual([]);
  });

  test('the table of the README says what the adapters say', () => {
    // However wide the columns are.
    const plain = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    const readme = readFileSync(join(ROOT, 'lib/trackers/README.md'), 'utf8');
    const real = trackers.filter(({ demo }) => !demo);
    expect(plain(readme)).toContain(plain(capabilityTable(real)));
  });
});
