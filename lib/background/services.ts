import type { ReportCache } from '../cache/report-cache.ts';
import type { Journal } from '../journal/journal.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { OpenDatabase } from '../store/database.ts';
import type { ConnectionRepository } from './connections/repository.ts';
import type { TrackerClients } from './tracker-clients.ts';

/** The part of `browser.permissions` that the background needs. */
export interface Permissions {
  contains(permissions: { origins: string[] }): Promise<boolean>;
  remove(permissions: { origins: string[] }): Promise<boolean>;
}

/** What handlers share; created once in `create-background.ts`. */
export interface Services {
  readonly database: OpenDatabase;
  readonly connections: ConnectionRepository;
  readonly keys: KeyStore;
  readonly reports: ReportCache;
  readonly journal: Journal;
  readonly clients: TrackerClients;
  readonly permissions: Permissions;
  /** Epoch ms. */
  readonly now: () => number;
}
