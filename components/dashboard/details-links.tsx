import { linkOf, type Member } from '../../lib/compare/links.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { blocksQueries } from '../kit/connections.ts';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import type { DetailsProps } from './details-props.ts';
import { SideHead } from './side-head.tsx';
import { SplitSwitch } from './split-switch.tsx';
import { TellApart } from './tell-apart.tsx';

/** Which campaign of each side the row holds; links are set and removed here. */
export function LinksTab({ row, connections, trackers, colourOf }: DetailsProps) {
  const client = useClient();
  const { problem, run } = useAction();
  const anchor = row.cells.findIndex((cell) => cell !== null);
  const from = row.cells[anchor];
  const { value: links } = useQuery('links.list', { kind: 'campaign' });
  const members = row.cells.flatMap((cell, index): Member[] =>
    cell
      ? [{ connection: connections[index]?.id ?? '', campaignId: cell.id, name: cell.name }]
      : [],
  );
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <SplitSwitch
        explained
        members={members}
        split={row.split === true}
        sides={{ connections, trackers }}
      />
      {connections.map((connection, index) => {
        const cell = row.cells[index];
        const tracker = trackers.find(({ id }) => id === connection.tracker);
        return (
          <section key={connection.id} class="stack tight">
            <SideHead connection={connection} tracker={tracker} colour={colourOf(connection)} />
            {cell ? (
              <div class="row small wrap">
                {[cell, ...(cell.also ?? [])].map(({ id, name }) => (
                  <Name key={id} text={name || id} maxLength={40} />
                ))}
                {linkOf(links ?? [], connection.id, cell.id) ? (
                  <button
                    type="button"
                    class="link"
                    name="unlink"
                    onClick={() =>
                      void run(() =>
                        client.call('links.part', {
                          connection: connection.id,
                          campaignId: cell.id,
                        }),
                      )
                    }
                  >
                    {t('linkPart')}
                  </button>
                ) : (
                  <TellApart
                    one={{ connection: connection.id, campaignId: cell.id, name: cell.name }}
                    others={members.filter((one) => one.connection !== connection.id)}
                  />
                )}
              </div>
            ) : connection.problem && blocksQueries(connection.problem) ? (
              <ConnectionProblem connection={connection} problem={connection.problem} />
            ) : (
              from && (
                <LinkSelect
                  connection={connection}
                  onPick={(campaignId, name) =>
                    void run(() =>
                      client.call('links.join', {
                        a: {
                          connection: connections[anchor]?.id ?? '',
                          campaignId: from.id,
                          name: from.name,
                        },
                        b: { connection: connection.id, campaignId, name },
                      }),
                    )
                  }
                />
              )
            )}
          </section>
        );
      })}
    </>
  );
}

function LinkSelect({
  connection,
  onPick,
}: {
  connection: ConnectionView;
  onPick(campaignId: string, name: string): void;
}) {
  const { value } = useQuery('campaigns.list', { connection: connection.id, fresh: false });
  return (
    <select
      class="input"
      name="link"
      aria-label={t('linkOn', connection.name)}
      value=""
      onChange={({ currentTarget }) => {
        const found = value?.campaigns.find(({ id }) => id === currentTarget.value);
        if (found) onPick(found.id, found.name);
      }}
    >
      <option value="">{t('linkTo')}</option>
      {value?.campaigns.map(({ id, name }) => (
        <option key={id} value={id}>
          {name || `#${id}`}
        </option>
      ))}
    </select>
  );
}
