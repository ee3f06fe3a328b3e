import { useRef, useState } from 'preact/hooks';
import { CrosstrackError, type Problem, problemOf } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { TransferEntry, TransferPreview } from '../../lib/rpc/results.ts';
import { useClient } from '../kit/client.ts';
import { download } from '../kit/download.ts';
import { Field, SecretInput } from '../kit/field.tsx';
import { Notice, ProblemNotice, problemText } from '../kit/notice.tsx';

type Open = 'keys' | 'import' | null;

/** Settings to a file and back: with keys only under a passphrase, and nothing without a preview. */
export function TransferSection({
  forbidden,
  onImported,
}: {
  /** Has an administrator switched the export of keys off? */
  forbidden: boolean;
  onImported(): void;
}) {
  const client = useClient();
  const here = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<Open>(null);
  const [done, setDone] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const show = (next: Open) => {
    setOpen(open === next ? null : next);
    setDone(null);
    setProblem(null);
  };
  const save = async (passphrase: string | null) => {
    setProblem(null);
    setDone(null);
    try {
      const { text, name, missing } = await client.call('transfer.export', { passphrase });
      download(text, `${name}.json`, 'json', here.current);
      setOpen(null);
      setDone(
        missing.length > 0
          ? t('transferMissing', missing.join(', '))
          : t('transferSaved', `${name}.json`),
      );
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <section class="stack" ref={here}>
      <h2>{t('transfer')}</h2>
      <p class="soft">{t('transferHint')}</p>
      <div class="row">
        <button
          type="button"
          class="button"
          name="export"
          onClick={() => {
            setOpen(null);
            void save(null);
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
      {open === 'keys' && <WithKeys onSave={save} />}
      {open === 'import' && (
        <Import
          onDone={() => {
            setOpen(null);
            setDone(t('transferDone'));
            onImported();
          }}
        />
      )}
    </section>
  );
}

function Passphrase({
  label,
  name,
  value,
  error,
  onValue,
}: {
  label: string;
  name: string;
  value: string;
  error?: string | null;
  onValue(value: string): void;
}) {
  return (
    <Field label={label} error={error ?? null}>
      {(attributes) => <SecretInput {...attributes} name={name} value={value} onValue={onValue} />}
    </Field>
  );
}

function WithKeys({ onSave }: { onSave(passphrase: string): Promise<void> }) {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [busy, setBusy] = useState(false);
  const differ = second !== '' && first !== second;
  return (
    <form
      class="card stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy || first !== second) return;
        setBusy(true);
        void onSave(first).finally(() => setBusy(false));
      }}
    >
      <p>{t('transferKeysHint')}</p>
      <div class="two">
        <Passphrase
          label={t('transferPassphrase')}
          name="passphrase"
          value={first}
          onValue={setFirst}
        />
        <Passphrase
          label={t('transferPassphraseAgain')}
          name="passphrase-again"
          value={second}
          error={differ ? t('transferPassphraseDiffers') : null}
          onValue={setSecond}
        />
      </div>
      <div class="row">
        <button
          type="submit"
          class="button primary"
          name="export-keys"
          disabled={busy || first === '' || first !== second}
        >
          {t('transferExportKeys')}
        </button>
      </div>
    </form>
  );
}

const MOST_BYTES = 5 * 1024 * 1024;

function Import({ onDone }: { onDone(): void }) {
  const client = useClient();
  const [text, setText] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [sealed, setSealed] = useState(false);
  const [preview, setPreview] = useState<TransferPreview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const input = { text, passphrase: sealed ? passphrase : null };
  const take = (next: string) => {
    setText(next);
    setPreview(null);
    setProblem(null);
    setSealed(false);
    setPassphrase('');
  };
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      const failed = problemOf(error);
      setPreview(null);
      // A sealed file asks for its passphrase: no error, the next step.
      if (failed.text === 'transfer_sealed') setSealed(true);
      else setProblem(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="card stack"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) {
          void run(async () => setPreview(await client.call('transfer.preview', input)));
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
              void run(async () => {
                // Not even read: the background would refuse it.
                if (file.size > MOST_BYTES) {
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
        <Passphrase
          label={t('transfer_sealed')}
          name="import-passphrase"
          value={passphrase}
          onValue={(next) => {
            setPassphrase(next);
            setPreview(null);
          }}
        />
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
            onClick={() =>
              void run(async () => {
                await client.call('transfer.apply', { ...input, plan: preview.plan });
                onDone();
              })
            }
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

const KINDS = {
  connection: 'transferConnection',
  link: 'transferLink',
  settings: 'transferSettings',
} as const;
const DEEDS = { add: 'transferAdd', change: 'transferChange', skip: 'transferSkip' } as const;
const FIELDS: Readonly<Record<string, string>> = {
  name: 'formName',
  paths: 'formPaths',
  currency: 'formCurrency',
  zone: 'formZone',
  basis: 'formBasis',
  templates: 'templates',
  key: 'formKey',
  rules: 'transferRules',
  format: 'transferFormat',
};
const fieldName = (field: string): string => {
  const key = FIELDS[field];
  return key ? t(key) : field;
};
/** More rows than anybody reads; the count says how many there are. */
const SHOWN = 60;

/** What will be added, changed and left out, and why; what is left out comes last. */
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
        {sorted.slice(0, SHOWN).map(({ what, name, does, fields, why }, index) => (
          <li key={index} data-does={does}>
            <span class={does === 'skip' ? 'soft' : ''}>{t(DEEDS[does])}</span> {t(KINDS[what])}
            {name && ' '}
            <bdi>{name}</bdi>
            {fields.length > 0 && <span class="soft"> ({fields.map(fieldName).join(', ')})</span>}
            {why && <span class="small soft">: {problemText(why)}</span>}
          </li>
        ))}
      </ul>
      {sorted.length > SHOWN && (
        <p class="small soft">{t('transferMore', sorted.length - SHOWN)}</p>
      )}
    </div>
  );
}
