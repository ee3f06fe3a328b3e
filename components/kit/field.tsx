import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A labelled control with a hint and, when it is wrong, what is. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  children(attributes: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }): ComponentChildren;
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
