import type { OpenClient } from '../../lib/rpc/client.ts';
import { type Access, AccessContext } from '../kit/access.tsx';
import { mountSurface } from '../mount-surface.tsx';
import { Dashboard } from './dashboard.tsx';

/** Puts the dashboard into a root. `now` in epoch ms; without `requestHosts` it leads to the settings for access. */
export const mountDashboard = (
  root: HTMLElement,
  { client, now, requestHosts }: { client: OpenClient; now: () => number } & Partial<Access>,
): (() => void) =>
  mountSurface(
    root,
    client,
    <AccessContext value={requestHosts ? { requestHosts } : null}>
      <Dashboard now={now} />
    </AccessContext>,
  );
