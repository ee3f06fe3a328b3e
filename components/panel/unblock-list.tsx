import { useRef, useState } from 'preact/hooks';
import { placementAt } from '../../lib/blacklist/columns.ts';
import type { Placement } from '../../lib/blacklist/placement.ts';
import { locale, t } from '../../lib/i18n.ts';
import { formatCount, formatMoney, UNKNOWN } from '../../lib/report/format.ts';
import { listText } from '../../lib/sources/export.ts';
import type { SourceFormat } from '../../lib/sources/formats.ts';
import type { Unblock } from '../../lib/sources/unblock.ts';
import { daysText } from '../costs/update-text.ts';
import { useAction } from '../kit/action.ts';
import { useClient } from '../kit/client.ts';
import { copyText } from '../kit/clipboard.ts';
import { download } from '../kit/download.ts';
import { Name } from '../kit/name.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import type { Blacklist } from './blacklist-model.ts';

/** Rows that are drawn; the rest is counted. */
const MOST = 200;

type Use = 'copied' | 'txt';

/** Placements of earlier lists that should be blocked no longer, to copy or save. */
export function UnblockList({ model, currency }: { model: Blacklist; currency: string }) {
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const [done, setDone] = useState<{ count: number; use: Use } | null>(null);
  const { problem, run } = useAction();
  const { proposed } = model.unblock.value;
  const format = model.format.value;
  const toTell = model.daysToTell.value;
  const lists = [...Map.groupBy(proposed, ({ blocked }) => blocked.kind)];

  const use = (to: SourceFormat, some: readonly Unblock[], how: Use) =>
    run(async () => {
      setDone(null);
      const ids = some.map(({ blocked }) => blocked.id);
      const text = listText(ids, to, model.separator.value);
      const question = model.question.value;
      if (how === 'copied') await copyText(text, root.current);
      else download(text, `crosstrack-unblock-${to.id}.txt`, how, root.current);
      // The ledger forgets what it blocks only once the user has the ids.
      await client.call('placements.unblock', {
        ...question,
        settings: model.rules.value,
        format: to.id,
        ids,
      });
      setDone({ count: ids.length, use: how });
    });
  return (
    <div class="stack tight" ref={root}>
      {format && proposed.length > 0 && (
        <div class="stack tight" data-unblock-lists>
          <details class="small" data-unblock>
            <summary>{tn('unblockOf', proposed.length)}</summary>
            {proposed.slice(0, MOST).map((one) => (
              <p key={`${one.blocked.kind} ${one.blocked.id}`}>
                <Name text={one.blocked.id} maxLength={28} />: {changeText(one, model, currency)}
              </p>
            ))}
            {proposed.length > MOST && <p>{t('andMore', proposed.length - MOST)}</p>}
          </details>
          <p class="small">
            {t(format.notes.includes('note_replaces') ? 'unblockReplaces' : 'unblockTake')}
          </p>
          {lists.map(([kind, some]) => (
            <div class="row" key={kind} data-unblock-part={kind}>
              {lists.length > 1 && <span class="small">{t(`kind_${kind}`)}</span>}
              <button
                type="button"
                class="button"
                name="copy-unblock"
                onClick={() => void use(format, some, 'copied')}
              >
                {tn('unblockCopy', some.length)}
              </button>
              <button
                type="button"
                class="button"
                name="save-unblock"
                onClick={() => void use(format, some, 'txt')}
              >
                .txt
              </button>
            </div>
          ))}
        </div>
      )}
      {toTell && (
        <p class="small soft" data-unblock-untold>
          {tn('unblockUntold', toTell.count)}{' '}
          <button
            type="button"
            class="link"
            name="unblock-days"
            onClick={() => model.chooseDays(toTell.range)}
          >
            {t('unblockDays', daysText(toTell.range))}
          </button>
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {done && (
        <Notice kind="info">
          <p data-unblocked>
            {tn(done.use === 'copied' ? 'idsCopied' : 'idsSaved', done.count)} · {t('unblockDone')}
          </p>
        </Notice>
      )}
    </div>
  );
}

/** "0 conversions, $0.00 on $40.00, Cut → 4 conversions, $16.00 on $40.00, Wait". */
function changeText({ blocked, why, row }: Unblock, model: Blacklist, currency: string): string {
  const { judged, currency: then } = blocked;
  const word = t(judged.byRule ? 'verdictByRule' : `verdict_${judged.verdict}`);
  const before = figuresText(judged, word, then);
  const after =
    row === null
      ? t('unblockUnseen')
      : figuresText(
          placementAt(model.columns.value, row),
          t(`verdict_${model.verdicts.value(row).kind}`),
          currency,
        );
  return `${before} → ${after}${why === 'protected' ? ` · ${t('rejected_protected')}` : ''}`;
}

function figuresText(
  { conversions, revenue, cost }: Placement,
  verdict: string,
  currency: string,
): string {
  const money = (value: number | null) => formatMoney(value, currency, locale());
  const count =
    conversions === null
      ? UNKNOWN
      : tn('conversionCount', conversions, formatCount(conversions, locale()));
  return t('unblockFigures', count, money(revenue), money(cost), verdict);
}
