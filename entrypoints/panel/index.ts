import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { kitStyle } from '../../components/kit/styles.ts';
import { pageBrowser } from '../../components/page-browser.ts';
import { mountPanel } from '../../components/panel/mount.tsx';
import panelStyle from '../../components/panel/panel.css?inline';
import { provideTexts } from '../../components/texts.ts';
import { handoff, type PanelTask } from '../../lib/page/handoff.ts';
import { createClient } from '../../lib/rpc/client.ts';

/** Put into the page by the background when the panel is wanted; run again, it passes the task on. */
export default defineUnlistedScript(() => {
  const task: PanelTask = handoff.crosstrackTask ?? 'toggle';
  delete handoff.crosstrackTask;
  if (handoff.crosstrackPanel) return handoff.crosstrackPanel(task);
  if (handoff.crosstrackPage) open(handoff.crosstrackPage, task);
});

function open(page: NonNullable<typeof handoff.crosstrackPage>, task: PanelTask): void {
  provideTexts(pageBrowser.i18n.getUILanguage());
  const host = document.createElement('crosstrack-panel');
  // Closed: the page cannot read the panel. `all: initial` keeps the page's style out; inline, because
  // the page's rules would win over those of the root for its host.
  const root = host.attachShadow({ mode: 'closed' });
  host.style.cssText =
    'all: initial; color-scheme: light dark; position: fixed; z-index: 2147483647;';
  const style = document.createElement('style');
  style.textContent = kitStyle + panelStyle;
  root.append(style);
  document.documentElement.append(host);

  const panel = mountPanel({
    root,
    client: createClient('panel', (request) => pageBrowser.runtime.sendMessage(request)),
    page,
    task,
    now: () => Date.now(),
    onClose: close,
  });
  handoff.crosstrackPanel = (next) => (next === 'toggle' ? close() : panel.run(next));

  function close(): void {
    panel.unmount();
    host.remove();
    delete handoff.crosstrackPanel;
  }
}
