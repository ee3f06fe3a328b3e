import { render } from 'preact';
import type { PageWatch, PanelTask } from '../../lib/page/handoff.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { ClientContext } from '../kit/client.ts';
import { Panel } from './panel.tsx';

export interface PanelDeps {
  readonly root: ShadowRoot | HTMLElement;
  readonly client: OpenClient;
  readonly page: PageWatch;
  readonly task: PanelTask;
  /** Epoch ms. */
  readonly now: () => number;
  onClose(): void;
}

/** Puts the panel into a root; the same in the extension and in tests. */
export function mountPanel(deps: PanelDeps): { unmount(): void; run(task: PanelTask): void } {
  const { root, client, ...rest } = deps;
  const container = document.createElement('div');
  root.append(container);
  let runs = 0;
  const draw = (task: PanelTask) =>
    render(
      <ClientContext value={client}>
        <Panel {...rest} task={task} runs={runs} />
      </ClientContext>,
      container,
    );
  draw(deps.task);
  return {
    run(task) {
      runs += 1;
      draw(task);
    },
    unmount() {
      render(null, container);
      container.remove();
    },
  };
}
