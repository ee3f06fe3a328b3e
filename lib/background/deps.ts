import type { SealedArea } from '../keys/key-store.ts';
import type { CallerFacts } from '../rpc/callers.ts';
import type { OpenDatabase } from '../store/database.ts';
import type { Retention } from '../store/storage.ts';
import type { TrackerAdapter } from '../trackers/adapter.ts';
import type { ManagedArea } from './policy/managed.ts';
import type { Permissions } from './services.ts';
import type { BackgroundBrowser } from './tabs/browser.ts';

/** Everything from outside that the background is built from. */
export interface BackgroundDeps {
  readonly trackers: readonly TrackerAdapter[];
  readonly database: OpenDatabase;
  readonly area: SealedArea;
  /** How long `database` and `area` last. */
  retention(): Promise<Retention>;
  /** `storage.session`: in memory, for trusted contexts only, until the browser closes. */
  readonly session: SealedArea;
  /** `storage.managed`: the administrator's policy. */
  readonly managed: ManagedArea;
  readonly browser: Omit<BackgroundBrowser, 'permissions'> & {
    readonly permissions: Permissions;
  };
  readonly facts: Pick<CallerFacts, 'extensionId' | 'extensionOrigin'>;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Sets an alarm that calls `background.settle()`. */
  wakeAfter(ms: number): void;
  /** Sets an alarm (epoch ms) that calls `background.checkIdle()`; null = none. */
  lockAt(at: number | null): void;
}
