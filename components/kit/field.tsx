import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** Ties a control to its label, hint and error. */
export interface FieldAttributes {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

/** A labelled control with a hint or an error. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  children(attributes: FieldAttributes): ComponentChildren;
}) {
  const id = useId();
  const described = error || hint ? `${id}-hint` : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': Boolean(error) })}
      {described && (
        <div id={described} class={`small ${error ? 'loss' : 'soft'}`}>
          {error ?? hint}
        </div>
      )}
    </div>
  );
}

/** Keeps password managers from storing what would open every key. */
const NO_AUTOFILL = {
  'data-1p-ignore': true,
  'data-lpignore': 'true',
  'data-bwignore': true,
  'data-form-type': 'other',
};

/** For keys, secrets and passphrases. */
export function SecretInput({
  onValue,
  ...attributes
}: FieldAttributes & {
  name: string;
  value: string;
  placeholder?: string;
  autocomplete?: 'off' | 'new-password';
  maxLength?: number;
  onValue(value: string): void;
}) {
  return (
    <input
      {...NO_AUTOFILL}
      class="input"
      type="password"
      autocomplete="new-password"
      spellcheck={false}
      {...attributes}
      onInput={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}
