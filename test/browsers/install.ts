import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Ten minutes: a slow mirror needs some of it, a dead process does not get more. */
const LOCK_WAIT_MS = 600_000;
const LOCK_FILE = join(tmpdir(), 'crosstrack-install.lock');

/** First of `names` that is an executable file on PATH, as a full path. */
export function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => isExecutable(path));
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether `aptInstall` has a chance here: a Debian-like system, as root or with passwordless sudo. */
export function canUseApt(): boolean {
  return onPath(['apt-get']) !== undefined && rootPrefix() !== undefined;
}

/**
 * Installs Debian packages without asking anything and says so in one line.
 * Returns false, with the end of apt's own words on stderr, when apt could not.
 *
 * @param missing names the packages to install; asked when it is our turn, for another process may have installed them meanwhile
 */
export async function aptInstall(missing: () => string[], why: string): Promise<boolean> {
  const prefix = rootPrefix();
  if (!prefix) return false;
  return withInstallLock(() => {
    const packages = missing();
    if (packages.length === 0) return true;
    console.log(`Installing ${packages.join(', ')} with apt-get: ${why}.`);
    const wait = ['-o', 'DPkg::Lock::Timeout=300'];
    const updated = run([...prefix, 'apt-get', ...wait, 'update', '-q']);
    const installed = run([
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      ...wait,
      'install',
      '-y',
      '-q',
      ...packages,
    ]);
    if (!installed.ok) process.stderr.write(`${updated.tail}\n${installed.tail}\n`);
    return installed.ok;
  });
}

/** Playwright's own Chromium, for systems without apt. Returns false when it cannot be fetched. */
export async function playwrightInstall(why: string): Promise<boolean> {
  return withInstallLock(() => {
    console.log(`Downloading Playwright's Chromium: ${why}.`);
    const manifest = createRequire(import.meta.url).resolve('@playwright/test/package.json');
    const cli = join(dirname(manifest), 'cli.js');
    const withDeps = process.platform === 'linux' && rootPrefix() !== undefined;
    const result = run([
      process.execPath,
      cli,
      'install',
      ...(withDeps ? ['--with-deps'] : []),
      'chromium',
    ]);
    if (!result.ok) process.stderr.write(`${result.tail}\n`);
    return result.ok;
  });
}

/** What to put before a command that needs root; undefined when there is no way without a password. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  if (onPath(['sudo']) && run(['sudo', '-n', 'true']).ok) return ['sudo', '-n'];
  return undefined;
}

function run(command: readonly string[]): { ok: boolean; tail: string } {
  const [file = '', ...args] = command;
  const result = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
  return { ok: result.status === 0, tail: output.trim().split('\n').slice(-8).join('\n') };
}

/** Two test runs started together must not both run apt: the second waits, then finds the browser. */
async function withInstallLock<T>(work: () => T): Promise<T> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (!takeLock()) {
    if (Date.now() > deadline) {
      throw new Error(`Another process holds ${LOCK_FILE}. If none is running, delete that file.`);
    }
    await pause(500);
  }
  try {
    return work();
  } finally {
    rmSync(LOCK_FILE, { force: true });
  }
}

function takeLock(): boolean {
  try {
    writeFileSync(LOCK_FILE, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (existsSync(LOCK_FILE) && !isAlive(lockOwner())) rmSync(LOCK_FILE, { force: true });
    return false;
  }
}

function lockOwner(): number {
  try {
    return Number(readFileSync(LOCK_FILE, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  // An empty file is a lock that its owner is just writing.
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
