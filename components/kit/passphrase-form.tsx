import { useEffect, useRef, useState } from 'preact/hooks';
import { type Problem, problemOf } from '../../lib/errors.ts';
import { type MessageKey, t } from '../../lib/i18n.ts';
import { useAction } from './action.ts';
import { Field, SecretInput } from './field.tsx';
import { problemText } from './notice.tsx';

const MIN_LENGTH = 8;
const RECOMMENDED_LENGTH = 12;

/** A retry that came too early. The countdown is shown instead of this problem. */
const isTooEarly = (problem: Problem): boolean =>
  problem.kind === 'auth' && problem.reason === 'too-early';
const secondsOf = (ms = 0): number => Math.ceil(ms / 1000);

/** Asks for the current passphrase, a new one, or both. Cleared after each success. */
export function PassphraseForm({
  name,
  label,
  current,
  next,
  minLength = MIN_LENGTH,
  hint,
  focus,
  wait = 0,
  act,
}: {
  name: string;
  /** Text key of the button. */
  label: MessageKey;
  /** Ask for the current one? */
  current: boolean;
  /** Ask for a new one, twice? */
  next: boolean;
  /** Minimum length of a new one, in characters. */
  minLength?: number;
  /** Hint for a new one. Default: advice to use a longer one, until it is long enough. */
  hint?: string;
  /** Focus the first field when shown? */
  focus?: boolean;
  /** Initial delay before the next try, in ms. */
  wait?: number | undefined;
  act(passphrase: string, next: string): Promise<unknown>;
}) {
  const [typed, setTyped] = useState({ passphrase: '', next: '', repeat: '' });
  const { busy, problem, run } = useAction();
  const [seconds, setSeconds] = useState(secondsOf(wait));
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (focus) form.current?.querySelector('input')?.focus();
  }, [focus]);
  const length = [...typed.next].length;
  const differs = typed.repeat !== '' && typed.repeat !== typed.next;
  const ready =
    seconds === 0 &&
    (!current || typed.passphrase !== '') &&
    (!next || (length >= minLength && typed.repeat === typed.next));
  const submit = async () => {
    try {
      await act(typed.passphrase, typed.next);
      setTyped({ passphrase: '', next: '', repeat: '' });
    } catch (error) {
      setSeconds(secondsOf(problemOf(error).retryAfterMs));
      throw error;
    }
  };
  const field = (
    which: keyof typeof typed,
    text: string,
    notes: { hint?: string; error?: string | null },
  ) => (
    <Field label={text} {...notes}>
      {(attributes) => (
        <SecretInput
          {...attributes}
          name={which}
          autocomplete={which === 'passphrase' ? 'off' : 'new-password'}
          maxLength={1000}
          value={typed[which]}
          onValue={(value) => setTyped((before) => ({ ...before, [which]: value }))}
        />
      )}
    </Field>
  );
  return (
    <form
      class="stack"
      data-form={name}
      autocomplete="off"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) void run(submit);
      }}
    >
      {current && field('passphrase', t('passphrase'), {})}
      {next && (
        <>
          {field('next', t('passphraseNext'), {
            ...(hint || length < RECOMMENDED_LENGTH ? { hint: hint ?? t('passphraseHint') } : {}),
            error:
              length > 0 && length < minLength ? t('problem_passphrase_short', minLength) : null,
          })}
          {field('repeat', t('passphraseRepeat'), {
            error: differs ? t('passphraseDiffers') : null,
          })}
        </>
      )}
      {problem && !isTooEarly(problem) && (
        <p class="small loss" role="alert">
          {problemText(problem)}
        </p>
      )}
      {seconds > 0 && <p class="small">{t('problem_passphrase_wait', seconds)}</p>}
      <div class="row">
        <button type="submit" class="button primary" name={name} disabled={!ready || busy}>
          {t(label)}
        </button>
      </div>
    </form>
  );
}
