import { render } from 'preact';
import type { Client } from '../../lib/rpc/client.ts';
import { ClientContext } from '../kit/client.ts';
import { Popup } from './popup.tsx';

/** Puts the popup into a root. `now` in epoch ms. */
export function mountPopup(
  root: HTMLElement,
  deps: { client: Client; now: () => number },
): () => void {
  render(
    <ClientContext value={deps.client}>
      <Popup now={deps.now} />
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
