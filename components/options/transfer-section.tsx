import { useRef, useState } from 'preact/hooks';
import { hostPatterns } from '../../lib/connections/hosts.ts';
import type { ConnectionView } from '../../lib/contract/connections.ts';
import type { TransferPreview } from '../../lib/contract/transfer.ts';
import { CrosstrackError, LOCKED, lacksAccess, problemOf } from '../../lib/errors.ts';
import { type MessageKey, t } from '../../lib/i18n.ts';
import { UNKNOWN } from '../../lib/report/format.ts';
import { BASES } from '../../lib/report/question.ts';
import { LEAST_CHARACTERS } from '../../lib/transfer/passphrase.ts';
import type { TransferEntry, TransferField } from '../../lib/transfer/plan.ts';
import type { Access } from '../kit/access.tsx';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { download } from '../kit/download.ts';
import { Field, SecretInput } from '../kit/field.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';
import { PassphraseForm } from '../kit/passphrase-form.tsx';

type Open = 'keys' | 'import' | null;

/** Export and import of settings. Keys need a passphrase, an import is previewed first. */
export function TransferSection({
  forbidden,
  connections,
  requestHosts,
}: {
  /** Has an administrator forbidden the export of keys? */
  forbidden: boolean;
  connections: readonly ConnectionView[];
  requestHosts: Access['requestHosts'];
}) {
  const client = useClient();
  const root = useRef<HTMLElement>(null);
  const locked = useQuery('keys.state', {}).value?.locked;
  const [open, setOpen] = useState<Open>(null);
  const [done, setDone] = useState<string | null>(null);
  const { problem, setProblem, run } = useAction();
  const show = (next: Open) => {
    setOpen(open === next ? null : next);
    setDone(null);
    setProblem(null);
  };
  const save = async (passphrase: string | null) => {
    setProblem(null);
    setDone(null);
    const { text, name, missing } = await client.call('transfer.export', { passphrase });
    download(text, `${name}.json`, 'json', root.current);
    setOpen(null);
    setDone(
      missing.length > 0
        ? t('transferMissing', missing.join(', '))
        : t('transferSaved', `${name}.json`),
    );
  };
  return (
    <section class="stack" ref={root}>
      <h2>{t('transfer')}</h2>
      <p class="soft">{t('transferHint')}</p>
      <div class="row">
        <button
          type="button"
          class="button"
          name="export"
          onClick={() => {
            setOpen(null);
            void run(() => save(null));
          }}
        >
          {t('transferExport')}
        </button>
        {(['keys', 'import'] as const).map((what) => (
          <button
            key={what}
            type="button"
            class="button"
            name={`open-${what}`}
            aria-expanded={open === what}
            disabled={forbidden && what === 'keys'}
            onClick={() => show(what)}
          >
            {t(what === 'keys' ? 'transferExportKeys' : 'transferImport')}
          </button>
        ))}
        {forbidden && <span class="small soft">{t('problem_forbidden')}</span>}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {done && <Notice>{done}</Notice>}
      {open === 'keys' &&
        (locked ? (
          <ProblemNotice
            problem={LOCKED}
            action={
              <button type="button" class="button" name="to-unlock" onClick={focusUnlock}>
                {t('unlock')}
              </button>
            }
          />
        ) : (
          <div class="card">
            <PassphraseForm
              name="export-keys"
              label="transferExportKeys"
              current={false}
              next
              minLength={LEAST_CHARACTERS}
              hint={t('transferKeysHint')}
              focus
              act={(_, passphrase) => save(passphrase)}
            />
          </div>
        ))}
      {open === 'import' && (
        <Import
          connections={connections}
          // Declining is not an error: the list shows missing access and offers to grant it.
          requestHosts={(hosts) =>
            void requestHosts(hosts).catch((error: unknown) => setProblem(problemOf(error)))
          }
          onDone={() => {
            setOpen(null);
            setDone(t('transferDone'));
          }}
        />
      )}
    </section>
  );
}

/** The unlock form is on this page too. */
const focusUnlock = () => document.querySelector<HTMLElement>('[data-form=unlock] input')?.focus();

const MAX_BYTES = 5 * 1024 * 1024;

/** The host patterns that the import needs and that may not be granted yet. */
function hostsToRequest({ entries }: TransferPreview, connections: readonly ConnectionView[]) {
  const imported = entries.filter(({ what, does }) => what === 'connection' && does !== 'skip');
  const added = imported.flatMap(({ fields }) => fields.flatMap(patternsIn));
  const changed = connections.filter(
    ({ name, problem }) => lacksAccess(problem) && imported.some((one) => one.name === name),
  );
  return [...new Set([...added, ...changed.flatMap(hostPatterns)])];
}
const patternsIn = ({ field, after }: TransferField): string[] =>
  field === 'access' ? after.split(' ') : [];

