import { useEffect, useRef, useState } from 'preact/hooks';
import { hostPatterns } from '../../lib/connections/hosts.ts';
import type { CallName, Input } from '../../lib/contract/calls.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { lacksKey } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { middleEllipsis } from '../../lib/report/format.ts';
import { GrantAccess, GrantAll } from '../kit/access.tsx';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { Notice, ProblemNotice, RowProblem } from '../kit/notice.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';

const MAX_NAMES = 3;
const MAX_LETTERS = 42;
/** Names for a sentence: at most three, and each truncated, as are both halves of a ↔ pair. */
const namesOf = (names: readonly string[]): string =>
  [
    names
      .slice(0, MAX_NAMES)
      .map((name) => name.replace(/[^↔]+/g, (one) => middleEllipsis(one, MAX_LETTERS)))
      .join(', '),
    ...(names.length > MAX_NAMES ? [t('andMore', names.length - MAX_NAMES)] : []),
  ].join(' ');

export function ConnectionList({
  connections,
  trackers,
  shown,
}: {
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  /** Id of the connection to scroll to; '' = none. */
  shown: string;
}) {
  const client = useClient();
  const overlaps = useQuery('connections.overlaps', { fresh: 'soon' }).value;
  const [removing, setRemoving] = useState<string | null>(null);
  const { problem, setProblem, run } = useAction();
  const list = useRef<HTMLUListElement>(null);
  const shownIndex = connections.findIndex(({ id }) => id === shown);
  useEffect(() => {
    const row = list.current?.children[shownIndex];
    row?.scrollIntoView({ block: 'center' });
    // Focus its main action: granting access if that is missing.
    row?.querySelector<HTMLElement>('[name=grant], a')?.focus({ preventScroll: true });
  }, [shownIndex]);
  if (connections.length === 0) return <p class="soft">{t('noConnections')}</p>;
  const call = <N extends CallName>(name: N, input: Input<N>) =>
    run(async () => {
      await client.call(name, input);
      setRemoving(null);
    });
  /** The ids in order, with one of them moved up. */
  const movedUp = (index: number): string[] => {
    const ids = connections.map(({ id }) => id);
    return ids.toSpliced(index - 1, 2, ids[index] ?? '', ids[index - 1] ?? '');
  };
  return (
    <div class="stack tight">
      {problem && <ProblemNotice problem={problem} />}
      <GrantAll connections={connections} />
      <ul class="card connections" ref={list}>
        {connections.map((connection, index) => {
          const others = (overlaps ?? []).flatMap(({ connections: pair, campaigns }) => {
            const other = pair.includes(connection.id)
              ? connections.find(({ id }) => id !== connection.id && pair.includes(id))
              : undefined;
            return other ? [{ other, campaigns }] : [];
          });
          const tracker = trackers.find(({ id }) => id === connection.tracker);
          return (
            <li key={connection.id} class={connection.off ? 'off' : ''}>
              <TrackerBadge
                tracker={tracker}
                label={tracker?.name ?? connection.tracker}
                index={index}
              />
              <div class="grow">
                <b>
                  <Name text={connection.name} maxLength={64} />
                </b>
                <p class="small soft">
                  {[
                    tracker?.name,
                    connection.demo ? t('demoRow') : new URL(connection.api).host,
                    connection.currency,
                    connection.zone,
                    connection.keyEnd ? t('keyEnding', connection.keyEnd) : '',
                    connection.managed ? t('managedConnection') : '',
                    connection.off ? t('turnedOff') : '',
                  ]
                    .filter((part) => part)
                    .join(' · ')}
                </p>
                {lacksKey(connection.problem) ? (
                  <p class="small loss">{t('keyMissing')}</p>
                ) : (
                  connection.problem && <RowProblem problem={connection.problem} />
                )}
              </div>
              <GrantAccess connection={connection} onProblem={setProblem} />
              <a class="button" href={`#edit/${encodeURIComponent(connection.id)}`}>
                {t('edit')}
              </a>
              <button
                type="button"
                class="button quiet"
                name="up"
                disabled={index === 0}
                title={t('moveUp')}
                aria-label={`${t('moveUp')}: ${connection.name}`}
                onClick={() => void call('connections.order', { ids: movedUp(index) })}
              >
                ↑
              </button>
              {!connection.demo && !connection.managed && (
                <button
                  type="button"
                  class="button"
                  name="turn"
                  onClick={() =>
                    void call('connections.turn', { id: connection.id, off: !connection.off })
                  }
                >
                  {t(connection.off ? 'turnOn' : 'turnOff')}
                </button>
              )}
              {!connection.demo && (
                <button
                  type="button"
                  class="button"
                  name="remove"
                  disabled={connection.managed}
                  aria-expanded={removing === connection.id}
                  onClick={() => setRemoving(removing === connection.id ? null : connection.id)}
                >
                  {t('remove')}
                </button>
              )}
              {others.map(({ other, campaigns }) => (
                <div key={other.id} class="overlap" data-overlap={other.name}>
                  <Notice kind="warn">
                    <span title={campaigns.slice(0, MAX_NAMES).join('\n')}>
                      {t('connectionsOverlap', namesOf([other.name]), namesOf(campaigns))}
                    </span>
                  </Notice>
                </div>
              ))}
              {removing === connection.id && (
                <div class="row confirm">
                  <span class="small">{removalText(connection, connections)}</span>
                  <button
                    type="button"
                    class="button danger"
                    name="remove-confirmed"
                    onClick={() => void call('connections.remove', { id: connection.id })}
                  >
                    {t('removeNow')}
                  </button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Asks for confirmation, and says if another connection keeps the host permission. */
function removalText(connection: ConnectionView, all: readonly ConnectionView[]): string {
  const hosts = hostPatterns(connection);
  const other = all.find(
    (one) => one.id !== connection.id && hostPatterns(one).some((host) => hosts.includes(host)),
  );
  const { host } = new URL(connection.api);
  return other
    ? t('removeConfirmShared', connection.name, host, other.name)
    : t('removeConfirm', connection.name, host);
}
