import { render } from 'preact';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { SightContext } from '../kit/confirm-button.tsx';
import { DraftsContext } from '../kit/drafts.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { mountSurface } from '../mount-surface.tsx';
import { deferUntilShown } from './defer-until-shown.ts';
import { Panel } from './panel.tsx';
import type { PanelLink } from './panel-link.ts';
import { createPanelMemory } from './panel-memory.ts';
import { panelSight } from './panel-sight.ts';

export interface PanelDeps {
  readonly client: OpenClient;
  readonly link: PanelLink;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Mounts the panel, in its frame or in a test. Returns how to unmount it. */
export function mountPanel(root: HTMLElement, { client, link, now }: PanelDeps): () => void {
  const memory = createPanelMemory(
    link.before,
    (state) => void client.call('panel.keep', { state }).catch(() => {}),
  );
  const watchSight = panelSight(link);
  const openSettings = (access: string) =>
    void client.call('options.open', { access }).catch(() => {});
  const unmount = mountSurface(
    root,
    deferUntilShown(client, link.shown),
    <SightContext value={watchSight}>
      <DraftsContext value={memory.drafts}>
        <Panel link={link} memory={memory} now={now} />
      </DraftsContext>
    </SightContext>,
    { openSettings },
    link.figures ? [{ name: 'side.figures', ...link.figures }] : [],
  );
  addEventListener('pagehide', memory.flush);
  return () => {
    removeEventListener('pagehide', memory.flush);
    unmount();
    memory.flush();
  };
}

/** Replaces a panel whose extension was updated or removed: nothing else works in it any more. */
export function mountOrphan(
  root: HTMLElement,
  { text, close, onClose }: { text: string; close: string; onClose(): void },
): void {
  render(
    <main class="ct panel" aria-label="Crosstrack">
      <header>
        <b class="brand">Crosstrack</b>
        <span class="grow" />
        <IconButton name="close" label={close} sign="×" onClick={onClose} />
      </header>
      <p class="notice warn" role="alert">
        {text}
      </p>
    </main>,
    root,
  );
}
