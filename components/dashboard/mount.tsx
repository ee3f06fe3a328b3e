import { render } from 'preact';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { type Access, AccessContext } from '../kit/access.tsx';
import { ClientContext } from '../kit/client.ts';
import { Dashboard } from './dashboard.tsx';

/** Puts the dashboard into a root. `now` in epoch ms; without `requestHosts` it leads to the settings for access. */
export function mountDashboard(
  root: HTMLElement,
  { client, now, requestHosts }: { client: OpenClient; now: () => number } & Partial<Access>,
): () => void {
  render(
    <ClientContext value={client}>
      <AccessContext value={requestHosts ? { requestHosts } : null}>
        <Dashboard now={now} />
      </AccessContext>
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
