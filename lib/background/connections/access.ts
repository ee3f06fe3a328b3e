import { CrosstrackError } from '../../errors.ts';
import type { Permissions } from '../services.ts';

/** @throws CrosstrackError `permission` when the browser does not let us reach these hosts */
export async function requireAccess(
  permissions: Permissions,
  origins: string[],
  api: string,
): Promise<void> {
  if (await permissions.contains({ origins })) return;
  const values = [new URL(api).host];
  throw new CrosstrackError({ kind: 'permission', text: 'problem_no_host_permission', values });
}
