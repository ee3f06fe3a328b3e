import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A browser of a machine on which an administrator has laid a policy down. */
export interface ManagedBrowser {
  /** Starts the browser; takes its arguments. */
  readonly executable: string;
  remove(): Promise<void>;
}

/** Into a mount namespace of one's own: as root, or becoming root there. */
const WAYS_IN = [['--mount'], ['--mount', '--map-root-user']];

/** Below /etc, with `policies` in them: of Debian's and Playwright's Chromium, and of Firefox. */
const FOLDERS = 'chromium opt/chrome_for_testing firefox firefox-esr';

/**
 * Browsers read policies below /etc alone, which is everybody's. So this browser sees an /etc of its
 * own: links to all that is there, and the policies of the test in place of the machine's.
 */
const scriptOf = (
  wayIn: readonly string[],
  folder: string,
  executable: string,
): string => `#!/bin/sh
set -e
if [ "$1" != --inside ]; then exec unshare ${wayIn.join(' ')} "$0" --inside "$@"; fi
shift
mount --rbind /etc '${folder}/etc'
mount -t tmpfs tmpfs /etc
link() {
  for each in "$1"/*; do
    if [ ! -e "$2/\${each##*/}" ]; then ln -s "$each" "$2/"; fi
  done
}
for each in ${FOLDERS}; do
  mkdir -p "/etc/$each"
  ln -s '${folder}/policies' "/etc/$each/policies"
done
for each in ${FOLDERS} opt .; do link "${folder}/etc/$each" "/etc/$each"; done
exec '${executable}' "$@"
`;

/**
 * @param file path below the folder of policies: "managed/x.json"
 * @param content of that file
 * @throws Error that says what to do, where this machine allows no mounts
 */
export async function withPolicy(
  executable: string,
  file: string,
  content: object,
): Promise<ManagedBrowser> {
  const wayIn = await findWayIn();
  const folder = await mkdtemp(join(tmpdir(), 'crosstrack-policy-'));
  await mkdir(join(folder, 'etc'));
  const path = join(folder, 'policies', file);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, JSON.stringify(content));
  const script = join(folder, 'browser');
  await writeFile(script, scriptOf(wayIn, folder, executable), { mode: 0o755 });
  return {
    executable: script,
    // The mount is in the browser's namespace: out here its folder is empty.
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function findWayIn(): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (const wayIn of WAYS_IN) {
    try {
      await promisify(execFile)('unshare', [...wayIn, 'mount', '-t', 'tmpfs', 'tmpfs', '/etc']);
      return wayIn;
    } catch (error) {
      refusals.push(error instanceof Error ? error.message.trim() : String(error));
    }
  }
  throw new Error(
    `A test of policies has to mount an /etc for its browser alone, and may not do so here:\n${refusals.join('\n')}\nRun it on Linux as root, or where user namespaces are allowed: see CONTRIBUTING.md.`,
  );
}
