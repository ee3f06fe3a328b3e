import { useModel } from '@preact/signals';
import type { ComponentProps } from 'preact';
import type { Answers } from '../../lib/contract/calls.ts';
import { t } from '../../lib/i18n.ts';
import type { Access } from '../kit/access.tsx';
import { useClient } from '../kit/client.ts';
import { Field, type FieldAttributes, SecretInput } from '../kit/field.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';
import { ConnectionDraftModel, type DraftStart } from './connection-draft.ts';
import { CountedTypes } from './counted-types.tsx';
import { TestResult } from './test-result.tsx';

const CURRENCIES = ['USD', 'EUR', 'GBP', 'RUB', 'UAH', 'PLN', 'BRL', 'INR', 'CNY'];
const ZONES = Intl.supportedValuesOf('timeZone');

/** The form of a connection. Input survives every error. */
export function ConnectionForm({
  start,
  requestHosts,
  onSaved,
  onClose,
}: Pick<Access, 'requestHosts'> & {
  start: DraftStart;
  onSaved(saved: Answers['connections.save']): void;
  onClose(): void;
}) {
  const client = useClient();
  const model = useModel(() => new ConnectionDraftModel(client, requestHosts, start));
  const edited = model.edited.value;
  const tracker = model.tracker.value;
  const trackers = model.trackers.value;
  const paths = model.paths.value;
  const cleaned = model.cleaned.value;
  const plainHost = model.plainHost.value;
  const addressProblem = model.addressProblem.value;
  const wrongPath = model.wrongPath.value;
  const busy = model.busy.value;
  const problem = model.problem.value;
  const tested = model.tested.value;
  const suggestion = model.suggestion.value;
  const blocked = model.incomplete.value || busy !== null;
  /** Only the key can be edited: the rest is set by an administrator. */
  const fixed = edited?.managed ?? false;

  const input =
    (name: keyof typeof model.fields, more?: ComponentProps<'input'>) =>
    (attributes: FieldAttributes) => (
      <input
        {...attributes}
        class="input"
        name={name}
        disabled={fixed}
        value={model.fields[name].value}
        onInput={({ currentTarget }) => model.type(name, currentTarget.value)}
        {...more}
      />
    );
  const listed =
    (list: string, options: readonly string[], field: ReturnType<typeof input>) =>
    (attributes: FieldAttributes) => (
      <>
        {field(attributes)}
        <datalist id={list}>
          {options.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </>
    );

  return (
    <form
      class="card stack form"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void model.save().then((saved) => saved && onSaved(saved));
      }}
    >
      <h2>{edited ? t('editConnection', edited.name) : t('addTracker')}</h2>
      <Field
        label={t('formAddress')}
        error={addressProblem ? problemText(addressProblem) : null}
        hint={
          cleaned && cleaned.removed.length > 0
            ? t('addressCleaned', cleaned.api, cleaned.removed.join(' '))
            : t('formAddressHint', tracker?.addressExample ?? 'https://tracker.example.com')
        }
      >
        {input('address', { inputMode: 'url', spellcheck: false })}
      </Field>
      {plainHost !== '' && (
        <label class="row small">
          <input
            type="checkbox"
            name="plain-http"
            checked={model.plainHttp.value}
            onChange={({ currentTarget }) => model.acceptPlainHttp(currentTarget.checked)}
          />
          {t('acceptPlainHttp')}
        </label>
      )}
      <div class="two">
        <Field label={t('formTracker')}>
          {(attributes) => (
            <select
              {...attributes}
              class="input"
              name="tracker"
              value={model.trackerId.value}
              disabled={edited !== null}
              onChange={({ currentTarget }) => model.chooseTracker(currentTarget.value)}
            >
              <option value="">{t('formTrackerChoose')}</option>
              {trackers.map(({ id, name: title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('formName')} hint={t('formNameHint')}>
          {input('name', { maxLength: 200 })}
        </Field>
      </div>
      <Field
        label={t('formKey')}
        hint={
          <>
            {edited &&
              (model.lacksStoredKey.value || model.originChanged.value || edited.keyEnd) && (
                <p>
                  {model.lacksStoredKey.value
                    ? t('keyAbove')
                    : model.originChanged.value
                      ? t('key_enter_again')
                      : t('formKeyKeep', edited.keyEnd)}
                </p>
              )}
            {tracker && <p>{t(tracker.keyHelp)}</p>}
          </>
        }
      >
        {(attributes) => (
          <SecretInput
            {...attributes}
            name="key"
            value={model.fields.key.value}
            onValue={(value) => model.type('key', value)}
          />
        )}
      </Field>
      {tracker?.paths && (
        <details open={edited?.paths !== undefined}>
          <summary>{t('formPaths')}</summary>
          <div class="two">
            {(['login', 'click'] as const).map((which) => (
              <Field
                key={which}
                label={t(`formPath_${which}`)}
                error={
                  wrongPath?.values?.[0] === paths[which] && wrongPath
                    ? problemText(wrongPath)
                    : null
                }
              >
                {(attributes) => (
                  <input
                    {...attributes}
                    class="input"
                    name={`path-${which}`}
                    disabled={fixed}
                    maxLength={100}
                    spellcheck={false}
                    placeholder={tracker.paths?.[which]}
                    value={paths[which] ?? ''}
                    onInput={({ currentTarget }) => model.typePath(which, currentTarget.value)}
                  />
                )}
              </Field>
            ))}
          </div>
          {tracker.secretKey && (
            <Field label={t('formSecret')} hint={t('formSecretHint')}>
              {(attributes) => (
                <SecretInput
                  {...attributes}
                  name="secret"
                  placeholder={edited?.secret ? '••••' : ''}
                  value={model.fields.secret.value}
                  onValue={(value) => model.type('secret', value)}
                />
              )}
            </Field>
          )}
        </details>
      )}
      <div class="three">
        <Field
          label={t('formCurrency')}
          hint={t('formCurrencyHint')}
          error={
            model.wrongCurrency.value ? t('currency_unknown', model.fields.currency.value) : null
          }
        >
          {listed(
            'currencies',
            CURRENCIES,
            input('currency', { list: 'currencies', maxLength: 3 }),
          )}
        </Field>
        <Field
          label={t('formZone')}
          hint={t('formZoneHint')}
          error={model.wrongZone.value ? t('zone_unknown', model.fields.zone.value) : null}
        >
          {listed('zones', ZONES, input('zone', { list: 'zones' }))}
        </Field>
        <Field label={t('formBasis')} hint={t('formBasisHint')}>
          {(attributes) => (
            <select
              {...attributes}
              class="input"
              name="basis"
              disabled={fixed}
              value={model.basis.value}
              onChange={({ currentTarget }) => model.chooseBasis(currentTarget.value)}
            >
              <option value="visit">{t('basis_visit')}</option>
              <option value="postback">{t('basis_postback')}</option>
            </select>
          )}
        </Field>
      </div>
      {tracker?.conversionTypes && (
        <CountedTypes
          types={model.conversionTypes.value}
          problem={model.typesProblem.value}
          fixed={fixed}
          onCount={model.countType}
        />
      )}
      {tested && (
        <TestResult
          tested={tested}
          writes={tracker?.capabilities.cost.can ?? true}
          zone={model.zone.value}
          currency={model.code.value}
          onZone={(zone) => model.type('zone', zone)}
          onCurrency={(currency) => model.type('currency', currency)}
        />
      )}
      {model.wantsKey.value && tracker && <Notice>{t('enterItsKey', tracker.name)}</Notice>}
      {problem && (
        <ProblemNotice
          problem={problem}
          action={
            suggestion && (
              <button
                type="button"
                class="button"
                name="use-other"
                onClick={() => model.acceptSuggestion(suggestion.id)}
              >
                {t('useTracker', suggestion.name)}
              </button>
            )
          }
        />
      )}
      {fixed && <Notice>{t('problem_managed')}</Notice>}
      {cleaned && !edited && <Notice>{t('hostNotice', cleaned.hosts.join(', '))}</Notice>}
      <div class="row">
        <button type="submit" class="button primary" name="save" disabled={blocked}>
          {busy === 'save' ? t('testing') : t('save')}
        </button>
        <button type="button" class="button" name="test" disabled={blocked} onClick={model.test}>
          {busy === 'test' ? t('testing') : t('test')}
        </button>
        <button type="button" class="button quiet" name="close-form" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </form>
  );
}
