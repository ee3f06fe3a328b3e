import { vi } from 'vitest';
import { areaOver } from './transfer-world.ts';

type Listener = (...args: unknown[]) => unknown;

/** An event of the browser's: what listens, and the way to make it happen. */
function event() {
  const listeners: Listener[] = [];
  return {
    listeners,
    addListener: (listener: Listener) => void listeners.push(listener),
    fire: (...args: unknown[]) => listeners.map((listener) => listener(...args)),
  };
}

interface Script {
  readonly id: string;
  readonly js: string[];
  readonly matches: string[];
  readonly persistAcrossSessions: boolean;
}

interface Injection {
  readonly target: { readonly tabId: number; readonly frameIds?: number[] };
  readonly files?: string[];
}

const covers = (pattern: string, url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return pattern === `${protocol}//${hostname}/*` || pattern === `${protocol}//*/*`;
};

/**
 * What the background uses of the browser, with the rules that matter for permissions:
 * - registering a script for a host that was not granted succeeds, and runs nowhere
 * - tabs tell their address, and scripts can be put into them, on granted hosts only
 * - a removed permission is told of when it is gone
 */
export function fakeBrowser() {
  const granted = new Set<string>();
  const scripts = new Map<string, Script>();
  const tabs: Array<{ id: number; url: string }> = [];
  const injected: Array<{ tab: number; file: string }> = [];
  const stored: Record<string, unknown> = {};
  const opened: string[] = [];
  const sent: Array<{ to: number | 'pages'; message: unknown }> = [];
  /** Where somebody listens; a message to anywhere else is refused. */
  const hearing = new Set<number | 'pages'>();
  const deliver = async (to: number | 'pages', message: unknown) => {
    sent.push({ to, message });
    if (!hearing.has(to)) {
      throw new Error('Could not establish connection. Receiving end does not exist.');
    }
  };
  const onAdded = event();
  const onRemoved = event();
  const mayReach = (url: string) => [...granted].some((pattern) => covers(pattern, url));
  const known = ({ ids }: { ids: string[] }) => ids.filter((id) => scripts.has(id));

  const api = {
    runtime: {
      id: 'crosstrack',
      getURL: (path: string) => `chrome-extension://crosstrack${path}`,
      openOptionsPage: async () => {},
      sendMessage: (message: unknown) => deliver('pages', message),
      onMessage: event(),
      onInstalled: event(),
      onStartup: event(),
    },
    permissions: {
      onAdded,
      onRemoved,
      contains: async ({ origins }: { origins: string[] }) => {
        const unreadable = origins.find((origin) => origin.includes('['));
        if (unreadable) throw new Error(`Invalid host pattern ${unreadable}`);
        return origins.every((origin) => granted.has(origin));
      },
      remove: async ({ origins }: { origins: string[] }) => {
        for (const origin of origins) granted.delete(origin);
        onRemoved.fire({ origins });
        return true;
      },
    },
    scripting: {
      getRegisteredContentScripts: async (filter: { ids: string[] }) =>
        known(filter).map((id) => scripts.get(id)),
      async registerContentScripts(added: Script[]) {
        for (const script of added) {
          if (scripts.has(script.id)) throw new Error(`Duplicate script ID '${script.id}'`);
          scripts.set(script.id, script);
        }
      },
      async updateContentScripts(changed: Script[]) {
        for (const script of changed) {
          if (!scripts.has(script.id)) throw new Error(`Nonexistent script ID '${script.id}'`);
          scripts.set(script.id, script);
        }
      },
      async unregisterContentScripts(filter: { ids: string[] }) {
        for (const id of known(filter)) scripts.delete(id);
      },
      async executeScript({ target, files = [] }: Injection) {
        const tab = tabs.find(({ id }) => id === target.tabId);
        if (!tab || !mayReach(tab.url)) throw new Error('Cannot access contents of the page.');
        if (String(target.frameIds) !== '0') throw new Error('Only the top frame is ours.');
        injected.push(...files.map((file) => ({ tab: tab.id, file })));
      },
    },
    tabs: {
      query: async ({ url }: { url?: string[] }) =>
        url
          ? tabs.filter((tab) => mayReach(tab.url) && url.some((one) => covers(one, tab.url)))
          : tabs.map((tab) => (mayReach(tab.url) ? tab : { id: tab.id })),
      async sendMessage(id: number, message: unknown, { frameId }: { frameId?: number } = {}) {
        if (frameId !== undefined && frameId !== 0) throw new Error('Only the top frame is ours.');
        if (!tabs.some((tab) => tab.id === id)) throw new Error(`No tab with id: ${id}.`);
        await deliver(id, message);
      },
      onRemoved: event(),
      create: async ({ url }: { url: string }) => void opened.push(url),
      update: async () => {},
    },
    commands: { getAll: async () => [], onCommand: event() },
    alarms: { create: async () => {}, clear: async () => true, onAlarm: event() },
    storage: {
      local: { ...areaOver(stored), setAccessLevel: vi.fn(async () => {}) },
      session: areaOver({}),
      managed: { get: async () => ({}) },
      onChanged: event(),
    },
    i18n: { getMessage: (key: string) => key },
  };

  return {
    api,
    tabs,
    injected,
    opened,
    /** Messages of the background's own, and where they went. */
    sent,
    hearing,
    /** Hosts for which the browser would run our script by itself. */
    registered: () => [...scripts.values()].flatMap(({ matches }) => matches),
    scripts,
    grant(...origins: string[]) {
      for (const origin of origins) granted.add(origin);
      onAdded.fire({ origins });
    },
    /** As in the browser's own settings. */
    revoke: (...origins: string[]) => api.permissions.remove({ origins }),
  };
}
