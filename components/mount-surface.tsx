import { type ComponentChildren, render } from 'preact';
import type { OpenClient } from '../lib/rpc/client.ts';
import { type Access, AccessContext, type AccessFromSettings } from './kit/access.tsx';
import { ClientContext } from './kit/client.ts';
import { ErrorBoundary } from './kit/error-boundary.tsx';
import { painted } from './kit/paint.ts';
import { createQueryClient, type KnownAnswer } from './kit/query.ts';

/**
 * Mounts a surface, in the extension or in a test. What it knows already is drawn before it asks for more.
 *
 * @returns unmounts it
 */
export function mountSurface(
  root: HTMLElement,
  client: OpenClient,
  children: ComponentChildren,
  access: Access | AccessFromSettings | null = null,
  known: readonly KnownAnswer[] = [],
): () => void {
  const queries = createQueryClient(client, known, known.length > 0 ? painted() : null);
  render(
    <ClientContext value={queries}>
      <AccessContext value={access}>
        <ErrorBoundary>{children}</ErrorBoundary>
      </AccessContext>
    </ClientContext>,
    root,
  );
  return () => render(null, root);
}
