import { render } from 'preact';
import { AccessContext } from '../kit/access.tsx';
import { ClientContext } from '../kit/client.ts';
import { Popup, type PopupDeps } from './popup.tsx';

/** Puts the popup into a root. */
export function mountPopup(
  root: HTMLElement,
  { client, requestHosts, ...deps }: PopupDeps,
): () => void {
  render(
    <ClientContext value={client}>
      <AccessContext value={{ requestHosts }}>
        <Popup {...deps} />
      </AccessContext>
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
