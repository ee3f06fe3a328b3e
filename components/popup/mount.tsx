import { mountSurface } from '../mount-surface.tsx';
import { Popup, type PopupDeps } from './popup.tsx';

/** Mounts the popup. */
export const mountPopup = (
  root: HTMLElement,
  { client, requestHosts, ...deps }: PopupDeps,
): (() => void) => mountSurface(root, client, <Popup {...deps} />, { requestHosts });
