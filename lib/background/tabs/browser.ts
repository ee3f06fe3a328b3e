import type { ToDetector } from '../../page/protocol.ts';

/** The parts of the browser that put code on pages and open our own. */
export interface BackgroundBrowser {
  /** Runs a script file of ours in the top frame of a tab. */
  runFile(tab: number, file: string): Promise<void>;
  /** Asks the detector in the top frame of a tab; rejects when there is none. */
  askDetector(tab: number, message: ToDetector): Promise<unknown>;
  /** Tells all that is open of the extension, pages and panels, that these calls, or all, may answer otherwise now. */
  invalidate(calls?: readonly string[]): void;
  /** Which tracker the page in the top frame of a tab looks like, if the browser lets us look. */
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
