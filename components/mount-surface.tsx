import { type ComponentChildren, render } from 'preact';
import type { OpenClient } from '../lib/rpc/client.ts';
import { ClientContext } from './kit/client.ts';
import { ErrorBoundary } from './kit/error-boundary.tsx';
import { createQueryClient } from './kit/query.ts';

/**
 * Mounts a surface, in the extension or in a test.
 *
 * @returns unmounts it
 */
export function mountSurface(
  root: HTMLElement,
  client: OpenClient,
  children: ComponentChildren,
): () => void {
  const queries = createQueryClient(client);
  render(
    <ClientContext value={queries}>
      <ErrorBoundary>{children}</ErrorBoundary>
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
