import { useMemo, useState } from 'preact/hooks';
import { columnsIn, placementAt } from '../../lib/blacklist/columns.ts';
import { completeRules } from '../../lib/blacklist/default-rules.ts';
import type { ScoredPlacement, Scores } from '../../lib/blacklist/placement.ts';
import type { RuleSettings } from '../../lib/blacklist/rule-settings.ts';
import { scorePlacements } from '../../lib/blacklist/score.ts';
import { judgePlacement } from '../../lib/blacklist/verdict.ts';
import { sortRows } from '../../lib/compare/join.ts';
import type { PlacementList } from '../../lib/contract/blacklist.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount, formatMoney, formatPercent } from '../../lib/report/format.ts';
import type { Metric } from '../../lib/report/metrics.ts';
import { judgedRows } from '../../lib/sources/judged.ts';
import { Age } from '../kit/age.tsx';
import { useClient } from '../kit/client.ts';
import { type Column, DataTable, type Sort } from '../kit/data-table.tsx';
import { Name } from '../kit/name.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import { Skeletons } from '../kit/skeletons.tsx';
import { ExportBar } from './export-bar.tsx';
import { RulesLine } from './rules-line.tsx';
import type { TabProps } from './tab-props.ts';

/** The campaign's placements with their verdicts, and the blacklist to export. */
export function BlacklistTab({ context, campaign, range, now }: TabProps) {
  const client = useClient();
  const { fixedRules } = context.settings;
  const [typed, setRules] = useState<RuleSettings>(context.settings.rules);
  const fixed = fixedRules.map((rule) => [rule, context.settings.rules[rule]]);
  const rules: RuleSettings = { ...typed, ...Object.fromEntries(fixed) };
  const [slot, setSlot] = useState<number | null>(null);
  const [sort, setSort] = useState<Sort>({ column: 'stake', descending: true });
  const question = { connection: context.own, campaignId: campaign.id, range, slot };
  const { delayHours } = completeRules(rules);
  const asked = client.query('placements.list', { ...question, delayHours, fresh: 'soon' });
  const { value: list, busy } = asked;
  const problem = asked.problem ?? list?.problem ?? null;
  const columns = useMemo(() => columnsIn(list?.table ?? NO_TABLE), [list]);
  const days = list?.days ?? 1;
  const key = JSON.stringify(rules);
  const scores = useMemo(() => scorePlacements(columns, rules, days), [columns, key, days]);
  const rows = useMemo(
    () =>
      Array.from(scores.order, (row) => ({
        ...placementAt(columns, row),
        verdict: judgePlacement(columns, row, scores.campaign, rules, days),
      })),
    [columns, scores],
  );
  const judged = useMemo(() => judgedRows(columns, scores, NO_TICKS), [columns, scores]);
  const change = (next: RuleSettings) => {
    setRules(next);
    void client.call('settings.write', { rules: next }).catch(() => {});
  };

  return (
    <div class="stack">
      <RulesLine
        rules={rules}
        fixed={fixedRules}
        currency={
          list?.currency ?? context.connections.find(({ id }) => id === context.own)?.currency ?? ''
        }
        payout={scores.campaign.payout}
        onChange={change}
      />
      {list && (list.slot === null || list.slot.from !== 'template') && (
        <label class="row small">
          {t('placementIn')}
          <select
            class="input fit"
            name="slot"
            value={list.slot?.slot ?? 0}
            onChange={({ currentTarget }) => setSlot(Number(currentTarget.value) || null)}
          >
            <option value={0}>{t('chooseToken')}</option>
            {list.tokens.map(({ slot: number, name, macro }) => (
              <option key={number} value={number}>
                {`${number} · ${name} ${macro ?? ''}`}
              </option>
            ))}
          </select>
          {list.slot?.from === 'proposed' && <span class="soft">{t('slotProposed')}</span>}
        </label>
      )}
      {problem && rows.length === 0 && <ProblemNotice problem={problem} />}
      {!list && !problem && <Skeletons />}
      {list &&
        list.slot !== null &&
        (rows.length > 0 || !busy) &&
        !(problem && rows.length === 0) && (
          <>
            <Summary list={list} scores={scores} now={now} busy={busy} />
            {rows.length > 0 && scores.campaign.payout === null && (
              <Notice kind="warn">{t('noPayout')}</Notice>
            )}
            <ExportBar
              context={context}
              question={{ ...question, settings: rules }}
              list={list}
              rows={judged}
            />
            <DataTable
              label={t('placements')}
              height="min(46vh, 420px)"
              columns={columnsFor(list.currency)}
              rows={sortRows(rows, (row) => SORT_KEYS[sort.column]?.(row) ?? null, sort.descending)}
              keyOf={(row) => row.id}
              sort={sort}
              onSort={setSort}
            />
          </>
        )}
    </div>
  );
}

