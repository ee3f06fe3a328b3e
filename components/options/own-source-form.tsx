import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n.ts';
import { idsOf } from '../../lib/sources/id-rules.ts';
import {
  type OwnSource,
  type OwnSourceDraft,
  type OwnSourceError,
  readOwnSource,
} from '../../lib/sources/own-sources.ts';
import { useAction } from '../kit/action.ts';
import { useClient } from '../kit/client.ts';
import { Field, type FieldAttributes } from '../kit/field.tsx';
import { ProblemNotice } from '../kit/notice.tsx';

/** Describes a traffic source: its name, what its ids look like, how its list is written. */
export function OwnSourceForm({
  start,
  sources,
  onClose,
}: {
  start: OwnSourceDraft;
  /** All of the user's sources, the edited one included. */
  sources: readonly OwnSource[];
  onClose(): void;
}) {
  const client = useClient();
  const [draft, setDraft] = useState(start);
  /** Errors show once the user has tried to save. */
  const [tried, setTried] = useState(false);
  const { problem, run } = useAction();
  const read = readOwnSource(draft, sources);
  const change = (some: Partial<OwnSourceDraft>) => setDraft({ ...draft, ...some });
  const errorOf = (field: OwnSourceError['field']): string | null => {
    const error = 'errors' in read && tried && read.errors.find((one) => one.field === field);
    return error ? errorText(error) : null;
  };
  const save = async () => {
    setTried(true);
    if (!('source' in read)) return;
    await client.call('ownSources.save', read.source);
    onClose();
  };
  const input = (
    attributes: FieldAttributes,
    field: 'name' | 'signs' | 'shortest' | 'longest' | 'perList',
  ) => (
    <input
      {...attributes}
      class="input"
      name={`source-${field}`}
      autocomplete="off"
      spellcheck={false}
      {...(field === 'name' || field === 'signs' ? {} : { inputMode: 'numeric' })}
      value={draft[field]}
      onInput={({ currentTarget }) => change({ [field]: currentTarget.value })}
    />
  );
  return (
    <form
      class="card stack form"
      data-own-source-form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      <Field label={t('ownSourceName')} hint={t('ownSourceNameHint')} error={errorOf('name')}>
        {(attributes) => input(attributes, 'name')}
      </Field>
      <fieldset class="stack tight">
        <legend>{t('ownSourceIds')}</legend>
        <div class="row">
          {(['digits', 'letters'] as const).map((kind) => (
            <label key={kind} class="row tight">
              <input
                type="checkbox"
                name={`source-${kind}`}
                checked={draft[kind]}
                onChange={({ currentTarget }) => change({ [kind]: currentTarget.checked })}
              />
              {t(kind === 'digits' ? 'ownSourceDigits' : 'ownSourceLetters')}
            </label>
          ))}
        </div>
        {errorOf('characters') && <p class="small loss">{errorOf('characters')}</p>}
        <div class="four">
          <Field
            label={t('ownSourceSigns')}
            hint={t('ownSourceSignsHint')}
            error={errorOf('signs')}
          >
            {(attributes) => input(attributes, 'signs')}
          </Field>
          <Field label={t('ownSourceShortest')} error={errorOf('length')}>
            {(attributes) => input(attributes, 'shortest')}
          </Field>
          <Field label={t('ownSourceLongest')}>
            {(attributes) => input(attributes, 'longest')}
          </Field>
        </div>
        <Sample read={read} />
      </fieldset>
      <div class="two">
        <Field label={t('separator')}>
          {(attributes) => (
            <select
              {...attributes}
              class="input"
              name="source-separator"
              value={draft.separator}
              onChange={({ currentTarget }) =>
                change({ separator: currentTarget.value === 'comma' ? 'comma' : 'newline' })
              }
            >
              <option value="newline">{t('separatorNewline')}</option>
              <option value="comma">{t('separatorComma')}</option>
            </select>
          )}
        </Field>
        <Field
          label={t('ownSourcePerList')}
          hint={t('ownSourcePerListHint')}
          error={errorOf('perList')}
        >
          {(attributes) => input(attributes, 'perList')}
        </Field>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <div class="row">
        <button type="submit" class="button primary" name="save-source">
          {t('save')}
        </button>
        <button type="button" class="button" name="cancel-source" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </form>
  );
}

/** Tries an id on the description. */
function Sample({ read }: { read: ReturnType<typeof readOwnSource> }) {
  const [sample, setSample] = useState('');
  const fits = 'source' in read && idsOf(read.source).read(sample.trim()) !== null;
  return (
    <Field
      label={t('ownSourceSample')}
      hint={
        sample.trim() !== '' &&
        'source' in read &&
        t(fits ? 'ownSourceSampleFits' : 'ownSourceSampleRefused')
      }
    >
      {(attributes) => (
        <input
          {...attributes}
          class="input"
          name="source-sample"
          autocomplete="off"
          spellcheck={false}
          value={sample}
          onInput={({ currentTarget }) => setSample(currentTarget.value)}
        />
      )}
    </Field>
  );
}

function errorText(error: OwnSourceError): string {
  switch (error.field) {
    case 'name':
      return t(`ownSourceName_${error.why}`);
    case 'characters':
      return t('ownSourceNoCharacters');
    case 'signs':
      return t('ownSourceSignsRefused', error.signs);
    case 'length':
      return t('ownSourceLengthRange');
    case 'perList':
      return t('ownSourcePerListRange');
  }
}
