import { render } from 'preact';
import type { Client } from '../../lib/rpc/client.ts';
import type { Access } from '../kit/access.tsx';
import { ClientContext } from '../kit/client.ts';
import { Popup } from './popup.tsx';

/** Puts the popup into a root. `now` in epoch ms. */
export function mountPopup(
  root: HTMLElement,
  { client, ...deps }: { client: Client; now: () => number } & Access,
): () => void {
  render(
    <ClientContext value={client}>
      <Popup {...deps} />
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
