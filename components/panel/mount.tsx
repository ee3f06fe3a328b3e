import { render } from 'preact';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { AccessContext } from '../kit/access.tsx';
import { SightContext } from '../kit/confirm-button.tsx';
import { DraftsContext } from '../kit/drafts.ts';
import { mountSurface } from '../mount-surface.tsx';
import { Panel } from './panel.tsx';
import type { PanelLink } from './panel-link.ts';
import { createPanelMemory } from './panel-memory.ts';
import { watchBoth } from './watch-both.ts';
import { whenShown } from './when-shown.ts';

export interface PanelDeps {
  readonly client: OpenClient;
  readonly link: PanelLink;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Puts the panel into a root; the same in its frame and in tests. */
export function mountPanel(root: HTMLElement, { client, link, now }: PanelDeps): () => void {
  const memory = createPanelMemory(
    link.before,
    (state) => void client.call('panel.keep', { state }).catch(() => {}),
  );
  const watchSight = watchBoth(link);
  const openSettings = (access: string) =>
    void client.call('options.open', { access }).catch(() => {});
  const unmount = mountSurface(
    root,
    whenShown(client, link.shown),
    <AccessContext value={{ openSettings }}>
      <SightContext value={watchSight}>
        <DraftsContext value={memory.drafts}>
          <Panel link={link} memory={memory} now={now} />
        </DraftsContext>
      </SightContext>
    </AccessContext>,
  );
  addEventListener('pagehide', memory.flush);
  return () => {
    removeEventListener('pagehide', memory.flush);
    unmount();
    memory.flush();
  };
}

/** After an update or the removal of the extension nothing in the frame works but this. */
export function mountOrphan(
  root: HTMLElement,
  { text, close, onClose }: { text: string; close: string; onClose(): void },
): void {
  render(
    <main class="ct panel" aria-label="Crosstrack">
      <header>
        <b class="brand">Crosstrack</b>
        <span class="grow" />
        <button
          type="button"
          class="button quiet"
          name="close"
          title={close}
          aria-label={close}
          onClick={onClose}
        >
          ×
        </button>
      </header>
      <p class="notice warn" role="alert">
        {text}
      </p>
    </main>,
    root,
  );
}
