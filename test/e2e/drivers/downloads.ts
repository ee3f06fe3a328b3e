import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download } from './driver.ts';
import { until } from './until.ts';

/** Endings of files that the browsers have not finished. */
const UNFINISHED = /\.(crdownload|part|tmp)$|^\.(com\.google\.Chrome|org\.chromium)/;

/** Hands out each finished file of a folder once. What is there at the start does not count. */
export class DownloadFolder {
  readonly path: string;
  readonly #seen: Set<string>;

  private constructor(path: string, seen: string[]) {
    this.path = path;
    this.#seen = new Set(seen);
  }

  static async open(path: string): Promise<DownloadFolder> {
    return new DownloadFolder(path, await readdir(path));
  }

  async next(): Promise<Download> {
    return until(`a download in ${this.path}`, async () => {
      const names = await readdir(this.path);
      const name = names.find((each) => !this.#seen.has(each) && !UNFINISHED.test(each));
      // Firefox holds the final name with an empty file while it writes NAME.part beside it.
      if (name === undefined || names.some((each) => isPartOf(each, name))) return undefined;
      this.#seen.add(name);
      return { name, text: await readFile(join(this.path, name), 'utf8') };
    });
  }
}

function isPartOf(candidate: string, name: string): boolean {
  const stem = name.replace(/\.[^.]*$/, '');
  return candidate.startsWith(stem) && candidate.endsWith('.part');
}
