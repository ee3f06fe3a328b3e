import { render } from 'preact';
import type { Client } from '../../lib/rpc/client.ts';
import { ClientContext } from '../kit/client.ts';
import { Options } from './options.tsx';

export interface Shortcut {
  readonly name: string;
  readonly description: string;
  /** '' = not assigned. */
  readonly keys: string;
}

export interface OptionsDeps {
  readonly client: Client;
  /** Asks the browser for hosts; has to be called in the click itself, before any wait. */
  requestHosts(hosts: readonly string[]): Promise<boolean>;
  shortcuts(): Promise<readonly Shortcut[]>;
}

export function mountOptions(root: HTMLElement, { client, ...deps }: OptionsDeps): () => void {
  render(
    <ClientContext value={client}>
      <Options {...deps} />
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
