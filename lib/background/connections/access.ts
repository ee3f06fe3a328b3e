import { CrosstrackError, NO_ACCESS } from '../../errors.ts';
import type { Permissions } from '../services.ts';

/** @throws CrosstrackError `permission` when the browser does not let us reach these hosts */
export async function requireAccess(
  permissions: Permissions,
  origins: string[],
  api: string,
): Promise<void> {
  if (await permissions.contains({ origins })) return;
  throw new CrosstrackError({ ...NO_ACCESS, values: [new URL(api).host] });
}
