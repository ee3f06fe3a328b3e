import { mountSurface } from '../mount-surface.tsx';
import { Popup, type PopupDeps } from './popup.tsx';

/** Puts the popup into a root. */
export const mountPopup = (root: HTMLElement, { client, ...deps }: PopupDeps): (() => void) =>
  mountSurface(root, client, <Popup {...deps} />);
