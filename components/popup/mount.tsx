import type { KnownAnswer } from '../kit/query.ts';
import { mountSurface } from '../mount-surface.tsx';
import { Popup, type PopupDeps } from './popup.tsx';

/** Mounts the popup, with what is known of its answers. */
export const mountPopup = (
  root: HTMLElement,
  { client, requestHosts, ...deps }: PopupDeps,
  known: readonly KnownAnswer[] = [],
): (() => void) => mountSurface(root, client, <Popup {...deps} />, { requestHosts }, known);
