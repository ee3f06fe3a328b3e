import { useModel } from '@preact/signals';
import { useContext, useState } from 'preact/hooks';
import { placementAt } from '../../lib/blacklist/columns.ts';
import type { Verdict } from '../../lib/blacklist/placement.ts';
import type { Standing } from '../../lib/blacklist/standing.ts';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount, formatMoney, formatPercent } from '../../lib/report/format.ts';
import type { Basis } from '../../lib/report/question.ts';
import { daysText } from '../costs/update-text.ts';
import { useAction } from '../kit/action.ts';
import { Age } from '../kit/age.tsx';
import { useClient } from '../kit/client.ts';
import { DataTable } from '../kit/data-table.tsx';
import { DraftsContext } from '../kit/drafts.ts';
import { Name } from '../kit/name.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { RangePicker } from '../kit/range-picker.tsx';
import { Skeletons } from '../kit/skeletons.tsx';
import type { Column } from '../kit/table-column.ts';
import { type Blacklist, BlacklistModel } from './blacklist-model.ts';
import { ExportBar } from './export-bar.tsx';
import { FirstDay } from './first-day.tsx';
import { MarkSign } from './mark-sign.tsx';
import { useMarking } from './marking.tsx';
import { PlacementToken } from './placement-token.tsx';
import { RulesLine } from './rules-line.tsx';
import { type TabProps, trackerOf } from './tab-props.ts';
import { ThumbRuleFold } from './thumb-rule.tsx';
import { UnblockList } from './unblock-list.tsx';
import { campaignWords, goodText, savingText, sureText, verdictWords } from './verdict-words.ts';

/** The campaign's placements with their verdicts, and the blacklist to export. */
export function BlacklistTab({
  context,
  campaign,
  now,
}: Pick<TabProps, 'context' | 'campaign' | 'now'>) {
  const client = useClient();
  const drafts = useContext(DraftsContext);
  const model = useModel(() => new BlacklistModel(client, { context, campaign, now }, drafts));
  const list = model.list.value;
  const busy = model.busy.value;
  const problem = model.asked.value.problem ?? list?.problem ?? null;
  const count = model.columns.value.ids.length;
  const own = context.connections.find(({ id }) => id === context.own);
  const marking = useMarking(model, own && trackerOf(context, own.tracker));
  const currency = list?.currency ?? own?.currency ?? '';
  const { campaign: whole } = model.scores.value;

  return (
    <div class="stack blacklist">
      <RangePicker range={model.range.value} now={now} onChange={model.chooseDays} />
      {list?.since && (
        <FirstDay since={list.since} asked={model.range.value} onRestart={model.restartLooks} />
      )}
      {list && list.slot !== null && (count > 0 || !busy) && !(problem && count === 0) && (
        <Summary model={model} list={list} now={now} />
      )}
      <RulesLine
        rules={model.rules.value}
        fixed={context.settings.fixedRules}
        currency={currency}
        payout={whole.payout}
        onChange={model.changeRules}
      />
      <ThumbRuleFold model={model} fixed={context.settings.fixedRules} currency={currency} />
      {list && (
        <PlacementToken
          list={list}
          seen={model.oddity.value}
          onChoose={model.chooseSlot}
          onKeep={model.keepToken}
        />
      )}
      {problem && count === 0 && <ProblemNotice problem={problem} />}
      {!list && !problem && <Skeletons />}
      {list && count > 0 && (
        <>
          {whole.payout === null && <Notice kind="warn">{t('noPayout')}</Notice>}
          {whole.loses && (
            <Notice kind="warn">
              <span data-loses="campaign">{campaignWords(whole, model.targetRoi.value)}</span>
            </Notice>
          )}
          <ExportBar model={model} formats={context.formats} marking={marking} />
          <UnblockList model={model} currency={currency} />
          <Placements model={model} currency={currency} basis={own?.basis ?? 'visit'} />
        </>
      )}
    </div>
  );
}

