import { render } from 'preact';
import type { OpenClient } from '../../lib/rpc/client.ts';
import { type Access, AccessContext } from '../kit/access.tsx';
import { ClientContext } from '../kit/client.ts';
import { Options } from './options.tsx';

export interface Shortcut {
  readonly name: string;
  readonly description: string;
  /** '' = not assigned. */
  readonly keys: string;
}

export interface OptionsDeps extends Access {
  readonly client: OpenClient;
  shortcuts(): Promise<readonly Shortcut[]>;
}

export function mountOptions(root: HTMLElement, { client, ...deps }: OptionsDeps): () => void {
  render(
    <ClientContext value={client}>
      <AccessContext value={{ requestHosts: deps.requestHosts }}>
        <Options {...deps} />
      </AccessContext>
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
