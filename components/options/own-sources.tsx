import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { draftOf, NEW_SOURCE, type OwnSource } from '../../lib/sources/own-sources.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { Name } from '../kit/name.tsx';
import { ProblemNotice } from '../kit/notice.tsx';
import { OwnSourceForm } from './own-source-form.tsx';

/** The user's own traffic sources, for blacklists of sources that are not built in. */
export function OwnSources() {
  const client = useClient();
  const { value: sources, problem: unread } = useQuery('ownSources.list', {});
  const { problem, run } = useAction();
  /** Id of the source whose form is open, '' for a new one; null = no form. */
  const [open, setOpen] = useState<string | null>(null);
  if (!sources) return unread && <ProblemNotice problem={unread} />;
  const close = () => setOpen(null);
  return (
    <section class="stack">
      <h2>{t('ownSources')}</h2>
      <p class="soft">{t('ownSourcesHint')}</p>
      {problem && <ProblemNotice problem={problem} />}
      {sources.map((source) =>
        open === source.id ? (
          <OwnSourceForm
            key={source.id}
            start={draftOf(source)}
            sources={sources}
            onClose={close}
          />
        ) : (
          <div key={source.id} class="card row" data-own-source={source.name}>
            <div class="grow">
              <b>
                <Name text={source.name} maxLength={60} />
              </b>
              <p class="small soft">{formText(source)}</p>
            </div>
            <button
              type="button"
              class="button"
              name={`edit-${source.id}`}
              onClick={() => setOpen(source.id)}
            >
              {t('edit')}
            </button>
            <button
              type="button"
              class="button"
              name={`remove-${source.id}`}
              onClick={() => void run(() => client.call('ownSources.remove', { id: source.id }))}
            >
              {t('remove')}
            </button>
          </div>
        ),
      )}
      {open === '' ? (
        <OwnSourceForm start={NEW_SOURCE} sources={sources} onClose={close} />
      ) : (
        <div class="row">
          <button type="button" class="button" name="add-source" onClick={() => setOpen('')}>
            {t('ownSourceAdd')}
          </button>
        </div>
      )}
    </section>
  );
}

/** "digits, letters, - _ · 6–12 characters · one per line · 500 per list" */
function formText({
  digits,
  letters,
  signs,
  shortest,
  longest,
  separator,
  perList,
}: OwnSource): string {
  const characters = [
    digits && t('ownSourceDigits'),
    letters && t('ownSourceLetters'),
    signs && [...signs].join(' '),
  ].filter(Boolean);
  return [
    characters.join(', '),
    t('ownSourceLengthOf', shortest === longest ? `${longest}` : `${shortest}–${longest}`),
    t(separator === 'comma' ? 'separatorComma' : 'separatorNewline'),
    ...(perList === null ? [] : [t('ownSourcePerListOf', perList)]),
  ].join(' · ');
}
