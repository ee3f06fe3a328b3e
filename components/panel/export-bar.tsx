import { useRef, useState } from 'preact/hooks';
import type { Exported, PlacementList } from '../../lib/contract/blacklist.ts';
import type { Answers, Input } from '../../lib/contract/calls.ts';
import { t } from '../../lib/i18n.ts';
import { useAction } from '../kit/action.ts';
import { useClient } from '../kit/client.ts';
import { copyText } from '../kit/clipboard.ts';
import { download } from '../kit/download.ts';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { tn } from '../kit/plural.ts';

type Question = Omit<Input<'placements.export'>, 'format' | 'separator'>;

/** Copies or saves the blacklist in a source's format, and lists what was left out. */
export function ExportBar({
  context,
  question,
  list,
  cut,
}: {
  context: Answers['panel.context'];
  question: Question;
  list: PlacementList;
  /** Number of placements to cut. */
  cut: number;
}) {
  const client = useClient();
  const root = useRef<HTMLDivElement>(null);
  const [format, setFormat] = useState<string | null>(null);
  const [separator, setSeparator] = useState<'newline' | 'comma' | null>(null);
  const [done, setDone] = useState<{ exported: Exported; how: 'copied' | 'saved' } | null>(null);
  const { problem, run } = useAction();
  const chosen = format ?? list.format ?? context.settings.format;

  const exportList = (use: (exported: Exported) => Promise<'copied' | 'saved'>) =>
    run(async () => {
      setDone(null);
      const input = { ...question, format: chosen, separator };
      const exported = await client.call('placements.export', input);
      setDone({ exported, how: await use(exported) });
      void client.call('settings.write', { format: chosen }).catch(() => {});
    });
  const isEmpty = cut === 0;
  const text = (exported: Exported) => exported.chunks.join('\n\n');
  return (
    <div class="stack tight" ref={root}>
      <div class="row">
        <select
          class="input fit"
          name="format"
          aria-label={t('source')}
          value={chosen}
          onChange={({ currentTarget }) => setFormat(currentTarget.value)}
        >
          {context.formats.map(({ id, name }) => (
            <option key={id} value={id}>
              {id === 'other' ? t('sourceOther') : name}
            </option>
          ))}
        </select>
        <select
          class="input fit"
          name="separator"
          aria-label={t('separator')}
          value={separator ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setSeparator(value === 'comma' || value === 'newline' ? value : null)
          }
        >
          <option value="">{t('separatorOwn')}</option>
          <option value="newline">{t('separatorNewline')}</option>
          <option value="comma">{t('separatorComma')}</option>
        </select>
        <button
          type="button"
          class="button primary"
          name="copy-list"
          disabled={isEmpty}
          onClick={() =>
            void exportList(async (exported) => {
              await copyText(text(exported), root.current);
              return 'copied';
            })
          }
        >
          {tn('copyIds', cut)}
        </button>
        {(['txt', 'csv'] as const).map((ending) => (
          <button
            key={ending}
            type="button"
            class="button"
            name={`save-${ending}`}
            disabled={isEmpty}
            onClick={() =>
              void exportList(async (exported) => {
                const content = ending === 'csv' ? exported.csv : text(exported);
                download(content, `${exported.name}.${ending}`, ending, root.current);
                return 'saved';
              })
            }
          >
            .{ending}
          </button>
        ))}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {done && (
        <Notice kind={done.exported.rejected.length > 0 ? 'warn' : 'info'}>
          <p data-result={done.how}>{exportSummary(done.exported, done.how)}</p>
          {done.exported.rejected.slice(0, 3).map(({ id, why }) => (
            <p key={id} class="small">
              <bdi>{id || '“”'}</bdi>: {t(why)}
            </p>
          ))}
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

function exportSummary(exported: Exported, how: 'copied' | 'saved'): string {
  return [
    tn(how === 'copied' ? 'idsCopied' : 'idsSaved', exported.count),
    t('exportFresh', exported.fresh),
    ...(exported.rejected.length > 0 ? [t('exportRejected', exported.rejected.length)] : []),
    ...(exported.duplicates > 0 ? [t('exportDuplicates', exported.duplicates)] : []),
    ...(exported.protected > 0 ? [t('exportProtected', exported.protected)] : []),
    ...(exported.chunks.length > 1 ? [t('exportChunks', exported.chunks.length)] : []),
  ].join(' · ');
}
