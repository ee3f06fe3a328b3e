import { completeRules } from '../../lib/blacklist/default-rules.ts';
import type { RuleSettings } from '../../lib/blacklist/rule-settings.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatPercent } from '../../lib/report/format.ts';
import { daysText } from '../costs/update-text.ts';
import { useQuery } from '../kit/client.ts';
import { DamagedNotice } from '../kit/damaged-notice.tsx';
import { download } from '../kit/download.ts';
import { useFirstOf } from '../kit/first-of.tsx';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { ruleWords } from '../kit/rule-words.ts';

/** The confidence that a list was made with, and the rule of thumb where that had a say. */
function madeBy(rules: RuleSettings): string {
  const { listBy, thumbRule, confidence } = completeRules(rules);
  const sure = t('confidenceOf', formatPercent(confidence, locale()));
  if (listBy === 'verdict') return sure;
  const rule = `${t(`listBy_${listBy}`)}: ${ruleWords(thumbRule)}`;
  return listBy === 'rule' ? rule : `${sure}, ${rule}`;
}

/** Every exported blacklist with its rules, dates and ids. */
export function ListsView({ connections }: { connections: readonly ConnectionView[] }) {
  const { value: lists, problem } = useQuery('exports.list', {
    connection: null,
    campaignId: null,
  });
  const { value: formats } = useQuery('formats.list', {});
  const { shown, more } = useFirstOf(lists ?? [], 'more-lists');
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <DamagedNotice list="exports" />
      {lists?.length === 0 && <p class="soft">{t('listsEmpty')}</p>}
      <ul class="stack">
        {shown.map((list) => (
          <li key={list.id} class="card row">
            <div class="grow">
              <b>
                <Name text={list.campaignName} maxLength={60} />
              </b>
              <p class="small soft">
                {new Date(list.at).toLocaleString(locale(), {
                  dateStyle: 'short',
                  timeStyle: 'short',
                })}{' '}
                · {connections.find(({ id }) => id === list.connection)?.name ?? ''} ·{' '}
                {formats?.find(({ id }) => id === list.format)?.name ?? list.format} ·{' '}
                {daysText(list.range)} · {madeBy(list.rules)}
                {list.unblock && ` · ${t('unblockList')}`}
              </p>
            </div>
            <span class="num">{tn('placementsOf', list.ids.length)}</span>
            <button
              type="button"
              class="button"
              onClick={() =>
                download(
                  list.ids.join('\n'),
                  `crosstrack-${list.unblock ? 'unblock-' : ''}${list.campaignId}-${list.format}.txt`,
                  'txt',
                  null,
                )
              }
            >
              .txt
            </button>
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}