/** What the list amounts to, the days behind it, and the clicks that no verdict covers. */
function Summary({
  model,
  list,
  now,
}: {
  model: Blacklist;
  list: PlacementList;
  now: () => number;
}) {
  const { listed, byRule, untold, expectedGood, savingPerDay, unnamedClicks } =
    model.scores.value.summary;
  return (
    <div class={model.busy.value ? 'dim' : ''}>
      <p data-head="blacklist">
        <b>{tn('toCut', listed)}</b>
        {listed > untold &&
          ` · ${savingText(savingPerDay, list.currency)} · ${goodText(expectedGood)}`}
        {byRule > 0 && ` · ${t('byRuleAlone', byRule)}`}
        {untold > 0 && ` · ${t('untoldOnList', untold)}`}
      </p>
      <p class="small soft" data-judged>
        {tn('placementsOf', model.columns.value.ids.length)} · {daysWords(list)} ·{' '}
        <Age at={list.fetchedAt} now={now} />
        {list.complete ? '' : ` · ${t('incomplete')}`}
      </p>
      {unnamedClicks !== null && unnamedClicks > 0 && (
        <p class="small look" data-unnamed>
          {t('unnamedClicks', sharePercent(unnamedClicks))}
        </p>
      )}
    </div>
  );
}

/** A share that is neither 0 nor all is not printed as one of these. */
const sharePercent = (share: number): string =>
  share < 0.001 ? `< ${formatPercent(0.001, locale())}` : sureText(share);

/** The days that are judged, and why the newest are not. */
function daysWords({ judged, range, delay }: PlacementList): string {
  if (judged === null) {
    return delay.from === 'log' ? t('daysUnsettled') : t('daysTooYoung', delay.hours);
  }
  const days = daysText(judged);
  if (delay.offers > 0) return `${days}, ${t('delayByOffer')}`;
  if (delay.from !== 'setting') return `${days}, ${t(`delay_${delay.from}`)}`;
  return judged.to < range.to ? `${days}, ${t('daysLeftOut', delay.hours)}` : days;
}

const TONES = { cut: 'loss', keep: 'gain', wait: 'soft', unknown: 'soft' } as const;

