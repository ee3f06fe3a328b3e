import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriverOptions } from './driver.ts';

/** An empty profile that saves downloads without asking and speaks one language. */
export async function makeChromiumProfile(options: DriverOptions): Promise<{
  path: string;
  downloadsDir: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'crosstrack-chromium-'));
  const downloadsDir = options.downloadsDir ?? join(path, 'crosstrack-downloads');
  const locale = options.locale ?? 'en-US';
  const languages = [...new Set([locale, 'en'])].join(',');
  await mkdir(downloadsDir, { recursive: true });
  await mkdir(join(path, 'Default'));
  const preferences = {
    download: {
      default_directory: downloadsDir,
      directory_upgrade: true,
      prompt_for_download: false,
    },
    // Without it Chromium disables an unpacked extension that reloads itself.
    extensions: { ui: { developer_mode: true } },
    intl: { accept_languages: languages, selected_languages: languages },
  };
  await writeFile(join(path, 'Default', 'Preferences'), JSON.stringify(preferences));
  return {
    path,
    downloadsDir,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
