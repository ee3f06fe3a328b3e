import type { OpenClient } from '../../lib/rpc/client.ts';
import { type Access, AccessContext } from '../kit/access.tsx';
import { mountSurface } from '../mount-surface.tsx';
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

export const mountOptions = (root: HTMLElement, { client, ...deps }: OptionsDeps): (() => void) =>
  mountSurface(
    root,
    client,
    <AccessContext value={{ requestHosts: deps.requestHosts }}>
      <Options {...deps} />
    </AccessContext>,
  );
