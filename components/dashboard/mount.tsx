import { render } from 'preact';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { ClientContext } from '../kit/client.ts';
import { Dashboard } from './dashboard.tsx';

/** Puts the dashboard into a root. `now` in epoch ms. */
export function mountDashboard(
  root: HTMLElement,
  deps: { client: OpenClient; now: () => number },
): () => void {
  render(
    <ClientContext value={deps.client}>
      <Dashboard now={deps.now} />
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
