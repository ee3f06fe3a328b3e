import { useState } from 'preact/hooks';
import type { KeysState } from '../../lib/contract/keys.ts';
import { t } from '../../lib/i18n.ts';
import type { Client } from '../../lib/rpc/client.ts';
import { useAction } from '../kit/action.ts';
import { useClient, useQuery } from '../kit/client.ts';
import { Field } from '../kit/field.tsx';
import { Notice, ProblemNotice } from '../kit/notice.tsx';
import { PassphraseForm } from '../kit/passphrase-form.tsx';

type Press = (work: (client: Client) => Promise<unknown>) => void;

/** Protection of the stored keys: passphrase, idle lock, forgetting them. */
export function KeysSection() {
  const client = useClient();
  const { value: state, problem: unread } = useQuery('keys.state', {});
  const [open, setOpen] = useState<'change' | 'remove' | 'forget' | null>(null);
  const { problem, setProblem, run } = useAction();
  const act = async (work: (client: Client) => Promise<unknown>): Promise<void> => {
    await work(client);
    setOpen(null);
    setProblem(null);
  };
  const press: Press = (work) => void run(() => act(work));
  if (!state && !unread) return null;
  const wrong = problem ?? unread;
  const choices = state?.passphrase && !state.locked ? (['change', 'remove'] as const) : [];
  return (
    <section class="stack" data-keys={stateName(state)}>
      <h2>{t('passphrase')}</h2>
      {wrong && <ProblemNotice problem={wrong} />}
      {state && !state.passphrase && (
        <>
          <p class="soft">{t('keysOpen')}</p>
          <PassphraseForm
            key="set"
            name="set"
            label="passphraseSet"
            current={false}
            next
            act={(_, passphrase) => act((one) => one.call('keys.setPassphrase', { passphrase }))}
          />
        </>
      )}
      {state?.locked && (
        <>
          <Notice kind="warn">{t('problem_locked')}</Notice>
          <PassphraseForm
            key="unlock"
            name="unlock"
            label="unlock"
            current
            next={false}
            focus
            wait={state.retryAfterMs}
            act={(passphrase) => act((one) => one.call('keys.unlock', { passphrase }))}
          />
        </>
      )}
      {state?.passphrase && !state.locked && (
        <>
          <div class="row">
            <p class="grow">{t('keysUnlocked')}</p>
            <button
              type="button"
              class="button"
              name="lock"
              onClick={() => press((one) => one.call('keys.lock', {}))}
            >
              {t('lockNow')}
            </button>
          </div>
          <IdleMinutes state={state} press={press} />
        </>
      )}
      {(state?.passphrase || unread) && (
        <div class="row">
          {[...choices, 'forget' as const].map((choice) => (
            <button
              key={choice}
              type="button"
              class="button"
              name={`open-${choice}`}
              aria-expanded={open === choice}
              onClick={() => setOpen(open === choice ? null : choice)}
            >
              {t(LABELS[choice])}
            </button>
          ))}
        </div>
      )}
      {open === 'change' && (
        <PassphraseForm
          key="change"
          name="change"
          label="passphraseChange"
          current
          next
          focus
          act={(passphrase, next) =>
            act((one) => one.call('keys.changePassphrase', { passphrase, next }))
          }
        />
      )}
      {open === 'remove' && (
        <PassphraseForm
          key="remove"
          name="remove-passphrase"
          label="passphraseRemove"
          current
          next={false}
          focus
          act={(passphrase) => act((one) => one.call('keys.removePassphrase', { passphrase }))}
        />
      )}
      {open === 'forget' && (
        <div class="row">
          <span class="small grow">{t('forgetConfirm')}</span>
          <button
            type="button"
            class="button danger"
            name="forget"
            onClick={() => press((one) => one.call('keys.forget', {}))}
          >
            {t('forgetNow')}
          </button>
        </div>
      )}
    </section>
  );
}

const LABELS = {
  change: 'passphraseChange',
  remove: 'passphraseRemove',
  forget: 'forgetKeys',
} as const;

const stateName = (state: KeysState | null): string =>
  state === null ? 'unread' : state.locked ? 'locked' : state.passphrase ? 'unlocked' : 'open';

const MAX_MINUTES = 1440;

function IdleMinutes({ state, press }: { state: KeysState; press: Press }) {
  const [wrong, setWrong] = useState(false);
  return (
    <Field
      label={t('idleMinutes')}
      hint={t('idleHint')}
      error={wrong ? t('idleWrong', MAX_MINUTES) : null}
    >
      {(attributes) => (
        <input
          {...attributes}
          class="input short"
          type="number"
          name="idle"
          min={0}
          max={MAX_MINUTES}
          step={1}
          defaultValue={String(state.idleMinutes)}
          onChange={({ currentTarget }) => {
            const minutes = currentTarget.valueAsNumber;
            const fits = Number.isInteger(minutes) && minutes >= 0 && minutes <= MAX_MINUTES;
            setWrong(!fits);
            if (fits) press((one) => one.call('keys.idle', { minutes }));
          }}
        />
      )}
    </Field>
  );
}
