import type { ToDetector } from '../../page/protocol.ts';

/** The browser APIs for scripts, tabs and windows. */
export interface BackgroundBrowser {
  /** Runs one of our script files in a tab's top frame. */
  runFile(tab: number, file: string): Promise<void>;
  /** Sends a message to the detector in a tab's top frame; rejects when there is none. */
  askDetector(tab: number, message: ToDetector): Promise<unknown>;
  /** Notifies open pages and panels that the answers of these calls (default: all) may have changed. */
  invalidate(calls?: readonly string[]): void;
  /**
   * Ids of the tabs that show a page of the extension; null = the browser doesn't say. To Chromium's
   * `tabs` a page that was kept from opening one has its address too.
   */
  ownTabs(): Promise<readonly number[] | null>;
  /** The id of the tracker that a tab's page looks like. Rejects where the browser denies access. */
  probe(tab: number): Promise<unknown>;
  readonly scripting: {
    getRegisteredContentScripts(filter: { ids: string[] }): Promise<unknown[]>;
    registerContentScripts(scripts: ContentScript[]): Promise<void>;
    updateContentScripts(scripts: ContentScript[]): Promise<void>;
    unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
  };
  readonly tabs: {
    query(query: {
      url?: string[];
      active?: boolean;
      currentWindow?: boolean;
    }): Promise<
      Array<{ id?: number | undefined; url?: string | undefined; windowId?: number | undefined }>
    >;
    create(properties: { url: string }): Promise<unknown>;
    update(tab: number, properties: { active: boolean; url?: string }): Promise<unknown>;
  };
  readonly windows: { update(window: number, properties: { focused: boolean }): Promise<unknown> };
  readonly permissions: { contains(permissions: { origins: string[] }): Promise<boolean> };
  readonly commands: { getAll(): Promise<Array<{ name?: string; shortcut?: string }>> };
  readonly runtime: { getURL(path: string): string; openOptionsPage(): Promise<void> };
}

export interface ContentScript {
  readonly id: string;
  readonly js: string[];
  readonly matches: string[];
  readonly runAt: 'document_start';
  readonly persistAcrossSessions: boolean;
}
