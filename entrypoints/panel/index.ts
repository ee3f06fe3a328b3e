import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import kitStyle from '../../components/kit/kit.css?inline';
import tokenStyle from '../../components/kit/tokens.css?inline';
import { mountPanel } from '../../components/panel/mount.tsx';
import panelStyle from '../../components/panel/panel.css?inline';
import { browser } from '../../lib/browser.ts';
import { provideMessages } from '../../lib/i18n.ts';
import { handoff, type PanelTask } from '../../lib/page/handoff.ts';
import { firm, openHost } from '../../lib/page/host.ts';
import { createOpenClient } from '../../lib/rpc/client.ts';

/** Put into the page by the background when the panel is wanted; run again, it passes the task on. */
export default defineUnlistedScript(() => {
  const task: PanelTask = handoff.crosstrackTask ?? 'toggle';
  delete handoff.crosstrackTask;
  if (handoff.crosstrackPanel?.(task)) return;
  const page = handoff.crosstrackPage;
  if (!page) return;
  provideMessages(
    (key, values) => browser.i18n.getMessage(key, values),
    browser.i18n.getMessage('language'),
  );
  open(page, task);
});

function open(page: NonNullable<typeof handoff.crosstrackPage>, task: PanelTask): void {
  // Firm tokens: the page cannot paint the panel in colours of its own.
  const { host, root } = openHost('crosstrack-panel', firm(tokenStyle) + kitStyle + panelStyle);
  // The top layer: whatever the page draws lies below, unless it enters that layer later.
  host.popover = 'manual';
  host.showPopover();

  // Chromium's `window.find` looks into closed roots, but not into what stands in for an object;
  // Firefox's looks everywhere.
  const unsearched = document.createElement('object');
  root.append(unsearched);

  const panel = mountPanel({
    root: unsearched,
    client: createOpenClient('panel', browser.runtime),
    page,
    task,
    now: () => Date.now(),
    onClose: close,
  });
  handoff.crosstrackPanel = (next) => {
    const there = host.isConnected;
    if (!there || next === 'toggle') close();
    else panel.run(next);
    return there;
  };

  function close(): void {
    panel.unmount();
    host.remove();
    delete handoff.crosstrackPanel;
  }
}
