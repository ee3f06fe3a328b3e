import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { LAUNCHER_STYLE, showLauncher } from '../../components/launcher/launcher.ts';
import { provideMessages, t } from '../../lib/i18n.ts';
import { handoff } from '../../lib/page/handoff.ts';
import { openHost } from '../../lib/page/host.ts';
import { pageBrowser } from '../../lib/page/runtime.ts';
import { watchPage } from '../../lib/page/watch.ts';
import { createClient } from '../../lib/rpc/client.ts';
import { pages } from '../../lib/trackers/pages.ts';

/** After an update or removal of the extension its scripts on open pages have nobody to talk to. */
const ALIVE_MS = 1000;

/**
 * The detector, registered at run time for the hosts of connections only; see
 * `lib/background/pages.ts`. An unlisted script, because WXT's content scripts
 * tell the page of their start, and let it stop them.
 */
export default defineUnlistedScript(() => {
  if (handoff.crosstrackProbe) {
    delete handoff.crosstrackProbe;
    const evidence = { url: new URL(location.href), title: document.title, document };
    return pages.find((page) => page.recognise(evidence) !== null)?.tracker ?? null;
  }
  if (handoff.crosstrackPage) return;
  provideMessages((key, values) => pageBrowser.i18n.getMessage(key, values), '');
  const alive = new AbortController();
  const timer = setInterval(() => {
    if (pageBrowser.runtime?.id) return;
    clearInterval(timer);
    alive.abort();
  }, ALIVE_MS);
  void start(alive.signal);
});

async function start(signal: AbortSignal): Promise<void> {
  const client = createClient('content', (request) => pageBrowser.runtime.sendMessage(request));
  const hello = await client.call('page.hello', {}).catch(() => null);
  const page = pages.find(({ tracker }) => tracker === hello?.connection.tracker);
  // The host is connected, but this origin (another port, another tracker) is not.
  if (!hello || !page || handoff.crosstrackPage) return;

  const watch = watchPage(page, signal);
  handoff.crosstrackPage = watch;
  let launcher: { remove(): void } | null = null;
  const update = () => {
    const known = watch.current() !== null;
    if (known && !launcher) {
      const { host, root } = openHost('crosstrack-launcher', LAUNCHER_STYLE);
      showLauncher(root, {
        label: t('launcherLabel'),
        hint: hello.shortcut,
        onOpen: () => void client.call('panel.open', {}).catch(() => {}),
      });
      launcher = host;
    } else if (!known && launcher) {
      launcher.remove();
      launcher = null;
    }
  };
  watch.subscribe(update);
  update();
  signal.addEventListener('abort', () => {
    launcher?.remove();
    delete handoff.crosstrackPage;
  });
}
