import type { SealedArea } from '../keys/key-store.ts';
import type { CallerFacts } from '../rpc/callers.ts';
import type { OpenDatabase } from '../store/database.ts';
import type { Retention } from '../store/storage.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import type { ManagedArea } from './policy/managed.ts';
import type { Permissions } from './services.ts';
import type { BackgroundBrowser } from './tabs/browser.ts';

/** Everything the background is made of that is not a plain function. */
export interface BackgroundDeps {
  readonly trackers: readonly TrackerAdapter[];
  readonly database: OpenDatabase;
  readonly area: SealedArea;
  /** How long both are. */
  retention(): Promise<Retention>;
  /** In memory, for the extension's own contexts only, until the browser closes. */
  readonly session: SealedArea;
  /** What an administrator laid down. */
  readonly managed: ManagedArea;
  readonly browser: Omit<BackgroundBrowser, 'permissions'> & {
    readonly permissions: Permissions;
  };
  readonly facts: Pick<CallerFacts, 'extensionId' | 'extensionOrigin'>;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Sets an alarm that leads to `background.settle()`. */
  wakeAfter(ms: number): void;
  /** Sets an alarm, in epoch ms, that leads to `background.checkIdle()`; null = none. */
  lockAt(at: number | null): void;
}
