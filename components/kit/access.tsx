import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { hostPatterns } from '../../lib/connections/hosts.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { lacksAccess, type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { useClient } from './client.ts';
import { Notice, RowProblem } from './notice.tsx';

/** What the browser lets the extension reach, as its own pages may ask for it. */
export interface Access {
  /** Asks the browser for hosts; has to be called in the click itself, before any wait. */
  requestHosts(hosts: readonly string[]): Promise<boolean>;
}

/** Where the browser cannot be asked, as on a tracker's page: the way to where it can. */
export interface AccessFromSettings {
  /** Opens the settings at a connection: `options.html#access/<id>`. */
  openSettings(connection: string): void;
}

/** How a surface comes to access that is missing; null = it only knows that there are settings. */
export const AccessContext = createContext<Access | AccessFromSettings | null>(null);

/**
 * For a connection whose access is missing: one click, in which the browser is
 * asked, or which leads to where it can be.
 */
export function GrantAccess({
  connection,
  problem = connection.problem,
  onProblem,
}: {
  connection: ConnectionView;
  /** What keeps the connection from working, where an answer knows more than its entry. */
  problem?: Problem | null;
  onProblem(problem: Problem | null): void;
}) {
  const client = useClient();
  const way = useContext(AccessContext);
  if (!lacksAccess(problem)) return null;
  if (way === null || 'openSettings' in way) {
    const open = () =>
      way ? way.openSettings(connection.id) : void client.call('options.open', {});
    return (
      <button type="button" class="button" name="to-grant" onClick={open}>
        {t('grantAccess')}
      </button>
    );
  }
  const ask = () =>
    way.requestHosts(hostPatterns(connection)).then(
      (granted) => onProblem(granted ? null : declined(connection)),
      (error: unknown) => onProblem(problemOf(error)),
    );
  return (
    <button type="button" class="button" name="grant" onClick={ask}>
      {t('grantAccess')}
    </button>
  );
}

const declined = ({ api }: ConnectionView): Problem => ({
  kind: 'permission',
  text: 'problem_host_declined',
  values: [new URL(api).host],
});

/** What is wrong with one of many connections; where access is missing, with the button for it. */
export function ConnectionProblem({
  connection,
  problem,
}: {
  connection: ConnectionView;
  problem: Problem;
}) {
  const [answer, setAnswer] = useState<Problem | null>(null);
  return (
    <div class="row side-problem">
      <RowProblem problem={lacksAccess(problem) ? (answer ?? problem) : problem} />
      <GrantAccess connection={connection} problem={problem} onProblem={setAnswer} />
    </div>
  );
}

/** For several connections without access: all their hosts in one question of the browser's. */
export function GrantAll({ connections }: { connections: readonly ConnectionView[] }) {
  const way = useContext(AccessContext);
  const [problem, setProblem] = useState<Problem | null>(null);
  const without = connections.filter((one) => !one.off && lacksAccess(one.problem));
  if (without.length < 2 || way === null || 'openSettings' in way) return null;
  const ask = () =>
    way.requestHosts([...new Set(without.flatMap(hostPatterns))]).then(
      () => setProblem(null),
      (error: unknown) => setProblem(problemOf(error)),
    );
  return (
    <Notice
      kind="warn"
      action={
        <button type="button" class="button" name="grant-all" onClick={ask}>
          {t('grantAll')}
        </button>
      }
    >
      {t('accessMissing', without.length)}
      {problem && <RowProblem problem={problem} />}
    </Notice>
  );
}