function Import({
  connections,
  requestHosts,
  onDone,
}: {
  connections: readonly ConnectionView[];
  /** Requests all hosts in one prompt. */
  requestHosts(hosts: readonly string[]): void;
  onDone(): void;
}) {
  const client = useClient();
  const [text, setText] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [sealed, setSealed] = useState(false);
  const [preview, setPreview] = useState<TransferPreview | null>(null);
  const { busy, problem, setProblem, run } = useAction();
  const input = { text, passphrase: sealed ? passphrase : null };
  const take = (next: string) => {
    setText(next);
    setPreview(null);
    setProblem(null);
    setSealed(false);
    setPassphrase('');
  };
  const step = (work: () => Promise<void>) =>
    run(async () => {
      try {
        await work();
      } catch (error) {
        setPreview(null);
        const failed = problemOf(error);
        // Not an error: a sealed file needs its passphrase next.
        if (failed.kind !== 'auth' || failed.reason !== 'sealed') throw error;
        setSealed(true);
      }
    });
  return (
    <form
      class="card stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) {
          void step(async () => setPreview(await client.call('transfer.preview', input)));
        }
      }}
    >
      <Field label={t('transferFile')}>
        {(attributes) => (
          <input
            {...attributes}
            type="file"
            name="import-file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (!file) return;
              take('');
              void step(async () => {
                // Do not read it: the background would refuse it.
                if (file.size > MAX_BYTES) {
                  throw new CrosstrackError({ kind: 'input', text: 'transfer_large' });
                }
                take(await file.text());
              });
            }}
          />
        )}
      </Field>
      <Field label={t('transferPaste')}>
        {(attributes) => (
          <textarea
            {...attributes}
            class="input"
            name="import-text"
            rows={4}
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => take(currentTarget.value)}
          />
        )}
      </Field>
      {sealed && (
        <Field label={t('transfer_sealed')}>
          {(attributes) => (
            <SecretInput
              {...attributes}
              name="import-passphrase"
              value={passphrase}
              onValue={(value) => {
                setPassphrase(value);
                setPreview(null);
              }}
            />
          )}
        </Field>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {preview && <Preview preview={preview} />}
      <div class="row">
        {preview?.entries.some(({ does }) => does !== 'skip') ? (
          <button
            type="button"
            class="button primary"
            name="import-confirmed"
            disabled={busy}
            onClick={() => {
              // Browsers only show the prompt within the click. The import does not wait for
              // the answer, which may never come.
              const hosts = hostsToRequest(preview, connections);
              if (hosts.length > 0) requestHosts(hosts);
              void step(async () => {
                await client.call('transfer.apply', { ...input, plan: preview.plan });
                onDone();
              });
            }}
          >
            {t('transferApply')}
          </button>
        ) : (
          <button
            type="submit"
            class="button primary"
            name="import-preview"
            disabled={busy || text.trim() === '' || (sealed && passphrase === '')}
          >
            {t('transferPreview')}
          </button>
        )}
      </div>
    </form>
  );
}

const KIND_LABELS = {
  connection: 'transferConnection',
  link: 'transferLink',
  rejection: 'transferRejection',
  settings: 'call_settings',
} as const;
const ACTION_LABELS = {
  add: 'transferAdd',
  change: 'transferChange',
  skip: 'transferSkip',
} as const;
const FIELD_LABELS: Readonly<Record<string, MessageKey>> = {
  name: 'formName',
  paths: 'formPaths',
  currency: 'formCurrency',
  zone: 'formZone',
  basis: 'formBasis',
  conversionTypes: 'formTypes',
  templates: 'templates',
  key: 'formKey',
  plainHttp: 'transferPlainHttp',
  off: 'turnedOff',
  on: 'turnOn',
  rules: 'transferRules',
  format: 'transferFormat',
  rates: 'rates',
  ownSources: 'ownSources',
  protectedIds: 'protectedPlacements',
};
/** "Name: Main → Main DE" */
function FieldChange({ field, before, after }: TransferField) {
  if (field === 'access') {
    const hosts = after.split(' ').map((pattern) => new URL(pattern).host);
    return <span class="soft">{` · ${t('transferAccess', hosts.join(', '))}`}</span>;
  }
  const text = (value: string) => {
    const basis = field === 'basis' && BASES.find((one) => one === value);
    return (basis ? t(`basis_${basis}`) : value) || UNKNOWN;
  };
  return (
    <span class="soft">
      {` · ${FIELD_LABELS[field] ? t(FIELD_LABELS[field]) : field}`}
      {(before || after) && (
        <>
          : <bdi>{text(before)}</bdi> → <bdi>{text(after)}</bdi>
        </>
      )}
    </span>
  );
}
const MAX_SHOWN = 60;

/** What the import will add, change and skip, in this order. */
function Preview({ preview: { entries } }: { preview: TransferPreview }) {
  const count = (does: TransferEntry['does']) =>
    entries.filter((entry) => entry.does === does).length;
  const deeds = ['add', 'change', 'skip'] as const;
  const sorted = deeds.flatMap((does) => entries.filter((entry) => entry.does === does));
  return (
    <div class="stack tight" data-preview>
      <p role="status">
        <b>{t('transferCounts', count('add'), count('change'), count('skip'))}</b>
      </p>
      <ul class="transfer">
        {sorted.slice(0, MAX_SHOWN).map(({ what, name, does, fields, why }, index) => (
          <li key={index} data-does={does}>
            <span class={does === 'skip' ? 'soft' : ''}>{t(ACTION_LABELS[does])}</span>{' '}
            {t(KIND_LABELS[what])}
            {name && ' '}
            <bdi>{name}</bdi>
            {fields.map((one) => (
              <FieldChange key={one.field} {...one} />
            ))}
            {why && <span class="small soft">: {problemText(why)}</span>}
          </li>
        ))}
      </ul>
      {sorted.length > MAX_SHOWN && (
        <p class="small soft">{t('andMore', sorted.length - MAX_SHOWN)}</p>
      )}
    </div>
  );
}
