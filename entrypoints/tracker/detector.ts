import {
  clickedButton,
  LAUNCHER_STYLE,
  showFallback,
  showLauncher,
} from '../../components/launcher/launcher.ts';
import type { Answers } from '../../lib/contract/calls.ts';
import { provideMessages, t } from '../../lib/i18n.ts';
import { guardWindow, isOf } from '../../lib/page/guard.ts';
import { type Opened, openHost, removeLeftovers } from '../../lib/page/host.ts';
import { createPanelFrame, type PanelFrame } from '../../lib/page/panel-frame.ts';
import type { PanelTask, ToDetector } from '../../lib/page/protocol.ts';
import { pageBrowser } from '../../lib/page/runtime.ts';
import { watchPage } from '../../lib/page/watch.ts';
import { CHANGED, createClient } from '../../lib/rpc/client.ts';
import type { PageRecogniser } from '../../lib/trackers/page-recogniser.ts';

/** After an update or removal, Chromium lets scripts on open pages go on; Firefox ends them. */
const OUTLIVES = !import.meta.env.FIREFOX;
const ALIVE_MS = 1000;
/** How long our work waits at most for the page to become idle. */
const IDLE_MS = 300;
const LAUNCHER = 'crosstrack-launcher';
const PANEL = 'crosstrack-panel';

type Hello = NonNullable<Answers['page.hello']>;

/** State that exists while the page belongs to a working connection. */
interface Work {
  readonly hello: Hello;
  readonly panel: PanelFrame;
  readonly end: AbortController;
  launcher: Opened | null;
}

/**
 * The detector on a page of a granted host. It asks the background whether the page belongs to a
 * connection, shows the launcher where the page is recognised, and manages the panel's frame. It
 * starts with the document, so that it hears events first.
 */
export function startDetector(pages: readonly PageRecogniser[], onEnd: () => void): void {
  provideMessages((key, values) => pageBrowser.i18n.getMessage(key, values), '');
  const client = createClient((request) => pageBrowser.runtime.sendMessage(request));
  const life = new AbortController();
  let work: Work | null = null;
  let wanted: PanelTask | null = null;
  let asked = 0;

  removeLeftovers(LAUNCHER, PANEL);
  guardWindow((event) => {
    if (!work) return false;
    if (work.panel.hear(event)) return true;
    if (!work.launcher || !isOf(event, work.launcher.host)) return false;
    hearLauncher(work, work.launcher.root, event);
    return true;
  }, life.signal);

  const hear = (
    message: unknown,
    sender: { readonly id?: string; readonly tab?: unknown },
    reply: (answer: unknown) => void,
  ): undefined => {
    // Only the background sends from no tab.
    if (sender.id !== pageBrowser.runtime.id || sender.tab) return;
    const heard: Partial<ToDetector> | typeof CHANGED = Object(message);
    if (heard.crosstrack === 'sight' && heard.ticket && heard.at) {
      reply(work?.panel.sees(heard.ticket, heard.at) ?? false);
    } else if (heard.crosstrack === 'panel' && heard.task) {
      if (work) work.panel.run(heard.task);
      else wanted = heard.task;
    } else if (heard.crosstrack === CHANGED.crosstrack && !('calls' in heard)) {
      void ask();
    }
  };
  pageBrowser.runtime.onMessage.addListener(hear);
  const isAlive = () => Boolean(pageBrowser.runtime?.id);
  const timer = OUTLIVES ? setInterval(() => isAlive() || stop(), ALIVE_MS) : undefined;
  // In the back/forward cache the panel would go dead; without our frame the page may be cached.
  addEventListener('pagehide', () => work?.panel.remove(), { signal: life.signal });
  window.addEventListener('pageshow', ({ persisted }) => persisted && void ask(), {
    signal: life.signal,
  });
  void ask();

  function stop(): void {
    clearInterval(timer);
    life.abort();
    end();
    onEnd();
  }

  function end(): void {
    work?.end.abort();
    work?.panel.remove();
    work?.launcher?.host.remove();
    work = null;
  }

  /** Asks whose page this is now. */
  async function ask(): Promise<void> {
    const mine = ++asked;
    const hello = await client.call('page.hello', {}).catch(() => null);
    if (life.signal.aborted || mine !== asked) return;
    if (hello && work?.hello.connection.id === hello.connection.id) {
      if (hello.open && !work.panel.isOpen()) work.panel.restore();
      return;
    }
    end();
    // The host is granted, but this origin (another port, another tracker) is not connected.
    const page = hello && pages.find(({ tracker }) => tracker === hello.connection.tracker);
    if (!page) return;
    await whenParsed(life.signal);
    if (!wanted && !hello.open) await whenIdle();
    if (mine === asked && !life.signal.aborted) start(hello, page);
  }

  function start(hello: Hello, page: PageRecogniser): void {
    const abort = new AbortController();
    const watch = watchPage(page, abort.signal);
    const panel = createPanelFrame({
      url: () => pageBrowser.runtime.getURL('/panel.html'),
      origin: hello.origin,
      place: hello.place,
      ticket: async () => (await client.call('panel.ticket', {})).ticket,
      view: () => ({ kind: 'view', view: watch.current() }),
      onShown: (shown) => void client.call('panel.shown', { shown }).catch(() => {}),
      onDead: () => {
        panel.close();
        const { root } = ensureLauncher(now);
        showFallback(root, {
          text: t('launcherBlocked'),
          dashboard: t('openDashboard'),
          close: t('close'),
        });
      },
    });
    const now: Work = { hello, panel, end: abort, launcher: null };
    work = now;
    const update = () => {
      if (watch.current()) ensureLauncher(now);
      else {
        now.launcher?.host.remove();
        now.launcher = null;
      }
      panel.send({ kind: 'view', view: watch.current() });
    };
    watch.subscribe(update);
    update();
    if (wanted) panel.run(wanted);
    else if (hello.open) panel.restore();
    wanted = null;
  }

  function ensureLauncher(of: Work): { readonly root: ShadowRoot } {
    if (of.launcher) return of.launcher;
    const opened = openHost(LAUNCHER, LAUNCHER_STYLE);
    of.launcher = opened;
    showLauncher(opened.root, of.hello.label, of.hello.shortcut);
    return opened;
  }

  function hearLauncher({ panel }: Work, root: ShadowRoot, event: Event): void {
    if (/^(?:pointerover|focusin)$/.test(event.type) && event.isTrusted) panel.preload();
    if (event.type !== 'click') return;
    const button = clickedButton(root, event as MouseEvent);
    if (!button) return;
    if (button.name === 'open') {
      panel.run('toggle');
      return;
    }
    if (button.name === 'dashboard') {
      void client.call('dashboard.open', { view: null }).catch(() => {});
    }
    root.querySelector('.fallback')?.remove();
  }
}

/** Resolves when the page is idle. */
function whenIdle(): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: IDLE_MS }));
}

/** Resolves when the document has been parsed. */
function whenParsed(signal: AbortSignal): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  document.addEventListener('DOMContentLoaded', () => resolve(), { once: true, signal });
  return promise;
}
