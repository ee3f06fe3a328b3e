import type { OpenClient } from '../../lib/rpc/client.ts';
import type { Access } from '../kit/access.tsx';
import { mountSurface } from '../mount-surface.tsx';
import { Dashboard } from './dashboard.tsx';

/**
 * Mounts the dashboard. Without `requestHosts` it sends the user to the settings for access.
 *
 * @param now epoch ms
 */
export const mountDashboard = (
  root: HTMLElement,
  { client, now, requestHosts }: { client: OpenClient; now: () => number } & Partial<Access>,
): (() => void) =>
  mountSurface(root, client, <Dashboard now={now} />, requestHosts ? { requestHosts } : null);
