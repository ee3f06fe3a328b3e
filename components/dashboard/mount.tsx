import type { OpenClient } from '../../lib/rpc/client.ts';
import { mountSurface } from '../mount-surface.tsx';
import { Dashboard } from './dashboard.tsx';

/** Puts the dashboard into a root. `now` in epoch ms. */
export const mountDashboard = (
  root: HTMLElement,
  { client, now }: { client: OpenClient; now: () => number },
): (() => void) => mountSurface(root, client, <Dashboard now={now} />);
