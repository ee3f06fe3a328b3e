import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Download } from './driver.ts';
import { until } from './until.ts';

/** Hands out each finished download of a folder once. What is there at the start does not count. */
export class DownloadFolder {
  readonly path: string;
  readonly #finished: () => Promise<string[]> | string[];
  readonly #seen: Set<string>;

  private constructor(path: string, finished: () => Promise<string[]> | string[], seen: string[]) {
    this.path = path;
    this.#finished = finished;
    this.#seen = new Set(seen);
  }

  /**
   * @param finished paths of the finished files, as the browser tells them: the folder does not,
   *   as browsers hold a name with an empty file before they write it
   */
  static async open(
    path: string,
    finished: () => Promise<string[]> | string[],
  ): Promise<DownloadFolder> {
    return new DownloadFolder(path, finished, await readdir(path));
  }

  async next(): Promise<Download> {
    return until(`a download in ${this.path}`, async () => {
      const names = (await this.#finished()).map((each) => basename(each));
      const name = names.find((each) => !this.#seen.has(each));
      if (name === undefined) return undefined;
      this.#seen.add(name);
      return { name, text: await readFile(join(this.path, name), 'utf8') };
    });
  }
}