function Placements({
  model,
  currency,
  basis,
}: {
  model: Blacklist;
  currency: string;
  basis: Basis;
}) {
  const [opened, setOpened] = useState<string | null>(null);
  const columns = model.columns.value;
  const verdictOf = model.verdicts.value;
  const isTicked = model.ticked.value;
  const standingOf = model.standing.value;
  const markOf = model.markOf.value;
  const at = (row: number) => placementAt(columns, row);
  const money = (value: number | null) => formatMoney(value, currency, locale());
  const words = (row: number) =>
    verdictWords(at(row), verdictOf(row), model.scores.value.campaign, {
      currency,
      targetRoi: model.targetRoi.value,
      basis,
      standing: standingOf(row),
    }).join(' ');
  const column = (
    id: string,
    title: string,
    text: (row: number) => string,
    more: Partial<Column<number>> = {},
  ): Column<number> => ({ id, title, label: title, sortable: true, cell: text, text, ...more });
  const table: Column<number>[] = [
    column('id', t('placement'), (row) => at(row).id, {
      cell: (row) => {
        const { id } = at(row);
        return (
          <label class="tick">
            <input
              type="checkbox"
              name={`tick-${id}`}
              aria-label={t('tickRow', id || t('placementEmpty'))}
              disabled={columns.unnamed[row] === 1}
              checked={isTicked(id, row)}
              onClick={(event) => event.stopPropagation()}
              onChange={() => model.tick(id, row)}
            />
            <Name text={id || t('placementEmpty')} maxLength={16} />
            <MarkSign mark={markOf(id)} />
          </label>
        );
      },
    }),
    column('verdict', t('verdict'), (row) => verdictText(verdictOf(row), standingOf(row), money), {
      kind: 'words',
      cell: (row) => {
        const [verdict, standing] = [verdictOf(row), standingOf(row)];
        return <VerdictCell {...{ verdict, standing, money }} title={words(row)} />;
      },
    }),
    column('clicks', t('metric_clicks'), (row) => formatCount(at(row).clicks, locale()), {
      kind: 'wide',
    }),
    column('cost', t('metric_cost'), (row) => money(at(row).cost)),
    column('conversions', t('conversionsShort'), (row) =>
      formatCount(at(row).conversions, locale()),
    ),
    column('roi', t('metric_roi'), (row) => roiText(at(row))),
    column('revenue', t('metric_revenue'), (row) => money(at(row).revenue), { kind: 'wide' }),
    column('stake', t('stake'), (row) => money(verdictOf(row).savingPerDay), { kind: 'wide' }),
  ];
  const rows = model.rows.value;
  const row = opened === null ? rows[0] : columns.ids.indexOf(opened);
  return (
    <>
      {row !== undefined && row >= 0 && (
        <p class="small explained" aria-live="polite" data-explained>
          <b>
            <Name text={at(row).id || t('placementEmpty')} maxLength={28} />
          </b>
          {': '}
          {words(row)} {columns.unnamed[row] !== 1 && <Protect model={model} id={at(row).id} />}
        </p>
      )}
      <DataTable
        label={t('placements')}
        height="min(46vh, 420px)"
        columns={table}
        rows={rows}
        keyOf={(one) => String(one)}
        sort={model.sort.value}
        onSort={(next) => {
          model.sort.value = next;
        }}
        onOpen={(one) => setOpened(at(one).id)}
      />
    </>
  );
}

/** Keeps a placement off every list of the source, or no longer does. */
function Protect({ model, id }: { model: Blacklist; id: string }) {
  const { problem, run } = useAction();
  const on = model.protectedIds.value.has(id);
  return (
    <>
      <button
        type="button"
        class="link"
        name="protect"
        aria-pressed={on}
        onClick={() => void run(() => model.protect(id, !on))}
      >
        {t(on ? 'unprotect' : 'protect')}
      </button>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

/** A ratio of money; whole percents from 100 % on, as the column is narrow. */
function roiText({ cost, revenue }: { cost: number | null; revenue: number | null }): string {
  if (cost === null || revenue === null || cost <= 0) return formatPercent(null, locale());
  const roi = revenue / cost - 1;
  return new Intl.NumberFormat(locale(), {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  })
    .format(roi)
    .replace('-', '−')
    .replace(/\s*%/, '\u202f%');
}

/** "Cut 97 %"; of a wait, the spend that it still needs; of what only the rule lists, how likely it loses. */
function verdictText(
  { kind, confidence, loser, needs }: Verdict,
  standing: Standing,
  money: (value: number) => string,
) {
  if (standing === 'byRule') return `${t('verdictByRule')} ${sureText(loser)}`;
  if (kind === 'unknown') return t('verdict_unknown');
  if (kind === 'wait') {
    return needs ? `${t('verdict_wait')} +${money(needs.money)}` : t('verdict_wait');
  }
  return `${t(`verdict_${kind}`)} ${sureText(confidence)}`;
}

function VerdictCell({
  verdict,
  standing,
  title,
  money,
}: {
  verdict: Verdict;
  standing: Standing;
  title: string;
  money(value: number): string;
}) {
  const { kind, bot } = verdict;
  const tone = standing === 'byRule' ? 'look' : standing === 'spared' ? 'soft' : TONES[kind];
  return (
    <span class={`verdict ${tone}`} title={title} data-verdict={kind} data-standing={standing}>
      {bot && (
        <span role="img" aria-label={t(`bot_${bot}`)}>
          ⚑
        </span>
      )}
      {verdictText(verdict, standing, money)}
    </span>
  );
}
