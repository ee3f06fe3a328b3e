import type { OpenClient } from '../../lib/rpc/client.ts';
import { mountSurface } from '../mount-surface.tsx';
import { Options, type OptionsProps } from './options.tsx';

/** Mounts the options page. */
export const mountOptions = (
  root: HTMLElement,
  { client, ...props }: OptionsProps & { readonly client: OpenClient },
): (() => void) => mountSurface(root, client, <Options {...props} />, props);
