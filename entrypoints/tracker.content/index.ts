import { defineContentScript } from 'wxt/utils/define-content-script';
import { showLauncher } from '../../components/launcher/launcher.ts';
import { pageBrowser } from '../../components/page-browser.ts';
import { provideMessages, t } from '../../lib/i18n.ts';
import { handoff } from '../../lib/page/handoff.ts';
import { watchPage } from '../../lib/page/watch.ts';
import { createClient } from '../../lib/rpc/client.ts';
import { pages } from '../../lib/trackers/pages.ts';

/** Registered at run time for the hosts of connections only; see `lib/background/pages.ts`. */
export default defineContentScript({
  registration: 'runtime',
  main(context) {
    if (handoff.crosstrackPage) return;
    provideMessages((key, values) => pageBrowser.i18n.getMessage(key as never, values), '');
    void start(context.signal);
  },
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
      const host = document.createElement('crosstrack-launcher');
      const root = host.attachShadow({ mode: 'closed' });
      document.documentElement.append(host);
      const shown = showLauncher(root, {
        label: t('launcherLabel'),
        hint: hello.shortcut,
        onOpen: () => void client.call('panel.open', {}).catch(() => {}),
      });
      launcher = {
        remove() {
          shown.remove();
          host.remove();
        },
      };
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