const NO_TICKS = { added: new Set<string>(), removed: new Set<string>() };

const NO_TABLE: PlacementList['table'] = {
  ids: [],
  clicks: [],
  landerViews: [],
  landerClicks: [],
  conversions: [],
  payable: [],
  approved: [],
  hold: [],
  cost: [],
  ripeCost: [],
  revenue: [],
  unnamed: [],
};

function Summary({
  list,
  scores: { summary },
  now,
  busy,
}: {
  list: PlacementList;
  scores: Scores;
  now: () => number;
  busy: boolean;
}) {
  const saving = formatMoney(summary.savingPerDay, list.currency, locale());
  const wrong = new Intl.NumberFormat(locale(), {
    maximumFractionDigits: summary.expectedGood < 0.1 ? 2 : 1,
  }).format(summary.expectedGood);
  return (
    <p class={busy ? 'dim' : ''} data-head="blacklist">
      <b>{tn('toCut', summary.cut)}</b>
      {summary.cut > 0 && ` · ${t('savesADay', saving)} · ${t('expectedGood', wrong)}`}
      <span class="soft small">
        {' · '}
        {tn('placementsOf', list.table.ids.length)} · <Age at={list.fetchedAt} now={now} />
        {list.complete ? '' : ` · ${t('incomplete')}`}
      </span>
    </p>
  );
}

const SORT_KEYS: Readonly<Record<string, (row: ScoredPlacement) => number | string | null>> = {
  id: ({ id }) => id,
  clicks: ({ clicks }) => clicks,
  cost: ({ cost }) => cost,
  conversions: ({ conversions }) => conversions,
  revenue: ({ revenue }) => revenue,
  verdict: ({ verdict }) => verdict.loser,
  stake: ({ verdict }) => verdict.savingPerDay,
};

function columnsFor(currency: string): Column<ScoredPlacement>[] {
  const money = (value: number | null) => formatMoney(value, currency, locale());
  const column = (
    id: string,
    title: string,
    text: (row: ScoredPlacement) => string,
  ): Column<ScoredPlacement> => ({ id, title, label: title, sortable: true, cell: text, text });
  const figure = (metric: Metric, text: (row: ScoredPlacement) => string) =>
    column(metric, t(`metric_${metric}`), text);
  return [
    {
      ...column('id', t('placement'), ({ id }) => id),
      cell: ({ id }) => <Name text={id || t('placementEmpty')} maxLength={16} />,
    },
    {
      id: 'verdict',
      title: t('verdict'),
      label: t('verdict'),
      sortable: true,
      cell: (row) => <VerdictCell row={row} money={money} />,
      text: ({ verdict }) =>
        `${t(`verdict_${verdict.kind}`)} ${formatPercent(verdict.confidence, locale())}`,
    },
    figure('clicks', ({ clicks }) => formatCount(clicks, locale())),
    figure('cost', ({ cost }) => money(cost)),
    figure('conversions', ({ conversions }) => formatCount(conversions, locale())),
    figure('revenue', ({ revenue }) => money(revenue)),
  ];
}

const TONES = { cut: 'loss', keep: 'gain', wait: 'soft', unknown: 'soft' } as const;

/** "cut 97 %" with a confidence bar; for a wait, the spend still needed. */
function VerdictCell({ row, money }: { row: ScoredPlacement; money(value: number): string }) {
  const { kind, confidence, needs, bot } = row.verdict;
  const sure = confidence ?? 0;
  const more = needs ? t('waitNeeds', money(needs.money)) : '';
  const reason = [more, bot ? t(`bot_${bot}`) : ''].filter((text) => text !== '').join(' · ');
  return (
    <span class={`verdict ${TONES[kind]}`} title={reason} data-verdict={kind}>
      {bot && (
        <span role="img" aria-label={t(`bot_${bot}`)}>
          ⚑{' '}
        </span>
      )}
      {t(`verdict_${kind}`)}{' '}
      {kind === 'wait' && needs
        ? `+${money(needs.money)}`
        : confidence !== null && `${Math.round(sure * 100)} %`}
      <span class="bar" aria-hidden="true">
        <span style={{ width: `${Math.round(sure * 100)}%` }} />
      </span>
    </span>
  );
}
