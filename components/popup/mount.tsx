import { render } from 'preact';
import { ClientContext } from '../kit/client.ts';
import { Popup, type PopupDeps } from './popup.tsx';

/** Puts the popup into a root. */
export function mountPopup(root: HTMLElement, { client, ...deps }: PopupDeps): () => void {
  render(
    <ClientContext value={client}>
      <Popup {...deps} />
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
