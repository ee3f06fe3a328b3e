import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { hostPatterns } from '../../lib/connections/hosts.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { lacksAccess, type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { useClient } from './client.ts';
import { Notice, RowProblem } from './notice.tsx';

/** Host permissions, as the extension's own pages can request them. */
export interface Access {
  /** Requests host permissions. Must be called synchronously in the click handler. */
  requestHosts(hosts: readonly string[]): Promise<boolean>;
}

/** For surfaces that cannot request permissions, such as the panel. */
export interface AccessFromSettings {
  /** Opens `options.html#access/<id>`. */
  openSettings(connection: string): void;
}

/** How a surface obtains missing permissions; null = it only opens the settings. */
export const AccessContext = createContext<Access | AccessFromSettings | null>(null);

/** Requests a connection's missing host permission, or leads to where that is possible. */
export function GrantAccess({
  connection,
  problem = connection.problem,
  onProblem,
}: {
  connection: ConnectionView;
  /** Default: the problem of the connection itself. */
  problem?: Problem | null;
  onProblem(problem: Problem | null): void;
}) {
  const client = useClient();
  const access = useContext(AccessContext);
  if (!lacksAccess(problem)) return null;
  if (access === null || 'openSettings' in access) {
    const open = () =>
      access ? access.openSettings(connection.id) : void client.call('options.open', {});
    return (
      <button type="button" class="button" name="to-grant" onClick={open}>
        {t('grantAccess')}
      </button>
    );
  }
  const request = () =>
    access.requestHosts(hostPatterns(connection)).then(
      (granted) => onProblem(granted ? null : declined(connection)),
      (error: unknown) => onProblem(problemOf(error)),
    );
  return (
    <button type="button" class="button" name="grant" onClick={request}>
      {t('grantAccess')}
    </button>
  );
}

const declined = ({ api }: ConnectionView): Problem => ({
  kind: 'permission',
  text: 'problem_host_declined',
  values: [new URL(api).host],
});

/** The problem of one connection among many, with a button if a permission is missing. */
export function ConnectionProblem({
  connection,
  problem,
}: {
  connection: ConnectionView;
  problem: Problem;
}) {
  const [refusal, setRefusal] = useState<Problem | null>(null);
  return (
    <div class="row side-problem">
      <RowProblem problem={lacksAccess(problem) ? (refusal ?? problem) : problem} />
      <GrantAccess connection={connection} problem={problem} onProblem={setRefusal} />
    </div>
  );
}

/** Requests the permissions that several connections lack, in one browser prompt. */
export function GrantAll({ connections }: { connections: readonly ConnectionView[] }) {
  const access = useContext(AccessContext);
  const [problem, setProblem] = useState<Problem | null>(null);
  const blocked = connections.filter((one) => !one.off && lacksAccess(one.problem));
  if (blocked.length < 2 || access === null || 'openSettings' in access) return null;
  const request = () =>
    access.requestHosts([...new Set(blocked.flatMap(hostPatterns))]).then(
      () => setProblem(null),
      (error: unknown) => setProblem(problemOf(error)),
    );
  return (
    <Notice
      kind="warn"
      action={
        <button type="button" class="button" name="grant-all" onClick={request}>
          {t('grantAll')}
        </button>
      }
    >
      {t('accessMissing', blocked.length)}
      {problem && <RowProblem problem={problem} />}
    </Notice>
  );
}
