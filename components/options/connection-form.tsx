import type { ComponentProps } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ConnectionDraft } from '../../lib/connections/draft.ts';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView, Tested, TrackerView } from '../../lib/contract/connections.ts';
import { lacksKey, type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { isZone } from '../../lib/report/range.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { Field, type FieldAttributes, SecretInput } from '../kit/field.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';
import { TestResult } from './test-result.tsx';

const CURRENCIES = ['USD', 'EUR', 'GBP', 'RUB', 'UAH', 'PLN', 'BRL', 'INR', 'CNY'];
const ZONES = Intl.supportedValuesOf('timeZone');

/** Address of an edited connection, as the user would paste it. */
const addressOf = (edited: ConnectionView): string =>
  edited.script ? `${edited.api}/${edited.script}` : edited.api;

/** The form of a connection. What was typed stays, whatever goes wrong. */
export function ConnectionForm({
  trackers,
  edited,
  address: firstAddress,
  tracker: firstTracker,
  tested: firstTested,
  requestHosts,
  onSaved,
  onClose,
}: {
  trackers: readonly TrackerView[];
  edited: ConnectionView | null;
  address: string;
  tracker: string;
  /** What the test found with which the connection was just saved. */
  tested: Tested | null;
  requestHosts(hosts: readonly string[]): Promise<boolean>;
  onSaved(saved: Answers['connections.save']): void;
  onClose(): void;
}) {
  const client = useClient();
  const [address, setAddress] = useState(edited ? addressOf(edited) : firstAddress);
  const [chosen, setChosen] = useState(edited?.tracker ?? firstTracker);
  /** The tracker that answered at an address. */
  const [found, setFound] = useState({ address: '', tracker: '' });
  const [name, setName] = useState(edited?.name ?? '');
  const [key, setKey] = useState('');
  const [secret, setSecret] = useState('');
  const [paths, setPaths] = useState(edited?.paths ?? {});
  const [currency, setCurrency] = useState(edited?.currency ?? 'USD');
  const [zone, setZone] = useState(
    edited?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const [basis, setBasis] = useState<ConnectionDraft['basis']>(edited?.basis ?? 'visit');
  /** The one host that may be reached without encryption. */
  const [acceptedHost, setAcceptedHost] = useState(
    edited?.api.startsWith('http:') ? new URL(edited.api).host : '',
  );
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tested, setTested] = useState(firstTested);

  const told = chosen || (found.address === address ? found.tracker : '');
  const recognised = useQuery('connections.recognise', {
    pasted: address,
    tracker: told || null,
    paths,
  }).value;
  // The address decides as long as the user has not.
  const tracker = told || recognised?.trackers[0] || '';
  const view = trackers.find(({ id }) => id === tracker);
  const plainHost = recognised?.plainHost ?? '';
  const plainHttp = plainHost !== '' && plainHost === acceptedHost;
  const refused: Problem | null =
    plainHost === '' || plainHttp
      ? (recognised?.problem ?? null)
      : { kind: 'input', text: 'address_plain_http', values: [plainHost] };
  const wrongPath = refused?.kind === 'input' && refused.reason === 'path' ? refused : null;
  const addressProblem = address.trim() === '' || wrongPath ? null : refused;
  const cleaned = refused ? null : (recognised?.address ?? null);
  const [closed] = useState(() => new AbortController());
  useEffect(() => () => closed.abort(), [closed]);

  /** All but the key is the administrator's. */
  const fixed = edited?.managed ?? false;
  const code = currency.trim().toUpperCase();
  const wrongCurrency = /^[A-Z]{3}$/.test(code) ? null : t('currency_unknown', currency);
  const wrongZone = isZone(zone.trim()) ? null : t('zone_unknown', zone);
  const draft = (of: string): ConnectionDraft => ({
    tracker: of,
    name,
    address,
    currency: code,
    zone: zone.trim(),
    basis,
    ...(plainHttp ? { plainHttp } : {}),
    paths,
  });
  const typed = (of: string) => ({
    draft: draft(of),
    credentials: { key, secret },
    id: edited?.id ?? null,
  });
  const lacks = edited !== null && lacksKey(edited.problem);
  const moved =
    edited !== null &&
    cleaned !== null &&
    new URL(cleaned.api).origin !== new URL(edited.api).origin;
  const noKey = key === '' && (!edited || lacks || moved);
  // Whose address it is can be asked without a key.
  const missing =
    !cleaned || (noKey && tracker !== '') || wrongCurrency !== null || wrongZone !== null;
  const find = async (): Promise<string | null> => {
    const answer = await client.call(
      'connections.probe',
      { pasted: address, plainHttp },
      closed.signal,
    );
    setFound({ address, tracker: answer.tracker ?? '' });
    return answer.tracker;
  };

  const run = (what: 'test' | 'save') => {
    if (!cleaned) return;
    const { host } = new URL(cleaned.api);
    setBusy(what);
    setProblem(null);
    // First of all, and not after a wait: browsers take the question only within the click.
    const granted = requestHosts(cleaned.hosts);
    void (async () => {
      try {
        if (!(await granted)) {
          setProblem({ kind: 'permission', text: 'problem_host_declined', values: [host] });
          return;
        }
        const of = tracker || (await find());
        if (!of) {
          setProblem({ kind: 'input', text: 'problem_nobody_answers', values: [host] });
          return;
        }
        if (noKey) return;
        if (what === 'test') {
          setTested(await client.call('connections.test', typed(of)));
        } else {
          const saved = await client.call('connections.save', typed(of));
          setKey('');
          setSecret('');
          setTested(saved.tested);
          onSaved(saved);
        }
      } catch (error) {
        setTested(null);
        setProblem(problemOf(error));
      } finally {
        setBusy(null);
      }
    })();
  };

  const looksLike = problem?.kind === 'conflict' ? problem.looksLike : undefined;
  const other = edited ? undefined : trackers.find(({ id }) => id === looksLike);
  const useOther = ({ id, name: title }: TrackerView) => (
    <button
      type="button"
      class="button"
      name="use-other"
      onClick={() => {
        setChosen(id);
        setProblem(null);
      }}
    >
      {t('useTracker', title)}
    </button>
  );

  /** Another connection than the one that was tested. */
  const anew =
    <V,>(set: (value: V) => void) =>
    (value: V) => {
      set(value);
      setTested(null);
    };
  const input =
    (
      name: string,
      value: string,
      onValue: (value: string) => void,
      more?: ComponentProps<'input'>,
    ) =>
    (attributes: FieldAttributes) => (
      <input
        {...attributes}
        class="input"
        name={name}
        disabled={fixed}
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
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
        if (!missing && !busy) run('save');
      }}
    >
      <h2>{edited ? t('editConnection', edited.name) : t('addTracker')}</h2>
      <Field
        label={t('formAddress')}
        error={addressProblem ? problemText(addressProblem) : null}
        hint={
          cleaned && cleaned.removed.length > 0
            ? t('addressCleaned', cleaned.api, cleaned.removed.join(' '))
            : t('formAddressHint', view?.addressExample ?? 'https://tracker.example.com')
        }
      >
        {input('address', address, anew(setAddress), { inputMode: 'url', spellcheck: false })}
      </Field>
      {plainHost !== '' && (
        <label class="row small">
          <input
            type="checkbox"
            name="plain-http"
            checked={plainHttp}
            onChange={({ currentTarget }) =>
              setAcceptedHost(currentTarget.checked ? plainHost : '')
            }
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
              value={tracker}
              disabled={edited !== null}
              onChange={({ currentTarget }) => anew(setChosen)(currentTarget.value)}
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
          {input('name', name, setName, { maxLength: 200 })}
        </Field>
      </div>
      <Field
        label={t('formKey')}
        hint={
          <>
            {edited && (lacks || moved || edited.keyEnd) && (
              <p>
                {lacks
                  ? t('keyAbove')
                  : moved
                    ? t('key_enter_again')
                    : t('formKeyKeep', edited.keyEnd)}
              </p>
            )}
            {view && <p>{t(view.keyHelp)}</p>}
          </>
        }
      >
        {(attributes) => (
          <SecretInput {...attributes} name="key" value={key} onValue={anew(setKey)} />
        )}
      </Field>
      {view?.paths && (
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
                {input(
                  `path-${which}`,
                  paths[which] ?? '',
                  anew((path) => {
                    // They are this tracker's: the address does not decide any more.
                    setChosen(tracker);
                    setPaths({ ...paths, [which]: path });
                  }),
                  { maxLength: 100, spellcheck: false, placeholder: view.paths?.[which] },
                )}
              </Field>
            ))}
          </div>
          {view.secretKey && (
            <Field label={t('formSecret')} hint={t('formSecretHint')}>
              {(attributes) => (
                <SecretInput
                  {...attributes}
                  name="secret"
                  placeholder={edited?.secret ? '••••' : ''}
                  value={secret}
                  onValue={anew(setSecret)}
                />
              )}
            </Field>
          )}
        </details>
      )}
      <div class="three">
        <Field label={t('formCurrency')} hint={t('formCurrencyHint')} error={wrongCurrency}>
          {listed(
            'currencies',
            CURRENCIES,
            input('currency', currency, setCurrency, { list: 'currencies', maxLength: 3 }),
          )}
        </Field>
        <Field label={t('formZone')} hint={t('formZoneHint')} error={wrongZone}>
          {listed('zones', ZONES, input('zone', zone, setZone, { list: 'zones' }))}
        </Field>
        <Field label={t('formBasis')} hint={t('formBasisHint')}>
          {(attributes) => (
            <select
              {...attributes}
              class="input"
              name="basis"
              disabled={fixed}
              value={basis}
              onChange={({ currentTarget }) =>
                setBasis(currentTarget.value === 'postback' ? 'postback' : 'visit')
              }
            >
              <option value="visit">{t('basis_visit')}</option>
              <option value="postback">{t('basis_postback')}</option>
            </select>
          )}
        </Field>
      </div>
      {tested && (
        <TestResult
          tested={tested}
          writes={view?.capabilities.cost.can ?? true}
          zone={zone.trim()}
          currency={code}
          onZone={setZone}
          onCurrency={setCurrency}
        />
      )}
      {noKey && !chosen && told && view && <Notice>{t('enterItsKey', view.name)}</Notice>}
      {problem && <ProblemNotice problem={problem} action={other && useOther(other)} />}
      {fixed && <Notice>{t('problem_managed')}</Notice>}
      {cleaned && !edited && <Notice>{t('hostNotice', cleaned.hosts.join(', '))}</Notice>}
      <div class="row">
        <button
          type="submit"
          class="button primary"
          name="save"
          disabled={missing || busy !== null}
        >
          {busy === 'save' ? t('testing') : t('save')}
        </button>
        <button
          type="button"
          class="button"
          name="test"
          disabled={missing || busy !== null}
          onClick={() => run('test')}
        >
          {busy === 'test' ? t('testing') : t('test')}
        </button>
        <button type="button" class="button quiet" name="close-form" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </form>
  );
}
