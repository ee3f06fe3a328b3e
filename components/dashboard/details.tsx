import { useState } from 'preact/hooks';
import type { Comparison } from '../../lib/compare/comparison.ts';
import type { JoinedRow } from '../../lib/compare/join.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import { t } from '../../lib/i18n.ts';
import type { Range } from '../../lib/report/range.ts';
import { ConnectionProblem } from '../kit/access.tsx';
import { useAction } from '../kit/action.ts';
import { Causes } from '../kit/causes.tsx';
import { useClient, useQuery } from '../kit/client.ts';
import { blocksQueries } from '../kit/connections.ts';
import { GapMark } from '../kit/gap-mark.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { TrackerBadge } from '../kit/tracker-badge.tsx';
import { CampaignLinks } from './campaign-links.tsx';
import { CampaignTools } from './campaign-tools.tsx';
import { JUDGED } from './compare-specs.ts';

/** One row in detail: the campaign on each side, its links, and likely causes of gaps. */
export function Details({
  row,
  connections,
  trackers,
  colourOf,
  comparison,
  range,
  now,
  onClose,
}: {
  row: JoinedRow;
  connections: readonly ConnectionView[];
  trackers: readonly TrackerView[];
  colourOf(connection: ConnectionView): number;
  comparison: Comparison;
  range: Range;
  now: () => number;
  onClose(): void;
}) {
  const client = useClient();
  const { problem, run } = useAction();
  /** Id of the connection whose campaign tools are open. */
  const [toolsFor, setToolsFor] = useState<string | null>(null);
  const anchor = row.cells.findIndex((cell) => cell !== null);
  const from = row.cells[anchor];
  const at = connections.findIndex(({ id }) => id === toolsFor);
  const [opened, openedCell] = [connections[at], row.cells[at]];
  if (opened && openedCell) {
    return (
      <aside class="card details stack" aria-label={t('details')}>
        <div class="row">
          <h2 class="grow">
            <Name
              text={t('workOn', opened.name, openedCell.name || openedCell.id)}
              maxLength={48}
            />
          </h2>
          <button type="button" class="button" name="back" onClick={() => setToolsFor(null)}>
            {t('back')}
          </button>
        </div>
        <CampaignTools
          connection={opened}
          campaign={openedCell}
          connections={connections}
          trackers={trackers}
          range={range}
          now={now}
        />
      </aside>
    );
  }
  return (
    <aside class="card details stack" aria-label={t('details')}>
      <div class="row">
        <h2 class="grow">
          <Name text={row.name} maxLength={40} />
        </h2>
        <IconButton name="close" label={t('close')} sign="×" onClick={onClose} />
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {connections.map((connection, index) => {
        const cell = row.cells[index];
        const tracker = trackers.find(({ id }) => id === connection.tracker);
        return (
          <section key={connection.id} class="stack tight">
            <h3 class="row">
              <TrackerBadge
                tracker={tracker}
                label={tracker?.name ?? connection.tracker}
                index={colourOf(connection)}
              />
              <bdi>{connection.name}</bdi>
            </h3>
            {cell ? (
              <div class="row small wrap">
                <Name text={cell.name || cell.id} maxLength={40} />
                {tracker?.side === 'tracker' && (
                  <button
                    type="button"
                    class="link"
                    name="work"
                    onClick={() => setToolsFor(connection.id)}
                  >
                    {t('costAndBlacklist')}
                  </button>
                )}
                <CampaignLinks connection={connection} tracker={tracker} campaignId={cell.id} />
                {row.key.startsWith('link:') && (
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
            {index > 0 && <GapList comparison={comparison} row={row} other={index} />}
          </section>
        );
      })}
    </aside>
  );
}

/** The gaps to the base that need a look, each with what may explain it. */
function GapList({
  comparison,
  row,
  other,
}: {
  comparison: Comparison;
  row: JoinedRow;
  other: number;
}) {
  const gaps = JUDGED.map((metric) => ({
    metric,
    gap: comparison.gap(row, other, metric),
  })).filter(({ gap }) => gap.state === 'amber' || gap.state === 'red');
  return (
    <>
      {gaps.map(({ metric, gap }) => {
        const causes = comparison.causes(row, other, metric);
        return (
          <div key={metric} class="stack tight" data-gap={metric}>
            <p class="row small">
              {t(`metric_${metric}`)} <GapMark metric={metric} gap={gap} />
            </p>
            {causes.length === 0 ? (
              <p class="small soft">{t('whyUnknown')}</p>
            ) : (
              <Causes causes={causes} />
            )}
          </div>
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
