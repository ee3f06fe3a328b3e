import { hostPattern } from '../connections/hosts.ts';
import { CrosstrackError } from '../errors.ts';
import type { Feature } from '../managed/feature.ts';
import { requireAccess } from './connections/access.ts';
import { sealedFor } from './connections/sealed-for.ts';
import type { Managed } from './policy/managed.ts';
import type { Services } from './services.ts';

/**
 * Asks once more, right before a write leaves, whether it may: its confirmation may be long ago.
 * @throws CrosstrackError with the reason why it may not
 */
export type MaySend = (feature: Feature, connectionId: string) => Promise<void>;

export const createMaySend =
  (
    { connections, permissions, keys }: Pick<Services, 'connections' | 'permissions' | 'keys'>,
    managed: Pick<Managed, 'allow'>,
  ): MaySend =>
  async (feature, connectionId) => {
    await managed.allow(feature);
    const connection = await connections.get(connectionId);
    if (connection.off) {
      throw new CrosstrackError({ kind: 'conflict', text: 'problem_connection_off' });
    }
    if (connection.demo) return;
    await requireAccess(permissions, [hostPattern(connection.api)], connection.api);
    await keys.get(sealedFor(connection));
  };
