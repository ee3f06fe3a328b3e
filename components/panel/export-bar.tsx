import { useRef, useState } from 'preact/hooks';
import type { Exported, ExportedPart } from '../../lib/contract/blacklist.ts';
import { t } from '../../lib/i18n.ts';
import {
  type LeftOut,
  type ListPart,
  type NothingToExport,
  whyNothing,
} from '../../lib/sources/export.ts';
import type { SourceFormat } from '../../lib/sources/formats.ts';
import { useAction } from '../kit/action.ts';
import { useClient } from '../kit/client.ts';
import { copyText } from '../kit/clipboard.ts';
import { download } from '../kit/download.ts';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';
import type { Blacklist } from './blacklist-model.ts';
import type { Marking } from './marking.tsx';
import { ProtectedList } from './protected-list.tsx';

type Use = 'copied' | 'txt' | 'csv';

/** Copies or saves the blacklist in a source's format, list by list, and names what was left out. */
export function ExportBar({
  model,
  formats,
  marking,
}: {
  model: Blacklist;
  formats: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  marking: Marking;
}) {
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const [done, setDone] = useState<{ exported: Exported; use: Use } | null>(null);
  const { problem, run } = useAction();
  const lists = model.lists.value;
  const format = model.format.value;
  const [added, removed] = [model.added.value, model.removed.value];

  const use = (part: number, how: Use) =>
    run(async () => {
      setDone(null);
      const exported = await client.call('placements.export', {
        ...model.question.value,
        settings: model.rules.value,
        format: model.formatId.value,
        separator: model.separator.value,
        added: [...added],
        removed: [...removed],
        part,
      });
      if (exported.part) await hand(exported.part, how, root.current);
      setDone({ exported, use: how });
      model.rememberFormat();
    });
  const nothing = lists && format && whyNothing(lists, format);
  const parts: ReadonlyArray<Pick<ListPart<unknown>, 'kind' | 'items'>> =
    lists && lists.parts.length > 0 ? lists.parts : [{ kind: 'other', items: [] }];
  return (
    <div class="stack tight" ref={root}>
      <div class="row">
        <select
          class="input fit"
          name="format"
          aria-label={t('source')}
          value={model.formatId.value}
          onChange={({ currentTarget }) => {
            setDone(null);
            model.chooseFormat(currentTarget.value);
          }}
        >
          {formats.map(({ id, name }) => (
            <option key={id} value={id}>
              {id === 'other' ? t('sourceOther') : name}
            </option>
          ))}
        </select>
        <select
          class="input fit"
          name="separator"
          aria-label={t('separator')}
          value={model.separator.value ?? ''}
          onChange={({ currentTarget: { value } }) =>
            model.chooseSeparator(value === 'comma' || value === 'newline' ? value : null)
          }
        >
          <option value="">{t('separatorOwn')}</option>
          <option value="newline">{t('separatorNewline')}</option>
          <option value="comma">{t('separatorComma')}</option>
        </select>
      </div>
      {parts.map((part, nth) => (
        <div class="row" key={nth} data-part={part.kind}>
          {parts.length > 1 && <span class="small">{partTitle(parts, nth)}</span>}
          <button
            type="button"
            class="button primary"
            name="copy-list"
            disabled={part.items.length === 0 && !nothing}
            onClick={() => void use(nth, 'copied')}
          >
            {tn('copyIds', part.items.length)}
          </button>
          {(['txt', 'csv'] as const).map((ending) => (
            <button
              key={ending}
              type="button"
              class="button"
              name={`save-${ending}`}
              disabled={part.items.length === 0}
              onClick={() => void use(nth, ending)}
            >
              .{ending}
            </button>
          ))}
          {parts.length === 1 && marking.button}
        </div>
      ))}
      {parts.length > 1 && <div class="row">{marking.button}</div>}
      {marking.below}
      {added.size + removed.size > 0 && (
        <p class="row small" data-ticks>
          {t('byHand', added.size, removed.size)}
          <button type="button" class="button" name="clear-ticks" onClick={model.clearTicks}>
            {t('clearTicks')}
          </button>
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {nothing && format && lists && (
        <Notice kind="warn">
          <p data-result="nothing">{nothingWords(nothing, format)}</p>
          <LeftOutList leftOut={lists.leftOut} most={3} />
        </Notice>
      )}
      {!nothing && lists && lists.leftOut.length > 0 && (
        <details class="small" data-left-out>
          <summary>{tn('exportLeftOut', lists.leftOut.length)}</summary>
          <LeftOutList leftOut={lists.leftOut} most={50} />
        </details>
      )}
      <ProtectedList model={model} />
      {done?.exported.part && (
        <Notice kind="info">
          <p data-result={done.use === 'copied' ? 'copied' : 'saved'}>
            {tn(done.use === 'copied' ? 'idsCopied' : 'idsSaved', done.exported.count)} ·{' '}
            {t('exportFresh', done.exported.part.fresh)}
          </p>
          {done.exported.notes.map((note) => (
            <p key={note} class="small">
              {t(note)}
            </p>
          ))}
        </Notice>
      )}
    </div>
  );
}

const nameOf = ({ id, name }: SourceFormat): string => (id === 'other' ? t('sourceOther') : name);

/** Why there is nothing to copy. */
function nothingWords({ count, are, wants, kind }: NothingToExport, format: SourceFormat): string {
  const name = nameOf(format);
  if (kind) {
    const takes = new Set(format.rules.map((rule) => t(`kind_${rule.kind}`)));
    return t('nothingOfOther', t(`kind_${kind}`), name, [...takes].join(', '));
  }
  return are
    ? t('nothingOfKind', count, t(are), name, wants.map((form) => t(form)).join(', '))
    : t('nothingToCopy', count, name);
}

/** "Sites", and where they make several lists: "Sites 1/3". */
function partTitle(
  parts: ReadonlyArray<{ readonly kind: ListPart<unknown>['kind'] }>,
  nth: number,
): string {
  const kind = parts[nth]?.kind ?? 'other';
  const alike = parts.filter((part) => part.kind === kind).length;
  const place = parts.slice(0, nth + 1).filter((part) => part.kind === kind).length;
  return alike > 1 ? `${t(`kind_${kind}`)} ${place}/${alike}` : t(`kind_${kind}`);
}

async function hand(part: ExportedPart, how: Use, within: HTMLElement | null): Promise<void> {
  if (how === 'copied') await copyText(part.text, within);
  else download(how === 'csv' ? part.csv : part.text, `${part.name}.${how}`, how, within);
}

function LeftOutList({ leftOut, most }: { leftOut: readonly LeftOut[]; most: number }) {
  return (
    <>
      {leftOut.slice(0, most).map(({ id, why, values }, index) => (
        <p key={index} class="small">
          <bdi>{id || '“”'}</bdi>: {t(why, ...values)}
        </p>
      ))}
      {leftOut.length > most && <p class="small">{t('andMore', leftOut.length - most)}</p>}
    </>
  );
}
