import { type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { ConnectionView } from '../../lib/rpc/results.ts';

/** What the browser lets the extension reach, as its own pages may ask for it. */
export interface Access {
  /** Asks the browser for hosts; has to be called in the click itself, before any wait. */
  requestHosts(hosts: readonly string[]): Promise<boolean>;
}

/** Match patterns of the hosts that a connection needs. */
export const hostsOf = (connection: ConnectionView): string[] => [
  ...new Set(
    [connection.api, ...connection.pages].map((address) => {
      const { protocol, hostname } = new URL(address);
      return `${protocol}//${hostname}/*`;
    }),
  ),
];

/** For a connection whose access was revoked: one click, in which the browser is asked. */
export function GrantAccess({
  connection,
  requestHosts,
  onProblem,
}: {
  connection: ConnectionView;
  requestHosts: Access['requestHosts'];
  onProblem(problem: Problem | null): void;
}) {
  if (connection.problem?.kind !== 'permission') return null;
  const declined: Problem = {
    kind: 'permission',
    text: 'problem_host_declined',
    values: [new URL(connection.api).host],
  };
  return (
    <button
      type="button"
      class="button"
      name="grant"
      onClick={() =>
        requestHosts(hostsOf(connection)).then(
          (granted) => onProblem(granted ? null : declined),
          (error: unknown) => onProblem(problemOf(error)),
        )
      }
    >
      {t('grantAccess')}
    </button>
  );
}
